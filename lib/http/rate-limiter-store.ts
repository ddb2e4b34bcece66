/**
 * A RateLimiter that all processes on one database share: arXiv allows one request in three seconds on one connection,
 * summed over all its interfaces and all our machines (https://info.arxiv.org/help/api/tou.html). A turn is a row in
 * Postgres, and only its holder has a request in flight. It is a circuit breaker too: after repeated failures no
 * process asks that host, for a pause that grows.
 */
import { z } from 'zod';
import type { Clock, Sleep } from '#lib/clock.ts';
import type { Db } from '#lib/db/client.ts';
import { Prisma } from '#lib/db/generated/client.ts';
import type { Random } from '#lib/random.ts';
import type { RateLimiter } from './rate-limiter.ts';

/** Failures in a row after which a host is left alone. */
export const FAILURES_BEFORE_PAUSE = 4;
const PAUSE_FIRST_MS = 60_000;
const PAUSE_MAX_MS = 3_600_000;

/** A turn that is not renewed within this time belongs to a killed process; it is renewed three times as often. */
const LEASE_MS = 30_000;
/** A turn further off than this is reported to the caller, not waited for. */
const WAIT_MS_MAX = 60_000;
/** Longer than any caller waits (FETCH_LIMITS.pauseMsMax), so that nobody sends a request without a turn. */
const REFUSED_WAIT_MS_MIN = WAIT_MS_MAX + 5_000;
const POLL_MS = 200;

/** How long a host is left alone after `failures` in a row: nothing at first, then doubling from a minute to an hour. */
export function pauseAfterFailures(failures: number): number {
  if (failures < FAILURES_BEFORE_PAUSE) return 0;
  return Math.min(PAUSE_MAX_MS, PAUSE_FIRST_MS * 2 ** (failures - FAILURES_BEFORE_PAUSE));
}

/** oaipmh, export and rss.arxiv.org share one limit; every other host has its own. */
function queueOf(host: string): HostQueue {
  return { host, queue: /(?:^|\.)arxiv\.org$/i.test(host) ? 'arxiv.org' : host };
}

/** This process's turn in a queue, from its claim to its release, whether or not it was granted. */
type Turn = {
  readonly hostQueue: HostQueue;
  readonly holder: string;
  readonly intervalMs: number;
  readonly leaseMs: number;
  readonly end: () => void;
  renewal: NodeJS.Timeout | null;
};

type Deps = { db: Db; clock: Clock; random: Pick<Random, 'token'>; sleep: Sleep };

/**
 * @param intervalMsOf least time between two requests to a host, from the end of one to the beginning of the next
 * @param leaseMs how long the turn of a process that was killed keeps the others waiting
 */
export function createSharedRateLimiter(
  deps: Deps,
  intervalMsOf: (host: string) => number,
  leaseMs = LEASE_MS,
): RateLimiter {
  // Requests of this process queue here first, so that there is at most one turn per queue to release.
  const turns = new Map<string, Turn>();
  const lastOf = new Map<string, Promise<void>>();
  return {
    claim: async (host) => {
      const hostQueue = queueOf(host);
      const before = lastOf.get(hostQueue.queue);
      const { promise, resolve: end } = Promise.withResolvers<void>();
      lastOf.set(hostQueue.queue, promise);
      await before;
      const holder = deps.random.token(12);
      const turn: Turn = { hostQueue, holder, intervalMs: intervalMsOf(host), leaseMs, end, renewal: null };
      turns.set(hostQueue.queue, turn);
      try {
        return await takeTurn(deps, turn);
      } catch (error) {
        turns.delete(hostQueue.queue);
        end();
        throw error;
      }
    },
    release: async (host, error) => {
      const { queue } = queueOf(host);
      const turn = turns.get(queue);
      if (turn === undefined) return;
      turns.delete(queue);
      try {
        if (turn.renewal === null) return;
        clearInterval(turn.renewal);
        await settleTurn(deps.db, turn.hostQueue, { ...turn, error, pauseMs: pauseAfterFailures });
      } finally {
        turn.end();
      }
    },
    defer: (host, until) => deferTurn(deps.db, host, until.getTime() - deps.clock.now().getTime()),
  };
}

/** When the turn begins. An instant further off than any caller waits means that no turn was granted. */
async function takeTurn({ db, clock, sleep }: Deps, turn: Turn): Promise<Date> {
  const inMs = (ms: number) => new Date(clock.now().getTime() + Math.ceil(ms));
  for (let waitedMs = 0; waitedMs < turn.leaseMs + WAIT_MS_MAX; waitedMs += POLL_MS) {
    const grantMs = await claimTurn(db, turn.hostQueue, { ...turn, waitMsMax: WAIT_MS_MAX });
    if (grantMs !== null) {
      // A failed renewal is made good by the next one, and without a database the request fails anyway.
      const renew = () => void renewTurn(db, turn.hostQueue, turn).catch(() => undefined);
      turn.renewal = setInterval(renew, turn.leaseMs / 3).unref();
      return inMs(grantMs);
    }
    const waitMs = await findWaitMs(db, turn.hostQueue);
    if (waitMs > WAIT_MS_MAX) return inMs(Math.max(waitMs, REFUSED_WAIT_MS_MIN));
    await sleep(POLL_MS);
  }
  // Other processes held the queue for longer than we wait.
  return inMs(REFUSED_WAIT_MS_MIN);
}

/** A host, and the queue it shares with the other hosts under the same limit. */
export type HostQueue = { readonly host: string; readonly queue: string };

const GrantRow = z.object({ wait_ms: z.number() });

/**
 * Takes the next turn in a queue for `holder`: how many milliseconds from now it begins, or null while another holds
 * it, or where queue or host are closed for more than `waitMsMax`. By the database's clock, the only one that all
 * machines share. The holder keeps the queue to itself until it settles, or until `leaseMs` after its turn began or
 * was last renewed.
 */
export async function claimTurn(
  db: Db,
  { host, queue }: HostQueue,
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
export async function findWaitMs(db: Db, { host, queue }: HostQueue): Promise<number> {
  const rows = await db.$queryRaw<unknown[]>`
    SELECT greatest(0, extract(epoch FROM max(next_turn_at) - clock_timestamp()) * 1000)::float8 AS wait_ms
    FROM source_turn WHERE host IN (${host}, ${queue})`;
  return z.array(GrantRow).parse(rows)[0]?.wait_ms ?? 0;
}

/** Extends a turn; does nothing where another process has it by now. */
export async function renewTurn(
  db: Db,
  { queue }: HostQueue,
  turn: { holder: string; leaseMs: number },
): Promise<void> {
  await db.$executeRaw`
    UPDATE source_turn
    SET lease_until = greatest(lease_until, clock_timestamp() + make_interval(secs => ${turn.leaseMs}::float8 / 1000))
    WHERE host = ${queue} AND holder = ${turn.holder}`;
}

/**
 * Ends a turn. The next one begins `intervalMs` from now: counted from the end of a request, since its beginning may
 * have come later than its turn. A failure is counted on the host, which is then closed for `pauseMs` (0 for none);
 * the other hosts of its queue stay open.
 */
export async function settleTurn(
  db: Db,
  { host, queue }: HostQueue,
  turn: {
    holder: string;
    intervalMs: number;
    error: string | null;
    pauseMs: (failures: number) => number;
  },
): Promise<void> {
  // The pause first: once the queue is free, another process's turn begins.
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
