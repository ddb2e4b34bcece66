/**
 * The writes of what is searched. A paper's row is in `search_document`, which is indexed, or still in `search_inbox`,
 * which is read through by every search: so a paper is found from the transaction on that wrote it.
 *
 * Small batches go straight into the indexes. Of a bulk import they would take two thirds of the time (0.5 ms a paper
 * in the embedded database, where recording it takes 0.2), so its papers wait in the inbox and are moved by the thousand.
 */
import { z } from 'zod';
import type { Db, Queryable } from '#lib/db/client.ts';
import { DATED_ON, TRAITS } from './facts.ts';
import { type Searchable, type SearchableSource, toSearchable } from './searchable.ts';
import { countTerms, type TermSource } from './vocabulary.ts';

/** Batches of at least so many papers are indexed later. */
const BULK_PAPERS_MIN = 400;

const COLUMNS = 'paper_key, words, lexemes, length';
/** Rows of JSON beside the keys of their papers. */
const GIVEN = `ROWS FROM (json_to_recordset($1::json) AS (words text, lexemes tsvector, length int), unnest($2::int[]))
  AS given(words, lexemes, length, paper_key)`;

function insertDocuments(given: string): string {
  return `
    INSERT INTO search_document (${COLUMNS}, dated_on, traits)
    SELECT given.paper_key, given.words, given.lexemes, given.length, ${DATED_ON}, ${TRAITS}
    FROM ${given} JOIN paper ON paper.key = given.paper_key
    ORDER BY given.paper_key
    ON CONFLICT (paper_key) DO UPDATE SET words = excluded.words, lexemes = excluded.lexemes,
      length = excluded.length, dated_on = excluded.dated_on, traits = excluded.traits`;
}

/** Of one paper: what GIVEN takes, and the length, which the vocabulary counts. */
export type SearchableRow = Pick<Searchable, 'length'> & { readonly json: string };
type KeyedRow = SearchableRow & { readonly key: number };

export function toSearchableRow(source: SearchableSource): SearchableRow {
  const searchable = toSearchable(source);
  return { length: searchable.length, json: JSON.stringify(searchable) };
}

/** Papers that this transaction inserted, after all that hangs on them. */
export async function insertSearchables(
  db: Queryable,
  papers: readonly (TermSource & KeyedRow)[],
): Promise<void> {
  if (papers.length === 0) return;
  if (papers.length >= BULK_PAPERS_MIN) {
    await db.$executeRawUnsafe(
      `INSERT INTO search_inbox (${COLUMNS}) SELECT ${COLUMNS} FROM ${GIVEN}`,
      ...toValues(papers),
    );
    return;
  }
  await db.$executeRawUnsafe(insertDocuments(GIVEN), ...toValues(papers));
  await addToVocabulary(db, papers);
}

/** Papers that this transaction changed, or something that hangs on them. Where a paper is, inbox or index, it stays. */
export async function updateSearchables(db: Queryable, keys: readonly number[]): Promise<void> {
  if (keys.length === 0) return;
  const rows = await readSearchables(db, keys);
  await db.$executeRawUnsafe(
    `WITH given AS MATERIALIZED (SELECT * FROM ${GIVEN}), waiting AS (
       UPDATE search_inbox SET words = given.words, lexemes = given.lexemes, length = given.length
       FROM given WHERE search_inbox.paper_key = given.paper_key
       RETURNING given.paper_key
     ), facts AS MATERIALIZED (
       SELECT given.*, ${DATED_ON} AS dated_on, ${TRAITS} AS traits
       FROM given JOIN paper ON paper.key = given.paper_key
     ), same AS (
       -- No index covers these two facts (almost: a date seldom changes), so the row's index entries stay.
       UPDATE search_document SET dated_on = facts.dated_on, traits = facts.traits
       FROM facts WHERE search_document.paper_key = facts.paper_key AND search_document.words = facts.words
         AND search_document.lexemes = facts.lexemes
         AND (search_document.dated_on, search_document.traits) IS DISTINCT FROM (facts.dated_on, facts.traits)
     ), changed AS (
       UPDATE search_document SET words = facts.words, lexemes = facts.lexemes, length = facts.length,
         dated_on = facts.dated_on, traits = facts.traits
       FROM facts WHERE search_document.paper_key = facts.paper_key
         AND (search_document.words <> facts.words OR search_document.lexemes <> facts.lexemes)
     )
     INSERT INTO search_inbox (${COLUMNS})
     SELECT ${COLUMNS} FROM given
     WHERE NOT EXISTS (SELECT FROM search_document WHERE search_document.paper_key = given.paper_key)
       AND NOT EXISTS (SELECT FROM search_inbox WHERE search_inbox.paper_key = given.paper_key)`,
    ...toValues(rows),
  );
}

const SourceRow = z.object({
  key: z.number(),
  title_text: z.string(),
  abstract_text: z.string(),
  authors: z.array(z.string()),
  categories: z.array(z.string()),
  comment: z.string().nullable(),
  journal_reference: z.string().nullable(),
});

