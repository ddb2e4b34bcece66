/**
 * Composes what is due: an issue for every subscription whose time has come, its papers chosen and entered in the
 * ledger. May run in many processes at once, and may be killed anywhere: what is composed is whole, what is not is
 * still due.
 */
import { toDay } from '#lib/papers/day.ts';
import type { TrendingWindow } from '#lib/papers/paper-list.ts';
import { type DueTime, firstWindowMs, newestDue, nextDue } from '#lib/subscriptions/schedule.ts';
import {
  analyzeIssues,
  type DueSubscription,
  hasTrendingEdition,
  insertIssues,
  listDueSubscriptions,
  type PlannedIssue,
  type Pool,
  recordReasons,
  recordTrendingEdition,
} from './compose-store.ts';
import { createPoolCache, gatherPool, type PoolCache, type PoolDeps } from './gather-pool.ts';
import { listReasons } from './issue-store.ts';
import { daysOf, type PoolRequest, poolKey } from './selection.ts';

export type ComposeDeps = PoolDeps & {
  /** What is known of why a day has no papers, one sentence. */
  readonly explainDay: (day: string) => Promise<string>;
};

export type ComposeReport = { readonly due: number; readonly composed: number; readonly empty: number };

/** In one statement: enough to spread its cost, few enough that the embedded database's other clients wait 0.5 s. */
const BATCH = 1_000;
/** Of the public archive, which has one issue a day. */
const ARCHIVE_PAPERS = 25;
/** UTC. By then the day's lists and a night's signals are there, in most zones at breakfast. */
const ARCHIVE_HOUR = 6;

/** At most `limit` issues; stops between batches when `signal` aborts. */
export async function composeIssues(
  deps: ComposeDeps,
  input: { limit: number; signal?: AbortSignal },
): Promise<ComposeReport> {
  const run = newRun(deps);
  await composeArchive(deps, run.cache);
  const report = { due: 0, composed: 0, empty: 0 };
  while (report.due < input.limit && input.signal?.aborted !== true) {
    const now = deps.clock.now();
    const due = await listDueSubscriptions(deps.db, now, Math.min(BATCH, input.limit - report.due));
    if (due.length === 0) break;
    const { issues, pools } = await plan(run, due, now);
    const composed = await insertIssues(deps.db, { issues, pools, now });
    report.due += due.length;
    for (const edition of composed) {
      report.composed += edition.issues;
      report.empty += edition.empty;
      await keepReasons(run, edition.editionOn, edition.paperKeys);
    }
  }
  if (report.composed >= BATCH) await analyzeIssues(deps.db);
  return report;
}

type ComposeRun = {
  readonly deps: ComposeDeps;
  readonly cache: PoolCache;
  readonly pools: Map<string, Promise<Pool>>;
  readonly dueTimes: Map<string, { due: DueTime; next: DueTime }>;
  /** `edition key` of reasons that are kept already. */
  readonly reasons: Set<string>;
};

function newRun(deps: ComposeDeps): ComposeRun {
  return { deps, cache: createPoolCache(), pools: new Map(), dueTimes: new Map(), reasons: new Set() };
}

async function plan(
  run: ComposeRun,
  due: readonly DueSubscription[],
  now: Date,
): Promise<{ issues: PlannedIssue[]; pools: Pool[] }> {
  const places = new Map<string, number>();
  const pools: Pool[] = [];
  const issues: PlannedIssue[] = [];
  for (const subscription of due) {
    const { due: issue, next } = dueTimesOf(run, subscription, now);
    const windowFrom = windowFromOf(subscription, issue.at);
    const request: PoolRequest = {
      ...subscription,
      days: daysOf({ from: windowFrom, to: issue.at }),
      trendingWindow: trendingWindowOf(subscription),
    };
    const key = poolKey(request);
    let pool = places.get(key);
    if (pool === undefined) {
      pool = pools.push(await poolOf(run, key, request)) - 1;
      places.set(key, pool);
    }
    issues.push({
      subscriptionId: subscription.id,
      dueAt: subscription.dueAt,
      editionOn: issue.editionOn,
      windowFrom,
      windowTo: issue.at,
      nextDueAt: next.at,
      pool,
    });
  }
  return { issues, pools };
}

/** After a pause, what came out meanwhile is left out. */
function windowFromOf({ isPaused, coveredUntil, cadence }: DueSubscription, dueAt: Date): Date {
  const usual = new Date(dueAt.getTime() - firstWindowMs(cadence));
  return isPaused || coveredUntil >= dueAt ? usual : coveredUntil;
}

export function trendingWindowOf({ cadence }: Pick<DueSubscription, 'cadence'>): TrendingWindow {
  return cadence === 'weekly' ? 'week' : 'day';
}

/** Clocks are slow to ask, and most subscriptions of a run share the few answers. */
function dueTimesOf(run: ComposeRun, subscription: DueSubscription, now: Date) {
  const { cadence, weekday, hour, zone, dueAt } = subscription;
  const key = `${cadence} ${weekday} ${hour} ${zone} ${dueAt.getTime()}`;
  const known = run.dueTimes.get(key);
  if (known !== undefined) return known;
  const due = newestDue(subscription, dueAt, now);
  const found = { due, next: nextDue(subscription, due.at, due.editionOn) };
  run.dueTimes.set(key, found);
  return found;
}

function poolOf({ deps, cache, pools }: ComposeRun, key: string, request: PoolRequest): Promise<Pool> {
  const known = pools.get(key) ?? gather();
  pools.set(key, known);
  return known;

  async function gather(): Promise<Pool> {
    const keys = await gatherPool(deps, cache, request);
    return { keys, note: keys.length > 0 ? null : await deps.explainDay(request.days.last) };
  }
}

async function keepReasons(run: ComposeRun, editionOn: string, paperKeys: readonly number[]): Promise<void> {
  const fresh = paperKeys.filter((key) => !run.reasons.has(`${editionOn} ${key}`));
  if (fresh.length === 0) return;
  for (const key of fresh) run.reasons.add(`${editionOn} ${key}`);
  const reasons = await listReasons(run.deps.db, fresh);
  if (reasons.size > 0) await recordReasons(run.deps.db, editionOn, reasons);
}

/** The day's trending edition for everybody, once. */
async function composeArchive(deps: ComposeDeps, cache: PoolCache): Promise<void> {
  const now = deps.clock.now();
  const day = toDay(now);
  if (now.getUTCHours() < ARCHIVE_HOUR || (await hasTrendingEdition(deps.db, day))) return;
  const days = daysOf({ from: new Date(now.getTime() - firstWindowMs('daily')), to: now });
  const topics = { hasTrending: true, categories: [], queries: [], mutedWords: [] };
  const keys = await gatherPool(deps, cache, { ...topics, days, trendingWindow: 'day' });
  const shown = keys.slice(0, ARCHIVE_PAPERS);
  if (shown.length === 0) return;
  await recordTrendingEdition(deps.db, day, shown);
  const reasons = await listReasons(deps.db, shown);
  if (reasons.size > 0) await recordReasons(deps.db, day, reasons);
}
