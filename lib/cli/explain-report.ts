/** An ingest's report in words, for the person at the terminal. */
import type { IngestReport } from '#lib/ingest/report.ts';
import { say } from './print.ts';

const REJECTIONS_SHOWN_MAX = 20;

/** What was not taken, and why, for the person at the terminal. */
export function explainReport(report: IngestReport): void {
  for (const { file, position, reason } of report.rejected.slice(0, REJECTIONS_SHOWN_MAX))
    say(`Rejected ${file}${position === null ? '' : `, entry ${position}`}: ${reason}`);
  if (report.rejected.length > REJECTIONS_SHOWN_MAX)
    say(`… and ${report.rejected.length - REJECTIONS_SHOWN_MAX} more; --json lists them all.`);
  for (const { origin, reason } of report.missed) say(`Missed ${origin}: ${reason}`);
}

export function formatReport({
  seen,
  inserted,
  updated,
  unchanged,
  recovered,
  rejected,
}: IngestReport): string {
  return (
    `${seen} entries: ${inserted} inserted, ${updated} updated, ${unchanged} unchanged, ` +
    `${rejected.length} rejected (${recovered} needed repair).`
  );
}
