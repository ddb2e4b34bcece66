/** Runs one job for one slot, at most once over all processes on this database. */
import type { Clock } from '#lib/clock.ts';
import type { Db } from '#lib/db/client.ts';
import { describeError, type Log } from '#lib/log.ts';
import type { Random } from '#lib/random.ts';
import { MINUTE_MS } from '#lib/time.ts';
import type { Job, JobCounts } from './job.ts';
import { slotAt } from './job.ts';
import { type Claim, claimSlot, hasEnded, markEnded, markFailed, markStopped } from './store.ts';

export type RunOutcome =
  | { readonly kind: 'ran'; readonly counts: JobCounts }
  /** The process was to end. `counts` is what was done by then; the slot is free again. */
  | { readonly kind: 'stopped'; readonly counts: JobCounts }
  | { readonly kind: 'already-done' }
  | { readonly kind: 'under-way' }
  | { readonly kind: 'failed'; readonly error: string };

export type JobDeps = { db: Db; clock: Clock; random: Random; log: Log };

/** Time after the deadline to finish what is in flight and record it. */
const LEASE_MARGIN_MS = MINUTE_MS;
const ERROR_LENGTH_MAX = 2_000;

/** A slot is given up after this many failed attempts. */
const ATTEMPTS_MAX = 3;
const FIRST_BACKOFF_MS = MINUTE_MS;

/** Doubling: one minute after the first failed attempt, two after the second. */
const backoffMs = (attempts: number) => FIRST_BACKOFF_MS * 2 ** (attempts - 1);

/**
 * A failed run is an outcome, recorded and logged: the loop and the route that call this continue. A slot that failed is
 * free again after a backoff, until its attempts are used up.
 */
export async function runJob(
  deps: JobDeps,
  job: Job,
  input: { slot?: Date; signal?: AbortSignal } = {},
): Promise<RunOutcome> {
  const now = deps.clock.now();
  const slot = input.slot ?? slotAt(job.schedule, now);
  const claim = await claimSlot(deps.db, {
    job: job.name,
    slot,
    holder: deps.random.token(12),
    now,
    leaseUntil: new Date(now.getTime() + job.deadlineMs + LEASE_MARGIN_MS),
  });
  if (claim === null) {
    return { kind: (await hasEnded(deps.db, job.name, slot)) ? 'already-done' : 'under-way' };
  }
  const deadline = AbortSignal.timeout(job.deadlineMs);
  const signal = input.signal === undefined ? deadline : AbortSignal.any([input.signal, deadline]);
  try {
    const counts = await job.run({ slot, signal });
    if (input.signal?.aborted) {
      // A run that was stopped is not a run: after a restart the same slot is claimed again.
      await markStopped(deps.db, claim, deps.clock.now());
      deps.log.info('job-stopped', { job: job.name, slot: slot.toISOString(), ...counts });
      return { kind: 'stopped', counts };
    }
    await markEnded(deps.db, claim, { now: deps.clock.now(), counts, error: null });
    deps.log.info('job-ran', { job: job.name, slot: slot.toISOString(), ...counts });
    return { kind: 'ran', counts };
  } catch (error) {
    return recordFailure(deps, claim, error);
  }
}

async function recordFailure(deps: JobDeps, claim: Claim, error: unknown): Promise<RunOutcome> {
  const text = describeError(error).slice(0, ERROR_LENGTH_MAX);
  deps.log.error('job-failed', { job: claim.job, slot: claim.slot.toISOString(), error: text });
  const now = deps.clock.now();
  if (claim.attempts >= ATTEMPTS_MAX) {
    await markEnded(deps.db, claim, { now, counts: null, error: text });
  } else {
    const retryAt = new Date(now.getTime() + backoffMs(claim.attempts));
    await markFailed(deps.db, claim, { retryAt, error: text });
  }
  return { kind: 'failed', error: text };
}
