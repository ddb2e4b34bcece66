import { setTimeout as timerSleep } from 'node:timers/promises';

/** Time as an argument: everything that needs `now` takes a Clock, so tests and replays choose it. */
export type Clock = { now(): Date };

export const systemClock: Clock = { now: () => new Date() };

/** A clock that stands still until moved. For tests, replays and `--at` options. */
export function fixedClock(instant: Date | string): Clock & { set(instant: Date | string): void } {
  let current = new Date(instant);
  return {
    now: () => new Date(current),
    set: (next) => {
      current = new Date(next);
    },
  };
}

/** Resolves after `ms`, or as soon as the signal aborts; never rejects. */
export type Sleep = (ms: number, signal?: AbortSignal) => Promise<void>;

export const systemSleep: Sleep = async (ms, signal) => {
  // Only an abort rejects, and its caller knows of it already.
  await timerSleep(ms, undefined, signal === undefined ? {} : { signal }).catch(() => undefined);
};
