/**
 * The address of a search, `/search?q=…&sort=…&cursor=…`, and the same read back. Forgiving: what makes no sense is as
 * good as absent, for a page must always answer; programs are told (app/api/v1).
 */
import type { Sort } from '#lib/query/query.ts';

export const SEARCH_SORTS = ['relevance', 'new', 'trending', 'upvotes'] as const satisfies readonly Sort[];

export type SearchAddress = {
  /** As typed, well-formed and without controls. */
  readonly text: string;
  readonly sort: Sort | null;
  readonly cursor: string | null;
};

/** More than the parser reads (QUERY_CHARS_MAX), so that it can say what it left out. */
const TEXT_CHARS_MAX = 8_000;
const CURSOR = /^[\w-]{1,200}$/;
/** Postgres takes no U+0000, and no query means any of the others. */
const CONTROLS = /[\u0000-\u001f\u007f]+/g;

export function parseSearchAddress(parameters: URLSearchParams): SearchAddress {
  const cursor = parameters.get('cursor') ?? '';
  return {
    text: cleanText(parameters.get('q') ?? ''),
    sort: parseSearchSort(parameters.get('sort') ?? ''),
    cursor: CURSOR.test(cursor) ? cursor : null,
  };
}

export function cleanText(text: string): string {
  return text.slice(0, TEXT_CHARS_MAX).toWellFormed().replace(CONTROLS, ' ').trim();
}

export function parseSearchSort(text: string): Sort | null {
  return SEARCH_SORTS.find((sort) => sort === text) ?? null;
}

export function searchPath({ text, sort = null, cursor = null }: Partial<SearchAddress>): string {
  return `/search${toQueryString({ q: text, sort, cursor })}`;
}

/** With its question mark; empty where there is nothing to say. */
export function toQueryString(fields: Readonly<Record<string, string | number | null | undefined>>): string {
  const given = Object.entries(fields).filter(([, value]) => value !== null && value !== undefined);
  const parameters = new URLSearchParams(given.map(([name, value]) => [name, String(value)]));
  return parameters.size === 0 ? '' : `?${parameters}`;
}
