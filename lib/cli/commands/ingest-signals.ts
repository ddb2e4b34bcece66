import { type Command, Option } from 'commander';
import type { Runtime } from '#lib/runtime.ts';
import { observeCitations } from '#lib/signals/observe-citations.ts';
import { observeGithub } from '#lib/signals/observe-github.ts';
import { observeUpvotes } from '#lib/signals/observe-upvotes.ts';
import type { SignalReport } from '#lib/signals/report.ts';
import { SIGNAL_SOURCES, type SignalSource } from '#lib/signals/schedule.ts';
import {
  answer,
  type Context,
  EXIT,
  type ExitCode,
  JSON_OPTION,
  parseCount,
  type Run,
  say,
} from '../command.ts';
import { listenForStop } from '../instance/stop-signal.ts';
import { notifyWeb } from '../notify-papers-changed.ts';
import { withRuntime } from '../with-runtime.ts';

export function defineIngestSignals(group: Command, run: Run): void {
  group
    .command('signals')
    .description('observe upvotes, stars and citations that are due')
    .addOption(new Option('--source <source>', 'only this one').choices(SIGNAL_SOURCES))
    .addOption(
      new Option('--limit <requests>', 'maximum number of requests to each source')
        .argParser(parseCount)
        .default(500),
    )
    .option('--json', JSON_OPTION, false)
    .action(run(observeSignals));
}

type SignalFlags = {
  readonly source?: SignalSource;
  readonly limit: number;
  readonly json: boolean;
};

/** Observes the signals that are due, at one source or at all of them. */
async function observeSignals({ config }: Context, flags: SignalFlags): Promise<ExitCode> {
  const signal = listenForStop();
  return withRuntime(config, async (runtime) => {
    const sources = flags.source === undefined ? SIGNAL_SOURCES : [flags.source];
    const reports: [SignalSource, SignalReport][] = [];
    for (const source of sources) {
      const report = await observe(runtime, source, { limit: flags.limit, signal });
      reports.push([source, report]);
      if (report.endedEarly !== null) say(`${source}: ended early, ${report.endedEarly.reason}.`);
    }
    if (reports.some(([, report]) => report.recorded > 0)) await notifyWeb(config);
    answer(flags.json, Object.fromEntries(reports), reports.map(formatReport).join('\n'));
    return reports.some(([, report]) => isUnavailable(report)) ? EXIT.unavailable : EXIT.ok;
  });
}

function observe(
  { config, db, fetch }: Runtime,
  source: SignalSource,
  run: { limit: number; signal: AbortSignal },
): Promise<SignalReport> {
  const deps = { db, fetch };
  switch (source) {
    case 'github':
      return observeGithub(deps, { baseUrl: config.githubUrl, token: config.githubToken, ...run });
    case 'semantic-scholar':
      return observeCitations(deps, {
        baseUrl: config.semanticScholarUrl,
        key: config.semanticScholarKey,
        ...run,
      });
    case 'huggingface':
      return observeUpvotes(deps, { baseUrl: config.huggingfaceUrl, ...run });
  }
}

/** Reaching a rate limit is normal at these sources; the next run continues. */
function isUnavailable({ endedEarly, asked, failed }: SignalReport): boolean {
  const isDown = endedEarly?.kind === 'unavailable' || endedEarly?.kind === 'refused';
  return isDown || (asked > 0 && failed === asked);
}

function formatReport([source, report]: [SignalSource, SignalReport]): string {
  const { asked, observed, unchanged, gone, failed, recorded, rejected, deferred } = report;
  return (
    `${source}: ${asked} asked about: ${observed} with news, ${unchanged} unchanged, ${gone} not there, ` +
    `${failed} without a response; ${recorded} observations recorded, ${rejected} values rejected, ` +
    `${deferred} deferred.`
  );
}
