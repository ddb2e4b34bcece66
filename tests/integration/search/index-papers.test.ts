/** Papers and what is searched of them: always both, wherever the paper stands between inbox and index. */
import { expect, test } from 'vitest';
import type { Db } from '#lib/db/client.ts';
import { recordPapers } from '#lib/ingest/record-papers.ts';
import { indexPapers } from '#lib/search/index/index-papers.ts';
import { anItem, aRecord } from '../../support/builders.ts';
import { freshDatabase } from '../../support/database.ts';

const RECORDED_AT = new Date('2026-03-01T00:00:00Z');

function record(db: Db, items: Parameters<typeof recordPapers>[1]['items'], recordedAt = RECORDED_AT) {
  return recordPapers(db, { source: 'arxiv', recordedAt, items });
}

async function listSearched(db: Db): Promise<{ place: string; words: string }[]> {
  return db.$queryRaw`
    SELECT 'index' AS place, trim(split_part(words, '|', 1)) AS words FROM search_document
    UNION ALL SELECT 'inbox', trim(split_part(words, '|', 1)) FROM search_inbox ORDER BY words`;
}

test('a few papers are indexed as they are recorded, and again when they change', async () => {
  const { db } = await freshDatabase();
  await record(db, [anItem(aRecord({ identifier: '2603.00001', title: 'Graphs of Schrödinger' }))]);
  expect(await listSearched(db)).toEqual([{ place: 'index', words: 'graphs of schrodinger' }]);
  await record(
    db,
    [anItem(aRecord({ identifier: '2603.00001', title: 'Trees' }))],
    new Date('2026-03-02T00:00:00Z'),
  );
  expect(await listSearched(db)).toEqual([{ place: 'index', words: 'trees' }]);
});

test('the papers of a bulk import wait in the inbox, change there, and are indexed in time', async () => {
  const { db, clock } = await freshDatabase();
  const items = Array.from({ length: 450 }, (_, index) =>
    anItem(aRecord({ identifier: `2603.${10_000 + index}`, title: `Paper ${index}` })),
  );
  await record(db, items);
  await record(
    db,
    [anItem(aRecord({ identifier: '2603.10007', title: 'Changed' }))],
    new Date('2026-03-02T00:00:00Z'),
  );
  const waiting = await listSearched(db);
  expect(waiting).toHaveLength(450);
  expect(waiting).toContainEqual({ place: 'inbox', words: 'changed' });
  expect(await indexPapers({ db, clock })).toEqual({ indexed: 450, waiting: 0 });
  const indexed = await listSearched(db);
  expect(indexed).toHaveLength(450);
  expect(indexed).toContainEqual({ place: 'index', words: 'changed' });
  const [total] = await db.$queryRaw<
    { papers: number }[]
  >`SELECT papers FROM search_term WHERE stem = 'paper'`;
  expect(total?.papers).toBe(449);
});

test('papers from before there was a search are indexed too', async () => {
  const { db, clock } = await freshDatabase();
  await record(db, [anItem(aRecord({ identifier: '2603.00001', title: 'Old one' }))]);
  await db.$executeRaw`DELETE FROM search_document`;
  expect(await indexPapers({ db, clock })).toEqual({ indexed: 1, waiting: 0 });
  expect(await listSearched(db)).toEqual([{ place: 'index', words: 'old one' }]);
});

test('facts that search filters by follow what is told of a paper later', async () => {
  const { db } = await freshDatabase();
  const paper = aRecord({
    identifier: '2603.00001',
    categories: ['cs.LG'],
    submittedAt: new Date('2026-02-03T00:00:00Z'),
  });
  await record(db, [anItem(paper)]);
  const listing = {
    listedOn: '2026-03-02',
    list: 'huggingface',
    kind: 'new',
    position: 0,
    submittedBy: null,
  } as const;
  const links = [{ kind: 'repository', url: 'https://github.com/a/b', origin: 'huggingface' }] as const;
  await record(db, [{ record: { ...paper, links }, listing, observations: [] }]);
  const [row] = await db.$queryRaw<{ traits: string[] }[]>`SELECT traits FROM search_document`;
  expect(row?.traits).toEqual(
    expect.arrayContaining(['g/cs.lg', 'g/cs.*', 'y/2026', 'l/huggingface', 'has/code']),
  );
});
