import type { Clock } from '#lib/clock.ts';
import type { Db } from '#lib/db/client.ts';
import { nextDue } from './schedule.ts';
import { findLastEdition, markChanged } from './store.ts';
import type { Choices } from './subscription.ts';

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
