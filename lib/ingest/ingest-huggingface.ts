/** Stores what the daily papers' source hands over, and accounts for every entry of it. */
import type { Db } from '#lib/db/client.ts';
import { type RecordedItem, recordPapers } from '#lib/ingest/record-papers.ts';
import { parseBody } from './huggingface/body.ts';
import type { Entry } from './huggingface/entry.ts';
import { parseDailyEntry, toDailyRecord } from './huggingface/record.ts';
import {
  type BodyResult,
  EMPTY_REPORT,
  type IngestReport,
  type Rejection,
  type SourceBody,
} from './report.ts';

/** Papers per transaction: one body holds about 15, and a transaction costs more than 15 papers do. */
const BATCH_PAPERS = 400;

type Batch = { items: RecordedItem[]; bodies: SourceBody[] };

/**
 * Reads all `bodies`, stores their papers in batches and acknowledges each body once its papers are stored. A second
 * run over the same recorded bodies changes nothing.
 * @param input.onProgress called after each batch with the report so far
 */
export async function ingestHuggingface(
  deps: { db: Db },
  input: { bodies: AsyncIterable<BodyResult>; onProgress?: (report: IngestReport) => void },
): Promise<IngestReport> {
  let report = EMPTY_REPORT;
  let batch: Batch = { items: [], bodies: [] };
  const flush = async () => {
    report = addCounts(report, await storeBatch(deps, batch));
    batch = { items: [], bodies: [] };
    input.onProgress?.(report);
  };
  for await (const result of input.bodies) {
    if (result.kind === 'missed') report = { ...report, missed: [...report.missed, result] };
    else if (result.kind === 'ignored') report = { ...report, ignored: [...report.ignored, result] };
    else {
      const read = readBody(result);
      report = addRead(report, read);
      batch.items.push(...read.items);
      batch.bodies.push(result);
      if (batch.items.length >= BATCH_PAPERS) await flush();
    }
  }
  if (batch.bodies.length > 0) await flush();
  return report;
}

type Read = { items: RecordedItem[]; recovered: number; rejected: Rejection[] };

function readBody(body: SourceBody): Read {
  const read: Read = { items: [], recovered: 0, rejected: [] };
  for (const entry of parseBody(body.text)) {
    const item = toItem(entry, body);
    if (typeof item === 'string')
      read.rejected.push({ file: body.origin, position: entry.position, reason: item });
    else {
      read.items.push({ ...item, recordedAt: body.observedAt });
      if (entry.kind === 'found' && entry.repair !== null) read.recovered += 1;
    }
  }
  return read;
}

/** The item to store, or why there is none. */
function toItem(entry: Entry, body: SourceBody): RecordedItem | string {
  if (entry.kind === 'lost') return entry.reason;
  const parsed = parseDailyEntry(entry.value);
  const listed = {
    day: body.day,
    position: body.firstPosition + entry.position,
    observedAt: body.observedAt,
  };
  const record = parsed === null ? 'no paper in it' : toDailyRecord(parsed, listed);
  if (typeof record !== 'string' || entry.repair === null) return record;
  return `${record} (${entry.repair})`;
}

async function storeBatch(deps: { db: Db }, { items, bodies }: Batch) {
  const recordedAt = bodies[0]?.observedAt;
  const outcomes =
    recordedAt === undefined ? [] : await recordPapers(deps.db, { source: 'huggingface', recordedAt, items });
  for (const body of bodies) await body.acknowledge();
  const count = (outcome: (typeof outcomes)[number]) => outcomes.filter((one) => one === outcome).length;
  return { inserted: count('inserted'), updated: count('updated'), unchanged: count('unchanged') };
}

function addRead(report: IngestReport, read: Read): IngestReport {
  return {
    ...report,
    bodies: report.bodies + 1,
    recovered: report.recovered + read.recovered,
    rejected: [...report.rejected, ...read.rejected],
    seen: report.seen + read.rejected.length,
  };
}

/** Entries count as seen when their outcome is known, so that the report's identity holds at every moment. */
function addCounts(
  report: IngestReport,
  counts: Pick<IngestReport, 'inserted' | 'updated' | 'unchanged'>,
): IngestReport {
  return {
    ...report,
    inserted: report.inserted + counts.inserted,
    updated: report.updated + counts.updated,
    unchanged: report.unchanged + counts.unchanged,
    seen: report.seen + counts.inserted + counts.updated + counts.unchanged,
  };
}
