/**
 * The one SQL statement of a search, as text and parameters. Its parts, each a CTE:
 *
 *     indexed     keys and base scores: the best of the BM25 index, or what matches
 *     waiting     of the inbox all that match, scored by the same formula
 *     found       those of both that pass the filters, with their facts
 *     ranked      each with the value it is ordered by
 *     page        those after the cursor
 *
 * `npm run bench -- search` measures it.
 */
import { stem } from '#lib/papers/searchable.ts';
import { WAITING_DOCUMENTS } from '#lib/papers/searchable-facts.ts';
import type { Query, Sort } from '#lib/query/query.ts';
import { planFilters, planWords, rankingText } from '#lib/query/search-plan.ts';
import { type Bind, hasText, toCondition } from './condition.ts';
import { B, type Candidates, chooseCandidates, K1, leadingStems, type Weighting } from './weighting.ts';

export type Path = 'bm25' | 'plain';
/** Where a page ends: the value its last paper is ordered by, and the paper. */
export type Cursor = { readonly value: number; readonly key: number };
export type SearchInput = {
  readonly query: Query;
  readonly path: Path;
  readonly now: Date;
  readonly cursor: Cursor | null;
  readonly limit: number;
  /** Whether a paper needs all the bare words; never where the order is by relevance. */
  readonly needed: 'any' | 'all';
  /** Whether papers wait in the inbox. */
  readonly hasWaiting: boolean;
};

export type Statement = {
  readonly sql: string;
  readonly parameters: readonly unknown[];
  /** Whether papers with any of the words may be left out beside those that FOUND_MAX leaves out. */
  readonly isPartial: boolean;
};

/** Totals are exact and pages turned so far, and facets counted; one further is looked for, to know of more. */
export const FOUND_MAX = 1_000;
/** Where a common word makes sure of more than that, the first page is chosen, and facets counted, of so many. */
const SAMPLE = 300;
/** The best are looked at more closely: words side by side, all words, freshness. */
const WINDOW = 50;
/** Papers that may be scored one by one; more than FOUND_MAX, so that more are known of. */
const SCORED_MAX = 1_200;

/** The order that a query without one asks for. */
export function sortOf(query: Query): Sort {
  return query.sort ?? (rankingText(query) === '' ? 'new' : 'relevance');
}

export function toStatement(input: SearchInput, weighting: Weighting): Statement {
  const parameters: unknown[] = [];
  const bind: Bind = (value) => `$${parameters.push(value)}`;
  const isRanked = sortOf(input.query) === 'relevance' && weighting.terms.length > 0;
  const ranked = isRanked ? rankedSearch(input, weighting, bind) : null;
  return { parameters, ...(ranked ?? { sql: sortedSearch(input, bind), isPartial: false }) };
}

function rankedSearch(
  input: SearchInput,
  weighting: Weighting,
  bind: Bind,
): Pick<Statement, 'sql' | 'isPartial'> {
  const filters = planFilters(input.query);
  const isByIndex = input.path === 'bm25' && !hasText(filters);
  const condition = toCondition(filters, bind, { now: input.now, byTraits: isByIndex });
  const any = planWords(input.query, 'any');
  const all = planWords(input.query, 'all');
  const norm = `(${K1} * (${1 - B} + ${B} * document.length / ${bind(weighting.averageLength)}::float8))`;
  // A sum written out: a subquery over an array of terms would be set up anew for each paper, which takes longer than it runs.
  const score = sumOf(
    weighting.terms.map(
      ({ tsquery, weight }) =>
        `coalesce(${bind(weight)}::float8 * ${K1 + 1}
          / (1 + ${norm} / nullif(search_term_frequency(document.lexemes, ${bind(tsquery)}::tsquery), 0)), 0)`,
    ),
  );
  const isSampled = isByIndex && isSampleEnough(input, weighting);
  const most = isSampled ? SAMPLE : FOUND_MAX + 1;
  // Where no bare word is asked for, what the filters leave is scored, and all of it.
  const candidates = isByIndex || any === null ? null : chooseCandidates(weighting);
  const indexed = isByIndex
    ? bestOfIndex(
        textFor(input.query, isSampled ? weighting : null),
        { most, hasTexts: TEXTS.test(condition) },
        bind,
      )
    : scoredOne({ candidates, score, condition }, bind);
  const counts = {
    total: isSampled ? String(FOUND_MAX + 1) : undefined,
    scanned: isByIndex ? (isSampled ? String(FOUND_MAX + 1) : '(SELECT count(*) FROM indexed)') : '0',
  };
  // An empty inbox is not even named: its part of the plan costs more than all that runs.
  const waiting = input.hasWaiting ? waitingOne({ any, score, condition }, bind) : '';
  const sql = `WITH indexed AS MATERIALIZED (
      ${indexed}
    )${waiting}, found AS MATERIALIZED (
      SELECT paper_key, base, length, dated_on, traits, lexemes FROM indexed AS document WHERE ${condition}
      ${input.hasWaiting ? 'UNION ALL SELECT * FROM waiting' : ''}
      ORDER BY base DESC, paper_key DESC LIMIT ${FOUND_MAX + 1}
    ), ranked AS MATERIALIZED (
      ${rerank(input, weighting, { all, norm, base: isByIndex ? score : 'base' }, bind)}
    )${answer(input, bind, counts)}`;
  return { sql, isPartial: candidates?.areAll === false };
}

