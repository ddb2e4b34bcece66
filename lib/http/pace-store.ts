/**
 * A Pace that every process on one database shares: arXiv allows one request in three seconds on one connection,
 * summed over all its interfaces and over all our machines (https://info.arxiv.org/help/api/tou.html). The turn is a
 * row in Postgres; who holds it is the only one with a request under way. It is a circuit breaker too: a host that
 * keeps failing is left alone for a growing while, by everybody.
 */
import type { Clock } from '#lib/clock.ts';
import type { Db } from '#lib/db/client.ts';
import type { Random } from '#lib/random.ts';
import { HOUR_MS, MINUTE_MS } from '#lib/time.ts';
import type { Pace } from './pace.ts';
import type { Sleep } from './source.ts';
import { claimTurn, deferTurn, findWait, type Place, renewTurn, settleTurn } from './store.ts';

/** Failures in a row after which a host is left alone. */
export const FAILURES_BEFORE_PAUSE = 4;
const PAUSE_FIRST_MS = MINUTE_MS;
const PAUSE_MAX_MS = HOUR_MS;

/** A turn not renewed for this long is a killed process's; renewals come three times as often, however long it takes. */
const LEASE_MS = 30_000;
/** A turn further off than this is told, not waited for. */
const WAIT_MS_MAX = MINUTE_MS;
/** What is told is further off than any caller waits (FETCH_LIMITS.pauseMsMax): nobody asks without a turn. */
const TOLD_MS_MIN = WAIT_MS_MAX + 5_000;
const POLL_MS = 200;

/** How long a host is left alone after `failures` in a row: nothing at first, then doubling from a minute to an hour. */
export function pauseAfterFailures(failures: number): number {
  if (failures < FAILURES_BEFORE_PAUSE) return 0;
  return Math.min(PAUSE_MAX_MS, PAUSE_FIRST_MS * 2 ** (failures - FAILURES_BEFORE_PAUSE));
}

/** oaipmh, export and rss.arxiv.org stand under one limit; every other host under its own. */
function placeOf(host: string): Place {
  return { host, queue: /(?:^|\.)arxiv\.org$/i.test(host) ? 'arxiv.org' : host };
}

/** This process's turn in a queue, from its claim to its release, whether or not it was granted. */
type Turn = {
  readonly place: Place;
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
export function createSharedPace(
  deps: Deps,
  intervalMsOf: (host: string) => number,
  leaseMs = LEASE_MS,
): Pace {
  // Requests of this process stand in line here first: a release then always ends the one turn there is.
  const turns = new Map<string, Turn>();
  const lastOf = new Map<string, Promise<void>>();
  return {
    claim: async (host) => {
      const place = placeOf(host);
      const before = lastOf.get(place.queue);
      const { promise, resolve: end } = Promise.withResolvers<void>();
      lastOf.set(place.queue, promise);
      await before;
      const holder = deps.random.token(12);
      const turn: Turn = { place, holder, intervalMs: intervalMsOf(host), leaseMs, end, renewal: null };
      turns.set(place.queue, turn);
      try {
        return await takeTurn(deps, turn);
      } catch (error) {
        turns.delete(place.queue);
        end();
        throw error;
      }
    },
    release: async (host, error) => {
      const { queue } = placeOf(host);
      const turn = turns.get(queue);
      if (turn === undefined) return;
      turns.delete(queue);
      try {
        if (turn.renewal === null) return;
        clearInterval(turn.renewal);
        await settleTurn(deps.db, turn.place, { ...turn, error, pauseMs: pauseAfterFailures });
      } finally {
        turn.end();
      }
    },
    defer: (host, until) => deferTurn(deps.db, host, until.getTime() - deps.clock.now().getTime()),
  };
}

/** When the turn begins. One that is further off than anybody waits was not granted. */
async function takeTurn({ db, clock, sleep }: Deps, turn: Turn): Promise<Date> {
  const inMs = (ms: number) => new Date(clock.now().getTime() + Math.ceil(ms));
  for (let waitedMs = 0; waitedMs < turn.leaseMs + WAIT_MS_MAX; waitedMs += POLL_MS) {
    const grantMs = await claimTurn(db, turn.place, { ...turn, waitMsMax: WAIT_MS_MAX });
    if (grantMs !== null) {
      // A renewal that fails is made up for by the next one, and a database that is gone ends the request anyhow.
      const renew = () => void renewTurn(db, turn.place, turn).catch(() => undefined);
      turn.renewal = setInterval(renew, turn.leaseMs / 3).unref();
      return inMs(grantMs);
    }
    const waitMs = await findWait(db, turn.place);
    if (waitMs > WAIT_MS_MAX) return inMs(Math.max(waitMs, TOLD_MS_MIN));
    await sleep(POLL_MS);
  }
  // Everybody else's turn, for longer than we wait: come back later.
  return inMs(TOLD_MS_MIN);
}
