/**
 * What an ingest did, so that nothing is lost in silence. For entries (the papers as their list names them) this
 * identity holds: `seen = inserted + updated + unchanged + rejected.length`. A body in which no entry could be found
 * counts as one rejected entry.
 */

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
  /** Bodies that could not be fetched; their entries were not seen. */
  readonly missed: readonly MissedBody[];
  readonly ignored: readonly IgnoredFile[];
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

/** The sum of two reports. */
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

/** One body as received. */
export type SourceBody = {
  readonly kind: 'body';
  /** File name or URL, for reports. */
  readonly origin: string;
  /** The day the body is about, `YYYY-MM-DD`. */
  readonly day: string;
  readonly text: string;
  /** When its counts (upvotes, stars) were observed. */
  readonly observedAt: Date;
  /** Position of its first entry in the day's list; not 0 on later pages of a day. */
  readonly firstPosition: number;
  /** Called once everything in the body is stored; until then the source may return the body again. */
  acknowledge(): Promise<void>;
};

/** A body that could not be fetched or read this time. */
export type MissedBody = {
  readonly kind: 'missed';
  readonly origin: string;
  readonly day: string | null;
  readonly reason: string;
  /** When the remote allows the next request, where it said so. */
  readonly retryAt: Date | null;
};

/** A file that holds no body, such as a README in a folder of recorded bodies. */
export type IgnoredFile = { readonly kind: 'ignored'; readonly origin: string; readonly reason: string };

export type BodyResult = SourceBody | MissedBody | IgnoredFile;
