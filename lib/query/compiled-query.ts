/**
 * From a query to what Postgres is asked, over the columns that searchable.ts fills. Pure: it yields the text of
 * tsqueries, strings and patterns to be bound as parameters. All lexemes are quoted, so no query can be a syntax error.
 *
 * Every test of text comes down to one tsquery, which the GIN index answers; exact phrases, names and odd prefixes look
 * into `words` besides, of the papers that the tsquery leaves.
 */

import { allForms, quoteLexeme, stem } from '#lib/text/lexemes.ts';
import { isStopWord, readWords, type Word } from '#lib/text/words.ts';
import { nameMatch } from './name-match.ts';
import { prefixMatches } from './prefix-match.ts';
import type { CategoryCondition, Condition, Filter, Query, Sort, TextCondition } from './query.ts';
import { allOf, anyOf, lexemeMatch, type TextMatch, withoutTail } from './text-match.ts';
import { fieldQuery, phraseMatch, wordQuery } from './word-match.ts';

export type FactCondition = Exclude<Condition, TextCondition>;
/** Where categories are looked for: the index has them among the lexemes, a paper's row among its traits. */
export type CategoryPlace = 'lexemes' | 'traits';
export type SearchPlan =
  | TextMatch
  | FactCondition
  | { readonly kind: 'and'; readonly of: readonly SearchPlan[] }
  | { readonly kind: 'or'; readonly of: readonly SearchPlan[] }
  | { readonly kind: 'not'; readonly of: SearchPlan };

/** A word that papers are ranked by, with its position in the query. */
export type RankedWord = { readonly form: string; readonly stem: string; readonly position: number };

/** A query together with all that search derives from it, so that its text is analysed once. */
export type CompiledQuery = {
  readonly query: Query;
  /** The order of results: the query's own, or by relevance where there are words to rank by. */
  readonly sort: Sort;
  /** The bare words as a tsquery: papers with any, or all, of them. */
  readonly anyWord: string | null;
  readonly allWords: string | null;
  /** What must hold; categories are looked up among the lexemes, which are indexed, or in the traits of a row. */
  readonly filters: SearchPlan | null;
  readonly rowFilters: SearchPlan | null;
  /** Words of title and abstract to rank by: the bare ones, then those that filters require. Without stop words. */
  readonly ranked: readonly RankedWord[];
  /** The same for the BM25 index: folded, separated by spaces, with stop words. */
  readonly rankingText: string;
  /** Stems that filters name in title and abstract, each word in its first spelling, compounds in parts. */
  readonly filterStems: readonly string[];
  /** Those of them that every result has: not alternatives of an OR. */
  readonly requiredStems: readonly string[];
  /** Whether every filter on text is one that papers are ranked by. */
  readonly hasOnlyRankedText: boolean;
};

export function compileQuery(query: Query): CompiledQuery {
  const texts = [...query.words, ...query.filters.flatMap(textsOf)].map(readRankedText);
  const rankingText = texts
    .flatMap((words) => words.flatMap((word, at) => allForms(word, words[at - 1])))
    .join(' ');
  return {
    query,
    sort: query.sort ?? (rankingText === '' ? 'new' : 'relevance'),
    anyWord: planWords(query, 'any'),
    allWords: planWords(query, 'all'),
    filters: planFilters(query),
    rowFilters: planFilters(query, 'traits'),
    ranked: toRankedWords(texts),
    rankingText,
    filterStems: query.filters.flatMap(filterStemsOf),
    requiredStems: query.filters.filter(({ kind }) => kind === 'text').flatMap(filterStemsOf),
    hasOnlyRankedText: query.filters.every(hasOnlyRankedText),
  };
}

function readRankedText(text: string): readonly Word[] {
  return withoutTail(readWords(text));
}

function toRankedWords(texts: readonly (readonly Word[])[]): RankedWord[] {
  const ranked: RankedWord[] = [];
  let start = 0;
  for (const words of texts) {
    for (const [index, word] of words.entries())
      for (const form of allForms(word, words[index - 1]))
        if (!isStopWord(form)) ranked.push({ form, stem: stem(form), position: start + index });
    start += words.length;
  }
  return ranked;
}

function filterStemsOf(filter: Filter): string[] {
  return textsOf(filter)
    .flatMap((text) => readRankedText(text).map(({ forms }) => forms[0] ?? ''))
    .filter((form) => !isStopWord(form))
    .map(stem);
}

function hasOnlyRankedText(filter: Filter): boolean {
  if (filter.kind === 'and' || filter.kind === 'or') return filter.of.every(hasOnlyRankedText);
  // Stop words alone give nothing to rank by.
  return filter.kind !== 'text' || (isRankedText(filter) && filterStemsOf(filter).length > 0);
}

