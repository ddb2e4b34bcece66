/**
 * How fast and how good search is over both arXiv files in an embedded database, beside SQLite's FTS5 over the same
 * papers in the same run, and the plain path beside both; through HTTP; and for made-up queries.
 *
 *   node tests/bench/search.ts [--json] [--queries 300] [--fuzz 1000] [--keep DIR]     prints one JSON line
 *
 * Queries are titles: what a reader pastes or half remembers. Known-item: a title without one of its words and with
 * another misspelt; the paper is to be among the first three. `--keep` uses and keeps a loaded database in DIR, since
 * loading takes minutes. `load` says how busy the machine was before (its load average over a minute).
 */
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { systemClock } from '#lib/clock.ts';
import { createDb, type Db } from '#lib/db/client.ts';
import { embeddedEnded, openEmbedded } from '#lib/db/embedded.ts';
import { migrate } from '#lib/db/migrate.ts';
import { importPapers } from '#lib/import/import-papers.ts';
import { findSource } from '#lib/import/source.ts';
import { compileQuery } from '#lib/query/compiled-query.ts';
import { parseQuery } from '#lib/query/parser.ts';
import { indexPapers } from '#lib/search/index/index-papers.ts';
import { quantile } from '#lib/search/measures.ts';
import type { Path } from '#lib/search/search-input.ts';
import { searchPapers } from '#lib/search/search-papers.ts';
import { toStatement } from '#lib/search/statement.ts';
import { findRanked, findStatistics } from '#lib/search/store.ts';
import { weighTerms } from '#lib/search/weighting.ts';
import { fuzz } from './search/fuzz.ts';
import { measureHttp } from './search/http.ts';
import { chooseTitles, type Known } from './search/known-titles.ts';
import { openSqlite, timeSqlite } from './search/sqlite.ts';

const DATA = process.env.PAPERBOY_DATA ?? join(import.meta.dirname, '../../../shared/data');
const FILES = ['arxiv-archive-sample-1986_2019.jsonl.gz', 'arxiv-daily-2025-03_2026-07.jsonl.gz'];
const CLIENTS = 16;
const LIMIT = 20;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      json: { type: 'boolean' },
      queries: { type: 'string', default: '300' },
      fuzz: { type: 'string', default: '1000' },
      keep: { type: 'string' },
    },
  });
  const missing = FILES.filter((name) => !existsSync(join(DATA, 'arxiv', name)));
  if (missing.length > 0) {
    console.log(JSON.stringify({ skipped: `no ${missing.join(', ')} in ${join(DATA, 'arxiv')}` }));
    return;
  }
  const folder = values.keep ?? mkdtempSync(join(tmpdir(), 'paperboy-bench-search-'));
  mkdirSync(folder, { recursive: true });
  const url = await openEmbedded(folder);
  // The database ends with its last client.
  const keeper = new pg.Client({ connectionString: url });
  await keeper.connect();
  await migrate(url);
  const db = createDb(url, CLIENTS);
  try {
    const loading = await loadPapers(db);
    const known = await chooseTitles(db, Number(values.queries));
    const load = rounded(loadavg()[0] ?? 0);
    const titles = known.map(({ title }) => title);
    const report = { ...loading, load, ...tell(await measure(db, known)) };
    const http = tell(await measureHttp(url, titles, CLIENTS));
    console.log(JSON.stringify({ ...report, http, fuzz: await fuzz(db, Number(values.fuzz)) }));
  } finally {
    await db.$disconnect();
    await keeper.end();
    await embeddedEnded(folder, 20_000);
    if (values.keep === undefined) rmSync(folder, { recursive: true, force: true });
  }
}

/** What is known before the end, since the whole takes minutes. */
function tell<Part>(part: Part): Part {
  process.stderr.write(`${JSON.stringify(part)}\n`);
  return part;
}

async function loadPapers(db: Db) {
  const deps = { db, clock: systemClock };
  if ((await db.paper.count()) === 0) {
    for (const name of FILES) {
      const source = await findSource(join(DATA, 'arxiv', name));
      if (typeof source === 'string') throw new Error(source);
      await importPapers(deps, { source });
    }
  }
  const beganMs = performance.now();
  const { indexed } = await indexPapers(deps);
  if (indexed > 0) await db.$executeRaw`VACUUM (ANALYZE)`;
  return {
    papers: await db.paper.count(),
    indexed,
    indexingSeconds: rounded((performance.now() - beganMs) / 1000),
  };
}

async function measure(db: Db, known: readonly Known[]) {
  const titles = known.map(({ title }) => title);
  const sqlite = await openSqlite(db);
  await timeSql(db, titles.slice(0, 50), 'bm25');
  const bm25 = await timeSql(db, titles, 'bm25');
  const plain = await timeSql(db, titles, 'plain');
  timeSqlite(sqlite, titles.slice(0, 50));
  const fts5 = timeSqlite(sqlite, titles);
  sqlite.close();
  const verbMs = await timeVerb(db, titles);
  return {
    queries: titles.length,
    sqlP50Ms: rounded(quantile(bm25, 0.5)),
    sqlP95Ms: rounded(quantile(bm25, 0.95)),
    fts5P50Ms: rounded(quantile(fts5, 0.5)),
    fts5P95Ms: rounded(quantile(fts5, 0.95)),
    plainP95Ms: rounded(quantile(plain, 0.95)),
    searchP95Ms: rounded(quantile(verbMs, 0.95)),
    clients: CLIENTS,
    searchesPerSecond: rounded(await throughput(db, titles)),
    knownItemTop3: rounded(await knownItems(db, known)),
  };
}

async function timeSql(db: Db, titles: readonly string[], path: Path): Promise<number[]> {
  const times: number[] = [];
  for (const title of titles) {
    const compiled = compileQuery(parseQuery(title).query);
    const beganMs = performance.now();
    const statistics = await findStatistics(db, [...new Set(compiled.ranked.map(({ stem }) => stem))]);
    const { hasWaiting } = statistics;
    const input = {
      compiled,
      path,
      now: systemClock.now(),
      cursor: null,
      limit: LIMIT,
      needed: 'all',
      hasWaiting,
    } as const;
    await findRanked(db, toStatement(input, weighTerms(compiled, statistics)));
    times.push(performance.now() - beganMs);
  }
  return times;
}

async function timeVerb(db: Db, titles: readonly string[]): Promise<number[]> {
  const times: number[] = [];
  for (const query of titles) {
    const beganMs = performance.now();
    await searchPapers({ db, clock: systemClock, path: 'bm25' }, { query, limit: LIMIT });
    times.push(performance.now() - beganMs);
  }
  return times;
}

async function throughput(db: Db, titles: readonly string[]): Promise<number> {
  let next = 0;
  const beganMs = performance.now();
  await Promise.all(
    Array.from({ length: CLIENTS }, async () => {
      for (let query = titles[next++]; query !== undefined; query = titles[next++])
        await searchPapers({ db, clock: systemClock, path: 'bm25' }, { query, limit: LIMIT });
    }),
  );
  return titles.length / ((performance.now() - beganMs) / 1000);
}

async function knownItems(db: Db, known: readonly Known[]): Promise<number> {
  let found = 0;
  for (const { key, query } of known) {
    const { results } = await searchPapers({ db, clock: systemClock, path: 'bm25' }, { query, limit: 3 });
    if (results.some(({ paper }) => paper.key === key)) found++;
  }
  return (100 * found) / known.length;
}

function rounded(value: number): number {
  return Number(value.toFixed(2));
}

await main();
