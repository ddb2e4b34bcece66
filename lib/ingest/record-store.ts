/**
 * The set-wise writes of what hangs on a paper: links, versions, listings and signals. A set goes in as one JSON
 * parameter: a statement has at most 65,535 parameters, and Postgres no type for an array of arrays.
 */
import { z } from 'zod';
import { type Db, type Queryable, transact } from '#lib/db/client.ts';
import type { Listing, Observation, PaperLink, PaperVersion } from '#lib/papers/paper.ts';

/** `transact`, for what records papers. */
export function inOneTransaction<Result>(
  db: Db,
  write: (statements: Queryable) => Promise<Result>,
): Promise<Result> {
  return transact(db, write);
}

type Keyed<Part> = Part & { readonly key: number };

const PaperKeyRow = z.object({ paper_key: z.number() });

async function changedKeys(db: Queryable, sql: string, rows: readonly unknown[]): Promise<number[]> {
  if (rows.length === 0) return [];
  const changed = await db.$queryRawUnsafe<unknown[]>(sql, JSON.stringify(rows));
  return z
    .array(PaperKeyRow)
    .parse(changed)
    .map((row) => row.paper_key);
}

/** Adds links not yet known; returns the keys of papers that gained one. */
export function insertLinks(
  db: Queryable,
  items: readonly Keyed<{ record: { links: readonly PaperLink[] } }>[],
): Promise<number[]> {
  const rows = items.flatMap(({ key, record }) => record.links.map((link) => ({ paper_key: key, ...link })));
  const sql = `
    INSERT INTO paper_link (paper_key, kind, url, origin)
    SELECT paper_key, kind, url, origin
    FROM json_to_recordset($1::json) AS input(paper_key int, kind link_kind, url text, origin text)
    ON CONFLICT DO NOTHING
    RETURNING paper_key`;
  return changedKeys(db, sql, rows);
}

/** Adds versions not yet known; returns the keys of papers that gained one. */
export function insertVersions(
  db: Queryable,
  items: readonly Keyed<{ record: { versions: readonly PaperVersion[] } }>[],
): Promise<number[]> {
  const rows = items.flatMap(({ key, record }) =>
    record.versions.map(({ version, submittedAt }) => ({
      paper_key: key,
      version,
      submitted_at: submittedAt,
    })),
  );
  const sql = `
    INSERT INTO paper_version (paper_key, version, submitted_at)
    SELECT paper_key, version, submitted_at
    FROM json_to_recordset($1::json) AS input(paper_key int, version smallint, submitted_at timestamptz)
    ON CONFLICT DO NOTHING
    RETURNING paper_key`;
  return changedKeys(db, sql, rows);
}

/**
 * Adds listings and corrects those that differ; returns the keys of papers whose listing changed. A day that was only
 * reckoned is not added to a paper that has one, and gives way to one that the list itself tells.
 */
export function upsertListings(
  db: Queryable,
  items: readonly Keyed<{ listing: Listing | null }>[],
): Promise<number[]> {
  const first = new Map<string, unknown>();
  for (const { key, listing } of items) {
    if (listing === null) continue;
    const id = `${listing.listedOn} ${listing.list} ${key}`;
    if (first.has(id)) continue;
    first.set(id, {
      paper_key: key,
      listed_on: listing.listedOn,
      list: listing.list,
      kind: listing.kind,
      position: listing.position,
      submitted_by: listing.submittedBy,
      is_estimated: listing.isEstimated ?? false,
    });
  }
  const sql = `
    WITH input AS (
      SELECT * FROM json_to_recordset($1::json)
        AS input(listed_on date, list text, paper_key int, kind announcement_kind, position int,
                 submitted_by text, is_estimated boolean)
    ), replaced AS (
      DELETE FROM listing USING input
      WHERE listing.is_estimated AND NOT input.is_estimated AND listing.paper_key = input.paper_key
        AND listing.list = input.list AND listing.kind = input.kind AND listing.listed_on <> input.listed_on
    )
    INSERT INTO listing (listed_on, list, paper_key, kind, position, submitted_by, is_estimated)
    SELECT listed_on, list, paper_key, kind, position, submitted_by, is_estimated FROM input
    WHERE NOT is_estimated OR NOT EXISTS (
      SELECT FROM listing told
      WHERE told.paper_key = input.paper_key AND told.list = input.list AND told.kind = input.kind)
    ON CONFLICT (listed_on, list, paper_key) DO UPDATE
      SET kind = excluded.kind, position = excluded.position, submitted_by = excluded.submitted_by,
          is_estimated = excluded.is_estimated
      WHERE (listing.is_estimated OR NOT excluded.is_estimated)
        AND (listing.kind, listing.position, listing.submitted_by, listing.is_estimated)
          IS DISTINCT FROM (excluded.kind, excluded.position, excluded.submitted_by, excluded.is_estimated)
    RETURNING paper_key`;
  return changedKeys(db, sql, [...first.values()]);
}

/** Appends observations and moves the newest of each kind forward, never back. */
export async function insertSignals(
  db: Queryable,
  items: readonly Keyed<{ observations: readonly Observation[] }>[],
): Promise<void> {
  const rows = items.flatMap(({ key, observations }) =>
    observations.map(({ kind, value, observedAt }) => ({
      paper_key: key,
      kind,
      value,
      observed_at: observedAt,
    })),
  );
  if (rows.length === 0) return;
  const input = `json_to_recordset($1::json)
    AS input(paper_key int, kind signal_kind, value int, observed_at timestamptz)`;
  const json = JSON.stringify(rows);
  await db.$executeRawUnsafe(
    `INSERT INTO signal (paper_key, kind, value, observed_at)
     SELECT paper_key, kind, value, observed_at FROM ${input} ON CONFLICT DO NOTHING`,
    json,
  );
  await db.$executeRawUnsafe(
    `INSERT INTO latest_signal (paper_key, kind, value, observed_at)
     SELECT DISTINCT ON (paper_key, kind) paper_key, kind, value, observed_at
     FROM ${input} ORDER BY paper_key, kind, observed_at DESC
     ON CONFLICT (paper_key, kind) DO UPDATE SET value = excluded.value, observed_at = excluded.observed_at
     WHERE excluded.observed_at > latest_signal.observed_at`,
    json,
  );
}
