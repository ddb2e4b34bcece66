/**
 * Lists of papers in Postgres, page by page. A page begins after a paper, not at a number: what is listed meanwhile
 * neither repeats a paper on the next page nor hides one.
 */
import { z } from 'zod';
import type { Db } from '#lib/db/client.ts';
import { Prisma } from '#lib/db/generated/client.ts';
import { parseSubject, type Subject, subjectCode } from './category.ts';
import type { ListFilters, ListSort, PaperId } from './list-view.ts';
import { type PaperList, rangeOfList } from './paper-list.ts';
import { monthOf, weekOf } from './period.ts';
import { findNeighbourDays, type ListedPaper, listPapersByKey } from './store.ts';

export type ListSelection = {
  readonly sort: ListSort;
  readonly filters?: ListFilters;
  /** Begins after this paper, wherever it now stands; at the top where it is not on the list. */
  readonly after?: PaperId | null;
  /** Leaves out so many more; for pages that are numbered. */
  readonly skip?: number;
  readonly limit: number;
};

export type ListPage = {
  readonly papers: readonly ListedPaper[];
  /** How many papers the list has under these filters, on this page or not. */
  readonly total: number;
  /** Whether more papers follow the last one here. */
  readonly hasMore: boolean;
};

export type PaperTitle = PaperId & { readonly title: string };

const NeighbourRow = z.object({
  is_next: z.boolean(),
  registry: z.enum(['arxiv', 'doi']),
  identifier: z.string(),
  title: z.string(),
});

/** A page of a list. Papers of which no day is known stand on authors' lists alone, and last. */
export async function listPapers(db: Db, list: PaperList, selection: ListSelection): Promise<ListPage> {
  const filters = selection.filters ?? {};
  const { columns } = ORDER[selection.sort];
  const ranked = rankedOf(list, filters, selection.sort);
  const [total, after] = await Promise.all([
    countRows(db, rowsOf(list, filters)),
    selection.after ? findPlace(db, ranked, columns, selection.after) : null,
  ]);
  const found = await db.$queryRaw<unknown[]>`
    SELECT paper_key AS key FROM (${ranked}) ranked
    ${after === null ? Prisma.empty : Prisma.sql`WHERE ${isAfter(columns, after)}`}
    ORDER BY ${Prisma.raw(columns.map(({ name }) => `${name} DESC`).join(', '))}
    OFFSET ${selection.skip ?? 0} LIMIT ${selection.limit + 1}`;
  const keys = z.array(z.object({ key: z.number() })).parse(found);
  const papers = await listPapersByKey(
    db,
    keys.slice(0, selection.limit).map(({ key }) => key),
  );
  return { papers, total, hasMore: keys.length > selection.limit };
}

/** The papers before and after one in a list's order; null at its ends, both where it is not on the list. */
export async function findNeighbourPapers(
  db: Db,
  list: PaperList,
  sort: ListSort,
  key: number,
): Promise<{ previous: PaperTitle | null; next: PaperTitle | null }> {
  const order = Prisma.raw(ORDER[sort].columns.map(({ name }) => `${name} DESC`).join(', '));
  const rows = await db.$queryRaw<unknown[]>`
    WITH ordered AS (
      SELECT paper_key, lag(paper_key) OVER (ORDER BY ${order}) AS previous,
             lead(paper_key) OVER (ORDER BY ${order}) AS next
      FROM (${rankedOf(list, {}, sort)}) ranked
    )
    SELECT paper.key IS NOT DISTINCT FROM ordered.next AS is_next, archive AS registry, identifier, title
    FROM ordered JOIN paper ON paper.key IN (ordered.previous, ordered.next) WHERE paper_key = ${key}`;
  const found = z.array(NeighbourRow).parse(rows);
  return {
    previous: found.find((row) => !row.is_next) ?? null,
    next: found.find((row) => row.is_next) ?? null,
  };
}

