/**
 * Takes in the papers of a file, of any size and in any shape we know. A bad line costs itself and is reported; an
 * import that was cut short goes on where it was; a second one changes nothing.
 *
 * Some batches are under way at a time, so that the database works while the next one is read: the slower of the two
 * sets the pace, not their sum.
 */

import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { Clock } from '#lib/clock.ts';
import type { Db } from '#lib/db/client.ts';
import { recordPapers } from '#lib/ingest/record-papers.ts';
import { type Batch, createBatch, extendBatch, isFull } from './batch.ts';
import type { Piece } from './pieces/piece.ts';
import { createReader } from './reader.ts';
import { UNDATED } from './reading.ts';
import { addBatch, type BatchReport, EMPTY_REPORT, type ImportReport } from './report.ts';
import type { ImportSource, OpenSource } from './source.ts';
import { countAnew, findPosition, type Position, purgePosition, recordPosition } from './store.ts';

export type ImportProgress = { readonly report: ImportReport; readonly bytesRead: number };

export type ImportInput = {
  readonly source: ImportSource;
  /** Begins at the beginning, also where an earlier run was cut short. */
  readonly isFresh?: boolean;
  /** Ends the import after the batches under way; the next run goes on from there. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: ImportProgress) => void;
};

type Deps = { readonly db: Db; readonly clock: Clock };

const BATCHES_UNDER_WAY = 3;
const PIECES_AT_A_TIME = 20;
/** A killed run does at most these again, and those under way: a second's work. */
const POSITION_BATCHES = 4;
/** So many new papers change how their tables are best read. */
const MANY_PAPERS = 2_000;

/** Throws only when the database does; whatever is wrong with the file is in the report. */
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

/** Null where a position would be of no use: what cannot be read again, and bibliographies, which define as they go. */
function toResumableId({ canReopen }: ImportSource, { format, head }: OpenSource): string | null {
  if (!canReopen || format === 'bibtex' || format === 'ris') return null;
  return createHash('sha256').update(head).digest('hex');
}

type Start = {
  readonly opened: OpenSource;
  /** Under which its position is kept; null where none is. */
  readonly file: string | null;
  /** Where to go on. */
  readonly position: Position | null;
};

/** Null, with nothing stored, where the file is not the one that the position is of. */
async function readAll(deps: Deps, input: ImportInput, start: Start): Promise<ImportReport | null> {
  const { opened, file, position } = start;
  const read = await createReader(opened.format, input.source);
  const recorder = createRecorder(deps, input, start);
  const digest = createHash('sha256');
  const resumedAfter = position?.pieces ?? 0;
  const here = (): Position => ({ pieces, digest: digest.copy().digest('hex') });
  let pieces = 0;
  let batch = createBatch();
  try {
    for await (const group of opened.pieces) {
      for (const piece of group) {
        pieces += 1;
        if (file !== null) digest.update(toDigestText(piece));
        if (pieces === resumedAfter && here().digest !== position?.digest) return null;
        if (pieces <= resumedAfter) continue;
        extendBatch(batch, piece, read(piece));
        // What the database has answered meanwhile is taken up at once, lest it waits while we read.
        if (pieces % PIECES_AT_A_TIME === 0) await setImmediate();
        if (!isFull(batch)) continue;
        await recorder.add(batch, here());
        batch = createBatch();
      }
      if (input.signal?.aborted) break;
    }
    if (pieces < resumedAfter && !input.signal?.aborted) return null;
    if (batch.readings > 0) await recorder.add(batch, here());
    return await recorder.end();
  } finally {
    opened.close();
    await recorder.settle();
  }
}

function toDigestText(piece: Piece): string {
  if (piece.kind === 'text') return `${piece.text}\n`;
  return piece.kind === 'lost' ? `${piece.reason}\n` : `${JSON.stringify(piece.value)}\n`;
}

type UnderWay = { readonly stored: Promise<BatchReport>; readonly position: Position };

/** Records batches in order, some at a time, and keeps account. */
function createRecorder(deps: Deps, input: ImportInput, { opened, file, position }: Start) {
  const underWay: UnderWay[] = [];
  let report: ImportReport = {
    ...EMPTY_REPORT,
    format: opened.format,
    resumedAfter: position?.pieces ?? 0,
  };
  let last: Position | null = null;
  let batches = 0;
  let areNew = true;

  async function finishOldest(): Promise<void> {
    const oldest = underWay[0];
    if (oldest === undefined) return;
    const stored = await oldest.stored;
    report = addBatch(report, stored);
    areNew = stored.inserted > stored.unchanged + stored.updated;
    underWay.shift();
    last = oldest.position;
    batches += 1;
    if (batches % POSITION_BATCHES === 0) await keepPosition();
    input.onProgress?.({ report, bytesRead: opened.bytesRead() });
  }

  async function keepPosition(): Promise<void> {
    if (file === null || last === null) return;
    await recordPosition(deps.db, file, { position: last, now: deps.clock.now() });
  }

  return {
    /** Resolves when the next batch may come. */
    async add(batch: Batch, reached: Position): Promise<void> {
      const stored = storeBatch(deps.db, batch, areNew);
      // A failure is met when its turn comes; until then it is nobody's.
      stored.catch(() => {});
      underWay.push({ stored, position: reached });
      if (underWay.length >= BATCHES_UNDER_WAY) await finishOldest();
    },
    async end(): Promise<ImportReport> {
      while (underWay.length > 0) await finishOldest();
      const brokenOff = opened.brokenOff() ?? (input.signal?.aborted ? 'stopped' : null);
      if (brokenOff !== null) await keepPosition();
      else if (file !== null) await purgePosition(deps.db, file);
      if (report.inserted >= MANY_PAPERS) await countAnew(deps.db);
      return { ...report, brokenOff };
    },
    /** Waits until nothing is under way, whatever becomes of it. */
    async settle(): Promise<void> {
      await Promise.allSettled(underWay.map(({ stored }) => stored));
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
    // Each item bears its own date.
    const outcomes = await recordPapers(db, { source, recordedAt: UNDATED, items: ofSource, areNew });
    for (const outcome of outcomes) counts[outcome] += 1;
  }
  return { ...counts, recovered, rejected };
}
