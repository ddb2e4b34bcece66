/** How long a slot whose run failed stays closed, and when it is given up. */

export const ATTEMPTS_MAX = 3;

const FIRST_PAUSE_MS = 60_000;

/** Doubling: one minute after the first failed attempt, two after the second. */
export function pauseAfter(attempts: number): number {
  return FIRST_PAUSE_MS * 2 ** (attempts - 1);
}
