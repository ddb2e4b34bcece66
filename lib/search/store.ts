/** Search in Postgres: the statement of statement.ts, the vocabulary, and which of given papers match. */
import { z } from 'zod';
import type { Db } from '#lib/db/client.ts';
import type { CompiledQuery } from '#lib/query/compiled-query.ts';
import { WAITING_DOCUMENTS } from '#lib/search/index/facts.ts';
import { quoteLexeme } from '#lib/text/lexemes.ts';
import { toCondition } from './condition.ts';
import type { Cursor, Path } from './search-input.ts';
import type { Statement } from './statement.ts';
import type { Statistics } from './weighting.ts';

const FoundRow = z.object({
  total: z.number(),
  scanned: z.number(),
  page: z.array(z.object({ key: z.number(), value: z.number() })),
  facets: z.string(),
});
export type Found = {
  /** Papers found, at most one more than FOUND_MAX. */
  readonly total: number;
  /** How many of the BM25 index's best were looked at; 0 where it was not asked. */
  readonly scanned: number;
  readonly page: readonly Cursor[];
  /** Papers by trait, among the first FOUND_MAX found. */
  readonly facets: ReadonlyMap<string, number>;
};

export async function findRanked(db: Db, { sql, parameters }: Statement): Promise<Found> {
  const rows = await db.$queryRawUnsafe<unknown[]>(sql, ...parameters);
  const { facets, ...found } = FoundRow.parse(rows[0]);
  return { ...found, facets: countTraits(facets) };
}

/** Of each paper all, a line each: counted here, a thousand papers' take a third of the time. */
function countTraits(traits: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const trait of traits === '' ? [] : traits.split('\n'))
    counts.set(trait, (counts.get(trait) ?? 0) + 1);
  return counts;
}

/** `bm25` where the index of the extension pg_textsearch is there. */
export async function findPath(db: Db): Promise<Path> {
  const rows = await db.$queryRaw<
    unknown[]
  >`SELECT to_regclass('search_document_bm25') IS NOT NULL AS has_bm25`;
  return z.object({ has_bm25: z.boolean() }).parse(rows[0]).has_bm25 ? 'bm25' : 'plain';
}

const StatisticsRow = z.object({
  papers: z.number(),
  words: z.number(),
  frequencies: z.record(z.string(), z.number()),
  has_waiting: z.boolean(),
  snapshot: z.string(),
});

export async function findStatistics(db: Db, stems: readonly string[]): Promise<Statistics> {
  const rows = await db.$queryRawUnsafe<unknown[]>(
    `SELECT coalesce((SELECT papers FROM search_total), 0)::int AS papers,
            coalesce((SELECT words FROM search_total), 0)::float8 AS words,
            (SELECT coalesce(json_object_agg(stem, papers), '{}') FROM search_term WHERE stem = ANY($1::text[]))
              AS frequencies,
            EXISTS (SELECT FROM search_inbox) AS has_waiting,
            pg_current_snapshot()::text AS snapshot`,
    [...stems],
  );
  const { frequencies, has_waiting, ...row } = StatisticsRow.parse(rows[0]);
  return { ...row, frequencies: new Map(Object.entries(frequencies)), hasWaiting: has_waiting };
}

const KeyRow = z.object({ key: z.number() });

/**
 * Which of the papers `keys` match a query, as an alert means it: all bare words must be there. In the order of `keys`;
 * `now` is what "the last 7 days" ends with. Set-based, by primary key: 10 ms for a thousand papers.
 */
export async function listMatchingKeys(
  db: Db,
  { allWords, filters }: CompiledQuery,
  keys: readonly number[],
  now: Date,
): Promise<number[]> {
  if (keys.length === 0) return [];
  const parameters: unknown[] = [[...keys]];
  const bind = (value: unknown) => `$${parameters.push(value)}`;
  const isMatch = [
    `document.paper_key = ANY($1::int[])`,
    ...(allWords === null ? [] : [`document.lexemes @@ ${bind(allWords)}::tsquery`]),
    toCondition(filters, bind, { now }),
  ].join(' AND ');
  const rows = await db.$queryRawUnsafe<unknown[]>(
    `SELECT paper_key AS key FROM search_document AS document WHERE ${isMatch}
     UNION ALL SELECT paper_key FROM ${WAITING_DOCUMENTS} AS document WHERE ${isMatch}`,
    ...parameters,
  );
  const matching = new Set(
    z
      .array(KeyRow)
      .parse(rows)
      .map(({ key }) => key),
  );
  return keys.filter((key) => matching.has(key));
}

