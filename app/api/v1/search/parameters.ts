/** What a program asks of a search. Unlike a page, it is told where it is wrong. */

import { QUERY_CHARS_MAX } from '#lib/query/parser.ts';
import type { Sort } from '#lib/query/query.ts';
import { cleanText, parseSearchSort, SEARCH_SORTS } from '#lib/search/search-address.ts';
import { parseCursor } from '#lib/search/search-input.ts';
import type { Problem } from '../problem.ts';

export const LIMIT_DEFAULT = 20;
export const LIMIT_MAX = 100;

export type SearchParameters = {
  readonly text: string;
  readonly sort: Sort | null;
  readonly cursor: string | null;
  readonly limit: number;
};

export function parseSearchParameters(parameters: URLSearchParams): SearchParameters | Problem {
  const q = parameters.get('q');
  const sort = parameters.get('sort');
  const cursor = parameters.get('cursor');
  const limit = parseLimit(parameters.get('limit') ?? String(LIMIT_DEFAULT), LIMIT_MAX);
  if (q === null)
    return invalid('q', 'The query, q, is missing. An empty one finds all papers, newest first.');
  if (q.length > QUERY_CHARS_MAX)
    return invalid('q', `The query has ${q.length} characters; ${QUERY_CHARS_MAX} is the most.`);
  if (sort !== null && parseSearchSort(sort) === null)
    return invalid('sort', `The order is one of ${SEARCH_SORTS.join(', ')}.`);
  if (cursor !== null && parseCursor(cursor) === null)
    return invalid('cursor', 'That is no cursor that an answer gave.');
  if (limit === null) return invalid('limit', `The limit is a whole number from 1 to ${LIMIT_MAX}.`);
  return { text: cleanText(q), sort: parseSearchSort(sort ?? ''), cursor, limit };
}

export function parseLimit(text: string, most: number): number | null {
  const limit = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  return limit >= 1 && limit <= most ? limit : null;
}

export function invalid(parameter: string, detail: string): Problem {
  return { kind: 'invalid-parameter', parameter, detail };
}
