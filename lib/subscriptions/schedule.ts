/**
 * When a subscription's issues are due: on the days of its cadence, at its hour, by the clocks of its time zone. Each
 * day of the zone's calendar has one such instant at most, so that no change of the clocks skips or doubles an issue.
 */
import { addDays } from '#lib/papers/day.ts';
import { DAY_MS } from '#lib/time.ts';
import { instantOf, toWallTime } from './zone.ts';

export const CADENCES = ['daily', 'weekdays', 'weekly'] as const;
export type Cadence = (typeof CADENCES)[number];

export type Schedule = {
  readonly cadence: Cadence;
  /** ISO 8601, 1 is Monday; null unless weekly. */
  readonly weekday: number | null;
  /** 0 to 23, by the zone's clocks. */
  readonly hour: number;
  readonly zone: string;
};

/** `editionOn` is the day by the zone's calendar. */
export type DueTime = { readonly at: Date; readonly editionOn: string };

/** A week, and one more for a day that a zone left out of its calendar. */
const DAYS_AHEAD_MAX = 15;

/** The first due time after `after`, and not on an edition up to `lastEditionOn` where that is given. */
export function nextDue(schedule: Schedule, after: Date, lastEditionOn: string | null = null): DueTime {
  let day = toWallTime(schedule.zone, after).day;
  if (lastEditionOn !== null && lastEditionOn >= day) day = addDays(lastEditionOn, 1);
  for (let ahead = 0; ahead < DAYS_AHEAD_MAX; ahead += 1, day = addDays(day, 1)) {
    const at = isDueDay(schedule, day) ? instantOf(schedule.zone, day, schedule.hour) : null;
    if (at !== null && at > after) return { at, editionOn: day };
  }
  throw new Error(`A ${schedule.cadence} subscription in ${schedule.zone} has no due time.`);
}

/**
 * The newest due time at or before `now`, not before `dueAt`, which is one itself: after an outage one issue covers all
 * that was missed.
 */
export function newestDue(schedule: Schedule, dueAt: Date, now: Date): DueTime {
  let day = toWallTime(schedule.zone, now).day;
  for (let back = 0; back < DAYS_AHEAD_MAX; back += 1, day = addDays(day, -1)) {
    const at = isDueDay(schedule, day) ? instantOf(schedule.zone, day, schedule.hour) : null;
    if (at !== null && at <= now)
      return { at: at < dueAt ? dueAt : at, editionOn: at < dueAt ? editionOf(schedule, dueAt) : day };
  }
  return { at: dueAt, editionOn: editionOf(schedule, dueAt) };
}

/** The day that `at` is on by the zone's calendar. */
export function editionOf(schedule: Pick<Schedule, 'zone'>, at: Date): string {
  return toWallTime(schedule.zone, at).day;
}

/** How far back the window of a first issue reaches: what a reader of that cadence would have seen since the last. */
export function firstWindowMs(cadence: Cadence): number {
  return cadence === 'weekly' ? 7 * DAY_MS : DAY_MS;
}

function isDueDay({ cadence, weekday }: Schedule, day: string): boolean {
  const isoWeekday = isoWeekdayOf(day);
  if (cadence === 'weekly') return isoWeekday === weekday;
  return cadence === 'daily' || isoWeekday <= 5;
}

function isoWeekdayOf(day: string): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay() || 7;
}
