/**
 * What ingest remembers between requests: validators of answers, whose turn it is to ask a host, how far a harvest
 * has come, and what each source announced for each day.
 */
import { z } from 'zod';
import type { Db } from '#lib/db/client.ts';
import { Prisma } from '#lib/db/generated/client.ts';
import type { Validators } from './answer.ts';

/** Validators of the last complete answer to `url`, or null. */
export async function findValidators(db: Db, url: string): Promise<Validators | null> {
  const row = await db.sourceResponse.findUnique({ where: { url } });
  return row === null ? null : { etag: row.etag, lastModified: row.lastModified };
}

export async function recordValidators(
  db: Db,
  url: string,
  validators: Validators & { fetchedAt: Date },
): Promise<void> {
  const { etag, lastModified, fetchedAt } = validators;
  await db.sourceResponse.upsert({
    where: { url },
    create: { url, etag, lastModified, fetchedAt },
    update: { etag, lastModified, fetchedAt },
  });
}

/** Where a turn is taken: at a host, in the queue of everybody who asks it or another host under the same limit. */
export type Place = { readonly host: string; readonly queue: string };

const GrantRow = z.object({ wait_ms: z.number() });

/**
 * Takes the next turn in a queue for `holder`: how many milliseconds from now it begins, or null while another holds
 * it, or where queue or host are closed for more than `waitMsMax`. By the database's clock, the only one that all
 * machines share. The holder keeps the queue to itself until it settles, or until `leaseMs` after its turn began or
 * was last renewed.
 */
export async function claimTurn(
  db: Db,
  { host, queue }: Place,
  turn: { holder: string; intervalMs: number; leaseMs: number; waitMsMax: number },
): Promise<number | null> {
  await db.$executeRaw`
    INSERT INTO source_turn (host, next_turn_at) VALUES (${queue}, to_timestamp(0)) ON CONFLICT DO NOTHING`;
  const opensAt = Prisma.sql`
    greatest(next_turn_at, (SELECT asked.next_turn_at FROM source_turn asked WHERE asked.host = ${host}))`;
  const rows = await db.$queryRaw<unknown[]>`
    WITH granted AS (
      SELECT host, greatest(${opensAt}, clock_timestamp()) AS at
      FROM source_turn
      WHERE host = ${queue} AND (holder IS NULL OR lease_until < clock_timestamp())
        AND ${opensAt} <= clock_timestamp() + make_interval(secs => ${turn.waitMsMax}::float8 / 1000)
      FOR UPDATE
    )
    UPDATE source_turn
    SET holder = ${turn.holder},
        next_turn_at = granted.at + make_interval(secs => ${turn.intervalMs}::float8 / 1000),
        lease_until = granted.at + make_interval(secs => ${turn.leaseMs}::float8 / 1000)
    FROM granted
    WHERE source_turn.host = granted.host
    RETURNING greatest(0, extract(epoch FROM granted.at - clock_timestamp()) * 1000)::float8 AS wait_ms`;
  return z.array(GrantRow).parse(rows)[0]?.wait_ms ?? null;
}

/** How many milliseconds from now queue and host are both open; 0 when they are. */
export async function findWait(db: Db, { host, queue }: Place): Promise<number> {
  const rows = await db.$queryRaw<unknown[]>`
    SELECT greatest(0, extract(epoch FROM max(next_turn_at) - clock_timestamp()) * 1000)::float8 AS wait_ms
    FROM source_turn WHERE host IN (${host}, ${queue})`;
  return z.array(GrantRow).parse(rows)[0]?.wait_ms ?? 0;
}

/** Keeps a turn that takes longer; nothing when it is another's by now. */
export async function renewTurn(
  db: Db,
  { queue }: Place,
  turn: { holder: string; leaseMs: number },
): Promise<void> {
  await db.$executeRaw`
    UPDATE source_turn
    SET lease_until = greatest(lease_until, clock_timestamp() + make_interval(secs => ${turn.leaseMs}::float8 / 1000))
    WHERE host = ${queue} AND holder = ${turn.holder}`;
}

