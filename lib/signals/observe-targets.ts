/** The way of every run over a source's signals: claim what is due, look, record, until the budget is spent. */
import type { Db } from '#lib/db/client.ts';
import type { FetchDeps } from '#lib/http/source.ts';
import { insertSignals } from '#lib/ingest/record-store.ts';
import { MINUTE_MS } from '#lib/time.ts';
import { type ClaimedTarget, isConfirmed, judgeLook, type Look } from './signal-look.ts';
import { type EarlyEnd, EMPTY_SIGNAL_REPORT, type SignalReport } from './signal-report.ts';
import type { SignalSource } from './signal-schedule.ts';
import { claimTargets, listLatestSignals, recordTargets, releaseTargets } from './signal-store.ts';
import { type DueSubject, insertTargets, listDueSubjects } from './signal-subject-store.ts';

/** A run killed in the middle leaves its targets to the next one after this time. */
const LEASE_MS = 15 * MINUTE_MS;
/** Nothing new is begun in the last part of a lease: one request with its attempts has to end within it. */
const LEASE_MARGIN_MS = 5 * MINUTE_MS;

export type SignalDeps = { readonly db: Db; readonly fetch: FetchDeps };

/** A target to look at; `isConfirmed` where an answer "not modified" would tell the values of all its papers. */
export type DueTarget = ClaimedTarget & { readonly isConfirmed: boolean };

/** What became of a claim. Targets without a look were not asked about and stay due. */
export type Asked = {
  readonly looks: readonly Look[];
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
  /** Looks at the targets in their order for as long as `mayGoOn` says. */
  ask(targets: readonly DueTarget[], mayGoOn: () => boolean): Promise<Asked>;
};

/** Finding out what is due is one query over all papers; what comes due meanwhile is the next run's. */
const DUE_MAX = 10_000;

/** Each claim is recorded in one transaction with its schedule: a run that is killed loses only requests. */
export async function observeTargets(deps: SignalDeps, plan: Plan): Promise<SignalReport> {
  const { db, fetch } = deps;
  let report = EMPTY_SIGNAL_REPORT;
  await insertTargets(db, plan.source, fetch.clock.now());
  const limit = Math.min(DUE_MAX, plan.limit * plan.targetsPerRequest);
  const due = await listDueSubjects(db, plan.source, { now: fetch.clock.now(), limit });
  for (let next = 0; next < due.length && report.requests < plan.limit; ) {
    if (plan.signal?.aborted === true) return { ...report, endedEarly: ABORTED };
    const claimMax = Math.min(plan.claimMax, (plan.limit - report.requests) * plan.targetsPerRequest);
    report = await observeClaim(deps, plan, report, due.slice(next, next + claimMax));
    if (report.endedEarly !== null) break;
    next += claimMax;
  }
  return report;
}

async function observeClaim(
  { db, fetch }: SignalDeps,
  plan: Plan,
  report: SignalReport,
  subjects: readonly DueSubject[],
): Promise<SignalReport> {
  const now = fetch.clock.now();
  const until = new Date(now.getTime() + LEASE_MS);
  const claimed = await claimTargets(db, plan.source, { subjects, now, leaseUntil: until });
  if (claimed.length === 0) return report;
  const mayGoOn = () =>
    plan.signal?.aborted !== true && fetch.clock.now().getTime() < until.getTime() - LEASE_MARGIN_MS;
  const asked = await plan.ask(await toDue(db, plan.source, claimed), mayGoOn);
  const recorded = await recordLooks({ db, fetch }, plan.source, asked.looks);
  const looked = new Set(asked.looks.map((look) => look.claimed.target));
  const left = claimed.filter(({ target }) => !looked.has(target));
  await releaseTargets(db, plan.source, { claimed: left, until });
  const counted = addCounts(report, asked, recorded);
  return { ...counted, deferred: counted.deferred + left.length };
}

export const ABORTED: EarlyEnd = { kind: 'aborted', reason: 'aborted', retryAt: null };

async function toDue(db: Db, source: SignalSource, claimed: readonly ClaimedTarget[]): Promise<DueTarget[]> {
  const keys = claimed.flatMap(({ papers }) => papers.map(({ key }) => key));
  const latest = await listLatestSignals(db, keys);
  return claimed.map((one) => ({ ...one, isConfirmed: isConfirmed(source, one, latest) }));
}

type Recorded = Pick<SignalReport, 'observed' | 'unchanged' | 'gone' | 'failed' | 'renamed' | 'recorded'>;

async function recordLooks(
  deps: SignalDeps,
  source: SignalSource,
  looks: readonly Look[],
): Promise<Recorded> {
  const keys = looks.flatMap(({ claimed }) => claimed.papers.map(({ key }) => key));
  const judgements = await deps.db.$transaction(async (transaction) => {
    // Read again: another source may have told a figure while this one was asked.
    const latest = await listLatestSignals(transaction, keys);
    const judged = looks.map((look) => judgeLook(source, look, latest, deps.fetch.random.fraction()));
    await insertSignals(
      transaction,
      judged.flatMap(({ observations }) => observations),
    );
    await recordTargets(transaction, source, judged);
    return judged;
  });
  const count = (outcome: string) => judgements.filter((one) => one.outcome === outcome).length;
  return {
    observed: count('observed'),
    unchanged: count('unchanged'),
    gone: count('gone'),
    failed: count('failed'),
    renamed: judgements.filter(({ oldNameDueAt }) => oldNameDueAt !== null).length,
    recorded: judgements
      .flatMap(({ observations }) => observations)
      .reduce((sum, { observations }) => sum + observations.length, 0),
  };
}

function addCounts(report: SignalReport, { looks, requests, end }: Asked, recorded: Recorded): SignalReport {
  const rejected = looks.reduce((sum, look) => sum + (look.kind === 'seen' ? look.rejected : 0), 0);
  return {
    requests: report.requests + requests,
    asked: report.asked + looks.length,
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
