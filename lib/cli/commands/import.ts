import type { Command } from 'commander';
import { type ImportProgress, importPapers } from '#lib/import/import-papers.ts';
import type { ImportReport } from '#lib/import/report.ts';
import { findSource, type ImportSource } from '#lib/import/source.ts';
import type { Runtime } from '#lib/runtime.ts';
import { indexPapers } from '#lib/search/index/index-papers.ts';
import { answer, type Context, EXIT, type ExitCode, JSON_OPTION, type Run, say } from '../command.ts';
import { listenForStop } from '../instance/stop-signal.ts';
import { notifyWeb } from '../notify-papers-changed.ts';
import { createProgress } from '../progress.ts';
import { withRuntime } from '../with-runtime.ts';

export function defineImport(command: Command, run: Run): void {
  command
    .argument('<file>', 'its path, or - for standard input')
    .option(
      '--restart',
      'start from the beginning, even if an earlier import of the file was interrupted',
      false,
    )
    .option('--json', JSON_OPTION, false)
    .action(run(importFile));
}

type ImportFlags = { readonly restart: boolean; readonly json: boolean };

const REJECTIONS_SHOWN_MAX = 20;

/** Imports the papers of a file or of standard input, and reports what became of every record. */
async function importFile({ config }: Context, path: string, flags: ImportFlags): Promise<ExitCode> {
  const source = await findSource(path);
  if (typeof source === 'string') {
    say(`The file cannot be read: ${source}.`);
    return EXIT.failed;
  }
  const signal = listenForStop();
  return withRuntime(config, async (runtime) => {
    const beganAt = runtime.clock.now();
    const report = await run(runtime, source, { isFresh: flags.restart, signal });
    if (report.inserted + report.updated > 0) await notifyWeb(config);
    const seconds = (runtime.clock.now().getTime() - beganAt.getTime()) / 1000;
    explain(report);
    await index(runtime, signal);
    answer(flags.json, { file: source.name, seconds, ...report }, formatReport(report, seconds));
    const isUseless = report.seen > 0 && report.seen === report.rejectedCount;
    return report.brokenOff === null && !isUseless ? EXIT.ok : EXIT.failed;
  });
}

/** Search finds papers as soon as they are recorded; the index makes that fast. Includes those of a killed import. */
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
function formatNote({ report, bytesRead }: ImportProgress, bytes: number | null, seconds: number): string {
  const rate = seconds > 0 ? Math.round(report.seen / seconds) : 0;
  const note = `${report.seen.toLocaleString('en')} papers, ${rate.toLocaleString('en')}/s`;
  if (bytes === null || bytesRead === 0) return note;
  const left = Math.ceil((seconds * Math.max(0, bytes - bytesRead)) / bytesRead);
  return `${note}, ${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')} left`;
}

function explain({ rejected, rejectedCount, resumedAfter, brokenOff }: ImportReport): void {
  if (resumedAfter > 0)
    say(`Continued after the ${resumedAfter.toLocaleString('en')} records of an interrupted import.`);
  for (const { line, entry, reason } of rejected.slice(0, REJECTIONS_SHOWN_MAX))
    say(`Rejected ${line === null ? `entry ${entry}` : `line ${line}`}: ${toPrintable(reason)}`);
  const more = rejectedCount - Math.min(rejected.length, REJECTIONS_SHOWN_MAX);
  if (more > 0) say(`… and ${more} more; --json lists the first ${Math.max(rejected.length, 1)}.`);
  if (brokenOff !== null) say(`Stopped before the end of the file: ${brokenOff}.`);
}

/** A reason quotes the file, whose control characters would act on the terminal. */
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
