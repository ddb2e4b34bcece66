/**
 * Forty harvests of arXiv's recorded pages, each a process of its own, killed at random instants (seeded) and resumed by
 * the next one, into one embedded database; its papers, versions, links and listings are compared with those of an
 * undisturbed harvest.
 *
 *   node tests/bench/harvest-kill.ts [--kills 40] [--seed 1] [--json]     prints one JSON line
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { createDb } from '#lib/db/client.ts';
import { embeddedEnded, openEmbedded } from '#lib/db/embedded.ts';
import { migrate } from '#lib/db/migrate.ts';
import { recordingsAbsent } from '../support/arxiv-replay.ts';
import { killHarvests } from '../support/kill-harvests.ts';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '40' },
    seed: { type: 'string', default: '1' },
    json: { type: 'boolean', default: true },
  },
});

if (recordingsAbsent !== false) {
  console.log(JSON.stringify({ skipped: recordingsAbsent }));
  process.exit(0);
}
const directory = mkdtempSync(join(tmpdir(), 'paperboy-harvest-kill-'));
const url = await openEmbedded(directory);
await migrate(url);
// The database ends when nobody is connected, which between two killed processes may be so.
const holder = new pg.Client({ connectionString: url });
await holder.connect();
const db = createDb(url);
const beganMs = performance.now();
const plan = {
  kills: Number(values.kills),
  seed: Number(values.seed),
  records: Number.POSITIVE_INFINITY,
  pageRecords: 50,
  withinMs: 1_500,
};
const report = await killHarvests({ db, url }, plan);
const seconds = Math.round((performance.now() - beganMs) / 1_000);
console.log(JSON.stringify({ bench: 'harvest-kill', ...report, seconds }));
await db.$disconnect();
await holder.end();
await embeddedEnded(directory, 20_000);
rmSync(directory, { recursive: true, force: true });
process.exit(report.equal ? 0 : 1);
