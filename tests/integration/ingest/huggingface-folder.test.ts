/** Replays the recorded bodies through the same code as a live ingest, into a real database. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readRecordedBodies } from '#lib/ingest/huggingface/source.ts';
import { ingestHuggingface } from '#lib/ingest/ingest-huggingface.ts';
import type { BodyResult, IngestReport } from '#lib/ingest/report.ts';
import { freshDatabase } from '../../support/database.ts';

const FOLDER = join(process.env.PAPERBOY_DATA ?? '../shared/data', 'hf-daily');

/** Some weeks around the days whose recordings hold Python in place of JSON. */
async function* winterOf(results: AsyncIterable<BodyResult>): AsyncGenerator<BodyResult> {
  for await (const result of results) {
    if (result.kind === 'body' && result.day >= '2024-12-01' && result.day < '2025-01-20') yield result;
  }
}

test.skipIf(!existsSync(FOLDER))(
  `every paper of the recorded bodies is stored, and a second run changes none (skipped where ${FOLDER} is absent)`,
  async () => {
    const { db } = await freshDatabase();
    const progress: IngestReport[] = [];
    const report = await ingestHuggingface(
      { db },
      { bodies: readRecordedBodies(FOLDER), onProgress: (reportSoFar) => progress.push(reportSoFar) },
    );
    expect(report).toMatchObject({ bodies: readdirSync(FOLDER).length, recovered: 300, updated: 0 });
    expect(report).toMatchObject({ rejected: [], missed: [], ignored: [] });
    expect(report.inserted).toBe(report.seen);
    expect(await db.paper.count()).toBe(report.inserted);
    expect(await db.listing.count()).toBe(report.seen);
    expect(progress.length).toBeGreaterThan(10);
    expect(progress.at(-1)).toEqual(report);

    const again = await ingestHuggingface({ db }, { bodies: winterOf(readRecordedBodies(FOLDER)) });
    expect(again).toMatchObject({ recovered: 300, inserted: 0, updated: 0, unchanged: again.seen });
  },
  300_000,
);
