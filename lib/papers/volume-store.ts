/** How many papers there are: by day, for a calendar, and by subject, for an index of them. */
import { z } from 'zod';
import type { Db } from '#lib/db/client.ts';
import type { DayRange } from './period.ts';

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