function sumOf(parts: readonly string[]): string {
  return parts.length === 0 ? '0' : `(${parts.join(' + ')})`;
}

/** A thousand papers and more are known of, nothing narrows them down, and the page is the first. */
function isSampleEnough({ query, cursor, limit }: SearchInput, { terms }: Weighting): boolean {
  const commonest = terms.at(-1)?.papers ?? 0;
  return query.filters.length === 0 && cursor === null && limit < SAMPLE && commonest > FOUND_MAX;
}

function textFor(query: Query, sampled: Weighting | null): string {
  if (sampled === null) return rankingText(query);
  const leading = leadingStems(sampled);
  return rankingText(query, (form) => leading.has(stem(form)));
}

/** Columns that a paper's text is in: fetched for a thousand papers only where a condition looks into them. */
const TEXTS = /\bdocument\.(?:words|lexemes)\b/;

/** The function of the migration, which says why it is one. */
function bestOfIndex(
  text: string,
  { most, hasTexts }: { most: number; hasTexts: boolean },
  bind: Bind,
): string {
  const best = `search_best(${bind(text)}, ${most})`;
  return hasTexts
    ? `SELECT best.*, words, lexemes FROM ${best} AS best JOIN search_document USING (paper_key)`
    : `SELECT *, NULL::text AS words, NULL::tsvector AS lexemes FROM ${best}`;
}

type Matching = { readonly any: string | null; readonly score: string; readonly condition: string };

function waitingOne({ any, score, condition }: Matching, bind: Bind): string {
  const matches = any === null ? condition : `document.lexemes @@ ${bind(any)}::tsquery AND ${condition}`;
  return `, waiting AS MATERIALIZED (
      SELECT paper_key, ${score} AS base, length, dated_on, traits, lexemes
      FROM (SELECT * FROM ${WAITING_DOCUMENTS} AS document WHERE ${matches} LIMIT ${SCORED_MAX}) AS document
    )`;
}

function scoredOne(
  { candidates, score, condition }: { candidates: Candidates | null; score: string; condition: string },
  bind: Bind,
): string {
  const narrowed =
    candidates === null
      ? condition
      : `document.lexemes @@ ${bind(candidates.tsquery)}::tsquery AND ${condition}`;
  return `SELECT paper_key, ${score} AS base, length, dated_on, traits, words, lexemes
    FROM (SELECT paper_key, length, dated_on, traits, words, lexemes || ''::tsvector AS lexemes
          FROM search_document AS document
          WHERE ${narrowed} LIMIT ${SCORED_MAX} OFFSET 0) AS document
    ORDER BY base DESC, paper_key DESC LIMIT ${FOUND_MAX + 1}`;
}

/**
 * Scored exactly, since the index keeps a paper's length in a coarse form: all words first, then what stands side by
 * side, then a light preference for the new and the noted, at most a twentieth, which an explicit sort:relevance does
 * without.
 */
