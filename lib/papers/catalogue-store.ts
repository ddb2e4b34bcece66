/** What there is at all: reads for sitemaps and indexes of lists, which name everything and show nothing of it. */
import { z } from 'zod';
import type { Db } from '#lib/db/client.ts';
import type { Registry } from './paper.ts';
import type { DayRange } from './period.ts';

/** Code of every subject that has papers. Skips along the subject index: a look-up each, not a scan of all papers. */
export async function listSubjectCodes(db: Db): Promise<string[]> {
  const rows = await db.$queryRaw<unknown[]>`
    WITH RECURSIVE code (subject) AS (
      (SELECT subject FROM subject_paper ORDER BY subject LIMIT 1)
      UNION ALL
      SELECT (SELECT later.subject FROM subject_paper later
              WHERE later.subject > code.subject ORDER BY later.subject LIMIT 1)
      FROM code WHERE code.subject IS NOT NULL
    )
    SELECT subject FROM code WHERE subject IS NOT NULL`;
  return z
    .array(z.object({ subject: z.string() }))
    .parse(rows)
    .map(({ subject }) => subject);
}

/** Months with listings, `YYYY-MM`, newest first, each with its last day. */
export async function listMonths(db: Db): Promise<{ month: string; lastDay: string }[]> {
  const rows = await db.$queryRaw<unknown[]>`
    SELECT to_char(month, 'YYYY-MM') AS month, "lastDay"
    FROM (SELECT date_trunc('month', min(listed_on)) AS first, max(listed_on) AS last FROM listing) span,
      generate_series(span.first, span.last, interval '1 month') month,
      LATERAL (SELECT max(listed_on)::text AS "lastDay" FROM listing
               WHERE listed_on >= month::date AND listed_on < (month + interval '1 month')::date) found
    WHERE "lastDay" IS NOT NULL
    ORDER BY month DESC`;
  return z.array(z.object({ month: z.string(), lastDay: z.string() })).parse(rows);
}

/** Days with listings between two days, both with. */
export async function listDaysWithPapers(db: Db, first: string, last: string): Promise<string[]> {
  const rows = await db.$queryRaw<unknown[]>`
    SELECT DISTINCT listed_on::text AS day FROM listing
    WHERE listed_on BETWEEN ${first}::date AND ${last}::date ORDER BY day DESC`;
  return z
    .array(z.object({ day: z.string() }))
    .parse(rows)
    .map(({ day }) => day);
}

export type PaperName = {
  readonly registry: Registry;
  readonly identifier: string;
  /** Of its newest version, or the day it came out. */
  readonly changedOn: string | null;
};

const PaperNames = z.array(
  z.object({ registry: z.enum(['arxiv', 'doi']), identifier: z.string(), changedOn: z.string().nullable() }),
);

/** Papers that came out on no day before `first` and on one up to `last`. */
export async function listPaperNamesOf(
  db: Db,
  first: string,
  last: string,
  limit: number,
): Promise<PaperName[]> {
  const rows = await db.$queryRaw<unknown[]>`
    SELECT archive AS registry, identifier, greatest(updated_at::date, found.listed_on)::text AS "changedOn"
    FROM (SELECT paper_key, min(listed_on) AS listed_on FROM listing
          WHERE listed_on BETWEEN ${first}::date AND ${last}::date GROUP BY paper_key) found
    JOIN paper ON paper.key = found.paper_key
    WHERE NOT EXISTS (SELECT FROM listing earlier
      WHERE earlier.paper_key = found.paper_key AND earlier.listed_on < ${first}::date)
    ORDER BY paper.key LIMIT ${limit}`;
  return PaperNames.parse(rows);
}

/** Papers that stand on no list, as imported ones: parts of `size` keys each, by number from 0. */
export async function listUnlistedParts(db: Db, size: number): Promise<number[]> {
  const rows = await db.$queryRaw<unknown[]>`
    SELECT DISTINCT key / ${size}::int AS part FROM paper
    WHERE NOT EXISTS (SELECT FROM listing WHERE listing.paper_key = paper.key) ORDER BY part`;
  return z
    .array(z.object({ part: z.number() }))
    .parse(rows)
    .map(({ part }) => part);
}

export async function listUnlistedPaperNames(db: Db, part: number, size: number): Promise<PaperName[]> {
  const rows = await db.$queryRaw<unknown[]>`
    SELECT archive AS registry, identifier, coalesce(updated_at, submitted_at)::date::text AS "changedOn" FROM paper
    WHERE key >= ${part * size} AND key < ${(part + 1) * size}
      AND NOT EXISTS (SELECT FROM listing WHERE listing.paper_key = paper.key) ORDER BY key`;
  return PaperNames.parse(rows);
}

/** How many papers there are: by day, for a calendar, and by subject, for an index of them. */

/** The first and the newest day that have papers; null when there are none. By the head of the listing's primary key. */
export async function findDayRange(db: Db): Promise<DayRange | null> {
  const rows = await db.$queryRaw<unknown[]>`
    SELECT min(listed_on)::text AS first, max(listed_on)::text AS last FROM listing`;
  const { first, last } = z
    .object({ first: z.string().nullable(), last: z.string().nullable() })
    .parse(rows[0]);
  return first === null || last === null ? null : { first, last };
}

/** Papers by day, each counted once a day; days without any are left out. */
export async function countPapersByDay(db: Db, { first, last }: DayRange): Promise<Map<string, number>> {
  const rows = await db.$queryRaw<unknown[]>`
    SELECT listed_on::text AS day, count(DISTINCT paper_key)::int AS papers FROM listing
    WHERE listed_on BETWEEN ${first}::date AND ${last}::date GROUP BY listed_on`;
  return new Map(
    z
      .array(z.object({ day: z.string(), papers: z.number() }))
      .parse(rows)
      .map(({ day, papers }) => [day, papers]),
  );
}

/** Papers by subject code (category.ts); subjects without any are left out. Reads an index from end to end. */
export async function countPapersBySubject(db: Db): Promise<Map<string, number>> {
  const rows = await db.$queryRaw<unknown[]>`
    SELECT subject, count(*)::int AS papers FROM subject_paper
    WHERE came_out_on IS NOT NULL GROUP BY subject`;
  return new Map(
    z
      .array(z.object({ subject: z.string(), papers: z.number() }))
      .parse(rows)
      .map(({ subject, papers }) => [subject, papers]),
  );
}
