import type { Clock } from '#lib/clock.ts';
import type { Db } from '#lib/db/client.ts';
import { findSubscription, markUnsubscribed } from './store.ts';
import { parseLinkToken } from './token.ts';

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
