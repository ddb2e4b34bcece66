/**
 * A recurring job: a verb with a limit and a deadline, run once for each slot of its schedule, however many workers
 * and schedulers call for it.
 *
 *     slot free ──claim──► running ──► done
 *                             │  └─ failed, attempts left ──► free again after a backoff
 *                             ├─ stopped with the process ──► free again at once
 *                             └─ lease expired (killed) ──► free again
 */
import { Cron } from 'croner';

export type JobName = string;

/** What a run did, by name. */
export type JobCounts = { readonly [what: string]: number };

export type Job = {
  readonly name: JobName;
  /** Shown on the status page. */
  readonly purpose: string;
  /** Cron pattern of five fields, in UTC. https://croner.56k.guru/usage/pattern/ */
  readonly schedule: string;
  /** A run stops taking new work this long after its start. */
  readonly deadlineMs: number;
  run(input: JobInput): Promise<JobCounts>;
};

export type JobInput = {
  readonly slot: Date;
  /** Aborts at the deadline, or when the process is to stop: finish what is in flight and return. */
  readonly signal: AbortSignal;
};

/** The newest slot of `schedule` that has begun at `now`. Throws if the pattern never matches: a programming mistake. */
export function slotAt(schedule: string, now: Date): Date {
  // croner counts in whole seconds and looks strictly before its reference.
  const reference = new Date(Math.floor(now.getTime() / 1_000) * 1_000 + 1_000);
  const [slot] = new Cron(schedule, { timezone: 'UTC' }).previousRuns(1, reference);
  if (slot === undefined) throw new Error(`The schedule ${schedule} has no slot.`);
  return slot;
}

/** The first slot of `schedule` after `now`. */
export function slotAfter(schedule: string, now: Date): Date {
  const slot = new Cron(schedule, { timezone: 'UTC' }).nextRun(now);
  if (slot === null) throw new Error(`The schedule ${schedule} has no next slot.`);
  return slot;
}
