/**
 * A way to look at a list: its order, what it is narrowed to, and where the page begins. It lives in the address, as
 * `?sort=upvotes&category=cs.CL&code=yes&after=2503.01234`; what is as usual is left out, and so is what makes no sense.
 */
import { parseArxivId } from './arxiv-id.ts';
import { parseSubject, type Subject, subjectCode } from './category.ts';
import type { Registry } from './paper.ts';
import { type PaperList, paperListPath } from './paper-list.ts';

export const LIST_SORTS = ['trending', 'newest', 'upvotes'] as const;
export type ListSort = (typeof LIST_SORTS)[number];

export type ListFilters = { readonly subject?: Subject | null; readonly hasCode?: boolean };

/** A paper by its identifier. */
export type PaperId = { readonly registry: Registry; readonly identifier: string };

export type ListView = {
  readonly list: PaperList;
  readonly sort: ListSort;
  readonly filters: ListFilters;
  /** The paper after which the page begins; null at the top. */
  readonly after: PaperId | null;
};

/** Of a day, a week or a month one wants the best; of a subject or an author, what is new. */
export function defaultSort(list: PaperList): ListSort {
  return list.kind === 'subject' || list.kind === 'author' ? 'newest' : 'trending';
}

/** The list as its bare address shows it. */
export function wholeView(list: PaperList): ListView {
  return { list, sort: defaultSort(list), filters: {}, after: null };
}

/** The view that a query string asks for; `get` gives a parameter's first value. */
export function parseListView(list: PaperList, get: (name: string) => string | null): ListView {
  const subject = parseSubject(get('category') ?? '');
  return {
    list,
    sort: LIST_SORTS.find((sort) => sort === get('sort')) ?? defaultSort(list),
    filters: {
      ...(subject !== null && { subject }),
      ...(get('code') === 'yes' && { hasCode: true }),
    },
    after: parsePaperId(get('after') ?? ''),
  };
}

/** Path and query of a view: the inverse of parseListView, and the list's own path for its usual view. */
export function listViewPath({ list, sort, filters, after }: ListView): string {
  const query = new URLSearchParams({
    ...(sort !== defaultSort(list) && { sort }),
    ...(filters.subject && { category: subjectCode(filters.subject) }),
    ...(filters.hasCode && { code: 'yes' }),
    ...(after !== null && { after: (after.registry === 'doi' ? DOI_PREFIX : '') + after.identifier }),
  }).toString();
  const path = paperListPath(list);
  if (query === '') return path;
  return `${path}${path.includes('?') ? '&' : '?'}${query}`;
}

const DOI_PREFIX = 'doi:';
const PRINTABLE = /^[\u0021-\u007e]{1,200}$/;

function parsePaperId(text: string): PaperId | null {
  const arxivId = parseArxivId(text);
  if (arxivId !== null) return { registry: 'arxiv', identifier: arxivId.id };
  const doi = text.startsWith(DOI_PREFIX) ? text.slice(DOI_PREFIX.length) : '';
  return PRINTABLE.test(doi) ? { registry: 'doi', identifier: doi } : null;
}
