/**
 * The filters of a query as a condition of SQL, over the columns of `document` (paper_key, words, lexemes, dated_on,
 * traits). Everything a person typed is bound as a parameter, nothing is written into the text.
 */

import { categoryTrait, type FactCondition, type SearchPlan } from '#lib/query/compiled-query.ts';
import type { DateCondition, RecencyCondition, SignalCondition } from '#lib/query/query.ts';
import type { TextMatch } from '#lib/query/text-match.ts';
import { SECTIONS } from '#lib/text/lexemes.ts';

/** Takes a value and returns its place in the statement, `$3`. */
export type Bind = (value: unknown) => string;

/** What the column holds. */
const VALUE_MAX = 2_147_483_647;

const DAY = /^\d{4}-\d{2}-\d{2}$/;

export type ConditionOptions = {
  /** What "the last 7 days" ends with. */
  readonly now: Date;
};

/** `true` for no plan. */
export function toCondition(plan: SearchPlan | null, bind: Bind, options: ConditionOptions): string {
  if (plan === null) return 'true';
  if (plan.kind === 'and' || plan.kind === 'or') {
    const parts = plan.of.toSorted((one, other) => effortOf(one) - effortOf(other));
    return `(${parts.map((part) => toCondition(part, bind, options)).join(plan.kind === 'and' ? ' AND ' : ' OR ')})`;
  }
  if (plan.kind === 'not') return `NOT ${toCondition(plan.of, bind, options)}`;
  return plan.kind === 'text' ? textCondition(plan, bind) : factCondition(plan, bind, options.now);
}

/**
 * Least first, since Postgres looks no further once it knows, in an OR and among tests that it takes to cost the same: what
 * stands in the row, what is looked up by key in another table, and texts, which are kept out of line and take longest.
 */
function effortOf(plan: SearchPlan): number {
  if (plan.kind === 'and' || plan.kind === 'or') return Math.max(...plan.of.map(effortOf));
  if (plan.kind === 'not') return effortOf(plan.of);
  if (plan.kind === 'text') return 2;
  const isElsewhere = plan.kind === 'signal' || (plan.kind === 'date' && plan.of !== 'submitted');
  return isElsewhere ? 1 : 0;
}

/** Whether the index of lexemes can narrow it down. */
export function hasText(plan: SearchPlan | null): boolean {
  if (plan === null || plan.kind === 'not') return false;
  if (plan.kind === 'and') return plan.of.some(hasText);
  if (plan.kind === 'or') return plan.of.every(hasText);
  return plan.kind === 'text' && plan.tsquery !== null && !plan.isNegative;
}

function textCondition({ tsquery, contains, pattern, section }: TextMatch, bind: Bind): string {
  const part = section === null ? 'document.words' : `split_part(document.words, '|', ${SECTIONS[section]})`;
  const tests = [
    ...(tsquery === null ? [] : [`document.lexemes @@ ${bind(tsquery)}::tsquery`]),
    ...(contains.length === 0
      ? []
      : [`(${contains.map((text) => `strpos(${part}, ${bind(text)}) > 0`).join(' OR ')})`]),
    ...(pattern === null ? [] : [`${part} ~ ${bind(pattern)}`]),
  ];
  return tests.length === 0 ? 'true' : `(${tests.join(' AND ')})`;
}

function factCondition(fact: FactCondition, bind: Bind, now: Date): string {
  if (fact.kind === 'category') return hasTrait(categoryTrait(fact), bind);
  if (fact.kind === 'has') return hasTrait(`has/${fact.what}`, bind);
  if (fact.kind === 'list') return hasTrait(`l/${fact.list}`, bind);
  if (fact.kind === 'last') return `document.dated_on >= ${bind(toFirstDay(fact, now))}::date`;
  if (fact.kind === 'date') return dateCondition(fact, bind);
  if (fact.kind === 'signal') return signalCondition(fact, bind);
  const identifier = bind(fact.identifier);
  const isNamed = `SELECT key FROM paper WHERE archive = ${bind(fact.registry)} AND identifier = ${identifier}`;
  const isPublished = `SELECT key FROM paper WHERE lower(doi) = ${identifier}`;
  // As an array, so that it is looked up once, and then by key, beside an OR as well.
  return `document.paper_key = ANY(ARRAY(${fact.registry === 'doi' ? `${isNamed} UNION ALL ${isPublished}` : isNamed}))`;
}

