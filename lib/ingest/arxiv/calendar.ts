/**
 * arXiv's calendar: which listing exists, from when, and what a paper submitted now will stand on
 * (https://info.arxiv.org/help/availability.html).
 *
 * Deadlines are Monday to Friday at 14:00, announcements Sunday to Thursday at 20:00, both US Eastern:
 *
 *     deadline    Mon 14:00   Tue 14:00   Wed 14:00   Thu 14:00   Fri 14:00
 *     announced   Mon 20:00   Tue 20:00   Wed 20:00   Thu 20:00   Sun 20:00
 *     listed as   Tuesday     Wednesday   Thursday    Friday      Monday
 *
 * A listing carries the date of the morning after: that is how arXiv's listing pages, mailings and feeds are dated
 * (the feed of Friday 2026-09-25, built at 00:00 that day, holds what was announced on Thursday 24 at 20:00).
 * `day` is such a date everywhere here, so the announcement of a day is always made the evening before it.
 * In UTC that evening is the same date as the listing's: an OAI-PMH datestamp of a paper just announced is its day too.
 */
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#lib/time.ts';
import { HOLIDAY_YEARS, HOLIDAYS } from './holidays.ts';

const ANNOUNCEMENT_HOUR = 20;
const DEADLINE_HOUR = 14;

/** Far longer than any run of days without an announcement has ever been. */
const SEARCH_DAYS_MAX = 21;

/** After the announcement, OAI-PMH has the new records "typically around 10:30pm ET" (https://info.arxiv.org/help/oa). */
export const OAI_DELAY_MS = 150 * MINUTE_MS;
/** After the announcement, the feeds of rss.arxiv.org are made at midnight (https://info.arxiv.org/help/rss.html). */
export const FEED_DELAY_MS = 4 * HOUR_MS;

export type DayStatus = {
  readonly kind: 'announcement' | 'no-announcement' | 'holiday';
  /** For readers, a clause without a full stop. */
  readonly reason: string;
};

export type Announcement = {
  /** The date its listing carries, `YYYY-MM-DD`. */
  readonly day: string;
  readonly at: Date;
};

/** What to expect of a day's listing at one instant. */
export type ExpectedState = 'holiday' | 'weekend' | 'not-yet-announced' | 'due';

/** Listing date → name of the holiday. */
const SKIPPED: ReadonlyMap<string, string> = new Map(
  HOLIDAYS.map(([skippedOn, name]) => [nextWeekday(skippedOn), name]),
);

/** @param day `YYYY-MM-DD`; throws on anything else. */
export function dayStatus(day: string): DayStatus {
  if (isWeekend(day)) {
    return { kind: 'no-announcement', reason: 'arXiv announces nothing on Friday and Saturday evenings' };
  }
  const holiday = SKIPPED.get(day);
  if (holiday !== undefined) return { kind: 'holiday', reason: `arXiv skips this announcement (${holiday})` };
  return { kind: 'announcement', reason: 'arXiv announces at 20:00 US Eastern the evening before' };
}

export function isAnnouncementDay(day: string): boolean {
  return dayStatus(day).kind === 'announcement';
}

/** Whether arXiv's holidays around `day` are known to us; where not, a day without papers may be one. */
export function isHolidayListKnown(day: string): boolean {
  const year = Number(addDays(day, -1).slice(0, 4));
  return year >= HOLIDAY_YEARS.first && year <= HOLIDAY_YEARS.last;
}

/** When the listing of `day` is announced; null when there is none. */
export function announcementInstant(day: string): Date | null {
  return isAnnouncementDay(day) ? easternInstant(addDays(day, -1), ANNOUNCEMENT_HOUR) : null;
}

/** The date of the newest listing that the calendar has announced at `instant`. */
export function announcementDayOf(instant: Date): string {
  const { day, hour } = toEasternTime(instant);
  const newest = hour >= ANNOUNCEMENT_HOUR ? addDays(day, 1) : day;
  return searchDays(newest, -1);
}