/**
 * Lets the next one ask, `intervalMs` from now: counted from the end of a request, since its beginning may have come
 * later than its turn. A failure is counted on the host, and `pauseMs` (0 for none) keeps everybody away that long;
 * the other hosts of its queue stay open.
 */
export async function settleTurn(
  db: Db,
  { host, queue }: Place,
  turn: {
    holder: string;
    intervalMs: number;
    error: string | null;
    pauseMs: (failures: number) => number;
  },
): Promise<void> {
  // The pause first: once the queue is free, somebody else's turn begins.
  if (turn.error === null) {
    await db.$executeRaw`UPDATE source_turn SET failures = 0 WHERE host = ${host} AND failures > 0`;
  } else {
    const pauseMs = turn.pauseMs(await recordFailure(db, host, turn.error));
    if (pauseMs > 0) await deferTurn(db, host, pauseMs);
  }
  await db.$executeRaw`
    UPDATE source_turn
    SET holder = NULL, lease_until = NULL,
        next_turn_at = greatest(next_turn_at,
                                clock_timestamp() + make_interval(secs => ${turn.intervalMs}::float8 / 1000))
    WHERE host = ${queue} AND holder = ${turn.holder}`;
}

/** Returns how many failures in a row that makes. */
async function recordFailure(db: Db, host: string, error: string): Promise<number> {
  const rows = await db.$queryRaw<unknown[]>`
    INSERT INTO source_turn (host, next_turn_at, failures, last_error, last_error_at)
    VALUES (${host}, to_timestamp(0), 1, ${error}, clock_timestamp())
    ON CONFLICT (host) DO UPDATE
      SET failures = source_turn.failures + 1, last_error = excluded.last_error,
          last_error_at = excluded.last_error_at
    RETURNING failures`;
  return z.array(z.object({ failures: z.number() })).parse(rows)[0]?.failures ?? 0;
}

/** Opens no turn at `host` for `pauseMs` from now. */
export async function deferTurn(db: Db, host: string, pauseMs: number): Promise<void> {
  await db.$executeRaw`
    INSERT INTO source_turn (host, next_turn_at)
    VALUES (${host}, clock_timestamp() + make_interval(secs => ${pauseMs}::float8 / 1000))
    ON CONFLICT (host) DO UPDATE SET next_turn_at = greatest(source_turn.next_turn_at, excluded.next_turn_at)`;
}

export type HostState = {
  readonly host: string;
  readonly failures: number;
  readonly nextTurnAt: Date;
  readonly lastError: string | null;
  readonly lastErrorAt: Date | null;
};

/** Hosts that failed when last asked, worst first. */
export async function listFailingHosts(db: Db): Promise<HostState[]> {
  return db.sourceTurn.findMany({
    where: { failures: { gt: 0 } },
    orderBy: [{ failures: 'desc' }, { host: 'asc' }],
    take: 50,
    select: { host: true, failures: true, nextTurnAt: true, lastError: true, lastErrorAt: true },
  });
}

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

/** Records a check. What was first known stays: an announcement's instant, and a count where the new check has none. */
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
  return db.$executeRaw`
    UPDATE paper SET is_withdrawn = true
    WHERE archive = 'arxiv' AND identifier = ANY(${[...identifiers]}) AND NOT is_withdrawn`;
}

/** Papers on `list` on `day`. */
export async function countListed(db: Db, list: string, day: string): Promise<number> {
  const rows = await db.$queryRaw<unknown[]>`
    SELECT count(*)::int AS count FROM listing WHERE listed_on = ${day}::date AND list = ${list}`;
  return z.array(z.object({ count: z.number() })).parse(rows)[0]?.count ?? 0;
}

/** Forgets answers older than `before`; returns how many. */
export async function purgeValidators(db: Db, before: Date): Promise<number> {
  const { count } = await db.sourceResponse.deleteMany({ where: { fetchedAt: { lt: before } } });
  return count;
}

/** The first day of `source` that anybody here has looked at, or null. */
export async function findFirstSourceDay(db: Db, source: string): Promise<string | null> {
  const rows = await db.$queryRaw<unknown[]>`
    SELECT min(day)::text AS day FROM source_day WHERE source = ${source}`;
  return z.array(z.object({ day: z.string().nullable() })).parse(rows)[0]?.day ?? null;
}
