/** Which submissions stand on a day's listing if nothing holds them up: the inverse of scheduledDayOf. */
import { HOUR_MS } from '#lib/time.ts';
import { announcementInstant, scheduledDayOf } from './calendar.ts';

/** Longer than any run of days without an announcement. */
const HOURS_MAX = 24 * 21;

export type SubmissionWindow = { readonly from: Date; readonly until: Date };

/**
 * From one deadline until the next, half-open; null on a day without an announcement. What is submitted in the very
 * second of a deadline is still in time for it, but falls into the window after: arXiv's search knows minutes only, and
 * most of that minute comes too late.
 * @param day the listing's date, `YYYY-MM-DD`
 */
export function submissionWindowOf(day: string): SubmissionWindow | null {
  const announcedAt = announcementInstant(day);
  if (announcedAt === null) return null;
  // Deadlines are on the hour, so of every hour before the announcement the whole is in the window or none.
  const isWithin = (hoursBefore: number) =>
    scheduledDayOf(new Date(announcedAt.getTime() - (hoursBefore - 0.5) * HOUR_MS)) === day;
  const last = findHour(1, isWithin);
  const before = findHour(last, (hours) => !isWithin(hours));
  const hoursBefore = (hours: number) => new Date(announcedAt.getTime() - (hours - 1) * HOUR_MS);
  return { from: hoursBefore(before), until: hoursBefore(last) };
}

/** The first hour before the announcement, counted from 1, of which `holds` is true. */
function findHour(first: number, holds: (hoursBefore: number) => boolean): number {
  for (let hours = first; hours < HOURS_MAX; hours += 1) if (holds(hours)) return hours;
  throw new Error(`No deadline within ${HOURS_MAX} hours of an announcement.`);
}
