/** Dates as files of papers write them: days, instants with or without a zone (then UTC), and those of mails. */
import { parseDay, parseRfc2822, parseRfc3339 } from '#lib/ingest/arxiv/dates.ts';

const CHARS_MAX = 64;

export function parseDate(value: unknown): Date | null {
  if (typeof value !== 'string' || value === '' || value.length > CHARS_MAX) return null;
  const text = value.trim();
  return parseDay(text) ?? parseRfc3339(text) ?? parseRfc3339(`${text}Z`) ?? parseRfc2822(text);
}

/** Null where there is none. */
export function latestOf(dates: readonly (Date | null)[]): Date | null {
  return dates.reduce(
    (latest, date) => (date !== null && (latest === null || date > latest) ? date : latest),
    null,
  );
}
