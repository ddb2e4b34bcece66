/** What a search is asked for, and how much it finds. */
import type { Query, Sort } from '#lib/query/query.ts';
import { rankingText } from '#lib/query/search-plan.ts';

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

/** Totals are exact and pages turned so far, and facets counted; one further is looked for, to know of more. */
export const FOUND_MAX = 1_000;

/** The order that a query without one asks for. */
export function sortOf(query: Query): Sort {
  return query.sort ?? (rankingText(query) === '' ? 'new' : 'relevance');
}
