/**
 * Semantic Scholar's batch endpoint: 500 papers in one request. Without a key all callers share one quota, so that
 * a 429 is nothing unusual and names no time (https://www.semanticscholar.org/product/api).
 */
import { describeRefusal } from '#lib/http/answer.ts';
import { type FetchDeps, type FetchLimits, fetchBody } from '#lib/http/source.ts';
import type { EarlyEnd } from '../signal-report.ts';
import { type CitationAnswer, parseCitations } from './citations.ts';

/** The endpoint's own limit. */
export const BATCH_PAPERS_MAX = 500;

export type CitationsAnswer =
  /** One per paper asked for, in order; null where the answer says nothing of it. */
  | { readonly kind: 'citations'; readonly answers: readonly (CitationAnswer | null)[] }
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'unanswered'; readonly end: EarlyEnd };

const LIMITS: Partial<FetchLimits> = {
  bodyBytesMax: 4 * 1024 * 1024,
  attemptsMax: 3,
  pauseMsMax: 30_000,
};

/** @param request.identifiers arXiv identifiers without version, at most BATCH_PAPERS_MAX */
export async function fetchCitations(
  deps: FetchDeps,
  request: { baseUrl: string; key: string | null; identifiers: readonly string[]; signal?: AbortSignal },
): Promise<CitationsAnswer> {
  const outcome = await fetchBody(deps, {
    url: `${request.baseUrl}/graph/v1/paper/batch?fields=externalIds,citationCount`,
    json: { ids: request.identifiers.map((identifier) => `ARXIV:${identifier}`) },
    headers: { accept: 'application/json', ...(request.key === null ? {} : { 'x-api-key': request.key }) },
    limits: LIMITS,
    ...(request.signal === undefined ? {} : { signal: request.signal }),
  });
  if (outcome.kind === 'ok') {
    const answers = parseCitations(outcome.text, request.identifiers);
    return answers === null ? { kind: 'unreadable' } : { kind: 'citations', answers };
  }
  if (outcome.kind === 'too-large') return { kind: 'unreadable' };
  const kind = outcome.kind === 'rate-limited' || outcome.kind === 'unavailable' ? outcome.kind : 'refused';
  const retryAt = 'retryAt' in outcome ? outcome.retryAt : null;
  return { kind: 'unanswered', end: { kind, reason: describeRefusal(outcome), retryAt } };
}
