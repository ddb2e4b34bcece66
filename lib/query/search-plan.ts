/**
 * From a query to what Postgres is asked, over the columns that searchable.ts fills. Pure: it yields the text of
 * tsqueries, strings and patterns to be bound as parameters. All lexemes are quoted, so no query can be a syntax error.
 *
 * Every test of text comes down to one tsquery, which the GIN index answers; exact phrases, names and odd prefixes look
 * into `words` besides, of the papers that the tsquery leaves.
 */

import { joinedForm, quoteLexeme } from '#lib/text/lexemes.ts';
import { readWords, type Word } from '#lib/text/words.ts';
import { nameMatch } from './name-match.ts';
import { prefixMatches } from './prefix-match.ts';
import type { CategoryCondition, Condition, Filter, Query, TextCondition } from './query.ts';
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

/**
 * The words to rank by, folded and space-separated, for BM25 over `words`: the bare ones, and those that filters ask
 * for in title and abstract; of them those that `isAsked`. Empty where there is nothing to be relevant to.
 */
export function rankingText(query: Query, isAsked: (form: string) => boolean = () => true): string {
  const texts = [...query.words, ...query.filters.flatMap(textsOf)];
  return texts.flatMap((text) => rankedForms(readWords(text)).filter(isAsked)).join(' ');
}

/** What filters ask for in title and abstract, in their order. */
export function positiveTexts(query: Query): string[] {
  return query.filters.flatMap(textsOf);
}

function textsOf(filter: Filter): string[] {
  if (filter.kind === 'and' || filter.kind === 'or') return filter.of.flatMap(textsOf);
  return filter.kind === 'text' && isRankedText(filter) ? [filter.text] : [];
}

/** Whether papers are ranked by it, too: words and phrases of title and abstract, not names, notes and beginnings. */
export function isRankedText({ field, match }: TextCondition): boolean {
  return match !== 'prefix' && (field === 'any' || field === 'title' || field === 'abstract');
}

function rankedForms(words: readonly Word[]): string[] {
  return withoutTail(words).flatMap((word, index) => {
    const joined = joinedForm(word, words[index - 1]);
    return joined === null ? word.forms : [...word.forms, joined];
  });
}
