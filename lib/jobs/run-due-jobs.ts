/**
 * The worker's timer: starts each job when its slot begins, several at the same time, until a stop is requested. A slot
 * that another worker or a scheduler's call has claimed is not claimed again (run-job.ts).
 */
import { Cron } from 'croner';
import type { Job } from './job.ts';
import { type JobDeps, type RunOutcome, runJob } from './run-job.ts';

export type WorkerDeps = JobDeps & {
  /** Called after each successful run of this worker. */
  onRan(job: Job, outcome: Extract<RunOutcome, { kind: 'ran' }>): Promise<void>;
};

/**
 * Runs what is due now, then every slot as it begins; resolves when `signal` has aborted and all runs have ended. A run
 * that is still running when its next slot begins skips that slot: another worker may claim it.
 */
export async function runDueJobs(
  deps: WorkerDeps,
  input: { jobs: readonly Job[]; signal: AbortSignal },
): Promise<void> {
  const underWay = new Map<string, Promise<void>>();
  const begin = (job: Job) => {
    if (input.signal.aborted || underWay.has(job.name)) return;
    const run = attempt(deps, job, input.signal).finally(() => underWay.delete(job.name));
    underWay.set(job.name, run);
  };
  const timers = input.jobs.map((job) => new Cron(job.schedule, { timezone: 'UTC' }, () => begin(job)));
  // A slot that failed is free again after a backoff, so all jobs are checked every minute.
  const retries = new Cron('* * * * *', { timezone: 'UTC' }, () => input.jobs.forEach(begin));
  input.jobs.forEach(begin);
  await new Promise<void>((resolve) => {
    if (input.signal.aborted) resolve();
    else input.signal.addEventListener('abort', () => resolve(), { once: true });
  });
  for (const timer of [...timers, retries]) timer.stop();
  await Promise.all(underWay.values());
}

async function attempt(deps: WorkerDeps, job: Job, signal: AbortSignal): Promise<void> {
  try {
    const outcome = await runJob(deps, job, { signal });
    if (outcome.kind === 'ran') await deps.onRan(job, outcome);
  } catch (error) {
    // The database is unreachable, or there is a bug: the loop continues, and tries again in a minute.
    deps.log.error('worker-failed', { job: job.name, error: String(error) });
  }
}
