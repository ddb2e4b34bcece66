/** Lists of papers in words: as a page's heading, a feed's title, a link to them. */

import type { PaperList, TrendingWindow } from '#lib/papers/paper-list.ts';
import { rangeOfWeek } from '#lib/papers/period.ts';
import { formatDay, formatDayLong } from './dateline.ts';

const MONTH = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' });
const DAY_MONTH = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', timeZone: 'UTC' });

const TRENDING: Record<TrendingWindow, string> = {
  day: 'Trending today',
  week: 'Trending this week',
  month: 'Trending this month',
};

/** `Wednesday 12 March 2025`, `Week 11 of 2025`, `Computation and Language`, `Papers by Ada Lovelace`. */
export function listTitle(list: PaperList): string {
  switch (list.kind) {
    case 'day':
      return formatDayLong(list.day);
    case 'week':
      return `Week ${Number(list.week.slice(6))} of ${list.week.slice(0, 4)}`;
    case 'month':
      return formatMonth(list.month);
    case 'subject':
      return list.day === null ? list.subject.name : `${list.subject.name}, ${formatDay(list.day)}`;
    case 'author':
      return `Papers by ${list.name}`;
    case 'trending':
      return TRENDING[list.window];
  }
}

/** `March 2025` */
export function formatMonth(month: string): string {
  return MONTH.format(new Date(`${month}-01T00:00:00Z`));
}

/** `10 to 16 March 2025`, `31 March to 6 April 2025`, `29 December 2025 to 4 January 2026` */
export function formatWeekDays(week: string): string {
  const { first, last } = rangeOfWeek(week);
  const end = formatDay(last);
  if (first.slice(0, 4) !== last.slice(0, 4)) return `${formatDay(first)} to ${end}`;
  if (first.slice(0, 7) !== last.slice(0, 7))
    return `${DAY_MONTH.format(new Date(`${first}T00:00:00Z`))} to ${end}`;
  return `${Number(first.slice(8))} to ${end}`;
}
