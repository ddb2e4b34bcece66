import 'server-only';
import { type HostState, listFailingHosts } from '#lib/http/rate-limiter-store.ts';
import type { Coverage } from '#lib/ingest/coverage.ts';
import { listCoverage, listRecentCoverage } from '#lib/ingest/list-coverage.ts';
import type { Job } from '#lib/jobs/job.ts';
import { slotAfter } from '#lib/jobs/job.ts';
import { listJobs } from '#lib/jobs/list-jobs.ts';
import { type JobRun, listLatestRuns } from '#lib/jobs/store.ts';
import { runtime } from '#lib/runtime.ts';

const DAYS_SHOWN = 30;

export type JobState = Pick<Job, 'name' | 'purpose'> & {
  readonly nextAt: Date;
  readonly latest: JobRun | null;
};

export type Status = {
  /** Oldest first. */
  readonly days: readonly Coverage[];
  readonly jobs: readonly JobState[];
  readonly failingHosts: readonly HostState[];
  readonly now: Date;
};

export async function getStatus(): Promise<Status> {
  const [days, runs, failingHosts] = await Promise.all([
    listRecentCoverage(runtime, DAYS_SHOWN),
    listLatestRuns(runtime.db),
    listFailingHosts(runtime.db),
  ]);
  const now = runtime.clock.now();
  const latest = new Map(runs.map((run) => [run.job, run]));
  const jobs = listJobs(runtime).map(({ name, purpose, schedule }) => ({
    name,
    purpose,
    nextAt: slotAfter(schedule, now),
    latest: latest.get(name) ?? null,
  }));
  return { days, jobs, failingHosts, now };
}

/** What is to be said of one day's completeness. */
export async function getCoverage(day: string): Promise<Coverage> {
  const [coverage] = await listCoverage(runtime, { first: day, last: day });
  if (coverage === undefined) throw new Error(`${day} has no coverage`);
  return coverage;
}
