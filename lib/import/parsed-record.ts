/** Result of parsing one record of a file: a paper to store with its source, or why it was rejected. */

import { parseDay, parseRfc2822, parseRfc3339 } from '#lib/ingest/arxiv/dates.ts';
import type { RecordedItem } from '#lib/ingest/record-papers.ts';
import type { Source } from '#lib/papers/paper.ts';

export type ParsedRecord =
  | {
      readonly kind: 'item';
      /** `import`, except for bodies of Hugging Face: those count as ingested from there. */
      readonly source: Source;
      /** Its `recordedAt` comes from the record itself, so that the order of files and lines makes no difference. */
      readonly item: RecordedItem;
      /** How the record differed from what its source writes; null when it needed no repair. */
      readonly repair: string | null;
    }
  | { readonly kind: 'rejected'; readonly reason: string };

/** What is known of the record's file. */
export type FileContext = {
  /** When the file was last changed; null for a pipe. Used for records without a date of their own. */
  readonly modifiedAt: Date | null;
  /** The day in the file's name, as in `2024-05-27.json`. */
  readonly day: string | null;
};

/** For a record without any date: every dated one is newer. */
export const UNDATED = new Date(0);

export function toParsedRecord(item: RecordedItem | string, source: Source = 'import'): ParsedRecord {
  return typeof item === 'string'
    ? { kind: 'rejected', reason: item }
    : { kind: 'item', source, item, repair: null };
}

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

export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
