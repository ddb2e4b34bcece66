/**
 * A query as a value: what a search page, a feed, an API answer and a subscription all hold.
 *
 *     words     best match: a paper needs one of them, or a text of title and abstract that the filters ask for; papers
 *               with all come first
 *     filters   all must hold
 *     sort      null: by relevance where there is text to be relevant to, otherwise newest first
 *
 * parser.ts reads it from text, normal-form.ts writes it back; `parse(print(query))` is the same query. Filters are kept
 * in one shape by the constructors here: no `and` in an `and`, no `or` in an `or`, no double `not`, nothing twice.
 */

import type { ListName, Registry, SignalKind } from '#lib/papers/paper.ts';
import { readWords } from '#lib/text/words.ts';

export type Query = {
  /** As written, without punctuation: `non-invasive`, `GPT-4`, `C++`. Distinct when folded. */
  readonly words: readonly string[];
  readonly filters: readonly Filter[];
  readonly sort: Sort | null;
};

export type Sort = 'relevance' | 'new' | 'trending' | 'upvotes';

export type Filter =
  | Condition
  | { readonly kind: 'and'; readonly of: readonly Filter[] }
  | { readonly kind: 'or'; readonly of: readonly Filter[] }
  | { readonly kind: 'not'; readonly of: Filter };

export type Condition =
  | TextCondition
  | CategoryCondition
  | IdentifierCondition
  | DateCondition
  | RecencyCondition
  | HasCondition
  | ListCondition
  | SignalCondition;

export type TextCondition = {
  readonly kind: 'text';
  /** `any` is title, abstract, authors and comment together. */
  readonly field: TextField;
  /**
   * `word`: in any inflection; a compound (`non-invasive`) matches its parts side by side, or written as one.
   * `prefix`: any word that starts so. `phrase`: these words in this order, exactly as they stand but for case,
   * accents and punctuation. In the author field a phrase is a name: its parts in any order, initials standing for
   * whole names, and no word is inflected.
   */
  readonly match: 'word' | 'prefix' | 'phrase';
  readonly text: string;
};
export type TextField = 'any' | 'title' | 'abstract' | 'author' | 'comment' | 'journal';

export type CategoryCondition = {
  readonly kind: 'category';
  readonly scope: 'category' | 'archive' | 'group';
  /** Canonical, as arXiv writes it. Cross-lists count. */
  readonly id: string;
};

/** By `doi`: the paper with this identifier, or the one published under it. */
export type IdentifierCondition = {
  readonly kind: 'identifier';
  readonly registry: Registry;
  readonly identifier: string;
};

/** Half-open, in UTC: `YYYY-MM-DD`, or `YYYY-MM-DDTHH:MM` where it is not midnight. One end may be open (null). */
export type DateCondition = {
  readonly kind: 'date';
  readonly of: DateKind;
  readonly from: string | null;
  readonly until: string | null;
};
/** First submission, newest version, first day on a list. */
export type DateKind = 'submitted' | 'updated' | 'announced';

/** Submitted within so many units before the moment of asking. */
export type RecencyCondition = {
  readonly kind: 'last';
  readonly count: number;
  readonly unit: 'day' | 'week' | 'month' | 'year';
};

export type HasCondition = { readonly kind: 'has'; readonly what: Asset };
export const ASSETS = ['code', 'project', 'doi', 'journal', 'comment'] as const;
export type Asset = (typeof ASSETS)[number];

export type ListCondition = { readonly kind: 'list'; readonly list: ListName };

/** The newest observed value, both ends included; one may be open (null). A value never observed counts as 0. */
export type SignalCondition = {
  readonly kind: 'signal';
  readonly signal: SignalKind;
  readonly min: number | null;
  readonly max: number | null;
};

/** Of longer texts so many words rank, those that weigh most; the rest of a pasted abstract changes little. */
export const RANKED_WORDS_MAX = 40;

export function isEmpty(query: Query): boolean {
  return query.words.length === 0 && query.filters.length === 0;
}

/** Takes apart what must all hold anyway, so that the filters of a query are never an `and`. */
export function allOf(filters: readonly Filter[]): Filter[] {
  return withEitherPaper(
    distinct(filters.flatMap((filter) => (filter.kind === 'and' ? filter.of : [filter]))),
  );
}

/** No paper has two identifiers: where several must hold, any of them is meant. */
function withEitherPaper(filters: readonly Filter[]): Filter[] {
  const identifiers = or(filters.filter((filter) => isIdentifier(filter)));
  if (identifiers === null) return [...filters];
  const first = filters.findIndex((filter) => isIdentifier(filter));
  return filters.flatMap((filter, index) =>
    index === first ? [identifiers] : isIdentifier(filter) ? [] : [filter],
  );
}

function isIdentifier(filter: Filter): boolean {
  return filter.kind === 'identifier' || (filter.kind === 'or' && filter.of.every(isIdentifier));
}

/** Null for no filters at all. */
export function and(filters: readonly Filter[]): Filter | null {
  return joined('and', allOf(filters));
}

/** Null for no filters at all. */
export function or(filters: readonly Filter[]): Filter | null {
  return joined('or', distinct(filters.flatMap((filter) => (filter.kind === 'or' ? filter.of : [filter]))));
}

export function not(filter: Filter): Filter {
  return filter.kind === 'not' ? filter.of : { kind: 'not', of: filter };
}

/** Words are kept as they follow one another, said twice or not: how far apart two stand ranks papers that have them so. */
export function newQuery(words: readonly string[], filters: readonly Filter[], sort: Sort | null): Query {
  return { words, filters: allOf(filters), sort };
}

function joined(kind: 'and' | 'or', filters: readonly Filter[]): Filter | null {
  return filters.length > 1 ? { kind, of: filters } : (filters[0] ?? null);
}

function distinct(filters: readonly Filter[]): Filter[] {
  return [...new Map(filters.map((filter) => [JSON.stringify(filter), filter])).values()];
}

/** Equal for texts that search the same: `Non-Invasive` and `non–invasive`, but not `non invasive`. */
export function foldKey(text: string): string {
  return readWords(text)
    .map((word) => (word.joint === 'joined' ? '-' : ' ') + word.forms[0])
    .join('');
}
