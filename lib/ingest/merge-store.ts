/**
 * The set-wise writes of papers behind record-papers.ts. A set goes in as one JSON parameter: a statement has at most
 * 65,535 parameters, and Postgres no type for an array of arrays.
 */
import { z } from 'zod';
import type { Queryable } from '#lib/db/client.ts';
import type { Paper } from '#lib/papers/paper.ts';

export type PaperFields = Omit<
  Paper,
  'key' | 'isWithdrawn' | 'links' | 'versions' | 'firstListedOn' | 'signals'
> & {
  /** Null where the source does not say. */
  readonly isWithdrawn: boolean | null;
  readonly authority: number;
  readonly recordedAt: Date;
};

export type PaperInput = PaperFields & {
  /** As the statements take it: made before the transaction, which keeps others of an embedded database waiting. */
  readonly json: string;
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

const COLUMNS = selectWith({});

/** All columns, some by another expression. */
function selectWith(expressions: Readonly<Record<string, string>>): string {
  return Object.keys(COLUMN_TYPES)
    .map((name) => expressions[name] ?? name)
    .join(', ');
}

/** A plain form that equals its source is left out of the JSON: two thirds of all do, and that is a third of the bytes. */
const INPUT = `
  SELECT ${selectWith({
    title_text: 'coalesce(title_text, title) AS title_text',
    abstract_text: 'coalesce(abstract_text, abstract) AS abstract_text',
  })}
  FROM json_to_recordset($1::json) AS given(${Object.entries(COLUMN_TYPES)
    .map(([name, type]) => `${name} ${type}`)
    .join(', ')})`;

/** The columns that a merge decides, each with the column whose decision it follows: a plain form goes with its source. */
const DECIDED_BY = {
  title: 'title',
  title_text: 'title',
  abstract: 'abstract',
  abstract_text: 'abstract',
  authors: 'authors',
  categories: 'categories',
  primary_category: 'primary_category',
  submitted_at: 'submitted_at',
  updated_at: 'updated_at',
  comment: 'comment',
  journal_reference: 'journal_reference',
  doi: 'doi',
  license: 'license',
  is_withdrawn: 'is_withdrawn',
  keywords: 'keywords',
} as const satisfies Partial<Record<Column, Column>>;
const MERGED = Object.entries(DECIDED_BY);
const DECIDING = [...new Set(Object.values(DECIDED_BY))];

/** What a source does not say. */
function isEmpty(table: 'input' | 'paper', name: Column): string {
  if (COLUMN_TYPES[name] === 'text[]') return `cardinality(${table}.${name}) = 0`;
  return name === 'abstract' ? `${table}.abstract = ''` : `${table}.${name} IS NULL`;
}

/**
 * Written out wherever it is used: the rank of a row that was locked late must be that of its newest version, and
 * Postgres computes again only what is not in a subquery.
 */
function rank(operator: '>' | '<>'): string {
  return `(input.authority, input.recorded_at) ${operator} (paper.authority, paper.recorded_at)`;
}

/**
 * Whether a column takes the record's value: where the paper has none, or the record outranks the one before. Of two
 * values of the same rank the greater one stays, so that the outcome does not depend on which came first.
 */
function takes(name: Column): string {
  const collation = COLUMN_TYPES[name].startsWith('text') ? ' COLLATE "C"' : '';
  return `CASE WHEN ${isEmpty('input', name)} THEN false WHEN ${isEmpty('paper', name)} THEN true
    WHEN ${rank('<>')} THEN ${rank('>')} ELSE input.${name} >= paper.${name}${collation} END`;
}

const IS_CHANGED = `(${MERGED.map(
  ([name, by]) => `(input.${name} IS DISTINCT FROM paper.${name} AND ${takes(by)})`,
).join(' OR ')})`;

/**
 * One pass over the input: on the second run of an import, when nothing changes, this statement is all there is, and
 * it locks and writes no row. Looking before inserting also spares the sequence, which a conflict would use up.
 */
const INSERT_PAPERS = `
  WITH input AS MATERIALIZED (${INPUT}), known AS (
    SELECT paper.key, archive || ':' || identifier AS id,
           CASE WHEN ${rank('>')} OR ${IS_CHANGED} THEN 'differs' ELSE 'same' END AS state
    FROM input JOIN paper USING (archive, identifier)
  ), inserted AS (
    INSERT INTO paper (${COLUMNS})
    SELECT ${selectWith({ is_withdrawn: 'coalesce(is_withdrawn, false)' })} FROM input
    WHERE NOT EXISTS (
      SELECT FROM paper WHERE paper.archive = input.archive AND paper.identifier = input.identifier)
    ORDER BY archive COLLATE "C", identifier COLLATE "C"
    ON CONFLICT (archive, identifier) DO NOTHING
    RETURNING key, archive || ':' || identifier AS id
  )
  SELECT key, id, state FROM known UNION ALL SELECT key, id, 'inserted' FROM inserted`;

/**
 * The lock makes a second writer wait and then see the first one's result; a stronger one would also hold up those who
 * only hang something on the paper. Everybody locks in the order of identifiers. Content and the record's instant are
 * written apart: a newer record that says the same moves the instant alone, which no index covers.
 */
const MERGE_PAPERS = `
  WITH input AS MATERIALIZED (${INPUT}), met AS MATERIALIZED (
    SELECT paper.key, archive || ':' || identifier AS id, ${rank('>')} AS is_newer, ${IS_CHANGED} AS is_changed,
           input.authority AS input_authority, input.recorded_at AS input_recorded_at,
           ${MERGED.map(([name]) => `input.${name} AS input_${name}`).join(', ')},
           ${DECIDING.map((name) => `${takes(name)} AS takes_${name}`).join(', ')}
    FROM input JOIN paper USING (archive, identifier)
    ORDER BY archive COLLATE "C", identifier COLLATE "C"
    FOR NO KEY UPDATE OF paper
  ), updated AS (
    UPDATE paper SET
      ${MERGED.map(([name, by]) => `${name} = CASE WHEN takes_${by} THEN input_${name} ELSE ${name} END`).join(', ')},
      authority = CASE WHEN is_newer THEN input_authority ELSE authority END,
      recorded_at = CASE WHEN is_newer THEN input_recorded_at ELSE recorded_at END
    FROM met WHERE paper.key = met.key AND is_changed
  ), confirmed AS (
    UPDATE paper SET authority = input_authority, recorded_at = input_recorded_at
    FROM met WHERE paper.key = met.key AND is_newer AND NOT is_changed
  )
  SELECT key, id, is_changed FROM met`;

const InsertedRow = z.object({
  key: z.number(),
  id: z.string(),
  state: z.enum(['inserted', 'same', 'differs']),
});
const MergedRow = z.object({ key: z.number(), id: z.string(), is_changed: z.boolean() });

/**
 * Inserts the papers not yet known and compares the others. Returns by `registry:identifier` the key and whether the
 * paper was inserted, is known and has all that the record says, or differs and is to be merged. One that another
 * writer inserted in the meantime is missing; it too is to be merged.
 */
export async function insertPapers(
  db: Queryable,
  inputs: readonly PaperInput[],
): Promise<Map<string, { key: number; state: 'inserted' | 'same' | 'differs' }>> {
  const rows = await db.$queryRawUnsafe<unknown[]>(INSERT_PAPERS, toJson(inputs));
  return new Map(
    z
      .array(InsertedRow)
      .parse(rows)
      .map(({ id, ...row }) => [id, row]),
  );
}

/** Merges records into papers that exist; returns key and whether a reader would see a change, by `registry:identifier`. */
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

export function toPaperInput(fields: PaperFields): PaperInput {
  return { ...fields, json: JSON.stringify(toRow(fields)) };
}

/** What is null is left out; json_to_recordset makes it null again. */
function toRow(fields: PaperFields) {
  return {
    archive: fields.registry,
    identifier: fields.identifier,
    title: fields.title,
    title_text: fields.titleText === fields.title ? undefined : fields.titleText,
    abstract: fields.abstract,
    abstract_text: fields.abstractText === fields.abstract ? undefined : fields.abstractText,
    authors: fields.authors,
    categories: fields.categories,
    primary_category: fields.primaryCategory ?? undefined,
    submitted_at: fields.submittedAt ?? undefined,
    updated_at: fields.updatedAt ?? undefined,
    comment: fields.comment ?? undefined,
    journal_reference: fields.journalReference ?? undefined,
    doi: fields.doi ?? undefined,
    license: fields.license ?? undefined,
    is_withdrawn: fields.isWithdrawn ?? undefined,
    keywords: fields.keywords,
    authority: fields.authority,
    recorded_at: fields.recordedAt,
  };
}

function toJson(inputs: readonly PaperInput[]): string {
  return `[${inputs.map(({ json }) => json).join(',')}]`;
}