async function readSearchables(db: Queryable, keys: readonly number[]): Promise<KeyedRow[]> {
  const rows = await db.$queryRawUnsafe<unknown[]>(
    `SELECT key, title_text, abstract_text, authors, categories, comment, journal_reference
     FROM paper WHERE key = ANY($1::int[]) ORDER BY key`,
    [...keys],
  );
  return z
    .array(SourceRow)
    .parse(rows)
    .map((row) => ({
      key: row.key,
      ...toSearchableRow({
        titleText: row.title_text,
        abstractText: row.abstract_text,
        authors: row.authors,
        categories: row.categories,
        comment: row.comment,
        journalReference: row.journal_reference,
      }),
    }));
}

const MovedRow = z.object({ title_text: z.string(), abstract_text: z.string(), length: z.number() });

/**
 * Moves papers from the inbox into the indexes; returns how many, 0 when none wait that nobody else is at. The lock is
 * the one that a change of the paper takes, so that neither overtakes the other.
 */
export async function moveInbox(db: Db, limit: number): Promise<number> {
  return db.$transaction(async (transaction) => {
    const rows = await transaction.$queryRawUnsafe<unknown[]>(
      `SELECT paper_key AS key FROM search_inbox JOIN paper ON paper.key = paper_key
       ORDER BY paper_key LIMIT $1::int FOR NO KEY UPDATE OF paper SKIP LOCKED`,
      limit,
    );
    const keys = z
      .array(z.object({ key: z.number() }))
      .parse(rows)
      .map(({ key }) => key);
    if (keys.length === 0) return 0;
    const moved = z.array(MovedRow).parse(
      await transaction.$queryRawUnsafe<unknown[]>(
        `WITH given AS (DELETE FROM search_inbox WHERE paper_key = ANY($1::int[]) RETURNING *),
           moved AS (${insertDocuments('given')} RETURNING paper_key, search_document.length)
         SELECT title_text, abstract_text, moved.length FROM moved JOIN paper ON paper.key = moved.paper_key`,
        keys,
      ),
    );
    await addToVocabulary(
      transaction,
      moved.map((row) => ({
        titleText: row.title_text,
        abstractText: row.abstract_text,
        length: row.length,
      })),
    );
    return moved.length;
  });
}

/** Puts papers that were recorded before there was a search into the inbox; returns how many. */
export async function fillInbox(db: Db, limit: number): Promise<number> {
  return db.$transaction(async (transaction) => {
    const rows = await transaction.$queryRawUnsafe<unknown[]>(
      `SELECT key FROM paper
       WHERE NOT EXISTS (SELECT FROM search_document WHERE search_document.paper_key = paper.key)
         AND NOT EXISTS (SELECT FROM search_inbox WHERE search_inbox.paper_key = paper.key)
       ORDER BY key LIMIT $1::int FOR NO KEY UPDATE OF paper SKIP LOCKED`,
      limit,
    );
    const keys = z
      .array(z.object({ key: z.number() }))
      .parse(rows)
      .map(({ key }) => key);
    if (keys.length === 0) return 0;
    return transaction.$executeRawUnsafe(
      `INSERT INTO search_inbox (${COLUMNS}) SELECT ${COLUMNS} FROM ${GIVEN} ON CONFLICT DO NOTHING`,
      ...toValues(await readSearchables(transaction, keys)),
    );
  });
}

export async function countInbox(db: Db): Promise<number> {
  const rows = await db.$queryRawUnsafe<unknown[]>('SELECT count(*)::int AS count FROM search_inbox');
  return z.object({ count: z.number() }).parse(rows[0]).count;
}

/**
 * A paper that changes later is not counted anew: the counts weigh words and need not be exact. Of the ways to write a
 * word the commonest stays without all of them being counted: each way that comes takes from the lead of the one that
 * stands there, and replaces it once it has more (Boyer & Moore, "MJRTY", 1981).
 */
async function addToVocabulary(
  db: Queryable,
  papers: readonly (TermSource & { readonly length: number })[],
): Promise<void> {
  await db.$executeRawUnsafe(
    `INSERT INTO search_term AS known (stem, papers, word, written, lead)
     SELECT stem, papers, word, written, lead
     FROM json_to_recordset($1::json) AS given(stem text, papers int, word text, written text, lead int)
     ON CONFLICT (stem) DO UPDATE SET
       papers = known.papers + excluded.papers,
       word = CASE WHEN excluded.lead > known.lead THEN excluded.word ELSE known.word END,
       written = CASE WHEN excluded.lead > known.lead THEN excluded.written ELSE known.written END,
       lead = CASE WHEN excluded.written = known.written THEN known.lead + excluded.lead
                   ELSE abs(known.lead - excluded.lead) END`,
    JSON.stringify(countTerms(papers)),
  );
  await db.$executeRawUnsafe(
    `INSERT INTO search_total (papers, words) VALUES ($1::int, $2::int)
     ON CONFLICT (id) DO UPDATE
       SET papers = search_total.papers + excluded.papers, words = search_total.words + excluded.words`,
    papers.length,
    papers.reduce((sum, { length }) => sum + length, 0),
  );
}

/** The values of GIVEN. */
function toValues(rows: readonly KeyedRow[]): [json: string, keys: number[]] {
  return [`[${rows.map(({ json }) => json).join(',')}]`, rows.map(({ key }) => key)];
}
