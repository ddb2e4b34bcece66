/**
 * Dates in queries: a day, month, year or minute, ranges and comparisons of them, read into half-open UTC intervals and
 * written back in the shortest form that reads the same.
 *
 *     2025   2025-03   2025-03-12   2025-03-12T06:00   20250312   202503120600
 *     A..B   A..   ..B   A-B (years)   >A >=A <A <=A =A   [A TO B]
 *
 * Both ends of a range are included as a whole: `2025-01..2025-03` runs to the end of March. `>2025` is what comes after
 * 2025 is over.
 */
import { MINUTE_MS } from '#lib/time.ts';

export type DateRange = { readonly from: string | null; readonly until: string | null };
export type DateReading = { readonly range: DateRange; readonly isSwapped: boolean };

/** A period named by a date: `[from, until)`. */
type Period = { from: string; until: string };

const YEAR_MIN = 1900;
const YEAR_MAX = 2200;
const DATE =
  /^(\d{4})(?:[-/.]?(0[1-9]|1[0-2]|[1-9](?=[-/.]|$))(?:[-/.]?(\d{2}|\d$)(?:[T ]?(\d\d):?(\d\d)(?::?\d\d)?(?:Z|GMT)?)?)?)?$/i;

/** Null when `text` is no date, range or comparison. `comparison` is what the name of the field says already. */
export function parseDates(value: string, comparison = ''): DateReading | null {
  const text = value.trim();
  const range = parseRange(text);
  if (range !== null) return comparison === '' ? range : null;
  const [, sign = '', rest = ''] = /^(>=|<=|=>|=<|>|<|=|≥|≤)?\s*(.+)$/.exec(text) ?? [];
  const period = parsePeriod(rest);
  if (period === null || (sign !== '' && comparison !== '')) return null;
  return reading(compared(period, sign === '' ? comparison : sign));
}

function compared(period: Period, sign: string): DateRange {
  if (sign === '>') return { from: period.until, until: null };
  if (sign === '>=' || sign === '=>' || sign === '≥') return { from: period.from, until: null };
  if (sign === '<') return { from: null, until: period.from };
  if (sign === '<=' || sign === '=<' || sign === '≤') return { from: null, until: period.until };
  return period;
}

function parseRange(text: string): DateReading | null {
  const years = /^(\d{4})-(\d{4})$/.exec(text);
  const [, first = '', last = ''] =
    years ?? /^\[?\s*(.*?)\s*(?:\.\.+|…|\bTO\b)\s*(.*?)\s*\]?$/i.exec(text) ?? [];
  if (first === '' && last === '') return null;
  const from = isOpen(first) ? null : parsePeriod(first);
  const until = isOpen(last) ? null : parsePeriod(last);
  if ((from === null && !isOpen(first)) || (until === null && !isOpen(last))) return null;
  if (from !== null && until !== null && from.from > until.from)
    return { range: { from: until.from, until: from.until }, isSwapped: true };
  return reading({ from: from?.from ?? null, until: until?.until ?? null });
}

const isOpen = (end: string) => end === '' || end === '*';

/** A range open at both ends says nothing. */
function reading(range: DateRange): DateReading | null {
  return range.from === null && range.until === null ? null : { range, isSwapped: false };
}

function parsePeriod(text: string): Period | null {
  const [, year, month, day, hour, minute] = DATE.exec(text) ?? [];
  if (year === undefined || Number(year) < YEAR_MIN || Number(year) >= YEAR_MAX) return null;
  const at = [
    Number(year),
    Number(month ?? 1),
    Number(day ?? 1),
    Number(hour ?? 0),
    Number(minute ?? 0),
  ] as const;
  if (at[3] > 23 || at[4] > 59 || at[2] !== new Date(Date.UTC(at[0], at[1] - 1, at[2])).getUTCDate())
    return null;
  const next = [...at];
  const unit = minute !== undefined ? 4 : day !== undefined ? 2 : month !== undefined ? 1 : 0;
  next[unit] = (next[unit] ?? 0) + 1;
  return { from: instant(at), until: instant(next) };
}

function instant(parts: readonly number[]): string {
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0] = parts;
  const text = new Date(Date.UTC(year, month - 1, day, hour, minute)).toISOString().slice(0, 16);
  return text.endsWith('T00:00') ? text.slice(0, 10) : text;
}

/** As parseDates reads it: both ends to the same precision, and the coarsest that will do. */
export function formatDates({ from, until }: DateRange): string {
  if (from === null) return until === null ? '' : `<${shortened(until)}`;
  if (until === null) return `>=${shortened(from)}`;
  const last = minuteBefore(until);
  const [first = from, final = last] =
    PRECISIONS.map((length) => [minuteOf(from).slice(0, length), last.slice(0, length)] as const).find(
      ([start, end]) => parsePeriod(start)?.from === from && parsePeriod(end)?.until === until,
    ) ?? [];
  return first === final ? first : `${first}..${final}`;
}

/** Lengths of `YYYY`, `YYYY-MM`, `YYYY-MM-DD` and `YYYY-MM-DDTHH:MM`. */
const PRECISIONS = [4, 7, 10, 16];

function shortened(at: string): string {
  const minute = minuteOf(at);
  const length = PRECISIONS.find((length) => parsePeriod(minute.slice(0, length))?.from === at);
  return minute.slice(0, length);
}

function minuteOf(at: string): string {
  return at.length === 10 ? `${at}T00:00` : at;
}

function minuteBefore(at: string): string {
  return new Date(Date.parse(`${minuteOf(at)}Z`) - MINUTE_MS).toISOString().slice(0, 16);
}
