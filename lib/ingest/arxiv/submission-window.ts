/** Which submissions stand on a day's listing if nothing holds them up: the inverse of scheduledDayOf. */
import { announcementInstant, scheduledDayOf } from './calendar.ts';

const HOUR_MS = 3_600_000;
/** Announcements are made six hours after their deadline, which falls on the same Eastern date. */
const DEADLINE_BEFORE_MS = 6 * HOUR_MS;
/** Longer than any run of days without an announcement. */
const HOURS_MAX = 24 * 21;

export type SubmissionWindow = { readonly from: Date; readonly until: Date };

/** Half-open [from, until); null on a day without an announcement. @param day the listing's date, `YYYY-MM-DD` */
export function submissionWindowOf(day: string): SubmissionWindow | null {
  const announcedAt = announcementInstant(day);
  if (announcedAt === null) return null;
  const until = new Date(announcedAt.getTime() - DEADLINE_BEFORE_MS);
  let from = until;
  // Deadlines are on the hour, so hourly steps end exactly at the one before.
  for (let hours = 0; hours < HOURS_MAX; hours += 1) {
    const earlier = new Date(from.getTime() - HOUR_MS);
    if (scheduledDayOf(new Date(earlier.getTime() + HOUR_MS / 2)) !== day) return { from, until };
    from = earlier;
  }
  throw new Error(`The submissions of ${day} have no beginning.`);
}
