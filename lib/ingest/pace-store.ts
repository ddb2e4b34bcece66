/**
 * A Pace that every process on one database shares: arXiv allows one request in three seconds on one connection,
 * summed over all machines (https://info.arxiv.org/help/api/tou.html). The turn is a row in Postgres; who holds it is
 * the only one with a request under way. It is a circuit breaker too: a host that keeps failing is left alone for a
 * growing while, by everybody.
 */
import type { Clock } from '#lib/clock.ts';
import type { Db } from '#lib/db/client.ts';
import type { Random } from '#lib/random.ts';
import type { Pace } from './pace.ts';
import type { Sleep } from './source.ts';
import { claimTurn, deferTurn, findWait, settleTurn } from './store.ts';

/** Failures in a row after which a host is left alone. */
export const FAILURES_BEFORE_PAUSE = 4;
const PAUSE_FIRST_MS = 60_000;
const PAUSE_MAX_MS = 3_600_000;

/** A request that takes longer than this was killed, or should have been: FETCH_LIMITS.attemptMs and some more. */
const LEASE_MS = 90_000;
/** A turn further off than this is told, not waited for. */
const WAIT_MS_MAX = 60_000;
const POLL_MS = 200;

/** How long a host is left alone after `failures` in a row: nothing at first, then doubling from a minute to an hour. */
export function pauseAfterFailures(failures: number): number {
  if (failures < FAILURES_BEFORE_PAUSE) return 0;
  return Math.min(PAUSE_MAX_MS, PAUSE_FIRST_MS * 2 ** (failures - FAILURES_BEFORE_PAUSE));
}

/** @param intervalMsOf least time between two requests to a host, from the end of one to the beginning of the next. */
export function createSharedPace(
  deps: { db: Db; clock: Clock; random: Pick<Random, 'token'>; sleep: Sleep },
  intervalMsOf: (host: string) => number,
): Pace {
  const holder = deps.random.token(12);
  const inMs = (ms: number) => new Date(deps.clock.now().getTime() + Math.ceil(ms));
  return {
    claim: async (host) => {
      const turn = { holder, intervalMs: intervalMsOf(host), leaseMs: LEASE_MS, waitMsMax: WAIT_MS_MAX };
      for (let waitedMs = 0; waitedMs < LEASE_MS + WAIT_MS_MAX; waitedMs += POLL_MS) {
        const grantMs = await claimTurn(deps.db, host, turn);
        if (grantMs !== null) return inMs(grantMs);
        const waitMs = await findWait(deps.db, host);
        if (waitMs > WAIT_MS_MAX) return inMs(waitMs);
        await deps.sleep(POLL_MS);
      }
      // Everybody else's turn, for longer than a lease: come back later.
      return inMs(LEASE_MS);
    },
    release: (host, error) =>
      settleTurn(deps.db, host, {
        holder,
        intervalMs: intervalMsOf(host),
        error,
        pauseMs: pauseAfterFailures,
      }),
    defer: (host, until) => deferTurn(deps.db, host, until.getTime() - deps.clock.now().getTime()),
  };
}
