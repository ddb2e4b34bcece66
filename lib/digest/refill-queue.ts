import { clearAnswered } from './draw-consequences.ts';
import { turnsFor } from './pace.ts';
import { reserveTurns, returnToAllowance, takeFromAllowance } from './pace-store.ts';
import { type PreparedIssue, renderIssues } from './render-issues.ts';
import { leaseUntil, type Run } from './send-run.ts';
import { claimIssues, markUnmailable, releaseIssues } from './send-store.ts';

/** Claims and prepares the next ones. */
export async function refillQueue(run: Run): Promise<void> {
  const { deps, input } = run;
  run.resting.clear();
  await clearAnswered(run);
  const now = deps.clock.now();
  const wanted = Math.min(turnsFor(input.pace, input.connections), input.limit - run.prepared);
  const { warmUp } = input.pace;
  const allowed =
    warmUp === null || wanted <= 0
      ? wanted
      : await takeFromAllowance(deps.db, { day: warmUp.day, wanted, most: warmUp.messagesMax });
  const claim = { holder: run.holder, limit: allowed, now, leaseUntil: leaseUntil(run, now) };
  const issues = allowed <= 0 ? [] : await claimIssues(deps.db, claim);
  run.prepared += issues.length;
  if (warmUp !== null) await returnToAllowance(deps.db, { day: warmUp.day, count: allowed - issues.length });
  if (issues.length === 0) {
    run.hasMore = false;
    return;
  }
  const prepared = await renderIssues(deps, run.cache, issues);
  await dropUnmailable(run, issues, prepared);
  const intervalMs = 1_000 / input.pace.perSecond;
  const first = await reserveTurns(deps.db, { scope: 'all', count: prepared.length, intervalMs, now });
  const queued = prepared.map((one, place) => ({
    ...one,
    notBeforeMs: first.getTime() + place * intervalMs,
  }));
  run.queue.push(...queued.filter(({ issue }) => !run.resting.has(issue.domain)));
  const resting = queued.filter(({ issue }) => run.resting.has(issue.domain));
  if (resting.length > 0)
    await releaseIssues(
      deps.db,
      run.holder,
      resting.map(({ issue }) => issue.id),
    );
}

/** What was claimed and not begun does not count against the day of a warming-up sender. */
export async function returnUnused(run: Run): Promise<void> {
  const { warmUp } = run.input.pace;
  if (warmUp === null) return;
  await returnToAllowance(run.deps.db, { day: warmUp.day, count: run.prepared - run.begun });
}

async function dropUnmailable(
  run: Run,
  issues: readonly { id: number }[],
  prepared: readonly PreparedIssue[],
): Promise<void> {
  if (prepared.length === issues.length) return;
  const mailable = new Set(prepared.map(({ issue }) => issue.id));
  const ids = issues.map(({ id }) => id).filter((id) => !mailable.has(id));
  run.counts.rejected += ids.length;
  await markUnmailable(run.deps.db, run.holder, ids, run.deps.clock.now());
}
