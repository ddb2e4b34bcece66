import { type ImportProgress, importPapers } from '#lib/import/import-papers.ts';
import type { ImportReport } from '#lib/import/report.ts';
import { findSource, type ImportSource } from '#lib/import/source.ts';
import type { Runtime } from '#lib/runtime.ts';
import { indexPapers } from '#lib/search/index/index-papers.ts';
import type { Context } from './command.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { listenForStop } from './instance/stop-signal.ts';
import { notifyPapersChanged } from './notify-papers-changed.ts';
import { answer, say } from './print.ts';
import { createProgress } from './progress.ts';
import { withRuntime } from './with-runtime.ts';

export type ImportFlags = { readonly restart: boolean; readonly json: boolean };

const REJECTIONS_SHOWN_MAX = 20;

/** Imports the papers of a file or of standard input, and answers with the account of every record. */
export async function importFile({ config }: Context, path: string, flags: ImportFlags): Promise<ExitCode> {
  const source = await findSource(path);
  if (typeof source === 'string') {
    say(`Nothing can be read: ${source}.`);
    return EXIT.failed;
  }
  const signal = listenForStop(() => process.exit(EXIT.failed));
  return withRuntime(config, async (runtime) => {
    const beganAt = runtime.clock.now();
    const report = await run(runtime, source, { isFresh: flags.restart, signal });
    if (report.inserted + report.updated > 0) {
      const notified = await notifyPapersChanged(config);
      if (notified.kind === 'failed') say(`The web server could not be told: ${notified.reason}.`);
    }
    const seconds = (runtime.clock.now().getTime() - beganAt.getTime()) / 1000;
    explain(report);
    await index(runtime, signal);
    answer(flags.json, { file: source.name, seconds, ...report }, formatReport(report, seconds));
    const isUseless = report.seen > 0 && report.seen === report.rejectedCount;
    return report.brokenOff === null && !isUseless ? EXIT.ok : EXIT.failed;
  });
}

/** The papers are found from when they are recorded; this makes it fast. Those of a run that was killed are among them. */
async function index({ db, clock }: Runtime, signal: AbortSignal): Promise<void> {
  const progress = createProgress(process.stderr, 'Indexing for search', null);
  const onProgress = (indexed: number) => progress.update(0, `${indexed.toLocaleString('en')} papers`);
  try {
    await indexPapers({ db, clock }, { signal, onProgress });
  } finally {
    progress.end();
  }
}

async function run(
  { db, clock }: Runtime,
  source: ImportSource,
  options: { isFresh: boolean; signal: AbortSignal },
): Promise<ImportReport> {
  const progress = createProgress(process.stderr, 'Importing', source.bytes);
  const beganAtMs = clock.now().getTime();
  const onProgress = (reached: ImportProgress) => {
    const seconds = (clock.now().getTime() - beganAtMs) / 1000;
    progress.update(reached.bytesRead, formatNote(reached, source.bytes, seconds));
  };
  try {
    return await importPapers({ db, clock }, { source, ...options, onProgress });
  } finally {
    progress.end();
  }
}

/** `12,345 papers, 3,210/s, 1:20 left` */
export function formatNote(
  { report, bytesRead }: ImportProgress,
  bytes: number | null,
  seconds: number,
): string {
  const rate = seconds > 0 ? Math.round(report.seen / seconds) : 0;
  const note = `${report.seen.toLocaleString('en')} papers, ${rate.toLocaleString('en')}/s`;
  if (bytes === null || bytesRead === 0) return note;
  const left = Math.ceil((seconds * Math.max(0, bytes - bytesRead)) / bytesRead);
  return `${note}, ${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')} left`;
}

function explain({ rejected, rejectedCount, resumedAfter, brokenOff }: ImportReport): void {
  if (resumedAfter > 0)
    say(`Went on after the ${resumedAfter.toLocaleString('en')} records of an earlier run.`);
  for (const { line, entry, reason } of rejected.slice(0, REJECTIONS_SHOWN_MAX))
    say(`Rejected ${line === null ? `entry ${entry}` : `line ${line}`}: ${toPrintable(reason)}`);
  const more = rejectedCount - Math.min(rejected.length, REJECTIONS_SHOWN_MAX);
  if (more > 0) say(`… and ${more} more; --json lists the first ${Math.max(rejected.length, 1)}.`);
  if (brokenOff !== null) say(`The end was not reached: ${brokenOff}.`);
}

/** A reason quotes the file, and a terminal obeys control characters. */
function toPrintable(text: string): string {
  return text.replace(/\p{C}/gu, '\ufffd');
}

function formatReport(report: ImportReport, seconds: number): string {
  const count = (number: number) => number.toLocaleString('en');
  const { seen, inserted, updated, unchanged, recovered, rejectedCount } = report;
  return (
    `${count(seen)} records: ${count(inserted)} inserted, ${count(updated)} updated, ` +
    `${count(unchanged)} unchanged, ${count(rejectedCount)} rejected` +
    `${recovered > 0 ? ` (${count(recovered)} needed repair)` : ''}; ` +
    `${count(Math.round(seconds))} s, ${count(Math.round(seen / Math.max(seconds, 0.001)))}/s.`
  );
}