/** The first announcement after `instant`, and not at it. */
export function nextAnnouncement(instant: Date): Announcement {
  const { day, hour } = toEasternTime(instant);
  const first = hour >= ANNOUNCEMENT_HOUR ? addDays(day, 2) : addDays(day, 1);
  const next = searchDays(first, 1);
  return { day: next, at: easternInstant(addDays(next, -1), ANNOUNCEMENT_HOUR) };
}

/**
 * The date of the listing on which a new paper submitted at `instant` stands if nothing holds it up. Moderation may:
 * the true day is this one or a later one.
 */
export function scheduledDayOf(instant: Date): string {
  const { day, hour } = toEasternTime(instant);
  const isInTime = hour < DEADLINE_HOUR || easternInstant(day, DEADLINE_HOUR).getTime() === instant.getTime();
  const deadlineDay = isInTime && !isWeekend(day) ? day : nextWeekday(day);
  return searchDays(nextWeekday(deadlineDay), 1);
}

/** @param delayMs time a source needs after the announcement, such as OAI_DELAY_MS. */
export function expectedState(day: string, now: Date, delayMs = 0): ExpectedState {
  const { kind } = dayStatus(day);
  if (kind !== 'announcement') return kind === 'holiday' ? 'holiday' : 'weekend';
  const announcedAt = easternInstant(addDays(day, -1), ANNOUNCEMENT_HOUR);
  return now.getTime() < announcedAt.getTime() + delayMs ? 'not-yet-announced' : 'due';
}

/** The nearest day with an announcement, from `day` on in the given direction. */
function searchDays(day: string, direction: 1 | -1): string {
  for (let step = 0; step < SEARCH_DAYS_MAX; step += 1) {
    const candidate = addDays(day, step * direction);
    if (isAnnouncementDay(candidate)) return candidate;
  }
  throw new Error(`no announcement within ${SEARCH_DAYS_MAX} days of ${day}`);
}

function nextWeekday(day: string): string {
  const next = addDays(day, 1);
  return isWeekend(next) ? nextWeekday(next) : next;
}

function isWeekend(day: string): boolean {
  const weekday = toUtcMidnight(day).getUTCDay();
  return weekday === 0 || weekday === 6;
}

function addDays(day: string, days: number): string {
  return new Date(toUtcMidnight(day).getTime() + days * DAY_MS).toISOString().slice(0, 10);
}

function toUtcMidnight(day: string): Date {
  const midnight = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(midnight.getTime()) || midnight.toISOString().slice(0, 10) !== day) {
    throw new Error(`${day} is not a day written YYYY-MM-DD`);
  }
  return midnight;
}

const ZONE = 'America/New_York';
/** Standard time, daylight saving time. */
const HOURS_BEHIND_UTC = [5, 4];

const FORMAT = new Intl.DateTimeFormat('en-US', {
  timeZone: ZONE,
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
});

/** What a clock there shows. */
export type EasternTime = {
  /** `YYYY-MM-DD`. */
  readonly day: string;
  /** 0–23. */
  readonly hour: number;
};

export function toEasternTime(instant: Date): EasternTime {
  const parts = new Map(FORMAT.formatToParts(instant).map(({ type, value }) => [type, value]));
  return {
    day: `${parts.get('year')}-${parts.get('month')}-${parts.get('day')}`,
    hour: Number(parts.get('hour')),
  };
}

/** The calendar day there. */
export function toEasternDay(instant: Date): string {
  return toEasternTime(instant).day;
}

/** The instant at which a clock there shows `hour` o'clock of `day`; the clocks change at 2 o'clock, which has no use here. */
export function easternInstant(day: string, hour: number): Date {
  const asUtcMs = Date.parse(`${day}T00:00:00Z`) + hour * HOUR_MS;
  for (const hoursBehind of HOURS_BEHIND_UTC) {
    const instant = new Date(asUtcMs + hoursBehind * HOUR_MS);
    const shown = toEasternTime(instant);
    if (shown.day === day && shown.hour === hour) return instant;
  }
  throw new Error(`no ${hour} o'clock on ${day} in ${ZONE}`);
}

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
