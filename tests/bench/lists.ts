/**
 * How soon lists begin to come when nobody has asked for them before: milliseconds to the first byte of pages that are
 * rendered anew, with both arXiv files (165,000 papers) in an embedded database and a day of a thousand of them.
 *
 *   node tests/bench/lists.ts [--json] [--rounds 9]     prints one JSON line
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { systemClock } from '#lib/clock.ts';
import { createDb } from '#lib/db/client.ts';
import { importPapers } from '#lib/import/import-papers.ts';
import { findSource } from '#lib/import/source.ts';
import { startSite } from './site/site.ts';

const DATA = process.env.PAPERBOY_DATA ?? join(import.meta.dirname, '../../../shared/data');
const FILES = ['arxiv-archive-sample-1986_2019.jsonl.gz', 'arxiv-daily-2025-03_2026-07.jsonl.gz'];
const LONG_DAY = '2026-08-03';
const LONG_DAY_PAPERS = 1_000;

const PATHS = {
  longDay: `/date/${LONG_DAY}`,
  longDayLastPage: `/date/${LONG_DAY}/10`,
  week: '/week/2025-W30',
  month: '/month/2025-07',
  category: '/list/cs.LG',
  categoryByUpvotes: '/list/cs.LG?sort=upvotes',
  archive: '/list/cs',
  author: '/author/Yoshua%20Bengio',
  paper: '/papers/2503.11731',
};

const { values: flags } = parseArgs({
  options: { json: { type: 'boolean', default: false }, rounds: { type: 'string', default: '9' } },
});

const site = await startSite();
try {
  const papers = await bringPapers(site.database.url);
  const firstByteMs: Record<string, number> = {};
  const gzipBytes: Record<string, number> = {};
  for (const [name, path] of Object.entries(PATHS)) {
    const times: number[] = [];
    for (let round = 0; round < Number(flags.rounds); round += 1) {
      await site.clearCache();
      const begun = performance.now();
      const response = await fetch(site.url + path);
      times.push(performance.now() - begun);
      if (response.status !== 200) throw new Error(`${path}: ${response.status}`);
      gzipBytes[name] = gzipSync(await response.text()).length;
    }
    // The first page of all also compiles its code.
    firstByteMs[name] = Math.round(times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0);
  }
  const report = { papers, longDayPapers: LONG_DAY_PAPERS, firstByteMs, gzipBytes };
  process.stdout.write(`${flags.json ? JSON.stringify(report) : JSON.stringify(report, null, 2)}\n`);
} finally {
  await site.stop();
}

async function bringPapers(url: string): Promise<number> {
  const db = createDb(url);
  for (const name of FILES) {
    const source = await findSource(join(DATA, 'arxiv', name));
    if (typeof source === 'string') throw new Error(source);
    await importPapers({ db, clock: systemClock }, { source });
  }
  await db.$executeRaw`
    INSERT INTO listing (listed_on, list, paper_key, kind, position)
    SELECT ${LONG_DAY}::date, 'arxiv', key, 'new', row_number() OVER (ORDER BY key) FROM paper
    WHERE identifier LIKE '2603.%' LIMIT ${LONG_DAY_PAPERS}`;
  await db.$executeRaw`ANALYZE`;
  const papers = await db.paper.count();
  await db.$disconnect();
  return papers;
}
