/**
 * When readers are awake: how activity spreads over the 168 hours of a week, in UTC.
 *
 * Ten upvotes at four in the morning say more than ten at noon. Velocities are therefore measured per *active* day: an
 * hour in which the site does twice its usual business counts for two. A week always has seven active days, so figures
 * keep their meaning. Known in point-process statistics as a random time change; in rating systems as exposure.
 */
import { DAY_MS, HOUR_MS, WEEK_MS } from '#lib/time.ts';
import type { Curve } from './curve.ts';

export const HOURS_PER_WEEK = 168;
/** 1970-01-05, a Monday. */
const MONDAY_MS = 4 * DAY_MS;

export type Rhythm = {
  /** Active days from Monday 00:00 UTC to the start of each hour; 169 figures from 0 to 7. */
  readonly elapsed: Float64Array;
};

/** Every hour alike. */
export const EVEN_RHYTHM: Rhythm = toRhythm(new Float64Array(HOURS_PER_WEEK).fill(1));

/** As if each hour had been seen with this many events at the average rate: few events leave the rhythm even. */
const PRIOR_EVENTS_PER_HOUR = 20;
/** However quiet an hour, it counts for this share of an average one, so that a rate is never divided by nothing. */
const ACTIVITY_MIN = 0.05;
/** Growth between readings further apart than this says nothing of the hour. */
export const TALLY_GAP_MAX_MS = 3 * HOUR_MS;

/**
 * The rhythm behind events counted by hour of the week (Monday 00:00 UTC first), smoothed over neighbouring hours.
 * Entries that are missing, negative or not finite count as none.
 */
export function rhythmOf(eventsByHour: ArrayLike<number>): Rhythm {
  const events = Array.from({ length: HOURS_PER_WEEK }, (_, hour) => {
    const count = eventsByHour[hour] ?? 0;
    return Number.isFinite(count) && count > 0 ? count : 0;
  });
  const mean = events.reduce((sum, count) => sum + count, 0) / HOURS_PER_WEEK;
  const activity = events.map((_, hour) => {
    const around = (offset: number) => events[(hour + offset + HOURS_PER_WEEK) % HOURS_PER_WEEK] ?? 0;
    const smooth = (around(-1) + 2 * around(0) + around(1)) / 4;
    return Math.max(ACTIVITY_MIN, (smooth + PRIOR_EVENTS_PER_HOUR) / (mean + PRIOR_EVENTS_PER_HOUR));
  });
  return toRhythm(activity);
}

/** Adds a curve's growth since `fromMs` to a tally by hour of the week, for `rhythmOf`. */
export function tallyGrowth(tally: Float64Array, curve: Curve, fromMs: number): void {
  for (let index = curve.startsAtZero ? 2 : 1; index < curve.timesMs.length; index += 1) {
    const startMs = curve.timesMs[index - 1] ?? 0;
    const endMs = curve.timesMs[index] ?? 0;
    if (startMs < fromMs || endMs - startMs > TALLY_GAP_MAX_MS) continue;
    const hour = hourOfWeek((startMs + endMs) / 2);
    tally[hour] = (tally[hour] ?? 0) + (curve.values[index] ?? 0) - (curve.values[index - 1] ?? 0);
  }
}

/** Active days between two instants; 0 when they are in the wrong order. */
export function activeDays(rhythm: Rhythm, fromMs: number, toMs: number): number {
  return toMs <= fromMs ? 0 : elapsedAt(rhythm, toMs) - elapsedAt(rhythm, fromMs);
}

function elapsedAt({ elapsed }: Rhythm, timeMs: number): number {
  const weeks = Math.floor((timeMs - MONDAY_MS) / WEEK_MS);
  const hours = (timeMs - MONDAY_MS - weeks * WEEK_MS) / HOUR_MS;
  const whole = Math.floor(hours);
  const before = elapsed[whole] ?? 0;
  const after = elapsed[whole + 1] ?? before;
  return 7 * weeks + before + (after - before) * (hours - whole);
}

function hourOfWeek(timeMs: number): number {
  const sinceMonday = (timeMs - MONDAY_MS) % WEEK_MS;
  return Math.floor((sinceMonday < 0 ? sinceMonday + WEEK_MS : sinceMonday) / HOUR_MS);
}

function toRhythm(activity: ArrayLike<number>): Rhythm {
  const elapsed = new Float64Array(HOURS_PER_WEEK + 1);
  for (let hour = 0; hour < HOURS_PER_WEEK; hour += 1) {
    elapsed[hour + 1] = (elapsed[hour] ?? 0) + (activity[hour] ?? 0);
  }
  const scale = 7 / (elapsed[HOURS_PER_WEEK] ?? 7);
  return { elapsed: elapsed.map((sum) => sum * scale) };
}
