import type { Clock } from '#lib/clock.ts';
import type { Db } from '#lib/db/client.ts';
import { findToken, markConfirmed } from './request-store.ts';
import { firstWindowMs, nextDue } from './schedule.ts';
import { findLastEdition } from './store.ts';
import type { Subscription } from './subscription.ts';
import { hashToken } from './token.ts';

export type ConfirmOutcome =
  | {
      readonly kind: 'confirmed' | 'already-confirmed';
      readonly subscription: Subscription;
      readonly nextDueAt: Date;
    }
  | { readonly kind: 'link-expired' | 'link-unknown' };

/**
 * Second half of double opt-in: activates the subscription that a confirmation link names. Confirming twice is
 * harmless; a link that was used, or whose subscription has ended, activates nothing.
 */
export async function confirmSubscription(
  deps: { db: Db; clock: Clock },
  token: string,
): Promise<ConfirmOutcome> {
  const hash = hashToken(token);
  const found = await findToken(deps.db, hash);
  if (found === null) return { kind: 'link-unknown' };
  const { subscription } = found;
  const now = deps.clock.now();
  if (subscription.state === 'active' || subscription.state === 'paused') {
    return { kind: 'already-confirmed', subscription, nextDueAt: subscription.nextDueAt ?? now };
  }
  if (subscription.state !== 'pending') return { kind: 'link-expired' };
  const due = nextDue(subscription, now, await findLastEdition(deps.db, subscription.id));
  const coveredUntil = new Date(due.at.getTime() - firstWindowMs(subscription.cadence));
  const isConfirmed = await markConfirmed(deps.db, { hash, now, nextDueAt: due.at, coveredUntil });
  if (!isConfirmed) return { kind: 'link-expired' };
  return { kind: 'confirmed', subscription: { ...subscription, state: 'active' }, nextDueAt: due.at };
}
