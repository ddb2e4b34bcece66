import { readdir } from 'node:fs/promises';
import { systemClock } from '#lib/clock.ts';
import { readRecordedBodies } from '#lib/ingest/huggingface/source.ts';
import { ingestHuggingface } from '#lib/ingest/ingest-huggingface.ts';
import type { IngestReport } from '#lib/ingest/report.ts';
import { addDays, listDays, toDay } from '#lib/papers/day.ts';
import type { Runtime } from '#lib/runtime.ts';
import type { Context } from './command.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { explainReport, formatReport } from './explain-report.ts';
import { fetchFromHuggingface } from './fetch-from-huggingface.ts';
import { notifyPapersChanged } from './notify-papers-changed.ts';
import { answer, say } from './print.ts';
import { createProgress } from './progress.ts';
import { withRuntime } from './with-runtime.ts';

export type IngestFlags = {
  readonly from?: string;
  readonly date?: string;
  readonly since?: string;
  readonly until?: string;
  readonly json: boolean;
};

/** Without days named: today and the ones whose upvotes still change. */
const DAYS_BEFORE = 2;
/** The Hub's list began in May 2023; ten years more is a slip of the keyboard. */
const DAYS_MAX = 3_660;

/** Ingests daily papers, from the Hub or from a folder, and answers with the account of every entry. */
export async function ingestFromHuggingface({ config }: Context, flags: IngestFlags): Promise<ExitCode> {
  const days = toDays(flags, toDay(systemClock.now()));
  if (typeof days === 'string') {
    say(days);
    return EXIT.usage;
  }
  return withRuntime(config, async (runtime) => {
    const report = await ingest(runtime, flags.from, days);
    if (report.inserted + report.updated > 0) {
      const notified = await notifyPapersChanged(config);
      if (notified.kind === 'failed') say(`The web server could not be told: ${notified.reason}.`);
    }
    explainReport(report);
    answer(flags.json, report, formatReport(report));
    if (report.missed.length === 0) return EXIT.ok;
    return flags.from === undefined ? EXIT.unavailable : EXIT.failed;
  });
}

/** The days that the flags name, or what is wrong with them. */
function toDays(flags: IngestFlags, today: string): string[] | string {
  if (flags.from !== undefined) return [];
  if (flags.date !== undefined) return [flags.date];
  if (flags.since === undefined && flags.until !== undefined) return '--until needs --since.';
  const days = listDays(flags.since ?? addDays(today, -DAYS_BEFORE), flags.until ?? today);
  if (days.length === 0) return '--since is later than --until.';
  return days.length > DAYS_MAX ? `These are ${days.length} days; at most ${DAYS_MAX} at once.` : days;
}

async function ingest(runtime: Runtime, folder: string | undefined, days: string[]): Promise<IngestReport> {
  const total = folder === undefined ? days.length : (await readdir(folder).catch(() => [])).length;
  const progress = createProgress(process.stderr, 'Ingesting', total);
  const onProgress = (report: IngestReport) => {
    const done = report.bodies + report.missed.length + report.ignored.length;
    progress.update(done, `${report.seen.toLocaleString('en')} papers`);
  };
  try {
    return folder === undefined
      ? await fetchFromHuggingface(runtime, { days, onProgress })
      : await ingestHuggingface({ db: runtime.db }, { bodies: readRecordedBodies(folder), onProgress });
  } finally {
    progress.end();
  }
}
