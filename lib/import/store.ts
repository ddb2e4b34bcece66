/** Where an interrupted import resumes: one row of `harvest` per file, deleted once the file is imported. */
import type { Db } from '#lib/db/client.ts';
import { findHarvest, recordHarvest } from '#lib/ingest/store.ts';

export type Position = {
  /** How many records of the file are imported. */
  readonly records: number;
  /** Digest of those records; a file in which one of them differs is another file. */
  readonly digest: string;
};

/** @param file digest of the file's beginning */
export async function findPosition(db: Db, file: string): Promise<Position | null> {
  const state = await findHarvest(db, toId(file));
  if (state === null || state.resumptionToken === null) return null;
  return { records: state.records, digest: state.resumptionToken };
}

export async function recordPosition(
  db: Db,
  file: string,
  { position, now }: { position: Position; now: Date },
): Promise<void> {
  const window = { since: null, completeUntil: null, windowFrom: null, windowUntil: null, pages: 0 };
  const { records, digest } = position;
  await recordHarvest(db, { id: toId(file), ...window, records: records, resumptionToken: digest }, now);
}

export async function purgePosition(db: Db, file: string): Promise<void> {
  await db.harvest.deleteMany({ where: { id: toId(file) } });
}

function toId(file: string): string {
  return `import ${file}`;
}

/** The planner's counts of the tables that an import fills; the embedded database has no process that keeps them. */
export async function analyzeTables(db: Db): Promise<void> {
  await db.$executeRaw`ANALYZE paper, paper_version, paper_link, listing, signal, latest_signal`;
}