/** What must hold; null where everything does. Tests of text side by side are one. */
export function planFilters(query: Query, categories: CategoryPlace = 'lexemes'): SearchPlan | null {
  return mergedFilters('and', query.filters, categories);
}

function mergedFilters(
  kind: 'and' | 'or',
  filters: readonly Filter[],
  categories: CategoryPlace,
): SearchPlan | null {
  return merged(
    kind,
    filters.map((filter) => planFilter(filter, categories)),
  );
}

function planFilter(filter: Filter, categories: CategoryPlace): SearchPlan | null {
  if (filter.kind === 'and' || filter.kind === 'or') return mergedFilters(filter.kind, filter.of, categories);
  if (filter.kind === 'not') return negated(planFilter(filter.of, categories));
  if (filter.kind === 'category' && categories === 'lexemes')
    return lexemeMatch(quoteLexeme(categoryTrait(filter)));
  return filter.kind === 'text' ? planText(filter) : filter;
}

function negated(plan: SearchPlan | null): SearchPlan | null {
  if (plan === null) return null;
  return isPlain(plan) ? lexemeMatch(`!(${plan.tsquery})`, true) : { kind: 'not', of: plan };
}

/** Stop words test nothing (null), beside an AND as beside an OR. */
function merged(kind: 'and' | 'or', plans: readonly (SearchPlan | null)[]): SearchPlan | null {
  const tests = plans.flatMap((plan) => (plan === null ? [] : isJoined(plan, kind) ? plan.of : [plan]));
  const plain = tests.filter(isPlain);
  const others = tests.filter((test) => !isPlain(test));
  const all = [...(plain.length === 0 ? [] : [mergedPlain(kind, plain)]), ...others];
  return all.length > 1 ? { kind, of: all } : (all[0] ?? null);
}

function mergedPlain(kind: 'and' | 'or', plain: readonly (TextMatch & { tsquery: string })[]): TextMatch {
  const tsqueries = plain.map(({ tsquery }) => tsquery);
  return kind === 'and'
    ? lexemeMatch(
        allOf(tsqueries),
        plain.every(({ isNegative }) => isNegative),
      )
    : lexemeMatch(
        anyOf(tsqueries),
        plain.some(({ isNegative }) => isNegative),
      );
}

function isJoined(plan: SearchPlan, kind: 'and' | 'or'): plan is SearchPlan & { of: readonly SearchPlan[] } {
  return plan.kind === kind;
}

function isPlain(plan: SearchPlan): plan is TextMatch & { tsquery: string } {
  return plan.kind === 'text' && plan.tsquery !== null && plan.contains.length === 0 && plan.pattern === null;
}

/** As searchable.ts writes it: `g/cs.lg`, `g/cs.*`, `g/physics#`. */
export function categoryTrait({ scope, id }: CategoryCondition): string {
  return `g/${id.toLowerCase()}${scope === 'archive' ? '.*' : scope === 'group' ? '#' : ''}`;
}

function planText({ field, match, text }: TextCondition): SearchPlan | null {
  const words = readWords(text);
  if (match === 'prefix') return merged('or', prefixMatches(words, field));
  if (field === 'author') return nameMatch(words);
  if (match === 'phrase') return phraseMatch(words, field);
  const tsquery = wordQuery(words, field);
  return tsquery === null ? null : lexemeMatch(tsquery);
}

/**
 * The bare words of a query as a tsquery: papers with `any` or `all` of them. Of stop words alone, papers that have
 * them all in the title. Null without words.
 */
export function planWords({ words }: Query, needed: 'any' | 'all'): string | null {
  const queries = words.map((word) => wordQuery(readWords(word), 'any')).filter((query) => query !== null);
  if (queries.length > 0) return needed === 'any' ? anyOf(queries) : allOf(queries);
  const titles = words
    .map((word) => fieldQuery(readWords(word), 't/', 'any'))
    .filter((query) => query !== null);
  return titles.length === 0 ? null : allOf(titles);
}

function textsOf(filter: Filter): string[] {
  if (filter.kind === 'and' || filter.kind === 'or') return filter.of.flatMap(textsOf);
  return filter.kind === 'text' && isRankedText(filter) ? [filter.text] : [];
}

/** Papers are ranked by words and phrases of title and abstract, not by names, comments and prefixes. */
function isRankedText({ field, match }: TextCondition): boolean {
  return match !== 'prefix' && (field === 'any' || field === 'title' || field === 'abstract');
}
