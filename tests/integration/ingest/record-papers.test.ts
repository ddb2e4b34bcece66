import { expect, test } from 'vitest';
import { loadSample } from '#lib/ingest/load-sample.ts';
import { recordPapers } from '#lib/ingest/record-papers.ts';
import { listPapers } from '#lib/papers/list-store.ts';
import { findNeighbourDays, findNewestDay, findPaper } from '#lib/papers/store.ts';
import { rankPapers } from '#lib/ranking/rank-papers.ts';
import { anItem } from '../../support/builders.ts';
import { freshDatabase } from '../../support/database.ts';

const MONDAY = new Date('2026-03-02T00:00:00Z');
const TUESDAY = new Date('2026-03-03T00:00:00Z');

test('a new paper is inserted with everything the record says, and found by its identifier', async () => {
  const { db } = await freshDatabase();
  const item = anItem({
    identifier: 'hep-th/9901001',
    title: 'On $\\alpha$-decay',
    authors: ['B. Second', 'A. First'],
    links: [{ kind: 'repository', url: 'https://github.com/a/b', origin: 'huggingface' }],
    versions: [{ version: 1, submittedAt: MONDAY }],
    listing: { listedOn: '2026-03-02', position: 3, submittedBy: 'Ada' },
    observations: [{ kind: 'upvotes', value: 7, observedAt: MONDAY }],
  });

  expect(await recordPapers(db, { source: 'huggingface', recordedAt: MONDAY, items: [item] })).toEqual([
    'inserted',
  ]);
  expect(await findPaper(db, 'arxiv', 'hep-th/9901001')).toMatchObject({
    title: 'On $\\alpha$-decay',
    titleText: 'On α-decay',
    authors: ['B. Second', 'A. First'],
    links: [{ url: 'https://github.com/a/b' }],
    versions: [{ version: 1 }],
    listings: [{ listedOn: '2026-03-02', list: 'huggingface', kind: 'new', position: 3, submittedBy: 'Ada' }],
    firstListedOn: '2026-03-02',
    signals: { upvotes: 7 },
  });
});

test('the same batch again changes nothing', async () => {
  const { db } = await freshDatabase();
  const batch = {
    source: 'huggingface' as const,
    recordedAt: MONDAY,
    items: [anItem({}), anItem({ identifier: '2603.00002' })],
  };
  await recordPapers(db, batch);
  expect(await recordPapers(db, batch)).toEqual(['unchanged', 'unchanged']);
});

test('the newer record of one source wins, in whatever order the two arrive', async () => {
  const { db } = await freshDatabase();
  const older = { source: 'huggingface' as const, recordedAt: MONDAY, items: [anItem({ title: 'Old' })] };
  const newer = { source: 'huggingface' as const, recordedAt: TUESDAY, items: [anItem({ title: 'New' })] };
  expect(await recordPapers(db, newer)).toEqual(['inserted']);
  expect(await recordPapers(db, older)).toEqual(['unchanged']);
  expect((await findPaper(db, 'arxiv', '2603.00001'))?.title).toBe('New');
});

test('a newer record that says the same still outranks one in between', async () => {
  const { db } = await freshDatabase();
  const at = (day: string, title: string) => ({
    source: 'huggingface' as const,
    recordedAt: new Date(`${day}T00:00:00Z`),
    items: [anItem({ title })],
  });
  await recordPapers(db, at('2026-03-01', 'Same'));
  expect(await recordPapers(db, at('2026-03-05', 'Same'))).toEqual(['unchanged']);
  expect(await recordPapers(db, at('2026-03-03', 'Between'))).toEqual(['unchanged']);
  expect((await findPaper(db, 'arxiv', '2603.00001'))?.title).toBe('Same');
});

test('a source of less authority fills gaps but does not overwrite', async () => {
  const { db } = await freshDatabase();
  await recordPapers(db, {
    source: 'arxiv',
    recordedAt: MONDAY,
    items: [anItem({ title: 'arXiv says', keywords: [] })],
  });
  const lesser = anItem({ title: 'Hugging Face says', keywords: ['gap'], comment: 'a comment' });
  expect(await recordPapers(db, { source: 'huggingface', recordedAt: TUESDAY, items: [lesser] })).toEqual([
    'updated',
  ]);
  expect(await findPaper(db, 'arxiv', '2603.00001')).toMatchObject({
    title: 'arXiv says',
    keywords: ['gap'],
    comment: 'a comment',
  });
});

test('of two records of one instant the same one wins, in whatever order and batches they arrive', async () => {
  const items = [
    anItem({ title: 'One', doi: '10.1/a' }),
    anItem({ title: 'Other', abstract: 'A longer one.' }),
  ];
  const titles: (string | undefined)[] = [];
  for (const batches of [
    [items],
    [[...items].reverse()],
    items.map((item) => [item]),
    [[items[1]!], [items[0]!]],
  ]) {
    const { db } = await freshDatabase();
    for (const batch of batches)
      await recordPapers(db, { source: 'import', recordedAt: MONDAY, items: batch });
    const outcomes = await recordPapers(db, { source: 'import', recordedAt: MONDAY, items });
    expect(outcomes).toEqual(['unchanged', 'unchanged']);
    const paper = await findPaper(db, 'arxiv', '2603.00001');
    titles.push(paper?.title);
    expect(paper).toMatchObject({ titleText: paper?.title, doi: '10.1/a' });
  }
  expect(new Set(titles)).toEqual(new Set(['Other']));
});

