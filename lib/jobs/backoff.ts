/** How long a slot whose run failed stays closed, and when it is given up. */
import { MINUTE_MS } from '#lib/time.ts';

export const ATTEMPTS_MAX = 3;

const FIRST_PAUSE_MS = MINUTE_MS;

/** Doubling: one minute after the first failed attempt, two after the second. */
export function pauseAfter(attempts: number): number {
  return FIRST_PAUSE_MS * 2 ** (attempts - 1);
}
