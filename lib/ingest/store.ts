/**
 * What ingest remembers between requests: validators of answers, whose turn it is to ask a host, how far a harvest
 * has come, and what each source announced for each day.
 */
import type { Db } from '#lib/db/client.ts';

export type HarvestState = {
  readonly id: string;
  /** The first day that was asked for, `YYYY-MM-DD`; null where that is not known. */
  readonly since: string | null;
  /** Everything stamped before this day is in; null before the first complete harvest. `YYYY-MM-DD`. */
  readonly completeUntil: string | null;
  readonly windowFrom: string | null;
  readonly windowUntil: string | null;
  readonly resumptionToken: string | null;
  readonly pages: number;
  readonly records: number;
};

export async function findHarvest(db: Db, id: string): Promise<HarvestState | null> {
  const row = await db.harvest.findUnique({ where: { id } });
  return row === null
    ? null
    : {
        id: row.id,
        since: toDay(row.since),
        completeUntil: toDay(row.completeUntil),
        windowFrom: toDay(row.windowFrom),
        windowUntil: toDay(row.windowUntil),
        resumptionToken: row.resumptionToken,
        pages: row.pages,
        records: row.records,
      };
}

export async function recordHarvest(db: Db, state: HarvestState, now: Date): Promise<void> {
  const { id, since, completeUntil, windowFrom, windowUntil, ...progress } = state;
  const fields = {
    ...progress,
    since: fromDay(since),
    completeUntil: fromDay(completeUntil),
    windowFrom: fromDay(windowFrom),
    windowUntil: fromDay(windowUntil),
    updatedAt: now,
  };
  await db.harvest.upsert({ where: { id }, create: { id, ...fields }, update: fields });
}

export type SourceDay = {
  readonly source: string;
  /** `YYYY-MM-DD` */
  readonly day: string;
  readonly expected: number | null;
  readonly seen: number;
  readonly missing: readonly string[];
  readonly announcedAt: Date | null;
  readonly checkedAt: Date;
  readonly lastError: string | null;
};

/**
 * Records a check. The first known instant of an announcement stays, and a count where the new check has none.
 * Raw SQL: an upsert of Prisma's cannot keep a column's old value.
 */
export async function recordSourceDay(db: Db, check: SourceDay): Promise<void> {
  await db.$executeRaw`
    INSERT INTO source_day (source, day, expected, seen, missing, announced_at, checked_at, last_error)
    VALUES (${check.source}, ${check.day}::date, ${check.expected}, ${check.seen}, ${[...check.missing]},
            ${check.announcedAt}, ${check.checkedAt}, ${check.lastError})
    ON CONFLICT (source, day) DO UPDATE
      SET expected = coalesce(excluded.expected, source_day.expected), seen = excluded.seen,
          missing = excluded.missing, announced_at = coalesce(source_day.announced_at, excluded.announced_at),
          checked_at = excluded.checked_at, last_error = excluded.last_error`;
}

/** Checks of `source` from `fromDay` to `untilDay`, both included, oldest first. */
export async function listSourceDays(
  db: Db,
  source: string,
  fromDay: string,
  untilDay: string,
): Promise<SourceDay[]> {
  const rows = await db.sourceDay.findMany({
    where: { source, day: { gte: new Date(fromDay), lte: new Date(untilDay) } },
    orderBy: { day: 'asc' },
    take: 400,
  });
  return rows.map((row) => ({ ...row, day: row.day.toISOString().slice(0, 10) }));
}

function toDay(date: Date | null): string | null {
  return date === null ? null : date.toISOString().slice(0, 10);
}

function fromDay(day: string | null): Date | null {
  return day === null ? null : new Date(`${day}T00:00:00Z`);
}

/** Marks arXiv papers as withdrawn; returns how many were not so before. */
export async function markWithdrawn(db: Db, identifiers: readonly string[]): Promise<number> {
  if (identifiers.length === 0) return 0;
  const { count } = await db.paper.updateMany({
    where: { registry: 'arxiv', identifier: { in: [...identifiers] }, isWithdrawn: false },
    data: { isWithdrawn: true },
  });
  return count;
}

/** Papers on `list` on `day`. */
export async function countListed(db: Db, list: string, day: string): Promise<number> {
  return db.listing.count({ where: { listedOn: new Date(day), list } });
}

/** The first day of `source` that this instance has checked, or null. */
export async function findFirstSourceDay(db: Db, source: string): Promise<string | null> {
  const { _min } = await db.sourceDay.aggregate({ where: { source }, _min: { day: true } });
  return toDay(_min.day);
}
