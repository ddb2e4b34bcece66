/**
 * The one SQL statement of a search, as text and parameters. Of one by relevance the parts are (sorted-statement.ts has the
 * other), each a CTE:
 *
 *     indexed     keys and base scores: the best of the BM25 index, or what matches
 *     waiting     of the inbox all that match, scored by the same formula
 *     found       those of both that pass the filters, with their facts
 *     ranked      each with the value it is ordered by
 *     page        those after the cursor
 *
 * `npm run bench -- search` measures it.
 */

import type { CompiledQuery } from '#lib/query/compiled-query.ts';
import { RANKED_WORDS_MAX } from '#lib/query/query.ts';
import { WAITING_DOCUMENTS } from '#lib/search/index/facts.ts';
import { type Bind, hasText, toCondition } from './condition.ts';
import { FOUND_MAX, type SearchInput } from './search-input.ts';
import { selectPage, sortedStatement } from './sorted-statement.ts';
import { B, type Candidates, chooseCandidates, K1, leadingStems, type Weighting } from './weighting.ts';

export type Statement = {
  readonly sql: string;
  readonly parameters: readonly unknown[];
  /** Whether papers with any of the words may be left out beside those that FOUND_MAX leaves out. */
  readonly isPartial: boolean;
};

/** Where a common word makes sure of more than that, the first page is chosen, and facets counted, of so many. */
const SAMPLE = 300;
/** The best are looked at more closely: words side by side, all words, freshness. */
export const RERANK_DEPTH = 50;
/** Papers that may be scored one by one; more than FOUND_MAX, so that more are known of. */
const SCORED_MAX = 1_200;

export function toStatement(input: SearchInput, weighting: Weighting): Statement {
  const parameters: unknown[] = [];
  const bind: Bind = (value) => `$${parameters.push(value)}`;
  const isRanked = input.compiled.sort === 'relevance' && weighting.terms.length > 0;
  const ranked = isRanked ? rankedSearch(input, weighting, bind) : null;
  return { parameters, ...(ranked ?? { sql: sortedStatement(input, bind), isPartial: false }) };
}

function rankedSearch(
  input: SearchInput,
  weighting: Weighting,
  bind: Bind,
): Pick<Statement, 'sql' | 'isPartial'> {
  // Of rows that another index has found, categories are looked for among the traits, which stand in the row.
  const { compiled } = input;
  const { rowFilters: facts, anyWord: any, allWords: all } = compiled;
  // Its best by the words of a filter would not be all that an OR lets through.
  const isByIndex =
    input.path === 'bm25' && (hasText(facts) ? isCommonText(compiled, weighting) : any !== null);
  const condition = toCondition(isByIndex ? facts : compiled.filters, bind, { now: input.now });
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
  // A text that must be there is a word to rank by as good as any.
  const needsWord = any !== null && !(hasText(facts) && compiled.filterStems.length > 0);
  const indexed = isByIndex
    ? bestOfIndex(textFor(compiled, weighting, isSampled), { most, hasTexts: TEXTS.test(condition) }, bind)
    : scoredOne({ candidates, score, condition, needsWord }, bind);
  const counts = {
    total: isSampled ? String(FOUND_MAX + 1) : undefined,
    scanned: isByIndex ? (isSampled ? String(FOUND_MAX + 1) : '(SELECT count(*) FROM indexed)') : '0',
  };
  // An empty inbox is not even named: its part of the plan costs more than all that runs.
  const waiting = input.hasWaiting ? waitingOne({ any: needsWord ? any : null, score, condition }, bind) : '';
  const sql = `WITH indexed AS MATERIALIZED (
      ${indexed}
    )${waiting}, found AS MATERIALIZED (
      SELECT paper_key, base, length, dated_on, traits, lexemes FROM indexed AS document WHERE ${condition}
      ${input.hasWaiting ? 'UNION ALL SELECT * FROM waiting' : ''}
      ORDER BY base DESC, paper_key DESC LIMIT ${FOUND_MAX + 1}
    ), ranked AS MATERIALIZED (
      ${rerank(input, weighting, { all, norm, base: isByIndex ? score : 'base' }, bind)}
    )${selectPage(input, bind, counts)}`;
  return { sql, isPartial: candidates?.areAll === false && needsWord };
}

/**
 * Whether a text that must be there is of words so common that more papers may have it than can be scored one by one: then
 * the index is asked for the best by those words, and of these the ones that have the text are found. Names and other texts
 * that papers are not ranked by would not be among its best.
 */
function isCommonText({ filterStems, hasOnlyRankedText }: CompiledQuery, { terms }: Weighting): boolean {
  if (!hasOnlyRankedText) return false;
  const papersOf = new Map(terms.map(({ stem, papers }) => [stem, papers]));
  return filterStems.length > 0 && filterStems.every((stem) => (papersOf.get(stem) ?? 0) > SCORED_MAX);
}

function sumOf(parts: readonly string[]): string {
  return parts.length === 0 ? '0' : `(${parts.join(' + ')})`;
}

/** A thousand papers and more are known of, nothing narrows them down, and the page is the first. */
function isSampleEnough({ compiled: { query }, cursor, limit }: SearchInput, { terms }: Weighting): boolean {
  const commonest = terms.at(-1)?.papers ?? 0;
  return query.filters.length === 0 && cursor === null && limit < SAMPLE && commonest > FOUND_MAX;
}

/** What the index is asked for: all words, or those that suffice to find its best. */
function textFor({ ranked, rankingText }: CompiledQuery, weighting: Weighting, isSampled: boolean): string {
  if (!isSampled && weighting.terms.length < RANKED_WORDS_MAX) return rankingText;
  const asked = isSampled ? leadingStems(weighting) : new Set(weighting.terms.map(({ stem }) => stem));
  return ranked
    .filter(({ stem }) => asked.has(stem))
    .map(({ form }) => form)
    .join(' ');
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

/**
 * Scored one by one: the candidates that pass the filters, and where a text that these ask for is as good as a bare word, then
 * what else passes them.
 */
function scoredOne(
  {
    candidates,
    score,
    condition,
    needsWord,
  }: { candidates: Candidates | null; score: string; condition: string; needsWord: boolean },
  bind: Bind,
): string {
  const columns = 'paper_key, length, dated_on, traits, words, lexemes';
  const select = (where: string) => `SELECT ${columns} FROM search_document AS document WHERE ${where}`;
  const matches = candidates && `document.lexemes @@ ${bind(candidates.tsquery)}::tsquery`;
  // Materialised, so that the limit does not mislead the planner into reading papers one by one until enough match.
  const first = `first AS MATERIALIZED (${select(matches === null ? condition : `${matches} AND ${condition}`)})`;
  const others =
    matches === null || needsWord
      ? ''
      : `, others AS MATERIALIZED (${select(`NOT (${matches}) AND ${condition}`)})`;
  return `WITH ${first}${others}
      SELECT paper_key, ${score} AS base, length, dated_on, traits, words, lexemes
      FROM (SELECT paper_key, length, dated_on, traits, words, lexemes || ''::tsvector AS lexemes
            FROM (TABLE first${others === '' ? '' : ' UNION ALL TABLE others'}) AS matching
            LIMIT ${SCORED_MAX} OFFSET 0) AS document
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
    input.compiled.query.sort === 'relevance'
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
            FROM found ORDER BY base DESC, paper_key DESC LIMIT ${RERANK_DEPTH} OFFSET 0) AS document
      UNION ALL
      (SELECT paper_key, base FROM found ORDER BY base DESC, paper_key DESC OFFSET ${RERANK_DEPTH})`;
}
