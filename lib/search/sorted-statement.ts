/**
 * The statement of a search in order of a fact, and not of relevance. Its CTEs:
 *
 *     tried       whether much of what is newest matches, which decides by which index it is read
 *     found       what matches, in order, with facts
 *     page        those after the cursor
 */

import type { SearchPlan } from '#lib/query/compiled-query.ts';
import type { Sort } from '#lib/query/query.ts';
import { WAITING_DOCUMENTS } from '#lib/search/index/facts.ts';
import { type Bind, hasText, toCondition } from './condition.ts';
import { FOUND_MAX, type SearchInput } from './search-input.ts';

type Order = {
  /** SQL of what papers are ordered by, over `document` and `noted`. */
  readonly value: string;
  /** Papers with such a value above zero, as `noted` (paper_key, value); null where all have one. */
  readonly noted: string | null;
};

const ORDERS: Readonly<Record<Exclude<Sort, 'relevance'>, Order>> = {
  new: { value: `(document.dated_on - DATE '1970-01-01')::float8`, noted: null },
  upvotes: {
    value: 'coalesce(noted.value, 0)::float8',
    noted: `(SELECT paper_key, value FROM latest_signal WHERE kind = 'upvotes' AND value > 0) AS noted`,
  },
  trending: {
    value: 'coalesce(noted.value, 0)::float8',
    noted: `(SELECT paper_key, score AS value FROM current_trending WHERE time_window = 'week' AND score > 0) AS noted`,
  },
};

/** So many of the newest papers tell whether most of what is read in order will match … */
const TRIED = 200;
/** … which it does where so many of them match. */
const WIDE_MIN = 25;

/**
 * In order of a fact. Where much matches, papers are read off an index in that order until enough are found; else all that
 * match are fetched by the index of lexemes, and sorted. Postgres cannot choose by itself: its estimate of what a tsquery
 * leaves is rough, and it takes the fetching of lexemes, 12 µs a paper, to cost nothing. So a few papers are tried.
 */
export function sortedStatement(input: SearchInput, bind: Bind): string {
  const { sort, filters, rowFilters, ...compiled } = input.compiled;
  const words = input.needed === 'all' ? compiled.allWords : compiled.anyWord;
  const matching = (plan: SearchPlan | null) => {
    const condition = toCondition(plan, bind, { now: input.now });
    return words === null ? condition : `${condition} AND document.lexemes @@ ${bind(words)}::tsquery`;
  };
  const order = ORDERS[sort === 'relevance' ? 'new' : sort];
  const wide = matching(rowFilters);
  const isIndexed = words !== null || hasText(filters);
  const tried = `tried AS MATERIALIZED (
      SELECT count(*) >= ${WIDE_MIN} AS is_wide
      FROM (SELECT * FROM search_document ORDER BY dated_on DESC, paper_key DESC LIMIT ${TRIED}) AS document
      WHERE ${wide}
    ), `;
  const arms = isIndexed
    ? [
        ...readInOrder(order, `(SELECT is_wide FROM tried) AND ${wide}`),
        fetched(order, 'search_document', `NOT (SELECT is_wide FROM tried) AND ${matching(filters)}`),
      ]
    : readInOrder(order, wide);
  if (input.hasWaiting) arms.push(fetched(order, WAITING_DOCUMENTS, matching(filters)));
  return `WITH ${isIndexed ? tried : ''}found AS MATERIALIZED (
      SELECT * FROM (${arms.map((arm) => `(${arm})`).join(' UNION ALL ')}) AS either
      ORDER BY value DESC, paper_key DESC LIMIT ${FOUND_MAX + 1}
    ), ranked AS (SELECT paper_key, value FROM found)${selectPage(input, bind, { scanned: '0' })}`;
}

/** Those noted first, and then the others, which are all alike; each off an index, in order. */
function readInOrder({ value, noted }: Order, condition: string): string[] {
  const limit = `LIMIT ${FOUND_MAX + 1}`;
  if (noted === null) {
    return [
      `SELECT paper_key, ${value} AS value, traits FROM search_document AS document WHERE ${condition}
       ORDER BY document.dated_on DESC, document.paper_key DESC ${limit}`,
    ];
  }
  return [
    `SELECT document.paper_key, ${value} AS value, traits FROM search_document AS document
     JOIN ${noted} ON noted.paper_key = document.paper_key WHERE ${condition}
     ORDER BY value DESC, document.paper_key DESC ${limit}`,
    `SELECT document.paper_key, 0::float8 AS value, traits FROM search_document AS document
     WHERE NOT EXISTS (SELECT FROM ${noted} WHERE noted.paper_key = document.paper_key) AND ${condition}
     ORDER BY document.paper_key DESC ${limit}`,
  ];
}

function fetched({ value, noted }: Order, documents: string, condition: string): string {
  return `SELECT document.paper_key, ${value} AS value, traits
    FROM (SELECT paper_key, dated_on, traits FROM ${documents} AS document WHERE ${condition} OFFSET 0) AS document
    ${noted === null ? '' : `LEFT JOIN ${noted} ON noted.paper_key = document.paper_key`}
    ORDER BY value DESC, document.paper_key DESC LIMIT ${FOUND_MAX + 1}`;
}

/** The page after the cursor, the total and the facets, of the CTEs `found` (paper_key, traits) and `ranked` (paper_key, value). */
export function selectPage(
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
