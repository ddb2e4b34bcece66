/** What requests to sources remember in the database: validators of answers, and whose turn it is to ask a host. */
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

/** Forgets answers older than `before`; returns how many. */
export async function purgeValidators(db: Db, before: Date): Promise<number> {
  const { count } = await db.sourceResponse.deleteMany({ where: { fetchedAt: { lt: before } } });
  return count;
}
