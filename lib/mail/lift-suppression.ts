import type { Clock } from '#lib/clock.ts';
import type { Db } from '#lib/db/client.ts';
import { parseAddress, toAddressKey } from './address.ts';
import { findSuppression, removeSuppression, type Suppression } from './store.ts';

export type LiftRequest = {
  readonly address: string;
  /** Who lifts it, and why, as the record shall say. */
  readonly by: string;
  readonly reason: string;
  /** Its reader called our mail spam: mailing again is asked for with this word, or not at all. */
  readonly isEvenAfterComplaint: boolean;
};

export type LiftOutcome =
  | { readonly kind: 'lifted' | 'has-complained'; readonly suppression: Suppression }
  | { readonly kind: 'not-suppressed' | 'not-an-address' };

const DETAIL_CHARS_MAX = 300;

/**
 * Lets a mailbox be mailed again, and records who did so and why. Its subscriptions, which go on while it is
 * suppressed, get their next issue. What bounced before no longer counts against it.
 */
export async function liftSuppression(
  { db, clock }: { db: Db; clock: Clock },
  request: LiftRequest,
): Promise<LiftOutcome> {
  const address = parseAddress(request.address);
  if (address === null) return { kind: 'not-an-address' };
  const folded = toAddressKey(address);
  const suppression = await findSuppression(db, folded);
  if (suppression === null) return { kind: 'not-suppressed' };
  if (suppression.hasComplained && !request.isEvenAfterComplaint)
    return { kind: 'has-complained', suppression };
  const now = clock.now();
  const since = suppression.suppressedAt.toISOString().slice(0, 10);
  const detail = `suppression (${suppression.reason}, ${since}) lifted by ${request.by}: ${request.reason}`;
  const lift = { folded, eventId: `lift ${folded} ${now.toISOString()}`, now };
  const isLifted = await removeSuppression(db, { ...lift, detail: detail.slice(0, DETAIL_CHARS_MAX) });
  return isLifted ? { kind: 'lifted', suppression } : { kind: 'not-suppressed' };
}
