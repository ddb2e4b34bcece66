/**
 * Snapshots of the trending order. A snapshot is one row under a unique key, and so whole or absent; the entries of the
 * newest one of each window are unfolded beside it, in the same transaction, for `current_trending`.
 */
import { z } from 'zod';
import type { Db, Queryable } from '#lib/db/client.ts';
import type { TrendingWindow } from '#lib/papers/paper-list.ts';
import type { ReadCandidate } from './read-candidates.ts';
import type { RankedPaper, TrendingScore } from './trending.ts';

/** Entries unfolded for joins and pages. */
export const ENTRIES_MAX = 2_000;
/** Papers that a snapshot remembers, and those of which it remembers the parts. */
const REMEMBERED_MAX = 500;
const EXPLAINED_MAX = 50;

export type TrendingEntry = TrendingScore & { readonly paperKey: number; readonly rank: number };

export type Snapshot = {
  readonly window: TrendingWindow;
  readonly asOf: Date;
  readonly rankedAt: Date;
  /** Papers in the order, of which `first` are the first: ENTRIES_MAX, or all there are. */
  readonly ranked: number;
  readonly first: readonly RankedPaper<ReadCandidate>[];
};

/** The instant of the newest snapshot; null before the first. */
export async function findNewestSnapshotTime(db: Queryable): Promise<Date | null> {
  const rows = await db.$queryRawUnsafe<unknown[]>(`SELECT max(as_of) AS as_of FROM trending_snapshot`);
  return z.array(z.object({ as_of: z.date().nullable() })).parse(rows)[0]?.as_of ?? null;
}

/**
 * Writes the snapshots, all or none; returns how many were not there before. Entries are replaced only where no newer
 * snapshot exists: a slot that is made up for late changes the history, not the page.
 */
export async function recordSnapshots(db: Db, snapshots: readonly Snapshot[]): Promise<number> {
  return db.$transaction(async (transaction) => {
    // Two runs of one slot wait here for each other; the second finds the first one's rows.
    await transaction.$executeRawUnsafe(`LOCK TABLE trending_entry IN SHARE ROW EXCLUSIVE MODE`);
    let inserted = 0;
    for (const snapshot of snapshots) {
      const newest = await findNewestOf(transaction, snapshot.window);
      const isNew = await insertSnapshot(transaction, snapshot);
      if (!isNew) continue;
      inserted += 1;
      if (newest === null || newest < snapshot.asOf) await replaceEntries(transaction, snapshot);
    }
    return inserted;
  });
}

async function findNewestOf(db: Queryable, window: TrendingWindow): Promise<Date | null> {
  const rows = await db.$queryRawUnsafe<unknown[]>(
    `SELECT as_of FROM trending_snapshot WHERE time_window = $1 ORDER BY as_of DESC LIMIT 1`,
    window,
  );
  return z.array(z.object({ as_of: z.date() })).parse(rows)[0]?.as_of ?? null;
}

async function insertSnapshot(
  db: Queryable,
  { window, asOf, rankedAt, ranked, first }: Snapshot,
): Promise<boolean> {
  const remembered = first.slice(0, REMEMBERED_MAX);
  const inserted = await db.$executeRawUnsafe(
    `INSERT INTO trending_snapshot (time_window, as_of, ranked_at, ranked, paper_keys, scores, parts)
     VALUES ($1, $2::timestamptz, $3::timestamptz, $4::int, $5::int[], $6::float8[], $7::jsonb)
     ON CONFLICT DO NOTHING`,
    window,
    asOf,
    rankedAt,
    ranked,
    remembered.map(({ candidate }) => candidate.paperKey),
    remembered.map(({ score }) => score),
    JSON.stringify(remembered.slice(0, EXPLAINED_MAX).map(toParts)),
  );
  return inserted > 0;
}

async function replaceEntries(db: Queryable, { window, first: entries }: Snapshot): Promise<void> {
  await db.$executeRawUnsafe(`DELETE FROM trending_entry WHERE time_window = $1`, window);
  await db.$executeRawUnsafe(
    `INSERT INTO trending_entry (time_window, paper_key, rank, score, parts)
     SELECT $1, paper_key, rank, score, parts::json
     FROM ROWS FROM (unnest($2::int[]), unnest($3::int[]), unnest($4::float8[]), string_to_table($5, E'\\n'))
       AS input(paper_key, rank, score, parts)`,
    window,
    entries.map(({ candidate }) => candidate.paperKey),
    entries.map(({ rank }) => rank),
    entries.map(({ score }) => score),
    // Lines of JSON, since an element of an array would be escaped once more, and half as long again.
    entries.map((entry) => JSON.stringify(toParts(entry))).join('\n'),
  );
}

/** Six digits are more than anybody reads, and half the bytes. */
const DIGITS = 6;

