/** Polls one source's signals: claims what is due, polls it, records the results, until the budget is spent. */

import type { Db } from '#lib/db/client.ts';
import type { FetchDeps } from '#lib/http/fetch-body.ts';
import { insertSignals } from '#lib/ingest/record-store.ts';
import { MINUTE_MS } from '#lib/time.ts';
import { type ClaimedTarget, evaluatePoll, isConfirmed, type PollResult } from './poll.ts';
import { type EarlyEnd, EMPTY_SIGNAL_REPORT, type SignalReport } from './report.ts';
import type { SignalSource } from './schedule.ts';
import { claimTargets, listLatestSignals, recordTargets, releaseTargets } from './store.ts';
import { type DueTarget, insertTargets, listDueTargets } from './target-store.ts';

/** A run killed in the middle leaves its targets to the next one after this time. */
const LEASE_MS = 15 * MINUTE_MS;
/** Nothing new is begun in the last part of a lease: one request with its attempts has to end within it. */
const LEASE_MARGIN_MS = 5 * MINUTE_MS;

export type SignalDeps = { readonly db: Db; readonly fetch: FetchDeps };

/** A target to poll; `isConfirmed` where an answer "not modified" would tell the values of all its papers. */
export type PollTarget = ClaimedTarget & { readonly isConfirmed: boolean };

/** The results for one claim. Targets without a result were not polled and stay due. */
export type ClaimResult = {
  readonly polls: readonly PollResult[];
  readonly requests: number;
  readonly end: EarlyEnd | null;
};

export type Plan = {
  readonly source: SignalSource;
  /** Budget of the run, in requests. */
  readonly limit: number;
  readonly targetsPerRequest: number;
  /** Claimed and recorded together. */
  readonly claimMax: number;
  readonly signal?: AbortSignal;
  /** Polls the targets in order for as long as `mayGoOn` says. */
  poll(targets: readonly PollTarget[], mayGoOn: () => boolean): Promise<ClaimResult>;
};

/** Finding out what is due is one query over all papers; what comes due meanwhile is the next run's. */
const DUE_MAX = 10_000;

/** Each claim is recorded in one transaction with its schedule: a run that is killed loses only requests. */
export async function pollTargets(deps: SignalDeps, plan: Plan): Promise<SignalReport> {
  const { db, fetch } = deps;
  let report = EMPTY_SIGNAL_REPORT;
  await insertTargets(db, plan.source, fetch.clock.now());
  const limit = Math.min(DUE_MAX, plan.limit * plan.targetsPerRequest);
  const due = await listDueTargets(db, plan.source, { now: fetch.clock.now(), limit });
  for (let next = 0; next < due.length && report.requests < plan.limit; ) {
    if (plan.signal?.aborted === true) return { ...report, endedEarly: ABORTED };
    const claimMax = Math.min(plan.claimMax, (plan.limit - report.requests) * plan.targetsPerRequest);
    report = await pollClaim(deps, plan, report, due.slice(next, next + claimMax));
    if (report.endedEarly !== null) break;
    next += claimMax;
  }
  return report;
}

async function pollClaim(
  { db, fetch }: SignalDeps,
  plan: Plan,
  report: SignalReport,
  targets: readonly DueTarget[],
): Promise<SignalReport> {
  const now = fetch.clock.now();
  const until = new Date(now.getTime() + LEASE_MS);
  const claimed = await claimTargets(db, plan.source, { targets, now, leaseUntil: until });
  if (claimed.length === 0) return report;
  const mayGoOn = () =>
    plan.signal?.aborted !== true && fetch.clock.now().getTime() < until.getTime() - LEASE_MARGIN_MS;
  const result = await plan.poll(await toDue(db, plan.source, claimed), mayGoOn);
  const recorded = await recordPolls({ db, fetch }, plan.source, result.polls);
  const polled = new Set(result.polls.map((poll) => poll.claimed.target));
  const left = claimed.filter(({ target }) => !polled.has(target));
  await releaseTargets(db, plan.source, { claimed: left, until });
  const counted = addCounts(report, result, recorded);
  return { ...counted, deferred: counted.deferred + left.length };
}

export const ABORTED: EarlyEnd = { kind: 'aborted', reason: 'aborted', retryAt: null };

async function toDue(db: Db, source: SignalSource, claimed: readonly ClaimedTarget[]): Promise<PollTarget[]> {
  const keys = claimed.flatMap(({ papers }) => papers.map(({ key }) => key));
  const latest = await listLatestSignals(db, keys);
  return claimed.map((one) => ({ ...one, isConfirmed: isConfirmed(source, one, latest) }));
}

type Recorded = Pick<SignalReport, 'observed' | 'unchanged' | 'gone' | 'failed' | 'renamed' | 'recorded'>;

async function recordPolls(
  deps: SignalDeps,
  source: SignalSource,
  polls: readonly PollResult[],
): Promise<Recorded> {
  const keys = polls.flatMap(({ claimed }) => claimed.papers.map(({ key }) => key));
  const evaluations = await deps.db.$transaction(async (transaction) => {
    // Read again: another source may have reported a value meanwhile.
    const latest = await listLatestSignals(transaction, keys);
    const evaluated = polls.map((poll) => evaluatePoll(source, poll, latest, deps.fetch.random.fraction()));
    await insertSignals(
      transaction,
      evaluated.flatMap(({ observations }) => observations),
    );
    await recordTargets(transaction, source, evaluated);
    return evaluated;
  });
  const count = (outcome: string) => evaluations.filter((one) => one.outcome === outcome).length;
  return {
    observed: count('observed'),
    unchanged: count('unchanged'),
    gone: count('gone'),
    failed: count('failed'),
    renamed: evaluations.filter(({ oldNameDueAt }) => oldNameDueAt !== null).length,
    recorded: evaluations
      .flatMap(({ observations }) => observations)
      .reduce((sum, { observations }) => sum + observations.length, 0),
  };
}

function addCounts(
  report: SignalReport,
  { polls, requests, end }: ClaimResult,
  recorded: Recorded,
): SignalReport {
  const rejected = polls.reduce((sum, poll) => sum + (poll.kind === 'seen' ? poll.rejected : 0), 0);
  return {
    requests: report.requests + requests,
    asked: report.asked + polls.length,
    observed: report.observed + recorded.observed,
    unchanged: report.unchanged + recorded.unchanged,
    gone: report.gone + recorded.gone,
    failed: report.failed + recorded.failed,
    renamed: report.renamed + recorded.renamed,
    deferred: report.deferred,
    recorded: report.recorded + recorded.recorded,
    rejected: report.rejected + rejected,
    endedEarly: end,
  };
}