/** In how many of a list's papers each category stands, most first. */
export async function countCategoriesOfList(
  db: Db,
  list: PaperList,
  limit: number,
): Promise<{ readonly subject: Subject; readonly papers: number }[]> {
  // OFFSET keeps Postgres from reading all of subject_paper for a day's papers, whose number it guesses too high.
  const rows = await db.$queryRaw<unknown[]>`
    SELECT subject, count(*)::int AS papers
    FROM (${foundOf(list)}) found CROSS JOIN LATERAL (
      SELECT subject FROM subject_paper WHERE subject_paper.paper_key = found.paper_key OFFSET 0
    ) filed
    GROUP BY subject ORDER BY papers DESC, subject`;
  return z
    .array(z.object({ subject: z.string(), papers: z.number() }))
    .parse(rows)
    .flatMap((row) => {
      const subject = parseSubject(row.subject);
      return subject?.scope === 'category' ? [{ subject, papers: row.papers }] : [];
    })
    .slice(0, limit);
}

/** The nearest lists of the same kind before and after this one that hold papers; null for lists without a day. */
export async function findNeighbourLists(
  db: Db,
  list: PaperList,
): Promise<{ previous: PaperList | null; next: PaperList | null }> {
  const range = rangeOfList(list);
  if (list.kind === 'subject' && list.day !== null) {
    const days = await findNeighbourDaysOfSubject(db, list.subject, list.day);
    return toLists(days, (day) => ({ ...list, day }));
  }
  if (range === null) return { previous: null, next: null };
  const [{ previous }, { next }] = await Promise.all([
    findNeighbourDays(db, range.first),
    findNeighbourDays(db, range.last),
  ]);
  return toLists({ previous, next }, (day) => {
    if (list.kind === 'week') return { kind: 'week', week: weekOf(day) };
    return list.kind === 'month' ? { kind: 'month', month: monthOf(day) } : { kind: 'day', day };
  });
}

async function findNeighbourDaysOfSubject(db: Db, subject: Subject, day: string) {
  const code = subjectCode(subject);
  const rows = await db.$queryRaw<unknown[]>`
    SELECT (SELECT max(came_out_on)::text FROM subject_paper
            WHERE subject = ${code} AND came_out_on < ${day}::date) AS previous,
           (SELECT min(came_out_on)::text FROM subject_paper
            WHERE subject = ${code} AND came_out_on > ${day}::date) AS next`;
  return z.object({ previous: z.string().nullable(), next: z.string().nullable() }).parse(rows[0]);
}

function toLists(
  days: { previous: string | null; next: string | null },
  toList: (day: string) => PaperList,
): { previous: PaperList | null; next: PaperList | null } {
  return {
    previous: days.previous === null ? null : toList(days.previous),
    next: days.next === null ? null : toList(days.next),
  };
}

/** Papers of the list, each once: its key, the day it counts for, and its place in an order of the list's own. */
function rowsOf(list: PaperList, filters: ListFilters): Prisma.Sql {
  const conditions = [
    ...(filters.subject
      ? [
          Prisma.sql`EXISTS (SELECT FROM subject_paper filed
            WHERE filed.paper_key = found.paper_key AND filed.subject = ${subjectCode(filters.subject)})`,
        ]
      : []),
    ...(filters.hasCode
      ? [
          Prisma.sql`EXISTS (SELECT FROM paper_link
            WHERE paper_link.paper_key = found.paper_key AND paper_link.kind = 'repository')`,
        ]
      : []),
  ];
  if (conditions.length === 0) return foundOf(list);
  return Prisma.sql`SELECT * FROM (${foundOf(list)}) found WHERE ${Prisma.join(conditions, ' AND ')}`;
}

function foundOf(list: PaperList): Prisma.Sql {
  switch (list.kind) {
    case 'day':
    case 'week':
    case 'month': {
      const { first, last } = rangeOfList(list) ?? { first: '', last: '' };
      return Prisma.sql`
        SELECT paper_key, min(listed_on) AS listed_on, coalesce(min(position), ${NO_PLACE}) AS place FROM listing
        WHERE listed_on BETWEEN ${first}::date AND ${last}::date GROUP BY paper_key`;
    }
    case 'subject': {
      const when = list.day === null ? Prisma.sql`IS NOT NULL` : Prisma.sql`= ${list.day}::date`;
      return Prisma.sql`
        SELECT paper_key, came_out_on AS listed_on, ${NO_PLACE} AS place FROM subject_paper
        WHERE subject = ${subjectCode(list.subject)} AND came_out_on ${when}`;
    }
    case 'author':
      return Prisma.sql`
        SELECT key AS paper_key, ${NO_PLACE} AS place, coalesce(
          (SELECT min(listed_on) FROM listing WHERE listing.paper_key = key),
          (submitted_at AT TIME ZONE 'UTC')::date, '-infinity'
        ) AS listed_on
        FROM paper WHERE authors @> ARRAY[${list.name}]`;
    case 'trending':
      return Prisma.sql`
        SELECT paper_key, rank AS place, (SELECT min(listed_on) FROM listing
          WHERE listing.paper_key = current_trending.paper_key) AS listed_on
        FROM current_trending WHERE time_window = ${list.window}`;
  }
}

