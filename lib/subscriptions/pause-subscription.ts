import type { Clock } from '#lib/clock.ts';
import type { Db } from '#lib/db/client.ts';
import { firstWindowMs, nextDue } from './schedule.ts';
import { findLastEdition, findSubscription, markPaused, markResumed } from './store.ts';
import { instantOf } from './zone.ts';

export type PauseOutcome = 'paused' | 'not-found' | 'day-past';

/**
 * Sends nothing until `resumeOn`, a day by the subscription's own calendar; null: until its owner resumes it.
 */
export async function pauseSubscription(
  deps: { db: Db; clock: Clock },
  pause: { id: number; subscriberId: number; resumeOn: string | null },
): Promise<PauseOutcome> {
  const subscription = await findSubscription(deps.db, pause.id);
  if (subscription === null || subscription.subscriberId !== pause.subscriberId) return 'not-found';
  const resumeAt = pause.resumeOn === null ? null : instantOf(subscription.zone, pause.resumeOn, 0);
  if (pause.resumeOn !== null && (resumeAt === null || resumeAt <= deps.clock.now())) return 'day-past';
  const due = resumeAt === null ? null : nextDue(subscription, new Date(resumeAt.getTime() - 1));
  const isPaused = await markPaused(deps.db, { ...pause, resumeAt: due?.at ?? null });
  return isPaused ? 'paused' : 'not-found';
}

/** Goes on with the next due issue; what came out during the pause is not sent after all. */
export async function resumeSubscription(
  deps: { db: Db; clock: Clock },
  resumption: { id: number; subscriberId: number },
): Promise<'resumed' | 'not-found'> {
  const subscription = await findSubscription(deps.db, resumption.id);
  if (subscription === null) return 'not-found';
  const due = nextDue(subscription, deps.clock.now(), await findLastEdition(deps.db, resumption.id));
  const coveredUntil = new Date(due.at.getTime() - firstWindowMs(subscription.cadence));
  const isResumed = await markResumed(deps.db, { ...resumption, nextDueAt: due.at, coveredUntil });
  return isResumed ? 'resumed' : 'not-found';
}
