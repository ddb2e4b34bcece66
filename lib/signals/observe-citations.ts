/** Looks at how often papers are cited, at Semantic Scholar. */

import type { PollResult } from './poll.ts';
import { ABORTED, type ClaimResult, type PollTarget, pollTargets, type SignalDeps } from './poll-targets.ts';
import type { EarlyEnd, SignalReport } from './report.ts';
import {
  BATCH_PAPERS_MAX,
  type CitationCount,
  type CitationsResponse,
  fetchCitations,
} from './semantic-scholar-source.ts';

/** One batch can be refused for one of its papers; after so many in a row it is the index that is down. */
const FAILURES_MAX = 2;

export type CitationsInput = {
  readonly baseUrl: string;
  readonly key: string | null;
  /** Most requests to make, of up to BATCH_PAPERS_MAX papers each. */
  readonly limit: number;
  readonly signal?: AbortSignal;
};

/** Throws only when the database does. */
export async function observeCitations(deps: SignalDeps, input: CitationsInput): Promise<SignalReport> {
  let failures = 0;
  const poll = async (targets: readonly PollTarget[]): Promise<ClaimResult> => {
    const { limit: _, ...request } = input;
    const identifiers = targets.map(({ target }) => target);
    const answer = await fetchCitations(deps.fetch, { ...request, identifiers });
    failures = answer.kind === 'citations' ? 0 : failures + 1;
    const end = toEnd(answer, failures, input.signal);
    const isPutOff = end?.kind === 'rate-limited' || end?.kind === 'aborted';
    const polls = isPutOff ? [] : toPollResults(targets, answer, deps.fetch.clock.now());
    return { polls, requests: 1, end };
  };
  const { signal } = input;
  return pollTargets(deps, {
    source: 'semantic-scholar',
    limit: input.limit,
    targetsPerRequest: BATCH_PAPERS_MAX,
    claimMax: BATCH_PAPERS_MAX,
    poll,
    ...(signal === undefined ? {} : { signal }),
  });
}

function toEnd(
  answer: CitationsResponse,
  failures: number,
  signal: AbortSignal | undefined,
): EarlyEnd | null {
  if (answer.kind === 'citations') return null;
  if (answer.kind === 'failed' && answer.end.kind === 'rate-limited') return answer.end;
  if (signal?.aborted === true) return ABORTED;
  if (failures < FAILURES_MAX) return null;
  return answer.kind === 'failed' ? answer.end : UNREADABLE;
}

const UNREADABLE: EarlyEnd = { kind: 'unavailable', reason: 'answers that cannot be read', retryAt: null };

function toPollResults(targets: readonly PollTarget[], answer: CitationsResponse, at: Date): PollResult[] {
  return targets.map((claimed, place) => {
    const value = answer.kind === 'citations' ? (answer.answers[place] ?? null) : null;
    return toPollResult(claimed, value, at);
  });
}

function toPollResult(claimed: PollTarget, answer: CitationCount | null, at: Date): PollResult {
  if (answer === null) return { kind: 'failed', claimed, at };
  if (answer === 'unknown') return { kind: 'gone', claimed, at };
  const values =
    answer === 'unusable'
      ? []
      : claimed.papers.map(({ key }) => ({ paperKey: key, kind: 'citations' as const, value: answer }));
  const rejected = answer === 'unusable' ? 1 : 0;
  return { kind: 'seen', claimed, at, values, rejected, etag: null, renamedTo: null };
}
