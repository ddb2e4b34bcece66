/** An ingest's report for the person at the terminal. */
import type { IngestReport } from '#lib/ingest/report.ts';
import { say } from './command.ts';

const REJECTIONS_SHOWN_MAX = 20;

/** What was not ingested, and why. */
export function explainReport({ rejected, missed }: IngestReport): void {
  for (const { file, position, reason } of rejected.slice(0, REJECTIONS_SHOWN_MAX))
    say(`Rejected ${file}${position === null ? '' : `, entry ${position}`}: ${reason}`);
  if (rejected.length > REJECTIONS_SHOWN_MAX)
    say(`… and ${rejected.length - REJECTIONS_SHOWN_MAX} more; --json lists them all.`);
  for (const { origin, reason } of missed) say(`MissedBody ${origin}: ${reason}`);
}

export function formatReport(report: IngestReport): string {
  const { seen, inserted, updated, unchanged, recovered, rejected } = report;
  return (
    `${seen} entries: ${inserted} inserted, ${updated} updated, ${unchanged} unchanged, ` +
    `${rejected.length} rejected (${recovered} needed repair).`
  );
}
