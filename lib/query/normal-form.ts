/**
 * The normal form of a query: one way to write it, short names of fields first, that parser.ts reads as the same query
 * and without a warning. Words come first, then filters in their order, the sort last.
 */

import { NUMBER } from './chunk.ts';
import { formatDates } from './dates.ts';
import { TEXT_FIELD_NAMES } from './fields.ts';
import type {
  CategoryCondition,
  Condition,
  Filter,
  IdentifierCondition,
  Query,
  TextCondition,
} from './query.ts';
import { formatCategory, formatCounts, formatLast, parseIdentifier } from './values.ts';

/** Empty for the empty query. */
export function printQuery(query: Query): string {
  const sort = query.sort === null ? [] : [`sort:${query.sort}`];
  return [...query.words, ...printFilters(query), ...sort].join(' ');
}

/**
 * Words that must hold are written without a field where an AND or OR stands beside them, and after `all:` where
 * they would be read as best match.
 */
function printFilters({ words, filters }: Query): string[] {
  const [only] = filters;
  if (words.length === 0 && filters.length === 1 && only?.kind === 'or') return [printFilter(only, 'whole')];
  const isFormula = words.length === 0 && filters.length > 1 && filters.every(({ kind }) => kind !== 'not');
  if (isFormula && filters.some(isBare))
    return [filters.map((filter) => printFilter(filter, 'operand')).join(' AND ')];
  return filters.map((filter) => printFilter(filter, 'alone'));
}

/** `whole`: nothing stands around it. `operand`: of AND or OR. `alone`: side by side with others. */
type Place = 'whole' | 'operand' | 'alone';

export function printFilter(filter: Filter, place: Place = 'alone'): string {
  if (filter.kind === 'not') {
    const excluded = printFilter(filter.of, 'operand');
    return NUMBER.test(excluded) ? `-${TEXT_FIELD_NAMES.any}:${excluded}` : `-${excluded}`;
  }
  if (filter.kind === 'or') return printAlternatives(filter.of, place);
  if (filter.kind === 'and')
    return enclosed(filter.of.map((part) => printFilter(part, 'operand')).join(' AND '), place);
  return filter.kind === 'text' ? printText(filter, place) : printFact(filter);
}

function printAlternatives(filters: readonly Filter[], place: Place): string {
  if (filters.every((filter) => filter.kind === 'category')) return printCategories(filters);
  if (filters.every(isListable)) return printIdentifiers(filters);
  const parts = filters.map((part) => printFilter(part, 'operand'));
  return enclosed(parts.join(' OR '), place);
}

function enclosed(text: string, place: Place): string {
  return place === 'whole' ? text : `(${text})`;
}

function isBare(filter: Filter): boolean {
  return filter.kind === 'text' && printText(filter, 'alone') !== printText(filter, 'operand');
}

function printText({ field, match, text }: TextCondition, place: Place): string {
  const value = match === 'phrase' ? `"${text}"` : match === 'prefix' ? `${text}*` : text;
  const isBareWord = field === 'any' && match === 'word';
  const needsField = field !== 'any' || (isBareWord && (place === 'alone' || parseIdentifier(text) !== null));
  return needsField ? `${TEXT_FIELD_NAMES[field]}:${value}` : value;
}

function printFact(condition: Exclude<Condition, TextCondition>): string {
  if (condition.kind === 'category') return printCategories([condition]);
  if (condition.kind === 'identifier') return printIdentifiers([condition]);
  if (condition.kind === 'date') return `${DATE_NAMES[condition.of]}:${formatDates(condition)}`;
  if (condition.kind === 'last') return `last:${formatLast(condition)}`;
  if (condition.kind === 'has') return `has:${condition.what}`;
  if (condition.kind === 'list') return `list:${LIST_NAMES[condition.list]}`;
  return `${condition.signal}:${formatCounts(condition)}`;
}

const DATE_NAMES = { submitted: 'date', updated: 'updated', announced: 'announced' } as const;
const LIST_NAMES = { huggingface: 'hf', arxiv: 'arxiv', sample: 'sample' } as const;

function printCategories(categories: readonly CategoryCondition[]): string {
  return `cat:${categories.map(formatCategory).join(',')}`;
}

function printIdentifiers(identifiers: readonly IdentifierCondition[]): string {
  const text = identifiers.map(({ identifier }) => identifier).join(',');
  return /[^a-z0-9./:;_,-]/i.test(text) ? `id:"${text}"` : `id:${text}`;
}

/** DOIs stand alone: they may hold what separates a list. */
function isListable(filter: Filter): filter is IdentifierCondition {
  return filter.kind === 'identifier' && filter.registry === 'arxiv';
}
