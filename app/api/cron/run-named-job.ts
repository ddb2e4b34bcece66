import { PAPERS_CHANGED } from '#app/api/_http/papers-changed.ts';
import { listJobs } from '#lib/jobs/list-jobs.ts';
import { type RunOutcome, runJob } from '#lib/jobs/run-job.ts';
import type { Runtime } from '#lib/runtime.ts';

const STATUS: Record<RunOutcome['kind'], number> = {
  ran: 200,
  stopped: 503,
  'already-done': 200,
  'under-way': 202,
  failed: 500,
};

/** Answers with what the run did; every kept page is void where papers changed. */
export async function runNamedJob(runtime: Runtime, name: string, signal: AbortSignal): Promise<Response> {
  const job = listJobs(runtime).find((one) => one.name === name);
  if (job === undefined) return Response.json({ error: 'no such job' }, { status: 404 });
  const { db, clock, random, log } = runtime;
  const outcome = await runJob({ db, clock, random, log }, job, { signal });
  const hasChanged =
    (outcome.kind === 'ran' || outcome.kind === 'stopped') &&
    (outcome.counts.inserted ?? 0) + (outcome.counts.updated ?? 0) > 0;
  return Response.json(
    { job: name, ...outcome },
    { status: STATUS[outcome.kind], headers: hasChanged ? PAPERS_CHANGED : {} },
  );
}