function rerank(
  input: SearchInput,
  weighting: Weighting,
  { all, norm, base }: { all: string | null; norm: string; base: string },
  bind: Bind,
): string {
  const pairs =
    weighting.pairs.length === 0
      ? '0'
      : `coalesce((SELECT sum(pair.weight * ${K1 + 1} / (1 + ${norm}))
          FROM unnest(${bind(weighting.pairs.map(({ tsquery }) => tsquery))}::text[]::tsquery[],
            ${bind(weighting.pairs.map(({ weight }) => weight))}::float8[]) AS pair(tsquery, weight)
          WHERE document.lexemes @@ pair.tsquery), 0)`;
  const prior =
    input.query.sort === 'relevance'
      ? '1'
      : `(1 + 0.03 / (1 + greatest(0, ${bind(input.now.toISOString().slice(0, 10))}::date - document.dated_on) / 180.0)
           + 0.02 * least(1, ln(1 + coalesce((SELECT value FROM latest_signal
               WHERE latest_signal.paper_key = document.paper_key AND kind = 'upvotes'), 0)) / 5))`;
  // A whole tier: greater than any sum of weights.
  const tier =
    all === null ? '0' : `CASE WHEN document.lexemes @@ ${bind(all)}::tsquery THEN 10000 ELSE 0 END`;
  return `SELECT paper_key, (${base} + ${pairs}) * ${prior} + ${tier} AS value
      FROM (SELECT paper_key, base, length, dated_on, coalesce(lexemes, (SELECT lexemes FROM search_document
              WHERE search_document.paper_key = found.paper_key)) || ''::tsvector AS lexemes
            FROM found ORDER BY base DESC, paper_key DESC LIMIT ${WINDOW} OFFSET 0) AS document
      UNION ALL
      (SELECT paper_key, base FROM found ORDER BY base DESC, paper_key DESC OFFSET ${WINDOW})`;
}

const VALUES = {
  new: { value: `(document.dated_on - DATE '1970-01-01')::float8`, join: '' },
  upvotes: {
    value: 'coalesce(upvotes.value, 0)::float8',
    join: `LEFT JOIN latest_signal AS upvotes ON upvotes.paper_key = document.paper_key AND upvotes.kind = 'upvotes'`,
  },
  trending: {
    value: 'coalesce(trending.score, 0)::float8',
    join: `LEFT JOIN current_trending AS trending
      ON trending.paper_key = document.paper_key AND trending.time_window = 'week'`,
  },
} as const;

/** In order of a fact. The newest are read off the index of dates where no word narrows them down. */
function sortedSearch(input: SearchInput, bind: Bind): string {
  const filters = planFilters(input.query);
  const words = planWords(input.query, input.needed);
  const condition = toCondition(filters, bind, { now: input.now });
  const matches = words === null ? condition : `document.lexemes @@ ${bind(words)}::tsquery AND ${condition}`;
  const sort = sortOf(input.query);
  const { value, join } = VALUES[sort === 'relevance' ? 'new' : sort];
  const order = sort === 'new' || sort === 'relevance' ? 'document.dated_on DESC' : 'value DESC';
  const select = (documents: string) => `SELECT document.paper_key, ${value} AS value, document.traits
    FROM ${documents} AS document ${join} WHERE ${matches}
    ORDER BY ${order}, document.paper_key DESC LIMIT ${FOUND_MAX + 1}`;
  const waiting = input.hasWaiting ? `UNION ALL (${select(WAITING_DOCUMENTS)})` : '';
  return `WITH found AS MATERIALIZED (
      SELECT * FROM ((${select('search_document')}) ${waiting}) AS either
      ORDER BY value DESC, paper_key DESC LIMIT ${FOUND_MAX + 1}
    ), ranked AS (SELECT paper_key, value FROM found)${answer(input, bind, { scanned: '0' })}`;
}

function answer(
  { cursor, limit }: SearchInput,
  bind: Bind,
  { total = '(SELECT count(*) FROM found)', scanned }: { total?: string | undefined; scanned: string },
): string {
  const after =
    cursor === null
      ? ''
      : `WHERE (value, paper_key) < (${bind(cursor.value)}::float8, ${bind(cursor.key)}::int)`;
  return `, page AS (
      SELECT paper_key AS key, value FROM ranked ${after}
      ORDER BY value DESC, paper_key DESC LIMIT ${bind(limit + 1)}::int
    )
    SELECT (${total})::int AS total, (${scanned})::int AS scanned,
      (SELECT coalesce(json_agg(page ORDER BY value DESC, key DESC), '[]') FROM page) AS page,
      (SELECT coalesce(string_agg(array_to_string(traits, E'\\n'), E'\\n'), '')
       FROM (SELECT traits FROM found LIMIT ${FOUND_MAX}) AS counted) AS facets`;
}
