import type { Clock } from '#lib/clock.ts';
import type { Db } from '#lib/db/client.ts';
import { firstWindowMs, nextDue } from './schedule.ts';
import {
  findLastEdition,
  findSubscription,
  markChanged,
  markPaused,
  markResumed,
  markUnsubscribed,
} from './store.ts';
import type { Choices } from './subscription.ts';
import { parseLinkToken } from './token.ts';
import { instantOf } from './zone.ts';

/** Gives a subscription other choices. Its next issue is never of a day that has had one. */
export async function changeSubscription(
  deps: { db: Db; clock: Clock },
  change: { id: number; subscriberId: number; choices: Choices },
): Promise<'changed' | 'not-found'> {
  const lastEditionOn = await findLastEdition(deps.db, change.id);
  const due = nextDue(change.choices, deps.clock.now(), lastEditionOn);
  const isChanged = await markChanged(deps.db, { ...change, nextDueAt: due.at });
  return isChanged ? 'changed' : 'not-found';
}

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

export type UnsubscribeOutcome = 'unsubscribed' | 'link-unknown';

/**
 * Ends the subscription that a link names, a pending one too: so the one-click link of an opt-in mail does what it says.
 * Idempotent. A subscription that is no more, its data erased, is as ended as can be.
 */
export async function unsubscribeByLink(
  deps: { db: Db; clock: Clock; secret: string },
  token: string,
): Promise<UnsubscribeOutcome> {
  const id = parseLinkToken(deps.secret, 'unsubscribe', token);
  if (id === null) return 'link-unknown';
  if ((await findSubscription(deps.db, id)) !== null) await markUnsubscribed(deps.db, id, deps.clock.now());
  return 'unsubscribed';
}
