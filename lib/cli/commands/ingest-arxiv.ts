import { type Command, Option } from 'commander';
import type { OaiFormat } from '#lib/ingest/arxiv/source.ts';
import { setOfCategory } from '#lib/ingest/arxiv/subject-categories.ts';
import { GAP_LOOKBACK_DAYS } from '#lib/ingest/coverage.ts';
import { fillGaps } from '#lib/ingest/fill-gaps.ts';
import { harvestArxiv } from '#lib/ingest/harvest-arxiv.ts';
import { ingestAnnouncements } from '#lib/ingest/ingest-announcements.ts';
import { addReports, EMPTY_REPORT, type IngestReport } from '#lib/ingest/report.ts';
import type { Runtime } from '#lib/runtime.ts';
import {
  answer,
  type Context,
  EXIT,
  type ExitCode,
  JSON_OPTION,
  parseDayArgument,
  type Run,
} from '../command.ts';
import { explainReport, formatReport } from '../ingest-report.ts';
import { listenForStop } from '../instance/stop-signal.ts';
import { notifyWeb } from '../notify-papers-changed.ts';
import { createProgress } from '../progress.ts';
import { withRuntime } from '../with-runtime.ts';

export function defineIngestArxiv(group: Command, run: Run): void {
  group
    .command('arxiv')
    .description('harvest the configured categories of arXiv by OAI-PMH, from where the last harvest ended')
    .option('--set <sets...>', 'OAI-PMH sets such as cs:cs:LG, instead of the categories')
    .addOption(new Option('--all', 'everything arXiv has').default(false).conflicts('set'))
    .addOption(
      new Option('--since <day>', 'first day of a first harvest (default: the beginning)').argParser(
        parseDayArgument,
      ),
    )
    .addOption(
      new Option('--format <prefix>', 'metadata format')
        .choices(['arXivRaw', 'arXiv', 'oai_dc'])
        .default('arXivRaw'),
    )
    .addOption(new Option('--announcements', 'ingest the newest announcement instead').default(false))
    .addOption(new Option('--gaps', 'look for missing days of the last 30 instead').default(false))
    .option('--json', JSON_OPTION, false)
    .action(run(ingestFromArxiv));
}

type ArxivFlags = {
  readonly set?: readonly string[];
  readonly all: boolean;
  readonly since?: string;
  readonly format: OaiFormat;
  readonly announcements: boolean;
  readonly gaps: boolean;
  readonly json: boolean;
};

/** Harvests arXiv, ingests its newest announcement, or fills gaps; reports what became of every record. */
async function ingestFromArxiv({ config }: Context, flags: ArxivFlags): Promise<ExitCode> {
  const signal = listenForStop();
  return withRuntime(config, async (runtime) => {
    const report = await ingest(runtime, flags, signal);
    if (report.inserted + report.updated > 0) await notifyWeb(config);
    explainReport(report);
    answer(flags.json, report, formatReport(report));
    return report.missed.length === 0 ? EXIT.ok : EXIT.unavailable;
  });
}

function ingest(runtime: Runtime, flags: ArxivFlags, signal: AbortSignal): Promise<IngestReport> {
  const { config, db, fetch } = runtime;
  const categories = config.arxivCategories;
  if (flags.announcements)
    return ingestAnnouncements({ db, fetch }, { baseUrl: config.arxivFeedUrl, categories, signal });
  if (flags.gaps) {
    const input = { baseUrl: config.arxivApiUrl, categories, signal };
    return fillGaps({ db, fetch }, { ...input, lookbackDays: GAP_LOOKBACK_DAYS, daysMax: GAP_LOOKBACK_DAYS });
  }
  return harvestSets(runtime, flags, signal);
}

async function harvestSets(
  { config, db, fetch }: Runtime,
  flags: ArxivFlags,
  signal: AbortSignal,
): Promise<IngestReport> {
  const configured = config.arxivCategories.flatMap((category) => setOfCategory(category) ?? []);
  const sets = flags.all ? [null] : (flags.set ?? configured);
  const progress = createProgress(process.stderr, 'Harvesting', sets.length);
  let total: IngestReport = EMPTY_REPORT;
  try {
    for (const [done, set] of sets.entries()) {
      if (signal.aborted) break;
      const report = await harvestArxiv(
        { db, fetch },
        {
          baseUrl: config.arxivOaiUrl,
          set,
          metadataPrefix: flags.format,
          since: flags.since ?? null,
          signal,
          onProgress: (so) => progress.update(done, `${(total.seen + so.seen).toLocaleString('en')} records`),
        },
      );
      total = addReports(total, report);
    }
  } finally {
    progress.end();
  }
  return total;
}
