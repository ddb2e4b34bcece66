/**
 * Weeks and months as addresses name them: `2025-W11` (ISO 8601, Monday to Sunday; week 1 holds the year's first
 * Thursday) and `2025-03`. Like days they are text and have no time zone.
 */
import { DAY_MS } from '#lib/time.ts';
import { addDays, parseDay, toDay } from './day.ts';

/** First and last day, both with. */
export type DayRange = { readonly first: string; readonly last: string };

const WEEK = /^(\d{4})-W(\d{2})$/;
const MONTH = /^\d{4}-\d{2}$/;
const DAYS_OF_WEEK = 7;
const THURSDAY = 3;

/** The week as given; null when the year has no such week. */
export function parseWeek(text: string): string | null {
  const [, year, number] = WEEK.exec(text) ?? [];
  if (year === undefined || number === undefined || parseDay(`${year}-01-01`) === null) return null;
  const monday = mondayOf(year, Number(number));
  // The last week of the year 9999 ends beyond all days.
  return weekOf(monday) === text && parseDay(addDays(monday, DAYS_OF_WEEK - 1)) !== null ? text : null;
}

export function weekOf(day: string): string {
  const thursday = addDays(day, THURSDAY - daysSinceMonday(day));
  const year = thursday.slice(0, 4);
  const days = (Date.parse(thursday) - Date.parse(`${year}-01-01`)) / DAY_MS;
  return `${year}-W${String(Math.floor(days / DAYS_OF_WEEK) + 1).padStart(2, '0')}`;
}

/** @param week as parseWeek gives it */
export function rangeOfWeek(week: string): DayRange {
  const first = mondayOf(week.slice(0, 4), Number(week.slice(6)));
  return { first, last: addDays(first, DAYS_OF_WEEK - 1) };
}

/** The month as given; null when it is none. */
export function parseMonth(text: string): string | null {
  return MONTH.test(text) && parseDay(`${text}-01`) !== null ? text : null;
}

export function monthOf(day: string): string {
  return day.slice(0, 7);
}

/** @param month as parseMonth gives it */
export function rangeOfMonth(month: string): DayRange {
  const first = `${month}-01`;
  const last = new Date(`${first}T00:00:00Z`);
  last.setUTCMonth(last.getUTCMonth() + 1, 0);
  return { first, last: toDay(last) };
}

/** January 4th always lies in week 1. */
function mondayOf(year: string, week: number): string {
  const fourth = `${year}-01-04`;
  return addDays(fourth, (week - 1) * DAYS_OF_WEEK - daysSinceMonday(fourth));
}

function daysSinceMonday(day: string): number {
  return (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % DAYS_OF_WEEK;
}
