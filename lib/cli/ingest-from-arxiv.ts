import type { OaiFormat } from '#lib/ingest/arxiv/source.ts';
import { setOfCategory } from '#lib/ingest/arxiv/subject-categories.ts';
import { GAP_LOOKBACK_DAYS } from '#lib/ingest/coverage.ts';
import { fillGaps } from '#lib/ingest/fill-gaps.ts';
import { harvestArxiv } from '#lib/ingest/harvest-arxiv.ts';
import { ingestAnnouncements } from '#lib/ingest/ingest-announcements.ts';
import { addReports, EMPTY_REPORT, type IngestReport } from '#lib/ingest/report.ts';
import type { Runtime } from '#lib/runtime.ts';
import type { Context } from './command.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { explainReport, formatReport } from './explain-report.ts';
import { listenForStop } from './instance/stop-signal.ts';
import { notifyPapersChanged } from './notify-papers-changed.ts';
import { answer, say } from './print.ts';
import { createProgress } from './progress.ts';
import { withRuntime } from './with-runtime.ts';

export type ArxivFlags = {
  readonly set?: readonly string[];
  readonly all: boolean;
  readonly since?: string;
  readonly format: OaiFormat;
  readonly announcements: boolean;
  readonly gaps: boolean;
  readonly json: boolean;
};

/** Harvests arXiv, or takes in its newest announcement, or fills gaps; answers with the account of every record. */
export async function ingestFromArxiv({ config }: Context, flags: ArxivFlags): Promise<ExitCode> {
  const signal = listenForStop(() => process.exit(EXIT.failed));
  return withRuntime(config, async (runtime) => {
    const report = await ingest(runtime, flags, signal);
    if (report.inserted + report.updated > 0) {
      const notified = await notifyPapersChanged(config);
      if (notified.kind === 'failed') say(`The web server could not be told: ${notified.reason}.`);
    }
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
