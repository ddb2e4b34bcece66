/**
 * How fast and how good search is over both arXiv files in an embedded database, beside SQLite's FTS5 over the same
 * papers in the same run, and the plain path beside both.
 *
 *   node tests/bench/search.ts [--json] [--limit 20000] [--queries 300] [--keep DIR]     prints one JSON line
 *
 * Queries are titles: what a reader pastes or half remembers. Known-item: a title without one of its words and with
 * another misspelt; the paper is to be among the first three. `--keep` uses and keeps a loaded database in DIR, since
 * loading takes minutes. The HTTP figures are taken by tests/bench/site where a site runs; these are of the verb.
 */
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { systemClock } from '#lib/clock.ts';
import { createDb, type Db } from '#lib/db/client.ts';
import { embeddedEnded, openEmbedded } from '#lib/db/embedded.ts';
import { migrate } from '#lib/db/migrate.ts';
import { findSource } from '#lib/ingest/import/source.ts';
import { importPapers } from '#lib/ingest/import-papers.ts';
import { indexPapers } from '#lib/papers/index-papers.ts';
import { parseQuery } from '#lib/query/parser.ts';
import { seededRandom } from '#lib/random.ts';
import { quantile } from '#lib/search/measures.ts';
import { searchPapers } from '#lib/search/search-papers.ts';
import { type Path, toStatement } from '#lib/search/statement.ts';
import { findRanked, findStatistics } from '#lib/search/store.ts';
import { readPlaces, weigh } from '#lib/search/weighting.ts';

const DATA = process.env.PAPERBOY_DATA ?? join(import.meta.dirname, '../../../shared/data');
const FILES = ['arxiv-archive-sample-1986_2019.jsonl.gz', 'arxiv-daily-2025-03_2026-07.jsonl.gz'];
const CLIENTS = 16;
const LIMIT = 20;

type Known = { readonly key: number; readonly title: string; readonly query: string };

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { json: { type: 'boolean' }, queries: { type: 'string' }, keep: { type: 'string' } },
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
    const loading = await load(db);
    const known = await chooseTitles(db, Number(values.queries ?? 300));
    console.log(JSON.stringify({ ...loading, ...(await measure(db, known)) }));
  } finally {
    await db.$disconnect();
    await keeper.end();
    await embeddedEnded(folder, 20_000);
    if (values.keep === undefined) rmSync(folder, { recursive: true, force: true });
  }
}

async function load(db: Db) {
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

/** Titles of five words and more, each with its spoilt form; the same ones every time. */
async function chooseTitles(db: Db, count: number): Promise<Known[]> {
  const random = seededRandom(7);
  const rows = await db.$queryRaw<{ key: number; title: string }[]>`
    SELECT key, title_text AS title FROM paper
    WHERE array_length(regexp_split_to_array(title_text, ' '), 1) BETWEEN 5 AND 14 AND title_text ~ '^[A-Za-z :,-]+$'
    ORDER BY md5(identifier) LIMIT ${count}`;
  return rows.map((row) => ({ ...row, query: spoil(row.title, random.fraction) }));
}

function spoil(title: string, fraction: () => number): string {
  const words = title.split(' ');
  words.splice(Math.floor(fraction() * words.length), 1);
  const long = words.flatMap((word, index) => (/^[a-z]{6,}$/i.test(word) ? [index] : []));
  const at = long[Math.floor(fraction() * long.length)];
  const word = at === undefined ? undefined : words[at];
  if (at === undefined || word === undefined) return words.join(' ');
  const place = 1 + Math.floor(fraction() * (word.length - 2));
  words[at] =
    word.slice(0, place) +
    word.slice(place + 1, place + 2) +
    word.slice(place, place + 1) +
    word.slice(place + 2);
  return words.join(' ');
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
    const { query } = parseQuery(title);
    const beganMs = performance.now();
    const statistics = await findStatistics(db, [...new Set(readPlaces(query).map(({ stem }) => stem))]);
    const { hasWaiting } = statistics;
    const input = {
      query,
      path,
      now: systemClock.now(),
      cursor: null,
      limit: LIMIT,
      needed: 'all',
      hasWaiting,
    } as const;
    await findRanked(db, toStatement(input, weigh(query, statistics)));
    times.push(performance.now() - beganMs);
  }
  return times;
}

async function openSqlite(db: Db): Promise<DatabaseSync> {
  const sqlite = new DatabaseSync(':memory:');
  sqlite.exec(`CREATE VIRTUAL TABLE paper USING fts5(title, abstract, tokenize = 'porter unicode61')`);
  const insert = sqlite.prepare('INSERT INTO paper (rowid, title, abstract) VALUES (?, ?, ?)');
  sqlite.exec('BEGIN');
  for (let from = 0; ; ) {
    const rows = await db.$queryRaw<{ key: number; title: string; abstract: string }[]>`
      SELECT key, title_text AS title, abstract_text AS abstract FROM paper WHERE key > ${from} ORDER BY key LIMIT 5000`;
    for (const { key, title, abstract } of rows) insert.run(key, title, abstract);
    const last = rows.at(-1);
    if (last === undefined) break;
    from = last.key;
  }
  sqlite.exec('COMMIT');
  sqlite.exec(`INSERT INTO paper (paper) VALUES ('optimize')`);
  return sqlite;
}

function timeSqlite(sqlite: DatabaseSync, titles: readonly string[]): number[] {
  const search = sqlite.prepare(
    'SELECT rowid, bm25(paper, 2.0, 1.0) AS score FROM paper WHERE paper MATCH ? ORDER BY score LIMIT 20',
  );
  return titles.map((title) => {
    const words = title.match(/[\p{L}\p{N}]+/gu) ?? [];
    const beganMs = performance.now();
    search.all(words.map((word) => `"${word}"`).join(' OR '));
    return performance.now() - beganMs;
  });
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
