/**
 * Imports whose process and whose database both get `kill -9`, once while papers are recorded and once while they are
 * indexed: what search then finds for each of 200 words is what reading through all papers finds.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { openDatabase } from '#lib/cli/open-database.ts';
import { systemClock } from '#lib/clock.ts';
import { parseConfig } from '#lib/config/parse.ts';
import { createDb, type Db } from '#lib/db/client.ts';
import { migrate } from '#lib/db/migrate.ts';
import { recordPapers } from '#lib/ingest/record-papers.ts';
import { compileQuery } from '#lib/query/compiled-query.ts';
import { parseQuery } from '#lib/query/parser.ts';
import { seededRandom } from '#lib/random.ts';
import { FOUND_MAX, type Path } from '#lib/search/search-input.ts';
import { searchPapers } from '#lib/search/search-papers.ts';
import { toStatement } from '#lib/search/statement.ts';
import { findRanked, findStatistics } from '#lib/search/store.ts';
import { weighTerms } from '#lib/search/weighting.ts';
import { anItem, aRecord } from '../../support/builders.ts';
import { dataFolder, lastJson, paperboy, ROOT, start } from '../cli/support.ts';

const PAPERS = 1_600;
const TERMS = 200;
const PATHS: readonly Path[] = ['bm25', 'plain'];

const { fraction } = seededRandom(5);
const any = (from: string) => from[Math.floor(fraction() * from.length)] ?? '';
/** No English stem cuts anything off words that end in k, so each is a term of its own. */
const words = [
  ...new Set(
    Array.from(
      { length: 2 * TERMS },
      () => `${any('bdfgklmnprstvz')}${any('aou')}${any('bdfgklmnprstvz')}${any('aou')}k`,
    ),
  ),
].slice(0, TERMS);

function lines(): string {
  const text = (count: number) =>
    Array.from({ length: count }, () => words[Math.floor(fraction() * words.length)]).join(' ');
  return Array.from({ length: PAPERS }, (_, n) =>
    JSON.stringify({
      id: `2503.${10_000 + n}`,
      title: text(3),
      abstract: `${text(9)} ${'as every abstract says '.repeat(2)}`,
      authors: ['Ada Lovelace'],
      categories: ['cs.LG'],
      first_listed: '2025-03-18',
    }),
  ).join('\n');
}

/** All papers with the word, by reading them. */
async function scan(db: Db): Promise<ReadonlyMap<string, readonly number[]>> {
  const found = new Map<string, number[]>(words.map((word) => [word, []]));
  const rows = await db.$queryRaw<{ key: number; text: string }[]>`
    SELECT key, title_text || ' ' || abstract_text AS text FROM paper ORDER BY key`;
  for (const { key, text } of rows) for (const word of new Set(text.split(' '))) found.get(word)?.push(key);
  return found;
}

/** All papers that the search's one statement finds, by key. */
async function find(db: Db, word: string, path: Path): Promise<number[]> {
  const compiled = compileQuery(parseQuery(word).query);
  const statistics = await findStatistics(
    db,
    compiled.ranked.map(({ stem }) => stem),
  );
  const input = {
    compiled,
    path,
    now: systemClock.now(),
    cursor: null,
    limit: FOUND_MAX,
    needed: 'all',
  } as const;
  const { hasWaiting } = statistics;
  const { page } = await findRanked(
    db,
    toStatement({ ...input, hasWaiting }, weighTerms(compiled, statistics)),
  );
  return page.map(({ key }) => key).sort((one, other) => one - other);
}

async function expectAgreement(db: Db): Promise<void> {
  const scanned = await scan(db);
  for (const path of PATHS)
    for (const [word, keys] of scanned) expect(await find(db, word, path), `${word}, ${path}`).toEqual(keys);
}

async function expectFoundAtOnce(db: Db, identifier: string): Promise<void> {
  const title = `Quokka ${words[0]}`;
  const items = [anItem(aRecord({ identifier, title, abstract: 'Of marsupials.' }))];
  await recordPapers(db, { source: 'arxiv', recordedAt: systemClock.now(), items });
  for (const path of PATHS) {
    const answer = await searchPapers({ db, clock: systemClock, path }, { query: 'quokka', limit: 5 });
    expect(answer.results.map(({ paper }) => paper.identifier)).toContain(identifier);
  }
}

test('search agrees with a full scan after every kill -9, and finds at once what is recorded then', {
  timeout: 300_000,
}, async () => {
  const folder = dataFolder();
  const file = join(folder, 'papers.jsonl');
  writeFileSync(file, lines());
  const config = parseConfig({ PAPERBOY_DIR: folder }, ROOT);
  if (Array.isArray(config)) throw new Error('The settings are wrong.');
  let reopened = 0;
  const database = await openDatabase(config, () => reopened++);
  await migrate(database.url);
  const db = createDb(database.url);
  onTestFinished(async () => {
    await db.$disconnect();
    await database.close();
  });
  const instants = [() => db.paper.count(), () => db.searchDocument.count()];
  for (const [round, countPapers] of instants.entries()) {
    const running = start(['import', file], { PAPERBOY_DIR: folder });
    const before = await countPapers();
    await vi.waitUntil(async () => (await countPapers()) > before, { timeout: 60_000, interval: 25 });
    const { pid } = JSON.parse(readFileSync(join(folder, 'database.json'), 'utf8'));
    // The import first, lest it opens the database again before it is killed itself.
    running.kill('SIGKILL');
    process.kill(pid, 'SIGKILL');
    expect(await running.finished).toMatchObject({ code: null });
    await Promise.race([vi.waitUntil(() => reopened > round, { timeout: 60_000 }), database.lost]);

    expect(await db.searchInbox.count()).toBeGreaterThan(0);
    await expectAgreement(db);
    await expectFoundAtOnce(db, `2601.0000${round}`);
  }
  const rest = lastJson(await paperboy(['import', file, '--json'], { PAPERBOY_DIR: folder }));
  expect(rest).toMatchObject({ rejectedCount: 0, brokenOff: null });
  expect(await db.searchDocument.count()).toBe(PAPERS + instants.length);
});
