import type { Runtime } from '#lib/runtime.ts';
import { observeCitations } from '#lib/signals/observe-citations.ts';
import { observeGithub } from '#lib/signals/observe-github.ts';
import { observeUpvotes } from '#lib/signals/observe-upvotes.ts';
import type { SignalReport } from '#lib/signals/signal-report.ts';
import { SIGNAL_SOURCES, type SignalSource } from '#lib/signals/signal-schedule.ts';
import type { Context } from './command.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { listenForStop } from './instance/stop-signal.ts';
import { notifyPapersChanged } from './notify-papers-changed.ts';
import { answer, say } from './print.ts';
import { withRuntime } from './with-runtime.ts';

export type SignalFlags = {
  readonly source?: SignalSource;
  readonly limit: number;
  readonly json: boolean;
};

/** Looks at the signals that are due, at one source or at all, and answers with what was found. */
export async function observeSignals({ config }: Context, flags: SignalFlags): Promise<ExitCode> {
  const signal = listenForStop(() => process.exit(EXIT.failed));
  return withRuntime(config, async (runtime) => {
    const sources = flags.source === undefined ? SIGNAL_SOURCES : [flags.source];
    const reports: [SignalSource, SignalReport][] = [];
    for (const source of sources) {
      const report = await observe(runtime, source, { limit: flags.limit, signal });
      reports.push([source, report]);
      if (report.endedEarly !== null) say(`${source}: ended early, ${report.endedEarly.reason}.`);
    }
    if (reports.some(([, report]) => report.recorded > 0)) {
      const notified = await notifyPapersChanged(config);
      if (notified.kind === 'failed') say(`The web server could not be told: ${notified.reason}.`);
    }
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

/** A limit is how these sources work every day; what it left over, the next run takes. */
function isUnavailable({ endedEarly, asked, failed }: SignalReport): boolean {
  const isDown = endedEarly?.kind === 'unavailable' || endedEarly?.kind === 'refused';
  return isDown || (asked > 0 && failed === asked);
}

function formatReport([source, report]: [SignalSource, SignalReport]): string {
  const { asked, observed, unchanged, gone, failed, recorded, rejected, deferred } = report;
  return (
    `${source}: ${asked} asked about: ${observed} with news, ${unchanged} unchanged, ${gone} not there, ` +
    `${failed} without an answer; ${recorded} observations recorded, ${rejected} figures left out, ` +
    `${deferred} deferred.`
  );
}
