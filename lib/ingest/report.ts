/**
 * What an ingest did, so that nothing is lost in silence. For entries (the papers as their list names them) this
 * identity holds: `seen = inserted + updated + unchanged + rejected.length`. A body in which no entry could be found
 * counts as one rejected entry.
 */
import type { Ignored, Missed } from './delivery.ts';

export type Rejection = {
  /** The body's origin: file name or URL. */
  readonly file: string;
  /** 0-based place in the body; null where the body as a whole is meant. */
  readonly position: number | null;
  readonly reason: string;
};

export type IngestReport = {
  /** Bodies read, however good. */
  readonly bodies: number;
  readonly seen: number;
  readonly inserted: number;
  readonly updated: number;
  readonly unchanged: number;
  /** Of those, the ones that were not as the source sends them and needed repair. */
  readonly recovered: number;
  readonly rejected: readonly Rejection[];
  /** Bodies that could not be had; whatever is in them was not seen. */
  readonly missed: readonly Missed[];
  readonly ignored: readonly Ignored[];
};

export const EMPTY_REPORT: IngestReport = {
  bodies: 0,
  seen: 0,
  inserted: 0,
  updated: 0,
  unchanged: 0,
  recovered: 0,
  rejected: [],
  missed: [],
  ignored: [],
};

/** The account of two ingests together. */
export function addReports(one: IngestReport, other: IngestReport): IngestReport {
  return {
    bodies: one.bodies + other.bodies,
    seen: one.seen + other.seen,
    inserted: one.inserted + other.inserted,
    updated: one.updated + other.updated,
    unchanged: one.unchanged + other.unchanged,
    recovered: one.recovered + other.recovered,
    rejected: [...one.rejected, ...other.rejected],
    missed: [...one.missed, ...other.missed],
    ignored: [...one.ignored, ...other.ignored],
  };
}
