/**
 * What an import did, so that nothing is lost in silence. For the records it saw this identity holds at every moment:
 * `seen = inserted + updated + unchanged + rejectedCount`.
 */
import type { FileFormat } from './file-format.ts';
import type { RecordPlace } from './raw-record.ts';

export type Rejection = RecordPlace & { readonly reason: string };

export type ImportReport = {
  /** Null where the file could not be read at all. */
  readonly format: FileFormat | null;
  /** Lines or entries that an earlier run, cut short, had taken in; not looked at again and not among those seen. */
  readonly resumedAfter: number;
  readonly seen: number;
  readonly inserted: number;
  readonly updated: number;
  readonly unchanged: number;
  /** Of those, the ones that were not as their source writes them and needed repair. */
  readonly recovered: number;
  readonly rejectedCount: number;
  /** The first REJECTIONS_MAX of them. */
  readonly rejected: readonly Rejection[];
  /** Why the end of the file was not reached; null when it was. */
  readonly brokenOff: string | null;
};

/** A file of the wrong kind has as many bad lines as lines; a thousand tell what is wrong with it. */
export const REJECTIONS_MAX = 1_000;

export const EMPTY_REPORT: ImportReport = {
  format: null,
  resumedAfter: 0,
  seen: 0,
  inserted: 0,
  updated: 0,
  unchanged: 0,
  recovered: 0,
  rejectedCount: 0,
  rejected: [],
  brokenOff: null,
};

/** What became of one batch. */
export type BatchReport = Pick<ImportReport, 'inserted' | 'updated' | 'unchanged' | 'recovered'> & {
  readonly rejected: readonly Rejection[];
};

export function addBatch(report: ImportReport, batch: BatchReport): ImportReport {
  const room = REJECTIONS_MAX - report.rejected.length;
  return {
    ...report,
    inserted: report.inserted + batch.inserted,
    updated: report.updated + batch.updated,
    unchanged: report.unchanged + batch.unchanged,
    recovered: report.recovered + batch.recovered,
    rejectedCount: report.rejectedCount + batch.rejected.length,
    rejected: room > 0 ? [...report.rejected, ...batch.rejected.slice(0, room)] : report.rejected,
    seen: report.seen + batch.inserted + batch.updated + batch.unchanged + batch.rejected.length,
  };
}
