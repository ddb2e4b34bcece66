/** What the papers found have in common, counted, each with the query that keeps only these. */
import { parseCategory } from '#lib/papers/category.ts';
import { LISTS, type ListName } from '#lib/papers/paper.ts';
import { printQuery } from '#lib/query/normal-form.ts';
import { type Filter, newQuery, type Query } from '#lib/query/query.ts';

export type Facet = {
  readonly name: string;
  readonly papers: number;
  /** Normal form of the query with this condition, or without it where it already holds. */
  readonly query: string;
  readonly isChosen: boolean;
};
export type FacetGroup = {
  readonly kind: 'category' | 'year' | 'list' | 'has';
  readonly facets: readonly Facet[];
};

const FACETS_SHOWN_MAX = 8;

const LIST_NAMES: Readonly<Record<ListName, string>> = {
  huggingface: 'Hugging Face',
  arxiv: 'arXiv announcements',
  sample: 'Sample edition',
};

/** Groups with anything in them, most papers first; years from the newest. */
export function toFacets(query: Query, counts: ReadonlyMap<string, number>): FacetGroup[] {
  const entries = [...counts].sort((one, other) => other[1] - one[1]);
  const starting = (prefix: string) =>
    entries.flatMap(([trait, papers]) =>
      trait.startsWith(prefix) ? [{ value: trait.slice(prefix.length), papers }] : [],
    );
  const groups: FacetGroup[] = [
    {
      kind: 'category',
      facets: starting('g/').flatMap(({ value, papers }) => {
        const id = /[*#]$/.test(value) ? null : (parseCategory(value)?.id ?? null);
        return id === null ? [] : [toFacet(query, id, papers, { kind: 'category', scope: 'category', id })];
      }),
    },
    {
      kind: 'year',
      facets: starting('y/')
        .sort((one, other) => Number(other.value) - Number(one.value))
        .map(({ value, papers }) => toFacet(query, value, papers, yearFilter(Number(value)))),
    },
    {
      kind: 'list',
      facets: LISTS.flatMap((list) => {
        const papers = counts.get(`l/${list}`);
        return papers === undefined ? [] : [toFacet(query, LIST_NAMES[list], papers, { kind: 'list', list })];
      }),
    },
    {
      kind: 'has',
      facets: starting('has/code').map(({ papers }) =>
        toFacet(query, 'With code', papers, { kind: 'has', what: 'code' }),
      ),
    },
  ];
  return groups
    .map(({ kind, facets }) => ({ kind, facets: facets.slice(0, FACETS_SHOWN_MAX) }))
    .filter(({ facets }) => facets.length > 0);
}

function yearFilter(year: number): Filter {
  const first = (of: number) => `${String(of).padStart(4, '0')}-01-01`;
  return { kind: 'date', of: 'submitted', from: first(year), until: first(year + 1) };
}

function toFacet({ words, filters, sort }: Query, name: string, papers: number, filter: Filter): Facet {
  const text = JSON.stringify(filter);
  const others = filters.filter((found) => JSON.stringify(found) !== text);
  const isChosen = others.length < filters.length;
  const query = newQuery(words, isChosen ? others : [...filters, filter], sort);
  return { name, papers, query: printQuery(query), isChosen };
}
