/** How long a deferred message waits, and when it is given up; and how long a domain rests that asked for it. */

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** RFC 5321, 4.5.4.1 has mail tried for four or five days; a daily paper of two days ago is of no use. */
export const GIVE_UP_MS = 48 * HOUR_MS;

/** By how many attempts there were. Greylisting wants some minutes (RFC 6647: up to 15), a full mailbox hours. */
const PAUSES_MS = [5, 15, 30, 60, 120, 240].map((minutes) => minutes * MINUTE_MS);

/** A letter that a person waits for is tried sooner. */
const LETTER_PAUSES_MS = [1, 5, 15, 30, 60, 120].map((minutes) => minutes * MINUTE_MS);

const REST_FIRST_MS = MINUTE_MS;
const REST_MOST_MS = HOUR_MS;

/**
 * When to try again after the attempt numbered `attempts` (from 1); null where that would be too late. `fraction` in
 * [0, 1) spreads what was deferred together.
 */
export function nextAttemptAt(
  deferral: { attempts: number; firstAt: Date; now: Date; isLetter: boolean },
  fraction: number,
): Date | null {
  const pauses = deferral.isLetter ? LETTER_PAUSES_MS : PAUSES_MS;
  const pauseMs = pauses[Math.min(deferral.attempts, pauses.length) - 1] ?? MINUTE_MS;
  const at = new Date(deferral.now.getTime() + Math.round(pauseMs * (1 + 0.2 * fraction)));
  return at.getTime() - deferral.firstAt.getTime() > GIVE_UP_MS ? null : at;
}

/** Doubles with every refusal in a row (from 1). */
export function restMs(faults: number): number {
  return Math.min(REST_FIRST_MS * 2 ** Math.min(faults - 1, 10), REST_MOST_MS);
}
