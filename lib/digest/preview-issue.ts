import { addDays, toDay } from '#lib/papers/day.ts';
import type { Paper } from '#lib/papers/paper.ts';
import { findNewestDay } from '#lib/papers/store.ts';
import { firstWindowMs, nextDue } from '#lib/subscriptions/schedule.ts';
import type { Choices } from '#lib/subscriptions/subscription.ts';
import { trendingWindowOf } from './compose-issues.ts';
import { createPoolCache, gatherPool, type PoolDeps } from './gather-pool.ts';
import { listPapersOfIssues, listReasons } from './issue-store.ts';
import { daysOf } from './selection.ts';

export type IssuePreview = {
  /** When the first issue would come. */
  readonly dueAt: Date;
  readonly papers: readonly { readonly paper: Paper; readonly reason: string | null }[];
  /** How many there were to choose from. */
  readonly matching: number;
  /** The day, `YYYY-MM-DD`, that it is a preview of, where that is not today: the newest that has papers. */
  readonly insteadOn: string | null;
};

/**
 * The issue that a new subscription with these choices would get if it were due now; where nothing has come out lately,
 * the one it would have got on the newest day with papers.
 */
export async function previewIssue(deps: PoolDeps, choices: Choices): Promise<IssuePreview> {
  const now = deps.clock.now();
  const { at: dueAt } = nextDue(choices, now);
  const spanMs = firstWindowMs(choices.cadence);
  const current = await poolOf(deps, choices, now, spanMs);
  const newest = await findNewestDay(deps.db);
  const isBehind = current.length === 0 && newest !== null && newest < toDay(now);
  const endOfNewest = isBehind ? new Date(`${addDays(newest, 1)}T00:00:00Z`) : now;
  const pool = isBehind ? await poolOf(deps, choices, endOfNewest, spanMs) : current;
  const keys = pool.slice(0, choices.papersMax);
  const [papers, reasons] = await Promise.all([
    listPapersOfIssues(deps.db, keys),
    listReasons(deps.db, keys),
  ]);
  return {
    dueAt,
    matching: pool.length,
    insteadOn: isBehind && keys.length > 0 ? newest : null,
    papers: keys.flatMap((key) => {
      const paper = papers.get(key);
      return paper === undefined ? [] : [{ paper, reason: reasons.get(key) ?? null }];
    }),
  };
}

function poolOf(deps: PoolDeps, choices: Choices, to: Date, spanMs: number): Promise<number[]> {
  const days = daysOf({ from: new Date(to.getTime() - spanMs), to });
  return gatherPool(deps, createPoolCache(), { ...choices, days, trendingWindow: trendingWindowOf(choices) });
}
