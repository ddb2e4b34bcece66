/**
 * Whose turn it is: spaces requests to one host, over everything that shares one Pace. This one knows a single
 * process; a source that several machines share (arXiv: one request in three seconds over all of them) brings one
 * that keeps the last turn in the database.
 */
import type { Clock } from '#lib/clock.ts';

export type Pace = {
  /** Takes the next free turn and says when it is; at most one caller gets it. */
  claim(host: string): Promise<Date>;
  /** The turn is over: with an answer of any kind (null), or in a failure to reach the host. */
  release(host: string, failure: string | null): Promise<void>;
  /** Opens no turn before `until`: the host said that our quota is used up. */
  defer(host: string, until: Date): Promise<void>;
};

/** @param intervalMs least time between two turns of one host; 0 leaves only what the host itself asks for. */
export function createPace(deps: { clock: Clock }, intervalMs: number): Pace {
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