function hasTrait(trait: string, bind: Bind): string {
  return `document.traits @> ARRAY[${bind(trait)}::text]`;
}

function dateCondition({ of, from, until }: DateCondition, bind: Bind): string {
  const ends = { from, until };
  if (of === 'announced') return announcedCondition(ends, bind);
  const column = of === 'updated' ? 'coalesce(paper.updated_at, paper.submitted_at)' : 'paper.submitted_at';
  const exactly = () =>
    `EXISTS (SELECT FROM paper WHERE paper.key = document.paper_key
      AND ${between(`(${column} AT TIME ZONE 'UTC')`, 'timestamp', ends, bind)})`;
  if (of === 'updated') return exactly();
  if ([from, until].every((end) => end === null || DAY.test(end)))
    return between('document.dated_on', 'date', ends, bind);
  // By days first: what is looked up in another table is looked up for few.
  const days = [
    ...(from === null ? [] : [`document.dated_on >= ${bind(from)}::timestamp::date`]),
    ...(until === null ? [] : [`document.dated_on <= ${bind(until)}::timestamp::date`]),
  ];
  return `(${[...days, exactly()].join(' AND ')})`;
}

/** Announced first within: by then, and not before; nothing is announced before it is submitted. */
function announcedCondition({ from, until }: DateEnds, bind: Bind): string {
  const isListed = (test: string) =>
    `EXISTS (SELECT FROM listing WHERE listing.paper_key = document.paper_key ${test})`;
  const before = (end: string) => `AND listed_on::timestamp < ${bind(end)}::timestamp`;
  const tests = [
    ...(until === null ? [] : [`document.dated_on <= ${bind(until)}::timestamp::date`]),
    isListed(until === null ? '' : before(until)),
    ...(from === null ? [] : [`NOT ${isListed(before(from))}`]),
  ];
  return `(${tests.join(' AND ')})`;
}

type DateEnds = { readonly from: string | null; readonly until: string | null };

function between(expression: string, type: 'date' | 'timestamp', ends: DateEnds, bind: Bind): string {
  const tests = [
    ...(ends.from === null ? [] : [`${expression} >= ${bind(ends.from)}::${type}`]),
    ...(ends.until === null ? [] : [`${expression} < ${bind(ends.until)}::${type}`]),
  ];
  return tests.length === 0 ? 'true' : `(${tests.join(' AND ')})`;
}

/** A signal that nobody observed is 0. Looked up once, as identifiers are: those within, or all but those beyond. */
function signalCondition({ signal, min, max }: SignalCondition, bind: Bind): string {
  const beyond = [
    ...(min !== null && min > 0 ? [`value < ${bind(Math.min(min, VALUE_MAX))}::int`] : []),
    ...(max !== null ? [`value > ${bind(Math.min(max, VALUE_MAX))}::int`] : []),
  ];
  if (beyond.length === 0) return 'true';
  if (max !== null && max < 0) return 'false';
  const papers = `SELECT paper_key FROM latest_signal WHERE kind = ${bind(signal)}::signal_kind`;
  return min !== null && min > 0
    ? `document.paper_key IN (${papers} AND NOT (${beyond.join(' OR ')}))`
    : `document.paper_key NOT IN (${papers} AND (${beyond.join(' OR ')}))`;
}

/** Counted from the day of `now`, in UTC. Far back it stays at year 1. */
export function toFirstDay({ count, unit }: RecencyCondition, now: Date): string {
  const day = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate()));
  if (unit === 'day' || unit === 'week') day.setUTCDate(day.getUTCDate() - count * (unit === 'week' ? 7 : 1));
  else day.setUTCMonth(day.getUTCMonth() - count * (unit === 'year' ? 12 : 1));
  const isReachable = !Number.isNaN(day.getTime()) && day.getUTCFullYear() >= 1;
  return isReachable ? day.toISOString().slice(0, 10) : '0001-01-01';
}
