import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, onTestFinished, test } from 'vitest';
import { systemClock } from '#lib/clock.ts';
import type { Db } from '#lib/db/client.ts';
import { type ImportInput, importPapers } from '#lib/import/import-papers.ts';
import { findSource } from '#lib/import/source.ts';
import { recordPapers } from '#lib/ingest/record-papers.ts';
import { listPapers } from '#lib/papers/list-store.ts';
import { findPaper } from '#lib/papers/store.ts';
import { anItem } from '../../support/builders.ts';
import { freshDatabase } from '../../support/database.ts';

function fileOf(content: string | Buffer, name = 'papers.jsonl'): string {
  const folder = mkdtempSync(join(tmpdir(), 'paperboy-import-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, name), content);
  return join(folder, name);
}

async function importFrom(db: Db, path: string, options: Omit<ImportInput, 'source'> = {}) {
  const source = await findSource(path);
  if (typeof source === 'string') throw new Error(source);
  return importPapers({ db, clock: systemClock }, { source, ...options });
}

const aLine = (id: string, fields: object = {}) =>
  JSON.stringify({
    id,
    title: `Paper ${id}`,
    abstract: `Abstract of ${id}.`,
    authors: ['Ada Lovelace'],
    categories: ['cs.LG'],
    first_listed: '2025-03-18',
    ...fields,
  });

const manyLines = (count: number) => Array.from({ length: count }, (_, n) => aLine(`2503.${10_000 + n}`));

/** All that an import may have written, without the keys, which the order of arrival gives. */
function contentsOf(db: Db): Promise<unknown> {
  return db.$queryRaw`
    SELECT paper.identifier, title, title_text, abstract, abstract_text, authors, categories, comment, doi,
           recorded_at, authority,
           (SELECT json_agg(listing.listed_on ORDER BY listed_on) FROM listing WHERE paper_key = key) AS listings,
           (SELECT json_agg(version ORDER BY version) FROM paper_version WHERE paper_key = key) AS versions,
           (SELECT json_agg(url ORDER BY url) FROM paper_link WHERE paper_key = key) AS links
    FROM paper ORDER BY archive, identifier`;
}

test('good lines are stored, bad ones are told by line and reason, and a second run changes nothing', async () => {
  const { db } = await freshDatabase();
  const path = fileOf(
    [
      aLine('2503.00001'),
      'rubbish',
      '',
      aLine('2503.1'),
      '{"id": "2503.00002", "tit',
      aLine('2503.00003'),
    ].join('\n'),
  );
  const rejected = [
    { line: 2, reason: expect.stringMatching(/^not JSON: /) },
    { line: 4, reason: '"2503.1" is no arXiv identifier' },
    { line: 5, reason: expect.stringMatching(/^not JSON: /) },
  ];
  expect(await importFrom(db, path)).toMatchObject({
    format: 'json-lines',
    seen: 5,
    inserted: 2,
    rejectedCount: 3,
    rejected,
    brokenOff: null,
  });
  expect(await findPaper(db, 'arxiv', '2503.00003')).toMatchObject({
    title: 'Paper 2503.00003',
    authors: ['Ada Lovelace'],
    listings: [{ listedOn: '2025-03-18', list: 'arxiv', kind: 'new' }],
  });
  const before = await contentsOf(db);
  expect(await importFrom(db, path)).toMatchObject({
    seen: 5,
    inserted: 0,
    updated: 0,
    unchanged: 2,
    rejectedCount: 3,
  });
  expect(await contentsOf(db)).toEqual(before);
});

test.each([
  ['gzip', (text: string) => gzipSync(text)],
  ['Zstandard', (text: string) => zstdCompressSync(text)],
  ['a JSON array', (text: string) => `[${text.trim().split('\n').join(',\n')}]`],
])('the same papers come out of %s', async (_, pack) => {
  const { db } = await freshDatabase();
  const text = `${manyLines(30).join('\n')}\n`;
  await importFrom(db, fileOf(text));
  expect(await importFrom(db, fileOf(Buffer.from(pack(text)), 'no-extension'))).toMatchObject({
    seen: 30,
    unchanged: 30,
  });
});

describe('one paper on several lines', () => {
  const LINES = [
    aLine('2503.00001', { title: 'Old', comment: 'said once', first_listed: '2025-03-18' }),
    aLine('2503.00001', { title: 'New', first_listed: '2025-03-20' }),
    aLine('2503.00001', { title: 'Newer', abstract: 'One', first_listed: '2025-03-21' }),
    aLine('2503.00001', { title: 'Newest', abstract: 'Other', first_listed: '2025-03-21' }),
    aLine('2503.00001', { title: 'Middle', doi: '10.1000/1', first_listed: '2025-03-19' }),
  ];
  const ORDERS = [
    [0, 1, 2, 3, 4],
    [4, 3, 2, 1, 0],
    [2, 0, 4, 3, 1],
  ];

  test('is the same paper whatever their order, and however they fall into files', async () => {
    const seen: unknown[] = [];
    for (const order of ORDERS) {
      const { db } = await freshDatabase();
      const lines = order.map((index) => LINES[index]);
      await importFrom(db, fileOf(lines.join('\n')));
      seen.push(await contentsOf(db));
      const { db: other } = await freshDatabase();
      for (const line of lines) await importFrom(other, fileOf(line ?? ''));
      seen.push(await contentsOf(other));
    }
    for (const contents of seen) expect(contents).toEqual(seen[0]);
    expect(seen[0]).toMatchObject([
      { title: 'Newest', abstract: 'Other', comment: 'said once', doi: '10.1000/1' },
    ]);
  });

  test('does not change with a second run', async () => {
    const { db } = await freshDatabase();
    const path = fileOf(LINES.join('\n'));
    expect(await importFrom(db, path)).toMatchObject({ seen: 5, inserted: 1 });
    expect(await importFrom(db, path)).toMatchObject({ seen: 5, inserted: 0, updated: 0, unchanged: 5 });
  });
});

describe('an import that was cut short', () => {
  test('goes on where it was, and ends with what an undisturbed one would have', async () => {
    const { db } = await freshDatabase();
    const lines = [...manyLines(1_200), 'rubbish', ...manyLines(1_400).slice(1_200)];
    const path = fileOf(lines.join('\n'));
    await importFrom(db, path);
    const undisturbed = await contentsOf(db);

    const { db: other } = await freshDatabase();
    const controller = new AbortController();
    controller.abort();
    const first = await importFrom(other, path, { signal: controller.signal });
    expect(first.brokenOff).toBe('stopped');
    expect(first.seen).toBe(first.inserted + first.rejectedCount);
    expect(first.seen).toBeGreaterThan(0);
    expect(first.seen).toBeLessThan(1_401);
    const second = await importFrom(other, path);
    expect(second).toMatchObject({
      resumedAfter: first.seen,
      seen: 1_401 - first.seen,
      unchanged: 0,
      brokenOff: null,
    });
    expect(await contentsOf(other)).toEqual(undisturbed);
    // It is done: the next one begins at the beginning.
    expect(await importFrom(other, path)).toMatchObject({ resumedAfter: 0, seen: 1_401, unchanged: 1_400 });
  });

  // Longer than what tells one file from another at first sight.
  const LINES = Array.from({ length: 2_500 }, (_, n) =>
    aLine(`2503.${10_000 + n}`, { abstract: 'x'.repeat(400) }),
  );

  async function cutShort(db: Db, path: string): Promise<number> {
    const controller = new AbortController();
    const options = { signal: controller.signal, onProgress: () => controller.abort() };
    const { seen, brokenOff } = await importFrom(db, path, options);
    expect(brokenOff).toBe('stopped');
    expect(seen).toBeLessThan(2_500);
    return seen;
  }

  test('begins at the beginning when the file has changed before that place', async () => {
    const { db } = await freshDatabase();
    const path = fileOf(LINES.join('\n'));
    const seen = await cutShort(db, path);
    const changed = LINES.with(seen - 2, aLine('2503.99999', { abstract: 'x'.repeat(400) }));
    writeFileSync(path, changed.join('\n'));
    expect(await importFrom(db, path)).toMatchObject({ resumedAfter: 0, seen: 2_500, brokenOff: null });
    expect(await findPaper(db, 'arxiv', '2503.99999')).not.toBeNull();
  });

  test('begins at the beginning when the file has become shorter', async () => {
    const { db } = await freshDatabase();
    const path = fileOf(LINES.join('\n'));
    const seen = await cutShort(db, path);
    writeFileSync(path, LINES.slice(0, seen - 1).join('\n'));
    expect(await importFrom(db, path)).toMatchObject({ resumedAfter: 0, seen: seen - 1, brokenOff: null });
  });

  test('begins at the beginning when told to', async () => {
    const { db } = await freshDatabase();
    const path = fileOf(LINES.join('\n'));
    await cutShort(db, path);
    expect(await importFrom(db, path, { isFresh: true })).toMatchObject({ resumedAfter: 0, seen: 2_500 });
  });
});

test('a packed file that breaks off gives what it holds, and says so', async () => {
  const { db } = await freshDatabase();
  const packed = gzipSync(manyLines(400).join('\n'));
  const report = await importFrom(db, fileOf(packed.subarray(0, packed.length - 40)));
  expect(report.brokenOff).toMatch(/unexpected end/);
  expect(report.inserted).toBeGreaterThan(300);
  expect(report.rejected).toMatchObject([{ reason: expect.stringMatching(/breaks off here/) }]);
  expect(report.seen).toBe(report.inserted + report.rejectedCount);
});

test('of many bad lines the first are listed and all are counted', async () => {
  const { db } = await freshDatabase();
  const report = await importFrom(db, fileOf(`${'rubbish\n'.repeat(2_500)}${aLine('2503.00001')}\n`));
  expect(report).toMatchObject({ seen: 2_501, inserted: 1, rejectedCount: 2_500 });
  expect(report.rejected).toHaveLength(1_000);
});

test('a line of any length costs no more than itself', async () => {
  const { db } = await freshDatabase();
  const long = aLine('2503.00002', { abstract: 'x'.repeat(9_000_000) });
  const report = await importFrom(db, fileOf([aLine('2503.00001'), long, aLine('2503.00003')].join('\n')));
  expect(report).toMatchObject({ inserted: 2, rejected: [{ line: 2, reason: 'longer than 8388608 bytes' }] });
});

test('a bibliography adds to what is known and takes nothing away', async () => {
  const { db } = await freshDatabase();
  await recordPapers(db, {
    source: 'huggingface',
    recordedAt: new Date('2026-03-02'),
    items: [anItem({ identifier: '1706.03762', title: 'Attention', abstract: 'The dominant models.' })],
  });
  const path = fileOf(
    `@misc{a, title={Attention Is All You Need}, author={Vaswani, Ashish}, eprint={1706.03762}, archivePrefix={arXiv}, keywords={attention}}
     @misc{b, title={Nowhere}}
     @article{c, title={Elsewhere}, doi={10.1000/1}}`,
    'refs.bib',
  );
  expect(await importFrom(db, path)).toMatchObject({
    format: 'bibtex',
    seen: 3,
    inserted: 1,
    updated: 1,
    rejected: [{ line: 2, reason: 'neither an arXiv identifier nor a DOI' }],
  });
  expect(await findPaper(db, 'arxiv', '1706.03762')).toMatchObject({
    title: 'Attention Is All You Need',
    abstract: 'The dominant models.',
    abstractText: 'The dominant models.',
    keywords: ['attention'],
  });
  expect(await findPaper(db, 'doi', '10.1000/1')).toMatchObject({ title: 'Elsewhere' });
  expect(await importFrom(db, path)).toMatchObject({ unchanged: 2, rejectedCount: 1 });

  // The file is corrected: a work that only it knows follows.
  const corrected = '@article{c, title={Else}, doi={10.1000/1}}';
  expect(await importFrom(db, fileOf(corrected, 'refs.bib'))).toMatchObject({ updated: 1 });
});

test("a day's body puts its papers on that day's list", async () => {
  const { db } = await freshDatabase();
  const paper = { title: 'A', summary: 'B', authors: [], upvotes: 3 };
  const body = ['2405.00001', '2405.00002'].map((id) => ({ paper: { ...paper, id } }));
  await importFrom(db, fileOf(JSON.stringify(body), '2024-05-27.json'));
  const listed = (await listPapers(db, { kind: 'day', day: '2024-05-27' }, { sort: 'upvotes', limit: 10 }))
    .papers;
  expect(listed.map(({ identifier, signals }) => [identifier, signals.upvotes])).toEqual([
    ['2405.00001', 3],
    ['2405.00002', 3],
  ]);
});

test.each([
  ['nothing', 'missing', /no such file/],
  ['a folder', '.', /is a folder/],
])('%s is no file to read', async (_, path, reason) => {
  expect(await findSource(path)).toMatch(reason);
});

test('a ZIP archive is refused with the command that helps', async () => {
  const { db } = await freshDatabase();
  expect(await importFrom(db, fileOf(Buffer.from('504b03041400', 'hex')))).toMatchObject({
    seen: 0,
    format: null,
    brokenOff: expect.stringMatching(/ZIP archive: unzip -p/),
  });
});