/** Behind every true place in a list. */
const NO_PLACE = Prisma.raw('2147483647');

type Column = { readonly name: string; readonly as: string; readonly type: string };

const DAY: Column = { name: 'day', as: 'rows.listed_on', type: 'date' };
const KEY: Column = { name: 'key', as: 'rows.paper_key', type: 'int' };
const UPVOTES: Column = { name: 'upvotes', as: 'coalesce(upvotes.value, -1)', type: 'int' };
const SCORE: Column = { name: 'score', as: 'coalesce(trending.score, -1)', type: 'float8' };
/** Turned round, so that every column falls and one comparison of rows says which of two papers comes first. */
const PLACE: Column = { name: 'place', as: '-rows.place', type: 'int' };

const JOIN_UPVOTES = `LEFT JOIN latest_signal upvotes
  ON upvotes.paper_key = rows.paper_key AND upvotes.kind = 'upvotes'`;
const JOIN_TRENDING = `LEFT JOIN current_trending trending
  ON trending.paper_key = rows.paper_key AND trending.time_window = 'week'`;

/** The columns of each order, all falling. Of a subject, `newest` is read backwards off the subject's index. */
const ORDER: Record<ListSort, { readonly joins: string; readonly columns: readonly Column[] }> = {
  newest: { joins: '', columns: [DAY, KEY] },
  upvotes: { joins: JOIN_UPVOTES, columns: [UPVOTES, DAY, PLACE, KEY] },
  trending: { joins: `${JOIN_TRENDING} ${JOIN_UPVOTES}`, columns: [SCORE, UPVOTES, DAY, PLACE, KEY] },
};

function rankedOf(list: PaperList, filters: ListFilters, sort: ListSort): Prisma.Sql {
  const { joins, columns } = ORDER[sort];
  const named = Prisma.raw(columns.map(({ name, as }) => `${as} AS ${name}`).join(', '));
  return Prisma.sql`SELECT rows.paper_key, ${named} FROM (${rowsOf(list, filters)}) rows ${Prisma.raw(joins)}`;
}

async function countRows(db: Db, rows: Prisma.Sql): Promise<number> {
  const counted = await db.$queryRaw<unknown[]>`SELECT count(*)::int AS count FROM (${rows}) rows`;
  return z.object({ count: z.number() }).parse(counted[0]).count;
}

/** The values by which a paper is ordered, as text that Postgres reads back to the same; null where it is not listed. */
async function findPlace(
  db: Db,
  ranked: Prisma.Sql,
  columns: readonly Column[],
  { registry, identifier }: PaperId,
): Promise<readonly string[] | null> {
  const values = Prisma.raw(columns.map(({ name }) => `${name}::text`).join(', '));
  const rows = await db.$queryRaw<unknown[]>`
    SELECT ARRAY[${values}] AS place FROM (${ranked}) ranked
    WHERE paper_key = (SELECT key FROM paper WHERE archive = ${registry} AND identifier = ${identifier})`;
  return z.array(z.object({ place: z.array(z.string()) })).parse(rows)[0]?.place ?? null;
}

function isAfter(columns: readonly Column[], place: readonly string[]): Prisma.Sql {
  const names = Prisma.raw(columns.map(({ name }) => name).join(', '));
  const values = columns.map(({ type }, index) => Prisma.sql`${place[index]}::${Prisma.raw(type)}`);
  return Prisma.sql`(${names}) < (${Prisma.join(values)})`;
}
