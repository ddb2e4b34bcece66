/**
 * A list of papers that has an address of its own: what it is, its path, and the path read back. The same noun stands
 * behind a page, its feeds and its place in an index of lists.
 *
 *     /date/2025-03-12            day          papers listed on that day
 *     /week/2025-W11              week         papers listed in that week, each once
 *     /month/2025-03              month        the same of a month
 *     /list/cs.CL                 subject      papers of a category, an archive (cs) or a group (grp_physics)
 *     /list/cs.CL/2025-03-12      subject      those of them that first came out on that day
 *     /author/Ada%20Lovelace      author       papers signed with exactly this name
 *     /trending?window=week       trending     what rises, measured over that window; /trending over a day
 */
import { parseSubject, type Subject, subjectCode } from './category.ts';
import { parseDay } from './day.ts';
import { type DayRange, parseMonth, parseWeek, rangeOfMonth, rangeOfWeek } from './period.ts';

/** The periods a reader can ask for; each weighs the recent past differently (velocity.ts of the ranking). */
export const TRENDING_WINDOWS = ['day', 'week', 'month'] as const;
export type TrendingWindow = (typeof TRENDING_WINDOWS)[number];

export type PaperList =
  | { readonly kind: 'day'; readonly day: string }
  | { readonly kind: 'week'; readonly week: string }
  | { readonly kind: 'month'; readonly month: string }
  | { readonly kind: 'subject'; readonly subject: Subject; readonly day: string | null }
  | { readonly kind: 'author'; readonly name: string }
  | { readonly kind: 'trending'; readonly window: TrendingWindow };

/** Longer than any name we have been told, collaborations with their addenda included. */
const AUTHOR_CHARS_MAX = 300;
/** Names hold no control characters, and Postgres takes no U+0000. */
const UNNAMEABLE = /[\u0000-\u001f\u007f]/;

/** Path and query, percent-encoded: where the list is read. */
export function paperListPath(list: PaperList): string {
  switch (list.kind) {
    case 'day':
      return `/date/${list.day}`;
    case 'week':
      return `/week/${list.week}`;
    case 'month':
      return `/month/${list.month}`;
    case 'subject':
      return `/list/${subjectCode(list.subject)}${list.day === null ? '' : `/${list.day}`}`;
    case 'author':
      return `/author/${encodeURIComponent(list.name)}`;
    case 'trending':
      return list.window === 'day' ? '/trending' : `/trending?window=${list.window}`;
  }
}

/**
 * The list at a path, `segments` percent-encoded as Next gives them: `['list', 'cs.CL']`. Forgiving in case and alias;
 * `paperListPath` of the result is the canonical address. Null for what is no list. Of `/trending`, whose window is in
 * the query, the list of a day.
 */
export function parsePaperListPath(segments: readonly string[]): PaperList | null {
  const [kind, ...names] = segments.map(decode);
  const [name, day] = names;
  if (names.length > (kind === 'list' ? 2 : 1) || names.includes(null)) return null;
  if (kind === 'trending') return name === undefined ? { kind: 'trending', window: 'day' } : null;
  return name ? parseNamed(kind ?? '', name, day ?? null) : null;
}

function parseNamed(kind: string, name: string, day: string | null): PaperList | null {
  switch (kind) {
    case 'date': {
      const parsed = parseDay(name);
      return parsed === null ? null : { kind: 'day', day: parsed };
    }
    case 'week': {
      const week = parseWeek(name.toUpperCase());
      return week === null ? null : { kind: 'week', week };
    }
    case 'month': {
      const month = parseMonth(name);
      return month === null ? null : { kind: 'month', month };
    }
    case 'list': {
      const subject = parseSubject(name);
      if (subject === null || (day !== null && parseDay(day) === null)) return null;
      return { kind: 'subject', subject, day };
    }
    case 'author':
      return name.length > AUTHOR_CHARS_MAX || UNNAMEABLE.test(name) || !name.isWellFormed()
        ? null
        : { kind: 'author', name };
    default:
      return null;
  }
}

export function parseTrendingWindow(text: string): TrendingWindow | null {
  return TRENDING_WINDOWS.find((window) => window === text) ?? null;
}

/** The days that a list of days spans; null for the others. */
export function rangeOfList(list: PaperList): DayRange | null {
  if (list.kind === 'day') return { first: list.day, last: list.day };
  if (list.kind === 'week') return rangeOfWeek(list.week);
  if (list.kind === 'month') return rangeOfMonth(list.month);
  return null;
}

function decode(segment: string): string | null {
  try {
    return decodeURIComponent(segment);
  } catch (error) {
    if (error instanceof URIError) return null;
    throw error;
  }
}
