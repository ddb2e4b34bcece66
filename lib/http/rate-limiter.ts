/**
 * Spaces the requests to one host. This limiter serves one process; rate-limiter-store.ts has the one that all
 * processes on a database share.
 */
import type { Clock } from '#lib/clock.ts';

export type RateLimiter = {
  /** Takes the next free turn and returns when it begins; a turn belongs to one caller only. */
  claim(host: string): Promise<Date>;
  /** Ends the turn. `failure` is null after any response, or says why the host could not be reached. */
  release(host: string, failure: string | null): Promise<void>;
  /** Grants no turn before `until`: the host said that our quota is used up. */
  defer(host: string, until: Date): Promise<void>;
};

/** @param intervalMs least time between two turns of one host; 0 leaves only what the host itself asks for. */
export function createRateLimiter(deps: { clock: Clock }, intervalMs: number): RateLimiter {
  const nextTurnMs = new Map<string, number>();
  return {
    claim: async (host) => {
      const turnMs = Math.max(deps.clock.now().getTime(), nextTurnMs.get(host) ?? 0);
      nextTurnMs.set(host, turnMs + intervalMs);
      return new Date(turnMs);
    },
    release: async () => {},
    defer: async (host, until) => {
      nextTurnMs.set(host, Math.max(nextTurnMs.get(host) ?? 0, until.getTime()));
    },
  };
}
