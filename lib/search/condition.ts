/**
 * The filters of a query as a condition of SQL, over the columns of `document` (paper_key, words, lexemes, dated_on,
 * traits). Everything a person typed is bound as a parameter, nothing is written into the text.
 */
import { SECTIONS } from '#lib/papers/searchable.ts';
import type { DateCondition, RecencyCondition, SignalCondition } from '#lib/query/query.ts';
import type { FactCondition, SearchPlan } from '#lib/query/search-plan.ts';
import type { TextMatch } from '#lib/query/text-match.ts';

/** Takes a value and returns its place in the statement, `$3`. */
export type Bind = (value: unknown) => string;

/** What the column holds. */
const VALUE_MAX = 2_147_483_647;

const DAY = /^\d{4}-\d{2}-\d{2}$/;

export type ConditionOptions = {
  /** What "the last 7 days" ends with. */
  readonly now: Date;
  /**
   * A category alone is looked for among the traits, which stand in the row, and not in its lexemes, which have to be
   * fetched: for rows that another index has found.
   */
  readonly byTraits?: boolean;
};

/** A category and nothing else, as search-plan.ts writes it. */
const CATEGORY = /^'(g\/[^' ]+)'$/;

/** `true` for no plan. */
export function toCondition(plan: SearchPlan | null, bind: Bind, options: ConditionOptions): string {
  if (plan === null) return 'true';
  if (plan.kind === 'and' || plan.kind === 'or')
    return `(${plan.of.map((part) => toCondition(part, bind, options)).join(plan.kind === 'and' ? ' AND ' : ' OR ')})`;
  if (plan.kind === 'not') return `NOT ${toCondition(plan.of, bind, options)}`;
  if (plan.kind !== 'text') return factCondition(plan, bind, options.now);
  const category = options.byTraits ? CATEGORY.exec(plan.tsquery ?? '')?.[1] : undefined;
  return category === undefined ? textCondition(plan, bind) : hasTrait(category, bind);
}

/** Whether the index of words can narrow it down; what rests on facts alone is looked for in order of date. */
export function hasText(plan: SearchPlan | null): boolean {
  if (plan === null || plan.kind === 'not') return false;
  if (plan.kind === 'and') return plan.of.some(hasText);
  if (plan.kind === 'or') return plan.of.every(hasText);
  return plan.kind === 'text' && plan.tsquery !== null && !CATEGORY.test(plan.tsquery);
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
  if (fact.kind === 'has') return hasTrait(`has/${fact.what}`, bind);
  if (fact.kind === 'list') return hasTrait(`l/${fact.list}`, bind);
  if (fact.kind === 'last') return `document.dated_on >= ${bind(toFirstDay(fact, now))}::date`;
  if (fact.kind === 'date') return dateCondition(fact, bind);
  if (fact.kind === 'signal') return signalCondition(fact, bind);
  const identifier = bind(fact.identifier);
  const isNamed = `paper.archive = ${bind(fact.archive)} AND paper.identifier = ${identifier}`;
  const isPublishedUnder = fact.archive === 'doi' ? ` OR lower(paper.doi) = ${identifier}` : '';
  // By itself, so that it is looked up once and not for each paper.
  return `document.paper_key IN (SELECT key FROM paper WHERE ${isNamed}${isPublishedUnder})`;
}

function hasTrait(trait: string, bind: Bind): string {
  return `document.traits @> ARRAY[${bind(trait)}::text]`;
}

function dateCondition({ of, from, until }: DateCondition, bind: Bind): string {
  const isWholeDays = [from, until].every((end) => end === null || DAY.test(end));
  if (of === 'submitted' && isWholeDays) return between('document.dated_on', 'date', { from, until }, bind);
  if (of === 'announced') {
    const first =
      '(SELECT min(listed_on) FROM listing WHERE listing.paper_key = document.paper_key)::timestamp';
    return between(first, 'timestamp', { from, until }, bind);
  }
  const column = of === 'updated' ? 'coalesce(paper.updated_at, paper.submitted_at)' : 'paper.submitted_at';
  const isWithin = between(`(${column} AT TIME ZONE 'UTC')`, 'timestamp', { from, until }, bind);
  return `EXISTS (SELECT FROM paper WHERE paper.key = document.paper_key AND ${isWithin})`;
}

function between(
  expression: string,
  type: 'date' | 'timestamp',
  ends: { from: string | null; until: string | null },
  bind: Bind,
): string {
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