function toParts({ parts, expectedContribution, ageDays }: TrendingScore): object {
  const shortened = parts.map((part) => ({
    ...part,
    known: short(part.known),
    observedPerDay: part.observedPerDay === null ? null : short(part.observedPerDay),
    expectedPerDay: short(part.expectedPerDay),
    ratePerDay: short(part.ratePerDay),
    usualPerDay: short(part.usualPerDay),
    fade: short(part.fade),
    spread: short(part.spread),
    prominence: short(part.prominence),
    contribution: short(part.contribution),
  }));
  return {
    parts: shortened,
    expectedContribution: short(expectedContribution),
    ageDays: ageDays === null ? null : short(ageDays),
  };
}

function short(value: number): number {
  return Number(value.toPrecision(DIGITS));
}

const Parts = z.object({
  parts: z.array(z.custom<TrendingScore['parts'][number]>()),
  expectedContribution: z.number(),
  ageDays: z.number().nullable(),
});
const EntryRow = z.object({ paper_key: z.number(), rank: z.number(), score: z.number(), parts: Parts });

/** The entries of the newest snapshot from rank 1 on, of those papers that `narrowed` lets through. */
export async function listTrending(
  db: Db,
  window: TrendingWindow,
  { limit, category = null, hasCode = false }: { limit: number; category?: string | null; hasCode?: boolean },
): Promise<TrendingEntry[]> {
  const rows = await db.$queryRawUnsafe<unknown[]>(
    `SELECT entry.paper_key, entry.rank, entry.score, entry.parts
     FROM trending_entry entry JOIN paper ON paper.key = entry.paper_key
     WHERE entry.time_window = $1
       AND ($3::text IS NULL OR $3 = ANY(paper.categories))
       AND (NOT $4::boolean OR EXISTS (
         SELECT FROM paper_link WHERE paper_link.paper_key = entry.paper_key AND paper_link.kind = 'repository'))
     ORDER BY entry.rank LIMIT $2::int`,
    window,
    limit,
    category,
    hasCode,
  );
  return z.array(EntryRow).parse(rows).map(toEntry);
}

/** A paper's place in the newest snapshot of a window; null where it has none among the first ENTRIES_MAX. */
export async function findTrendingEntry(
  db: Db,
  window: TrendingWindow,
  paperKey: number,
): Promise<TrendingEntry | null> {
  const rows = await db.$queryRawUnsafe<unknown[]>(
    `SELECT paper_key, rank, score, parts FROM trending_entry WHERE time_window = $1 AND paper_key = $2::int`,
    window,
    paperKey,
  );
  return z.array(EntryRow).parse(rows).map(toEntry)[0] ?? null;
}

function toEntry({ paper_key: paperKey, rank, score, parts }: z.infer<typeof EntryRow>): TrendingEntry {
  return { paperKey, rank, score, ...parts };
}

/** When the newest snapshot of a window was taken, and how many papers its order has; null before the first. */
export async function findNewestSnapshot(
  db: Db,
  window: TrendingWindow,
): Promise<{ asOf: Date; ranked: number } | null> {
  const rows = await db.$queryRawUnsafe<unknown[]>(
    `SELECT as_of, ranked FROM trending_snapshot WHERE time_window = $1 ORDER BY as_of DESC LIMIT 1`,
    window,
  );
  const [row] = z.array(z.object({ as_of: z.date(), ranked: z.number() })).parse(rows);
  return row === undefined ? null : { asOf: row.as_of, ranked: row.ranked };
}

/** The primary categories of the first `depth` papers of a window, those with most papers first. */
export async function listTrendingCategories(
  db: Db,
  window: TrendingWindow,
  { depth, limit }: { depth: number; limit: number },
): Promise<string[]> {
  const rows = await db.$queryRawUnsafe<unknown[]>(
    `SELECT primary_category AS category FROM trending_entry entry JOIN paper ON paper.key = entry.paper_key
     WHERE entry.time_window = $1 AND entry.rank <= $2::int AND primary_category IS NOT NULL
     GROUP BY primary_category ORDER BY count(*) DESC, primary_category LIMIT $3::int`,
    window,
    depth,
    limit,
  );
  return z
    .array(z.object({ category: z.string() }))
    .parse(rows)
    .map(({ category }) => category);
}

/** Of snapshots taken before `before`, keeps the first of each day; returns how many went. */
export async function purgeSnapshots(db: Db, before: Date): Promise<number> {
  return db.$executeRaw`
    DELETE FROM trending_snapshot snapshot
    WHERE as_of < ${before} AND EXISTS (
      SELECT FROM trending_snapshot earlier
      WHERE earlier.time_window = snapshot.time_window AND earlier.as_of < snapshot.as_of
        AND earlier.as_of >= date_trunc('day', snapshot.as_of, 'UTC'))`;
}
