/**
 * How fast mail may leave: messages a second over all workers, and, for a sender nobody knows yet, messages a day. A new
 * domain or address that sends much at once looks like a spammer's; receivers want to see it grow.
 */
import { HOUR_MS, MINUTE_MS } from '#lib/time.ts';

const REST_FIRST_MS = MINUTE_MS;
const REST_MOST_MS = HOUR_MS;

export type SendingPace = {
  readonly perSecond: number;
  /** Null: the sender is known. `day` is UTC's. */
  readonly warmUp: { readonly day: string; readonly messagesMax: number } | null;
};

const WARM_UP_FIRST = 200;
const WARM_UP_DAYS = 14;
const CLAIM_MAX = 200;
/** Claims are held while they wait for their turns. */
const CLAIM_SECONDS = 5;

/** Messages allowed on a day so many days (0 for the first) after warming up began; null once it is over. */
export function warmUpMax(days: number): number | null {
  return days < WARM_UP_DAYS ? WARM_UP_FIRST * 2 ** Math.max(0, days) : null;
}

/** How many issues to claim at once: a few rounds of the connections, and no more than soon have their turn. */
export function turnsFor({ perSecond }: SendingPace, connections: number): number {
  return Math.max(1, Math.min(CLAIM_MAX, connections * 8, Math.ceil(perSecond * CLAIM_SECONDS)));
}

/** How long a domain rests that asked for it: doubles with every refusal in a row (from 1). */
export function restMs(faults: number): number {
  return Math.min(REST_FIRST_MS * 2 ** Math.min(faults - 1, 10), REST_MOST_MS);
}
