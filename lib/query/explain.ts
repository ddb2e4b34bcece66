/** A query in words, as plain text: what a page, a feed's title and a mail say was searched. */

import { MINUTE_MS } from '#lib/time.ts';
import { printQuery } from './normal-form.ts';
import {
  type ASSETS,
  type Condition,
  type Filter,
  newQuery,
  type Query,
  type TextCondition,
} from './query.ts';
import { describeCategory, isRound } from './values.ts';

export type ExplanationPart = {
  readonly kind: 'words' | 'filter' | 'sort';
  /** `in Machine Learning (cs.LG)`, `without “survey”`. */
  readonly text: string;
  /** Normal form of the query without this part, for a link that takes it away. */
  readonly without: string;
};

export type Explanation = { readonly text: string; readonly parts: readonly ExplanationPart[] };

export function explainQuery(query: Query): Explanation {
  const { words, filters, sort } = query;
  const parts: ExplanationPart[] = filters.map((filter, index) => ({
    kind: 'filter',
    text: describeFilter(filter),
    without: printQuery(newQuery(words, filters.toSpliced(index, 1), sort)),
  }));
  if (words.length > 0)
    parts.unshift({
      kind: 'words',
      text: `best matching ${listed(
        words.map((word) => `“${word}”`),
        'and',
      )}`,
      without: printQuery({ ...query, words: [] }),
    });
  if (sort !== null)
    parts.push({ kind: 'sort', text: SORTS[sort], without: printQuery({ ...query, sort: null }) });
  const text = parts.length === 0 ? 'All papers' : `Papers ${parts.map((part) => part.text).join(', ')}`;
  return { text, parts };
}

const SORTS = {
  relevance: 'best match first',
  new: 'newest first',
  trending: 'trending first',
  upvotes: 'most upvotes first',
} as const satisfies Record<NonNullable<Query['sort']>, string>;

export function describeFilter(filter: Filter): string {
  if (filter.kind === 'not') return describeExclusion(filter.of);
  if (filter.kind === 'and') return listed(filter.of.map(describePart), 'and');
  if (filter.kind === 'or') return describeAlternatives(filter.of);
  return describeCondition(filter);
}

function describePart(filter: Filter): string {
  return filter.kind === 'and' || filter.kind === 'or'
    ? `(${describeFilter(filter)})`
    : describeFilter(filter);
}

function describeAlternatives(filters: readonly Filter[]): string {
  if (filters.every((filter) => filter.kind === 'category'))
    return `in ${listed(filters.map(describeCategory), 'or')}`;
  return `either ${listed(filters.map(describePart), 'or')}`;
}

function describeExclusion(filter: Filter): string {
  if (filter.kind === 'text' && filter.field === 'any') return `without ${describeText(filter)}`;
  return `not ${describePart(filter)}`;
}

function describeCondition(condition: Condition): string {
  switch (condition.kind) {
    case 'text':
      return describeField(condition);
    case 'category':
      return `in ${describeCategory(condition)}`;
    case 'identifier':
      return condition.registry === 'arxiv'
        ? `arXiv:${condition.identifier}`
        : `with the DOI ${condition.identifier}`;
    case 'date':
      return `${condition.of} ${describeDates(condition.from, condition.until)}`;
    case 'last':
      return `submitted in the last ${condition.count === 1 ? '' : `${condition.count} `}${plural(condition.unit, condition.count)}`;
    case 'has':
      return `with ${HAS[condition.what]}`;
    case 'list':
      return ON_LIST[condition.list];
    case 'signal':
      return `with ${describeCounts(condition.min, condition.max)} ${plural(condition.signal.slice(0, -1), condition.min === 1 || (condition.min === null && condition.max === 1) ? 1 : 2)}`;
  }
}

const HAS = {
  code: 'code',
  project: 'a project page',
  doi: 'a DOI',
  journal: 'a journal reference',
  comment: 'a comment by the authors',
} as const satisfies Record<(typeof ASSETS)[number], string>;

const ON_LIST = {
  huggingface: 'on the Hugging Face list',
  arxiv: 'announced by arXiv',
  sample: 'in the sample edition',
} as const;

function describeText({ match, text }: TextCondition): string {
  if (match === 'prefix') return `words beginning with “${text}”`;
  return match === 'phrase' ? `the exact phrase “${text}”` : `“${text}”`;
}

function describeField(condition: TextCondition): string {
  const { field, match, text } = condition;
  if (field === 'author')
    return match === 'prefix' ? `by an author beginning with “${text}”` : `by “${text}”`;
  if (field === 'journal') return `with ${describeText(condition)} in the journal reference`;
  const place = { any: '', title: ' in the title', abstract: ' in the abstract', comment: ' in the comment' }[
    field
  ];
  return `with ${describeText(condition)}${place}`;
}

function describeCounts(min: number | null, max: number | null): string {
  if (max === null)
    return isRound((min ?? 0) - 1) ? `more than ${number((min ?? 0) - 1)}` : `at least ${number(min ?? 0)}`;
  if (min === null) return isRound(max + 1) ? `fewer than ${number(max + 1)}` : `at most ${number(max)}`;
  return min === max ? `exactly ${number(min)}` : `${number(min)} to ${number(max)}`;
}

const number = (count: number) => count.toLocaleString('en-GB');

/** Half-open as stored; said with its last day. */
function describeDates(from: string | null, until: string | null): string {
  if (from === null) return `before ${describeDate(until ?? '')}`;
  if (until === null) return `since ${describeDate(from)}`;
  const named = PERIODS.find(
    (length) => periodEnd(from.slice(0, length)) === until && from === periodStart(from.slice(0, length)),
  );
  if (named !== undefined) return `${named === 10 ? 'on' : 'in'} ${describeDate(from.slice(0, named))}`;
  const last = new Date(
    Date.parse(until.length === 10 ? `${until}T00:00Z` : `${until}Z`) - MINUTE_MS,
  ).toISOString();
  const end = until.length === 10 ? last.slice(0, 10) : last.slice(0, 16);
  return `from ${describeDate(from)} to ${describeDate(end)}`;
}

/** Lengths of `YYYY`, `YYYY-MM` and `YYYY-MM-DD`. */
const PERIODS = [4, 7, 10];

function periodStart(name: string): string {
  return `${name}-01-01`.slice(0, 10).padEnd(10, '-01');
}

function periodEnd(name: string): string {
  const [year = 0, month, day] = name.split('-').map(Number);
  const end =
    day !== undefined
      ? [year, (month ?? 1) - 1, day + 1]
      : month !== undefined
        ? [year, month, 1]
        : [year + 1, 0, 1];
  return new Date(Date.UTC(end[0] ?? 0, end[1], end[2])).toISOString().slice(0, 10);
}

const MONTHS = 'January February March April May June July August September October November December'.split(
  ' ',
);

/** `2025`, `March 2025`, `12 March 2025`, `12 March 2025, 06:00 UTC`. */
function describeDate(date: string): string {
  const [, year = '', month, day, time] = /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(.+))?)?)?$/.exec(date) ?? [];
  const name = month === undefined ? '' : `${MONTHS[Number(month) - 1]} `;
  return `${day === undefined ? '' : `${Number(day)} `}${name}${year}${time === undefined ? '' : `, ${time} UTC`}`;
}

function plural(word: string, count: number): string {
  return count === 1 ? word : `${word}s`;
}

function listed(texts: readonly string[], conjunction: 'and' | 'or'): string {
  const last = texts.at(-1) ?? '';
  return texts.length < 2 ? last : `${texts.slice(0, -1).join(', ')} ${conjunction} ${last}`;
}