test('a record without an abstract leaves the one there is, whatever its rank', async () => {
  const { db } = await freshDatabase();
  const record = (source: 'huggingface' | 'import', abstract: string, recordedAt: Date) =>
    recordPapers(db, { source, recordedAt, items: [anItem({ title: source, abstract })] });
  await record('import', '', TUESDAY);
  expect(await record('huggingface', 'Told', MONDAY)).toEqual(['updated']);
  expect(await record('import', '', TUESDAY)).toEqual(['unchanged']);
  expect(await findPaper(db, 'arxiv', '2603.00001')).toMatchObject({
    title: 'import',
    abstract: 'Told',
    abstractText: 'Told',
  });
});

test('a paper twice in one batch is one paper and one insertion', async () => {
  const { db } = await freshDatabase();
  const items = [anItem({ title: 'One' }), anItem({ title: 'Other' })];
  expect(await recordPapers(db, { source: 'huggingface', recordedAt: MONDAY, items })).toEqual([
    'inserted',
    'unchanged',
  ]);
  expect(await recordPapers(db, { source: 'huggingface', recordedAt: MONDAY, items })).toEqual([
    'unchanged',
    'unchanged',
  ]);
});

test('signals are appended, and the newest counts whatever the order of arrival', async () => {
  const { db } = await freshDatabase();
  const seen = (value: number, observedAt: Date) =>
    recordPapers(db, {
      source: 'huggingface',
      recordedAt: MONDAY,
      items: [anItem({ observations: [{ kind: 'upvotes', value, observedAt }] })],
    });
  await seen(9, TUESDAY);
  await seen(4, MONDAY);
  expect((await findPaper(db, 'arxiv', '2603.00001'))?.signals.upvotes).toBe(9);
  expect(await db.signal.count()).toBe(2);
});

test('two writers of the same papers at once lose nothing', async () => {
  const { db } = await freshDatabase();
  const items = Array.from({ length: 50 }, (_, n) => anItem({ identifier: `2603.${10_000 + n}` }));
  const batch = { source: 'huggingface' as const, recordedAt: MONDAY };
  const [one, other] = await Promise.all([
    recordPapers(db, { ...batch, items }),
    recordPapers(db, { ...batch, items: [...items].reverse() }),
  ]);
  expect([...one, ...other].filter((outcome) => outcome === 'inserted')).toHaveLength(50);
  expect(await db.paper.count()).toBe(50);
});

test('what is derived of a paper goes with it when somebody deletes it, and nothing of others', async () => {
  const { db, clock } = await freshDatabase();
  // As many as are put into the inbox, and not into the indexes.
  const items = Array.from({ length: 400 }, (_, index) =>
    anItem({
      identifier: `2603.${10_000 + index}`,
      categories: ['cs.LG'],
      listing: { listedOn: '2026-03-02', position: index },
    }),
  );
  await recordPapers(db, { source: 'arxiv', recordedAt: MONDAY, items });
  await rankPapers({ db, clock }, TUESDAY);
  const derivedOf = async () => ({
    subjects: new Set((await db.subjectPaper.findMany()).map(({ paperKey }) => paperKey)).size,
    waiting: await db.searchInbox.count(),
    ranked: new Set((await db.trendingEntry.findMany()).map(({ paperKey }) => paperKey)).size,
  });
  expect(await derivedOf()).toEqual({ subjects: 400, waiting: 400, ranked: 400 });

  await db.$executeRaw`DELETE FROM paper WHERE identifier < '2603.10003'`;

  expect(await derivedOf()).toEqual({ subjects: 397, waiting: 397, ranked: 397 });

  await db.$executeRaw`TRUNCATE paper CASCADE`;

  expect(await derivedOf()).toEqual({ subjects: 0, waiting: 0, ranked: 0 });
});

test('a day lists each paper once, most upvoted first, and knows its neighbours', async () => {
  const { db } = await freshDatabase();
  const listed = (listedOn: string, identifier: string, position: number, upvotes: number | null) =>
    anItem({
      identifier,
      listing: { listedOn, position },
      observations: upvotes === null ? [] : [{ kind: 'upvotes', value: upvotes, observedAt: MONDAY }],
    });
  const items = [
    listed('2026-02-27', '2602.00001', 0, null),
    listed('2026-03-02', '2603.00001', 0, null),
    listed('2026-03-02', '2603.00002', 1, 5),
    listed('2026-03-02', '2603.00003', 2, 50),
    listed('2026-03-05', '2603.00009', 0, 1),
  ];
  await recordPapers(db, { source: 'huggingface', recordedAt: MONDAY, items });
  const day = (await listPapers(db, { kind: 'day', day: '2026-03-02' }, { sort: 'upvotes', limit: 10 }))
    .papers;
  expect(day.map((paper) => paper.identifier)).toEqual(['2603.00003', '2603.00002', '2603.00001']);
  expect(await findNeighbourDays(db, '2026-03-02')).toEqual({ previous: '2026-02-27', next: '2026-03-05' });
  expect(await findNewestDay(db)).toBe('2026-03-05');
});

test('the sample edition fills an empty database once', async () => {
  const { db } = await freshDatabase();
  expect(await loadSample(db)).toBe(67);
  expect(await loadSample(db)).toBe(0);
  expect(await findNewestDay(db)).toBe('2025-03-12');
  expect(
    (await listPapers(db, { kind: 'day', day: '2025-03-12' }, { sort: 'upvotes', limit: 100 })).papers,
  ).toHaveLength(67);
});
