/** What was made of a record: papers to record, each with who says so, or why there is none. */

import { parseDay, parseRfc2822, parseRfc3339 } from '#lib/ingest/arxiv/dates.ts';
import type { RecordedItem } from '#lib/ingest/record-papers.ts';
import type { Source } from '#lib/papers/paper.ts';

export type ParsedRecord =
  | {
      readonly kind: 'item';
      /** `import` for all but the bodies of Hugging Face, which are what an ingest from there would have taken in. */
      readonly source: Source;
      /** Its `recordedAt` comes from the record itself, so that the order of files and lines makes no difference. */
      readonly item: RecordedItem;
      /** What the record was in place of what its source writes; null when nothing was wrong. */
      readonly repair: string | null;
    }
  | { readonly kind: 'rejected'; readonly reason: string };

/** What is known of the file that a record stands in. */
export type FileContext = {
  /** When the file was last changed; null for a pipe. Dates the records that bear no date of their own. */
  readonly modifiedAt: Date | null;
  /** The day that the file's name is, as recorded bodies are named: `2024-05-27.json`. */
  readonly day: string | null;
};

/** For a record that nothing dates: every dated one is newer. */
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
