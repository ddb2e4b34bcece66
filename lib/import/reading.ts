/** What was made of a piece: papers to record, each with who says so, or why there is none. */

import type { RecordedItem } from '#lib/ingest/record-papers.ts';
import type { Source } from '#lib/papers/paper.ts';

export type Reading =
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

export function toReading(item: RecordedItem | string, source: Source = 'import'): Reading {
  return typeof item === 'string'
    ? { kind: 'rejected', reason: item }
    : { kind: 'item', source, item, repair: null };
}
