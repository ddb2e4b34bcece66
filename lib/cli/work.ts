import type { Job } from '#lib/jobs/job.ts';
import { listJobs } from '#lib/jobs/list-jobs.ts';
import { runDueJobs } from '#lib/jobs/run-due-jobs.ts';
import type { Context } from './command.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { listenForStop } from './instance/stop-signal.ts';
import { notifyPapersChanged } from './notify-papers-changed.ts';
import { withRuntime } from './with-runtime.ts';

/** Runs the recurring jobs until it is told to stop; as many workers as you like may do so side by side. */
export async function work({ config }: Context): Promise<ExitCode> {
  const signal = listenForStop(() => process.exit(EXIT.failed));
  await withRuntime(config, async (runtime) => {
    const { db, clock, random, log } = runtime;
    const onRan = async (_job: Job, { counts }: { counts: Readonly<Record<string, number>> }) => {
      if ((counts.inserted ?? 0) + (counts.updated ?? 0) > 0) await notifyPapersChanged(config);
    };
    await runDueJobs({ db, clock, random, log, onRan }, { jobs: listJobs(runtime), signal });
  });
  return EXIT.ok;
}
