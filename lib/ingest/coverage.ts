/**
 * How complete a day is, in a sentence for readers: what a source should have announced, how much of it is here, and why
 * there may be nothing. Claims no more than is known: a day is late only after a check found nothing.
 */
import { addDays, toDay } from '#lib/papers/day.ts';
import { DAY_MS, HOUR_MS } from '#lib/time.ts';
import {
  announcementInstant,
  dayStatus,
  expectedState,
  FEED_DELAY_MS,
  isHolidayListKnown,
} from './arxiv/calendar.ts';

export type CoverageState =
  | 'complete'
  | 'partial'
  | 'holiday'
  | 'weekend'
  /** Or announced so recently that the feeds need not have it. */
  | 'not-yet-announced'
  | 'upstream-late'
  | 'missed'
  | 'unknown';

export type Coverage = {
  readonly day: string;
  readonly state: CoverageState;
  readonly expected: number | null;
  readonly seen: number;
  /** One sentence for readers. */
  readonly sentence: string;
};

export type DayCheck = {
  /** Null while nobody could count: the announcement was not found, or only a part of it. */
  readonly expected: number | null;
  readonly seen: number;
  /** When the whole announcement was first seen in the feeds; null where the number is the search's. */
  readonly announcedAt: Date | null;
  readonly lastError: string | null;
};

/** Gaps are looked for this far back, and so far back a missing paper may still come. */
export const GAP_LOOKBACK_DAYS = 30;
/** Two hours more than the feeds take are nothing unusual. */
const LATE_AFTER_MS = FEED_DELAY_MS + 2 * HOUR_MS;
/** A day later the feeds are those of the next day: what nobody has seen in them is missing, no longer merely late. */
const MISSED_AFTER_MS = FEED_DELAY_MS + DAY_MS;

/**
 * @param check what is known of the day, or null where nobody has asked
 * @param watchedSince the first day this instance looked at the source; days before it are unknown, not missed
 */
export function coverageOf(
  day: string,
  check: DayCheck | null,
  { now, watchedSince }: { now: Date; watchedSince: string | null },
): Coverage {
  const base = { day, expected: check?.expected ?? null, seen: check?.seen ?? 0 };
  const isSoughtFor = day >= addDays(toDay(now), -GAP_LOOKBACK_DAYS);
  const counted = check === null ? null : countedOf(check, announcementInstant(day), isSoughtFor);
  if (counted !== null) return { ...base, ...counted };
  const expected = expectedState(day, now);
  if (expected === 'holiday') {
    return { ...base, state: 'holiday', sentence: `${dayStatus(day).reason}.` };
  }
  if (expected === 'weekend') {
    return { ...base, state: 'weekend', sentence: 'arXiv announces nothing on Friday and Saturday nights.' };
  }
  const lateMs = now.getTime() - (announcementInstant(day)?.getTime() ?? now.getTime());
  if (expected === 'not-yet-announced' || lateMs < LATE_AFTER_MS) {
    return { ...base, state: 'not-yet-announced', sentence: notYet(day, lateMs) };
  }
  if (watchedSince === null || day < watchedSince) {
    return { ...base, state: 'unknown', sentence: 'This instance was not yet watching arXiv on this day.' };
  }
  return { ...base, ...overdue(check, day, { lateMs, isSoughtFor }) };
}

type Finding = Pick<Coverage, 'state' | 'sentence'>;

/** Null where no number is known and nothing is here. */
function countedOf(check: DayCheck, dueAt: Date | null, isSoughtFor: boolean): Finding | null {
  const { expected, seen, announcedAt } = check;
  if (expected === null) return seen === 0 ? null : { state: 'partial', sentence: partOf(check) };
  if (expected === 0) return null;
  const source = announcedAt === null ? 'that arXiv’s search finds for this day' : 'that arXiv announced';
  if (seen < expected) {
    const search = isSoughtFor ? ', and looked for' : '';
    const missing = `${count(expected - seen)} ${expected - seen === 1 ? 'is' : 'are'} missing${search}`;
    return {
      state: 'partial',
      sentence: `${count(seen)} of the ${papers(expected)} ${source} ${seen === 1 ? 'is' : 'are'} here; ${missing}.`,
    };
  }
  const all =
    expected === 1 ? `The one paper ${source} is here` : `All ${papers(expected)} ${source} are here`;
  return { state: 'complete', sentence: `${all}${lateness(announcedAt, dueAt)}.` };
}

/** Whose fault a delay was is not known: the feeds may have been late, or nobody may have asked. */
function lateness(announcedAt: Date | null, dueAt: Date | null): string {
  const lateMs = announcedAt === null || dueAt === null ? 0 : announcedAt.getTime() - dueAt.getTime();
  if (lateMs < LATE_AFTER_MS) return '';
  return `, first seen ${Math.round(lateMs / HOUR_MS)} hours after the hour of the announcement`;
}

function partOf({ seen, lastError }: DayCheck): string {
  const because = lastError === null ? '' : ` (${lastError})`;
  return `${papers(seen)} ${seen === 1 ? 'is' : 'are'} here; the announcement could not be had as a whole${because}.`;
}

/** A listing whose feeds should be here. What is to be done about it is said only where it is done. */
function overdue(
  check: DayCheck | null,
  day: string,
  { lateMs, isSoughtFor }: { lateMs: number; isSoughtFor: boolean },
): Finding {
  const because = check?.lastError ? ` (${check.lastError})` : '';
  const holiday = isHolidayListKnown(day)
    ? ''
    : ' It may be a holiday: those of that year are not known here.';
  if (lateMs < MISSED_AFTER_MS) {
    if (check === null) {
      return { state: 'unknown', sentence: `This instance has not yet asked arXiv for this day.${holiday}` };
    }
    const what =
      because === ''
        ? 'arXiv’s announcement of this day is late: its feeds do not have it yet'
        : `arXiv’s announcement of this day could not be had yet${because}`;
    return { state: 'upstream-late', sentence: `${what}; we keep asking.${holiday}` };
  }
  const search = isSoughtFor ? '; arXiv’s search is asked for its papers' : '';
  if (check?.expected === 0) {
    const sentence = `Neither feeds nor search of arXiv name a paper for this day${isSoughtFor ? ' so far' : ''}.`;
    return { state: 'unknown', sentence: `${sentence}${holiday}` };
  }
  return {
    state: 'missed',
    sentence: `The announcement of this day was missed${because}${search}.${holiday}`,
  };
}

function notYet(day: string, lateMs: number): string {
  const announcedAt = announcementInstant(day);
  const hour = (instant: Date) => `${instant.toISOString().slice(11, 16)} UTC`;
  const evening = announcedAt === null ? '' : ` (${hour(announcedAt)})`;
  const feeds = announcedAt === null ? '' : ` (${hour(new Date(announcedAt.getTime() + FEED_DELAY_MS))})`;
  const verb = lateMs < 0 ? 'announces' : 'announced';
  return `arXiv ${verb} these papers at 20:00 US Eastern the evening before${evening}; its feeds follow at midnight${feeds}, sometimes later.`;
}

function papers(number: number): string {
  return number === 1 ? '1 paper' : `${count(number)} papers`;
}

function count(number: number): string {
  return number.toLocaleString('en');
}
