/**
 * Imports the papers of a file of any size, in any format we know. A bad record is reported and skipped, an interrupted
 * import resumes where it stopped, and importing a file again changes nothing.
 *
 * Several batches are stored at once, so that the database works while the next batch is parsed.
 */

import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { Clock } from '#lib/clock.ts';
import type { Db } from '#lib/db/client.ts';
import { type RecordedItem, recordPapers } from '#lib/ingest/record-papers.ts';
import type { Source } from '#lib/papers/paper.ts';
import { createRecordParser } from './parse-record.ts';
import { type ParsedRecord, UNDATED } from './parsed-record.ts';
import type { RawRecord } from './raw-record.ts';
import { addBatch, type BatchReport, EMPTY_REPORT, type ImportReport, type Rejection } from './report.ts';
import type { ImportSource, OpenSource } from './source.ts';
import { analyzeTables, findPosition, type Position, purgePosition, recordPosition } from './store.ts';

export type ImportProgress = { readonly report: ImportReport; readonly bytesRead: number };

export type ImportInput = {
  readonly source: ImportSource;
  /** Starts from the beginning even where an earlier run was interrupted. */
  readonly isFresh?: boolean;
  /** Stops the import once the current batches are stored; the next run resumes from there. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: ImportProgress) => void;
};

type Deps = { readonly db: Db; readonly clock: Clock };

const BATCHES_IN_FLIGHT = 3;
/** Records parsed before the event loop gets a turn. */
const RECORDS_PER_TICK = 20;
/** A killed run repeats at most these and the batches in flight: a second's work. */
const POSITION_BATCHES = 4;
/** After this many new papers the planner's statistics are refreshed. */
const MANY_PAPERS = 2_000;

/** Throws only when the database does; every fault of the file is in the report. */
export async function importPapers(deps: Deps, input: ImportInput): Promise<ImportReport> {
  const { source } = input;
  const opened = await source.open();
  if (typeof opened === 'string') return { ...EMPTY_REPORT, brokenOff: opened };
  const file = toResumableId(source, opened);
  const position = file === null || input.isFresh ? null : await findPosition(deps.db, file);
  const report = await readAll(deps, input, { opened, file, position });
  if (report !== null) return report;
  const again = await source.open();
  if (typeof again === 'string') return { ...EMPTY_REPORT, brokenOff: again };
  return (await readAll(deps, input, { opened: again, file, position: null })) ?? EMPTY_REPORT;
}

/** Null where resuming is impossible: pipes, and bibliographies, whose entries depend on earlier definitions. */
function toResumableId({ canReopen }: ImportSource, { format, head }: OpenSource): string | null {
  if (!canReopen || format === 'bibtex' || format === 'ris') return null;
  return createHash('sha256').update(head).digest('hex');
}

type Start = {
  readonly opened: OpenSource;
  /** Key of its saved position; null where none is saved. */
  readonly file: string | null;
  /** Where to resume. */
  readonly position: Position | null;
};

/** Null, with nothing stored, where the position belongs to another file. */
async function readAll(deps: Deps, input: ImportInput, start: Start): Promise<ImportReport | null> {
  const { opened, file, position } = start;
  const read = await createRecordParser(opened.format, input.source);
  const recorder = createRecorder(deps, input, start);
  const digest = createHash('sha256');
  const resumedAfter = position?.records ?? 0;
  const currentPosition = (): Position => ({ records, digest: digest.copy().digest('hex') });
  let records = 0;
  let batch = createBatch();
  try {
    for await (const group of opened.records) {
      for (const record of group) {
        records += 1;
        if (file !== null) digest.update(toDigestText(record));
        if (records === resumedAfter && currentPosition().digest !== position?.digest) return null;
        if (records <= resumedAfter) continue;
        extendBatch(batch, record, read(record));
        // Lets pending database responses be handled, so that the database is not idle while we parse.
        if (records % RECORDS_PER_TICK === 0) await setImmediate();
        if (!isFull(batch)) continue;
        await recorder.add(batch, currentPosition());
        batch = createBatch();
      }
      if (input.signal?.aborted) break;
    }
    if (records < resumedAfter && !input.signal?.aborted) return null;
    if (batch.recordCount > 0) await recorder.add(batch, currentPosition());
    return await recorder.end();
  } finally {
    opened.close();
    await recorder.settle();
  }
}

function toDigestText(record: RawRecord): string {
  if (record.kind === 'text') return `${record.text}\n`;
  return record.kind === 'unreadable' ? `${record.reason}\n` : `${JSON.stringify(record.value)}\n`;
}

type PendingBatch = { readonly stored: Promise<BatchReport>; readonly position: Position };

/** Stores batches in order, several at once, and adds up the report. */
function createRecorder(deps: Deps, input: ImportInput, { opened, file, position }: Start) {
  const pending: PendingBatch[] = [];
  let report: ImportReport = {
    ...EMPTY_REPORT,
    format: opened.format,
    resumedAfter: position?.records ?? 0,
  };
  let last: Position | null = null;
  let batches = 0;
  let areNew = true;

  async function finishOldest(): Promise<void> {
    const oldest = pending[0];
    if (oldest === undefined) return;
    const stored = await oldest.stored;
    report = addBatch(report, stored);
    areNew = stored.inserted > stored.unchanged + stored.updated;
    pending.shift();
    last = oldest.position;
    batches += 1;
    if (batches % POSITION_BATCHES === 0) await savePosition();
    input.onProgress?.({ report, bytesRead: opened.bytesRead() });
  }

  async function savePosition(): Promise<void> {
    if (file === null || last === null) return;
    await recordPosition(deps.db, file, { position: last, now: deps.clock.now() });
  }

  return {
    /** Resolves when the next batch may come. */
    async add(batch: Batch, end: Position): Promise<void> {
      const stored = storeBatch(deps.db, batch, areNew);
      // finishOldest() awaits it later; without this the rejection would count as unhandled until then.
      stored.catch(() => {});
      pending.push({ stored, position: end });
      if (pending.length >= BATCHES_IN_FLIGHT) await finishOldest();
    },
    async end(): Promise<ImportReport> {
      while (pending.length > 0) await finishOldest();
      const brokenOff = opened.brokenOff() ?? (input.signal?.aborted ? 'stopped' : null);
      if (brokenOff !== null) await savePosition();
      else if (file !== null) await purgePosition(deps.db, file);
      if (report.inserted >= MANY_PAPERS) await analyzeTables(deps.db);
      return { ...report, brokenOff };
    },
    /** Waits for all pending batches, whether they succeed or fail. */
    async settle(): Promise<void> {
      await Promise.allSettled(pending.map(({ stored }) => stored));
    },
  };
}

async function storeBatch(
  db: Db,
  { items, rejected, recovered }: Batch,
  areNew: boolean,
): Promise<BatchReport> {
  const counts = { inserted: 0, updated: 0, unchanged: 0 };
  for (const [source, ofSource] of items) {
    // Each item has its own date.
    const outcomes = await recordPapers(db, { source, recordedAt: UNDATED, items: ofSource, areNew });
    for (const outcome of outcomes) counts[outcome] += 1;
  }
  return { ...counts, recovered, rejected };
}

/** Records that were parsed and not stored yet. */
type Batch = {
  readonly items: Map<Source, RecordedItem[]>;
  readonly rejected: Rejection[];
  recovered: number;
  recordCount: number;
  /** Characters of the raw records, as a measure of the memory in use. */
  chars: number;
};

/** A transaction costs the database about 5 ms, a paper 0.1 ms; larger batches gain nothing and wait longer. */
const BATCH_RECORDS_MAX = 500;
const BATCH_CHARS_MAX = 4_000_000;

function createBatch(): Batch {
  return { items: new Map(), rejected: [], recovered: 0, recordCount: 0, chars: 0 };
}

function isFull(batch: Batch): boolean {
  return batch.recordCount >= BATCH_RECORDS_MAX || batch.chars >= BATCH_CHARS_MAX;
}

function extendBatch(batch: Batch, record: RawRecord, parsed: readonly ParsedRecord[]): void {
  batch.chars += record.kind === 'text' ? record.text.length : 0;
  batch.recordCount += parsed.length;
  for (const one of parsed) {
    if (one.kind === 'rejected') {
      batch.rejected.push({ line: record.line, entry: record.entry, reason: one.reason });
      continue;
    }
    const items = batch.items.get(one.source) ?? [];
    items.push(one.item);
    batch.items.set(one.source, items);
    if (one.repair !== null) batch.recovered += 1;
  }
}
