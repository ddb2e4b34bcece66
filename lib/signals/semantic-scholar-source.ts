/**
 * Semantic Scholar's batch endpoint: 500 papers in one request. Without a key all callers share one quota, so that
 * a 429 is nothing unusual and names no time (https://www.semanticscholar.org/product/api).
 */

import { z } from 'zod';
import { type FetchDeps, type FetchLimits, fetchBody } from '#lib/http/fetch-body.ts';
import { describeRefusal } from '#lib/http/outcome.ts';
import { parseArxivId } from '#lib/papers/arxiv-id.ts';
import { parseJson } from '#lib/text/json.ts';
import { SignalCount } from './poll.ts';
import type { EarlyEnd } from './report.ts';

/** The endpoint's own limit. */
export const BATCH_PAPERS_MAX = 500;

export type CitationsResponse =
  /** One per paper asked for, in order; null where the answer says nothing of it. */
  | { readonly kind: 'citations'; readonly answers: readonly (CitationCount | null)[] }
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'failed'; readonly end: EarlyEnd };

const LIMITS: Partial<FetchLimits> = {
  bodyBytesMax: 4 * 1024 * 1024,
  attemptsMax: 3,
  pauseMsMax: 30_000,
};

/** @param request.identifiers arXiv identifiers without version, at most BATCH_PAPERS_MAX */
export async function fetchCitations(
  deps: FetchDeps,
  request: { baseUrl: string; key: string | null; identifiers: readonly string[]; signal?: AbortSignal },
): Promise<CitationsResponse> {
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
  return { kind: 'failed', end: { kind, reason: describeRefusal(outcome), retryAt } };
}

/** A count, `unknown` for a paper that is not in the index, `unusable` for a count that none can be. */
export type CitationCount = number | 'unknown' | 'unusable';

const IndexedPaper = z.object({
  externalIds: z
    .object({ ArXiv: z.string().nullable().catch(null) })
    .nullable()
    .catch(null),
  citationCount: SignalCount,
});

/**
 * One answer per identifier, in their order; null when the body is no answer to this request. An array of another
 * length is not in our order: its papers then are those that bear an identifier we asked for, and of the others
 * nothing is known.
 */
export function parseCitations(
  body: string,
  identifiers: readonly string[],
): (CitationCount | null)[] | null {
  const entries = z.array(z.unknown()).safeParse(parseJson(body)).data;
  if (entries === undefined) return null;
  // By place and not by identifier: two of ours that the index has merged both come with the identifier of one.
  if (entries.length === identifiers.length) return entries.map(toAnswer);
  const named = new Map(entries.flatMap((entry) => toNamed(entry)));
  return identifiers.map((identifier) => named.get(identifier) ?? null);
}

function toAnswer(entry: unknown): CitationCount {
  if (entry === null) return 'unknown';
  return IndexedPaper.safeParse(entry).data?.citationCount ?? 'unusable';
}

function toNamed(entry: unknown): [string, CitationCount][] {
  const name = IndexedPaper.safeParse(entry).data?.externalIds?.ArXiv ?? null;
  const identifier = name === null ? undefined : parseArxivId(name)?.id;
  return identifier === undefined ? [] : [[identifier, toAnswer(entry)]];
}