const TermRow = z.object({ stem: z.string(), papers: z.number(), word: z.string(), written: z.string() });
export type Term = z.infer<typeof TermRow>;

/** A hundredth of its papers must write a word so: `stateof` is a slip for a part of state-of-the-art. 0: not counted yet. */
const IS_WRITTEN = 'written IS NOT NULL AND (lead = 0 OR lead * 100 >= papers)';

/**
 * Words of the vocabulary that begin with one of `starts`, in at least `papersMin` papers, most papers first. Read off
 * search_term_word_idx, start by start: joined with a list of starts the whole vocabulary is read, which takes a second.
 * Only those that somebody writes: parts of longer compounds are in the vocabulary, too.
 */
export async function listTermsByStart(
  db: Db,
  starts: readonly string[],
  {
    lengthMin = 1,
    lengthMax = 40,
    papersMin = 1,
    limit,
  }: { lengthMin?: number; lengthMax?: number; papersMin?: number; limit: number },
): Promise<Term[]> {
  if (starts.length === 0) return [];
  // The end of a stretch of words that begin alike: no word has U+10FFFF in it.
  const rows = await db.$queryRawUnsafe<unknown[]>(
    `SELECT DISTINCT ON (papers, stem) stem, papers, word, written
     FROM unnest($1::text[]) AS given(start), LATERAL (
       SELECT stem, papers, word, written FROM search_term
       WHERE word >= start AND word < start || chr(1114111)
         AND length(word) BETWEEN $2::int AND $3::int AND papers >= $4::int AND ${IS_WRITTEN} OFFSET 0) AS term
     ORDER BY papers DESC, stem LIMIT $5::int`,
    [...starts],
    lengthMin,
    lengthMax,
    papersMin,
    limit,
  );
  return z.array(TermRow).parse(rows);
}

const TitleRow = z.object({ registry: z.enum(['arxiv', 'doi']), identifier: z.string(), title: z.string() });

/** Some papers with such a title, the newest of the first two hundred. */
export async function listTitles(
  db: Db,
  tsquery: string,
  limit: number,
): Promise<z.infer<typeof TitleRow>[]> {
  const rows = await db.$queryRawUnsafe<unknown[]>(
    `SELECT archive AS registry, identifier, title_text AS title
     FROM (SELECT paper_key, dated_on FROM search_document WHERE lexemes @@ $1::tsquery LIMIT 200) AS found
     JOIN paper ON paper.key = found.paper_key
     ORDER BY dated_on DESC, paper_key DESC LIMIT $2::int`,
    tsquery,
    limit,
  );
  return z.array(TitleRow).parse(rows);
}

/** Names that have `words`, the last of them perhaps only begun, those with most papers first. */
export async function listAuthorsByName(
  db: Db,
  words: readonly string[],
  { isLastBegun, limit }: { isLastBegun: boolean; limit: number },
): Promise<string[]> {
  const lexemes = words.map(
    (word, index) => `${quoteLexeme(`a/${word}`)}${isLastBegun && index === words.length - 1 ? ':*' : ''}`,
  );
  const rows = await db.$queryRawUnsafe<unknown[]>(
    `SELECT name FROM (SELECT paper_key FROM search_document WHERE lexemes @@ $1::tsquery LIMIT 200) AS found
     JOIN paper ON paper.key = found.paper_key, unnest(authors) AS name
     WHERE (SELECT bool_and(strpos(lower(name), word) > 0) FROM unnest($2::text[]) AS word)
     GROUP BY name ORDER BY count(*) DESC, name LIMIT $3::int`,
    lexemes.join(' & '),
    [...words],
    limit,
  );
  return z
    .array(z.object({ name: z.string() }))
    .parse(rows)
    .map(({ name }) => name);
}
