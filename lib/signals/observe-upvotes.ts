/** Looks again at the upvotes and comments of papers that Hugging Face listed in the last days, day by day. */

import { parseBody } from '#lib/ingest/huggingface/body.ts';
import type { Entry } from '#lib/ingest/huggingface/entry.ts';
import { parseDailyEntry, toDailyRecord } from '#lib/ingest/huggingface/record.ts';
import { fetchDailyBodies } from '#lib/ingest/huggingface/source.ts';
import type { BodyResult, MissedBody } from '#lib/ingest/report.ts';
import type { PollResult, SignalValue } from './poll.ts';
import { ABORTED, type ClaimResult, type PollTarget, pollTargets, type SignalDeps } from './poll-targets.ts';
import type { EarlyEnd, SignalReport } from './report.ts';
import { SIGNALS_OF } from './schedule.ts';
import { purgeDays } from './target-store.ts';

const KINDS = SIGNALS_OF.huggingface;
const CLAIM_MAX = 5;
const FAILURES_MAX = 2;

export type UpvotesInput = {
  readonly baseUrl: string;
  /** Most days to ask for; a day of more than 100 papers takes a request for each 100. */
  readonly limit: number;
  readonly signal?: AbortSignal;
};

/**
 * Papers that a list holds and we do not are no matter of this: the ingest takes them in. Nor is a body acknowledged
 * here, which would keep it from the ingest. Throws only when the database does.
 */
export async function observeUpvotes(deps: SignalDeps, input: UpvotesInput): Promise<SignalReport> {
  await purgeDays(deps.db, deps.fetch.clock.now());
  let failures = 0;
  const poll = async (targets: readonly PollTarget[], mayGoOn: () => boolean): Promise<ClaimResult> => {
    const polls: PollResult[] = [];
    let end: EarlyEnd | null = null;
    let requests = 0;
    for (const due of targets) {
      if (end !== null || !mayGoOn()) break;
      const { limit: _, ...request } = input;
      const results: BodyResult[] = [];
      const bodies = fetchDailyBodies(deps.fetch, { ...request, days: [due.target] });
      for await (const result of bodies) results.push(result);
      requests += Math.max(1, results.length);
      const missed = results.find((result) => result.kind === 'missed');
      failures = missed === undefined ? 0 : failures + 1;
      end = toEnd(missed, failures, input.signal);
      if (end === null || end.kind === 'unavailable')
        polls.push(toPollResult(due, results, deps.fetch.clock.now()));
    }
    return { polls, requests, end };
  };
  const { signal } = input;
  return pollTargets(deps, {
    source: 'huggingface',
    limit: input.limit,
    targetsPerRequest: 1,
    claimMax: CLAIM_MAX,
    poll,
    ...(signal === undefined ? {} : { signal }),
  });
}

function toEnd(
  missed: MissedBody | undefined,
  failures: number,
  signal: AbortSignal | undefined,
): EarlyEnd | null {
  if (missed === undefined) return null;
  const { reason, retryAt } = missed;
  if (retryAt !== null) return { kind: 'rate-limited', reason, retryAt };
  if (signal?.aborted === true) return ABORTED;
  return failures >= FAILURES_MAX ? { kind: 'unavailable', reason, retryAt } : null;
}

function toPollResult(claimed: PollTarget, results: readonly BodyResult[], at: Date): PollResult {
  if (results.length === 0) return { kind: 'not-modified', claimed, at };
  const keys = new Map(claimed.papers.map(({ key, identifier }) => [identifier, key]));
  const values = new Map<string, SignalValue>();
  let rejected = 0;
  for (const body of results.filter((result) => result.kind === 'body')) {
    for (const entry of parseBody(body.text)) {
      const found = toValues(entry, { day: body.day, observedAt: at }, keys);
      rejected += found === null ? 1 : KINDS.length * found.papers - found.values.length;
      for (const value of found?.values ?? []) values.set(`${value.paperKey} ${value.kind}`, value);
    }
  }
  if (values.size === 0) return { kind: 'failed', claimed, at };
  return { kind: 'seen', claimed, at, values: [...values.values()], rejected, etag: null, renamedTo: null };
}

/** The values of one of our papers; none of a paper that is not ours; null of what cannot be read. */
function toValues(
  entry: Entry,
  listed: { day: string; observedAt: Date },
  keys: ReadonlyMap<string, number>,
): { papers: 0 | 1; values: SignalValue[] } | null {
  const parsed = entry.kind === 'found' ? parseDailyEntry(entry.value) : null;
  const record = parsed === null ? null : toDailyRecord(parsed, { ...listed, position: 0 });
  if (record === null || typeof record === 'string') return null;
  const paperKey = keys.get(record.record.identifier);
  if (paperKey === undefined) return { papers: 0, values: [] };
  const values = record.observations
    .filter(({ kind }) => KINDS.some((one) => one === kind))
    .map(({ kind, value }) => ({ paperKey, kind, value }));
  return { papers: 1, values };
}
