import { clearAnswered } from './draw-consequences.ts';
import { turnsFor } from './pace.ts';
import { reserveTurns, takeFromAllowance } from './pace-store.ts';
import { type PreparedIssue, renderIssues } from './render-issues.ts';
import { leaseUntil, type Run } from './send-run.ts';
import { claimIssues, markUnmailable } from './send-store.ts';

/** Claims and prepares more where less than a round of connections is left. */
export async function refillQueue(run: Run): Promise<void> {
  const { deps, input } = run;
  if (!run.hasMore || run.queue.length > input.connections) return;
  await clearAnswered(run);
  const now = deps.clock.now();
  const wanted = Math.min(
    turnsFor(input.pace, input.connections),
    input.limit - run.begun - run.queue.length,
  );
  const { warmUp } = input.pace;
  const allowed =
    warmUp === null || wanted <= 0
      ? wanted
      : await takeFromAllowance(deps.db, { day: warmUp.day, wanted, most: warmUp.messagesMax });
  const claim = { holder: run.holder, limit: allowed, now, leaseUntil: leaseUntil(run, now) };
  const issues = allowed <= 0 ? [] : await claimIssues(deps.db, claim);
  if (issues.length === 0) {
    run.hasMore = false;
    return;
  }
  const prepared = await renderIssues(deps, run.cache, issues);
  await dropUnmailable(run, issues, prepared);
  const intervalMs = 1_000 / input.pace.perSecond;
  const first = await reserveTurns(deps.db, { scope: 'all', count: prepared.length, intervalMs, now });
  run.queue.push(
    ...prepared.map((one, place) => ({ ...one, notBeforeMs: first.getTime() + place * intervalMs })),
  );
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
