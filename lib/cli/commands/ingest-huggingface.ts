import { readdir } from 'node:fs/promises';
import { type Command, Option } from 'commander';
import { systemClock } from '#lib/clock.ts';
import { fetchDailyBodies, readRecordedBodies } from '#lib/ingest/huggingface/source.ts';
import { ingestHuggingface } from '#lib/ingest/ingest-huggingface.ts';
import type { IngestReport } from '#lib/ingest/report.ts';
import { addDays, listDays, toDay } from '#lib/papers/day.ts';
import type { Runtime } from '#lib/runtime.ts';
import {
  answer,
  type Context,
  EXIT,
  type ExitCode,
  JSON_OPTION,
  parseDayArgument,
  type Run,
  say,
} from '../command.ts';
import { explainReport, formatReport } from '../ingest-report.ts';
import { notifyWeb } from '../notify-papers-changed.ts';
import { createProgress } from '../progress.ts';
import { withRuntime } from '../with-runtime.ts';

export function defineIngestHuggingface(group: Command, run: Run): void {
  const day = (flags: string, words: string) => new Option(flags, words).argParser(parseDayArgument);
  group
    .command('huggingface')
    .description('the daily papers of Hugging Face: of today and the two days before, or of the given days')
    .addOption(
      new Option('--from <folder>', 'replay recorded bodies, files named YYYY-MM-DD.json').conflicts([
        'date',
        'since',
        'until',
      ]),
    )
    .addOption(day('--date <day>', 'one day, YYYY-MM-DD').conflicts(['since', 'until']))
    .addOption(day('--since <day>', 'the first day'))
    .addOption(day('--until <day>', 'the last day (default: today)'))
    .option('--json', JSON_OPTION, false)
    .action(run(ingestFromHuggingface));
}

type IngestFlags = {
  readonly from?: string;
  readonly date?: string;
  readonly since?: string;
  readonly until?: string;
  readonly json: boolean;
};

/** By default: today and the days before whose upvotes still change. */
const DAYS_BEFORE = 2;
/** The list began in May 2023; ten years is a typing error. */
const DAYS_MAX = 3_660;

/** Ingests daily papers, from Hugging Face or from a folder, and reports what became of every entry. */
async function ingestFromHuggingface({ config }: Context, flags: IngestFlags): Promise<ExitCode> {
  const days = toDays(flags, toDay(systemClock.now()));
  if (typeof days === 'string') {
    say(days);
    return EXIT.usage;
  }
  return withRuntime(config, async (runtime) => {
    const report = await ingest(runtime, flags.from, days);
    if (report.inserted + report.updated > 0) await notifyWeb(config);
    explainReport(report);
    answer(flags.json, report, formatReport(report));
    if (report.missed.length === 0) return EXIT.ok;
    return flags.from === undefined ? EXIT.unavailable : EXIT.failed;
  });
}

/** The days of the flags, or what is wrong with them. */
function toDays(flags: IngestFlags, today: string): string[] | string {
  if (flags.from !== undefined) return [];
  if (flags.date !== undefined) return [flags.date];
  if (flags.since === undefined && flags.until !== undefined) return '--until needs --since.';
  const days = listDays(flags.since ?? addDays(today, -DAYS_BEFORE), flags.until ?? today);
  if (days.length === 0) return '--since is later than --until.';
  return days.length > DAYS_MAX ? `${days.length} days are too many; the maximum is ${DAYS_MAX}.` : days;
}

async function ingest(
  { config, db, fetch }: Runtime,
  folder: string | undefined,
  days: string[],
): Promise<IngestReport> {
  const total = folder === undefined ? days.length : (await readdir(folder).catch(() => [])).length;
  const progress = createProgress(process.stderr, 'Ingesting', total);
  const onProgress = (report: IngestReport) => {
    const done = report.bodies + report.missed.length + report.ignored.length;
    progress.update(done, `${report.seen.toLocaleString('en')} papers`);
  };
  const bodies =
    folder === undefined
      ? fetchDailyBodies(fetch, { days, baseUrl: config.huggingfaceUrl })
      : readRecordedBodies(folder);
  try {
    return await ingestHuggingface({ db }, { bodies, onProgress });
  } finally {
    progress.end();
  }
}
