/**
 * The set-wise writes behind record-papers.ts. A set goes in as one JSON parameter: a statement has at most 65,535
 * parameters, and Postgres no type for an array of arrays.
 */
import { z } from 'zod';
import type { Db } from '#lib/db/client.ts';
import type { Listing, Observation, Paper, PaperLink, PaperVersion } from './paper.ts';

/** A database or the inside of a transaction. */
export type Queryable = Pick<Db, '$queryRawUnsafe' | '$executeRawUnsafe'>;

export type PaperInput = Omit<
  Paper,
  'key' | 'isWithdrawn' | 'links' | 'versions' | 'firstListedOn' | 'signals'
> & {
  readonly isWithdrawn: boolean | null;
  readonly authority: number;
  readonly recordedAt: Date;
};

const COLUMN_TYPES = {
  archive: 'text',
  identifier: 'text',
  title: 'text',
  title_text: 'text',
  abstract: 'text',
  abstract_text: 'text',
  authors: 'text[]',
  categories: 'text[]',
  primary_category: 'text',
  submitted_at: 'timestamptz',
  updated_at: 'timestamptz',
  comment: 'text',
  journal_reference: 'text',
  doi: 'text',
  license: 'text',
  is_withdrawn: 'boolean',
  keywords: 'text[]',
  authority: 'smallint',
  recorded_at: 'timestamptz',
} as const;
type Column = keyof typeof COLUMN_TYPES;

const COLUMNS = Object.keys(COLUMN_TYPES).join(', ');
const RECORDSET = `json_to_recordset($1::json) AS input(${Object.entries(COLUMN_TYPES)
  .map(([name, type]) => `${name} ${type}`)
  .join(', ')})`;

/** What each column becomes when a record meets a paper: `wins` is true where the record outranks the one before. */
const MERGED: Partial<Record<Column, string>> = {
  ...bothOf(['title', 'title_text', 'abstract', 'abstract_text'], (name) => [
    `input.${name}`,
    `paper.${name}`,
  ]),
  ...bothOf(
    [
      'is_withdrawn',
      'primary_category',
      'submitted_at',
      'updated_at',
      'comment',
      'journal_reference',
      'doi',
      'license',
    ],
    (name) => [`coalesce(input.${name}, paper.${name})`, `coalesce(paper.${name}, input.${name})`],
  ),
  ...bothOf(['authors', 'categories', 'keywords'], (name) => [
    `CASE WHEN cardinality(input.${name}) > 0 THEN input.${name} ELSE paper.${name} END`,
    `CASE WHEN cardinality(paper.${name}) > 0 THEN paper.${name} ELSE input.${name} END`,
  ]),
};

function bothOf(names: Column[], rule: (name: Column) => [string, string]): Partial<Record<Column, string>> {
  return Object.fromEntries(
    names.map((name) => {
      const [winning, losing] = rule(name);
      return [name, `CASE WHEN wins THEN ${winning} ELSE ${losing} END`];
    }),
  );
}

const INSERT_PAPERS = `
  INSERT INTO paper (${COLUMNS})
  SELECT ${COLUMNS.replace('is_withdrawn', 'coalesce(is_withdrawn, false)')} FROM ${RECORDSET}
  ON CONFLICT (archive, identifier) DO NOTHING
  RETURNING key, archive || ':' || identifier AS id`;

/**
 * FOR UPDATE makes a second writer wait and then see the first one's result. Content and the record's instant are
 * compared apart: a newer record that says the same moves the instant, but is no change to a reader.
 */
const MERGE_PAPERS = `
  WITH existing AS (
    SELECT paper.key, paper.archive || ':' || paper.identifier AS id,
           (input.authority, input.recorded_at) >= (paper.authority, paper.recorded_at) AS wins,
           (input.authority, input.recorded_at) > (paper.authority, paper.recorded_at) AS is_newer,
           input.authority AS input_authority, input.recorded_at AS input_recorded_at,
           ${Object.keys(MERGED)
             .map((name) => `input.${name} AS input_${name}, paper.${name} AS paper_${name}`)
             .join(', ')}
    FROM ${RECORDSET}
    JOIN paper USING (archive, identifier)
    ORDER BY paper.archive, paper.identifier
    FOR UPDATE OF paper
  ), merged AS (
    SELECT key, id, is_newer, input_authority, input_recorded_at,
           ${Object.entries(MERGED)
             .map(([name, rule]) => `${columnsOf(rule)} AS ${name}`)
             .join(', ')},
           (${Object.keys(MERGED)
             .map((name) => `paper_${name}`)
             .join(', ')}) IS DISTINCT FROM (${Object.values(MERGED).map(columnsOf).join(', ')}) AS is_changed
    FROM existing
  ), updated AS (
    UPDATE paper SET
      ${Object.keys(MERGED)
        .map((name) => `${name} = merged.${name}`)
        .join(', ')},
      authority = CASE WHEN is_newer THEN input_authority ELSE authority END,
      recorded_at = CASE WHEN is_newer THEN input_recorded_at ELSE recorded_at END
    FROM merged
    WHERE paper.key = merged.key AND (is_changed OR is_newer)
  )
  SELECT key, id, is_changed FROM merged`;

function columnsOf(rule: string): string {
  return rule.replaceAll('input.', 'input_').replaceAll('paper.', 'paper_');
}

const InsertedRow = z.object({ key: z.number(), id: z.string() });
const MergedRow = InsertedRow.extend({ is_changed: z.boolean() });

/** Inserts the papers not yet known; returns their keys by `archive:identifier`. */
export async function insertPapers(
  db: Queryable,
  inputs: readonly PaperInput[],
): Promise<Map<string, number>> {
  const rows = await db.$queryRawUnsafe<unknown[]>(INSERT_PAPERS, toJson(inputs));
  return new Map(
    z
      .array(InsertedRow)
      .parse(rows)
      .map((row) => [row.id, row.key]),
  );
}

/** Merges records into papers that exist; returns key and whether a reader would see a change, by `archive:identifier`. */
export async function mergePapers(
  db: Queryable,
  inputs: readonly PaperInput[],
): Promise<Map<string, { key: number; isChanged: boolean }>> {
  const rows = await db.$queryRawUnsafe<unknown[]>(MERGE_PAPERS, toJson(inputs));
  return new Map(
    z
      .array(MergedRow)
      .parse(rows)
      .map((row) => [row.id, { key: row.key, isChanged: row.is_changed }]),
  );
}

function toJson(inputs: readonly PaperInput[]): string {
  return JSON.stringify(
    inputs.map((input) => ({
      archive: input.archive,
      identifier: input.identifier,
      title: input.title,
      title_text: input.titleText,
      abstract: input.abstract,
      abstract_text: input.abstractText,
      authors: input.authors,
      categories: input.categories,
      primary_category: input.primaryCategory,
      submitted_at: input.submittedAt,
      updated_at: input.updatedAt,
      comment: input.comment,
      journal_reference: input.journalReference,
      doi: input.doi,
      license: input.license,
      is_withdrawn: input.isWithdrawn,
      keywords: input.keywords,
      authority: input.authority,
      recorded_at: input.recordedAt,
    })),
  );
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
      WHERE (listing.kind, listing.position, listing.submitted_by, listing.is_estimated)
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
