/**
 * The worker's timer: begins each job as its slot begins, several side by side, until it is told to stop. A slot that
 * another worker or a scheduler's call has taken is not taken again (run-job.ts).
 */
import { Cron } from 'croner';
import type { Job } from './job.ts';
import { type JobDeps, type RunOutcome, runJob } from './run-job.ts';

export type WorkerDeps = JobDeps & {
  /** Hears of every run of this worker that did something. */
  onRan(job: Job, outcome: Extract<RunOutcome, { kind: 'ran' }>): Promise<void>;
};

/**
 * Runs what is due now, then every slot as it comes; resolves once `signal` has aborted and what was under way has
 * ended. A run that is still under way when its next slot begins lets that slot pass: another worker may take it.
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
  // A slot that failed is free again after a pause, so look at all of them more often than they begin.
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
    // The database is away, or the program is wrong: the loop goes on, and the next minute tries again.
    deps.log.error('worker-failed', { job: job.name, error: String(error) });
  }
}
