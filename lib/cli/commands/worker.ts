import type { Command } from 'commander';
import type { Job } from '#lib/jobs/job.ts';
import { listJobs } from '#lib/jobs/list-jobs.ts';
import { runDueJobs } from '#lib/jobs/run-due-jobs.ts';
import { type Context, EXIT, type ExitCode, type Run } from '../command.ts';
import { listenForStop } from '../instance/stop-signal.ts';
import { notifyPapersChanged } from '../notify-papers-changed.ts';
import { withRuntime } from '../with-runtime.ts';

export function defineWorker(command: Command, run: Run): void {
  command.action(run(work));
}

/** Runs the recurring jobs until a stop is requested. Any number of workers may run at the same time. */
async function work({ config }: Context): Promise<ExitCode> {
  const signal = listenForStop();
  await withRuntime(config, async (runtime) => {
    const { db, clock, random, log } = runtime;
    const onRan = async (_job: Job, { counts }: { counts: Readonly<Record<string, number>> }) => {
      if ((counts.inserted ?? 0) + (counts.updated ?? 0) > 0) await notifyPapersChanged(config);
    };
    await runDueJobs({ db, clock, random, log, onRan }, { jobs: listJobs(runtime), signal });
  });
  return EXIT.ok;
}
