/** What is read and not yet recorded. */

import type { RecordedItem } from '#lib/ingest/record-papers.ts';
import type { Source } from '#lib/papers/paper.ts';
import type { Piece } from './pieces/piece.ts';
import type { Reading } from './reading.ts';
import type { Rejection } from './report.ts';

export type Batch = {
  readonly items: Map<Source, RecordedItem[]>;
  readonly rejected: Rejection[];
  recovered: number;
  readings: number;
  /** Of the pieces read, as a measure of the memory they take. */
  chars: number;
};

/** A transaction costs the database about 5 ms, a paper 0.1; larger batches gain nothing and wait longer. */
const READINGS_MAX = 500;
const CHARS_MAX = 4_000_000;

export function createBatch(): Batch {
  return { items: new Map(), rejected: [], recovered: 0, readings: 0, chars: 0 };
}

export function isFull(batch: Batch): boolean {
  return batch.readings >= READINGS_MAX || batch.chars >= CHARS_MAX;
}

export function extendBatch(batch: Batch, piece: Piece, readings: readonly Reading[]): void {
  batch.chars += piece.kind === 'text' ? piece.text.length : 0;
  batch.readings += readings.length;
  for (const reading of readings) {
    if (reading.kind === 'rejected') {
      batch.rejected.push({ line: piece.line, entry: piece.entry, reason: reading.reason });
      continue;
    }
    const items = batch.items.get(reading.source) ?? [];
    items.push(reading.item);
    batch.items.set(reading.source, items);
    if (reading.repair !== null) batch.recovered += 1;
  }
}
