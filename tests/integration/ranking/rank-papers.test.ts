import { expect, test } from 'vitest';
import { recordPapers } from '#lib/ingest/record-papers.ts';
import { TRENDING_WINDOWS } from '#lib/papers/paper-list.ts';
import { orderPapers } from '#lib/ranking/order-papers.ts';
import { rankPapers } from '#lib/ranking/rank-papers.ts';
import { findTrendingEntry, listTrending, purgeSnapshots } from '#lib/ranking/store.ts';
import { DAY_MS, HOUR_MS } from '#lib/time.ts';
import { anItem } from '../../support/builders.ts';
import { freshDatabase } from '../../support/database.ts';
import { observed, saveMonth, savePaper } from '../../support/ranked-papers.ts';

const AT = new Date('2026-11-24T10:55:00Z');
const TODAY = '2026-11-24';

type Database = Awaited<ReturnType<typeof freshDatabase>>;

/** `window rank identifier`, from the view that others order by. */
async function currentOrder({ db }: Database): Promise<string[]> {
  const rows = await db.$queryRaw<{ line: string }[]>`
    SELECT time_window || ' ' || rank || ' ' || identifier AS line
    FROM current_trending JOIN paper ON paper.key = paper_key ORDER BY time_window, rank`;
  return rows.map(({ line }) => line);
}

async function orderAt({ db }: Database, at: Date): Promise<string[]> {
  const orders = [];
  for (const window of ['day', 'month', 'week'] as const) {
    const order = await orderPapers(db, { at, window });
    orders.push(
      ...order.map(({ rank, candidate }) => `${window} ${rank} ${candidate.id.replace('arxiv:', '')}`),
    );
  }
  return orders;
}

test('of old readings only the last is copied, and the order is that of the moment', async () => {
  const database = await freshDatabase();
  const { db, clock } = database;
  const daysAgo = (days: number, value: number): [number, number] => [days * 24, value];
  await savePaper(db, '2501.00001', {
    listedOn: '2025-01-02',
    observations: observed(
      AT,
      'stars',
      daysAgo(300, 5),
      daysAgo(100, 50),
      daysAgo(80, 70),
      daysAgo(40, 90),
      [2, 95],
    ),
  });
  await savePaper(db, '2611.00001', { listedOn: TODAY, observations: observed(AT, 'stars', [4, 1], [1, 9]) });

  await rankPapers({ db, clock }, AT);

  const copies = await db.signalSeries.findMany({ orderBy: { paperKey: 'asc' } });
  const valuesOf = copies.map(({ readings }) => readings.split(',').map((reading) => reading.split(' ')[1]));
  expect(valuesOf).toEqual([
    ['70', '90', '95'],
    ['1', '9'],
  ]);
  expect(await currentOrder(database)).toEqual(await orderAt(database, AT));
});

test('a paper that gains more stands higher, with the reason for it', async () => {
  const database = await freshDatabase();
  const { db, clock } = database;
  await savePaper(db, '2611.00001', {
    listedOn: TODAY,
    observations: observed(AT, 'upvotes', [4, 1], [1, 3]),
  });
  await savePaper(db, '2611.00002', {
    listedOn: TODAY,
    observations: observed(AT, 'upvotes', [4, 2], [1, 60]),
  });
  await savePaper(db, '2611.00003', { listedOn: TODAY });

  expect(await rankPapers({ db, clock }, AT)).toEqual({ ranked: 3, gathered: 2, inserted: 3 });

  const order = await currentOrder(database);
  expect(order.filter((line) => line.startsWith('day'))).toEqual([
    'day 1 2611.00002',
    expect.stringMatching(/^day 2 /),
    expect.stringMatching(/^day 3 /),
  ]);
  const [first] = await listTrending(db, 'day', { limit: 1 });
  expect(first?.parts).toMatchObject([{ kind: 'upvotes', latest: 60, gained: 60 }]);
  expect(await findTrendingEntry(db, 'week', first?.paperKey ?? 0)).toMatchObject({ rank: 1 });
  expect(await findTrendingEntry(db, 'week', 999)).toBeNull();
});

test('only what was known then counts: later observations change no past order', async () => {
  const database = await freshDatabase();
  await saveMonth(database.db, AT, 60);
  const earlier = new Date(AT.getTime() - 5 * DAY_MS);
  const before = await orderAt(database, earlier);

  await saveMonth(database.db, new Date(AT.getTime() + DAY_MS), 0);
  const papers = await database.db.paper.findMany({ select: { identifier: true } });
  const items = papers.map(({ identifier }, index) =>
    anItem({ identifier, observations: observed(AT, 'stars', [index, 1_000 * index]) }),
  );
  await recordPapers(database.db, { source: 'huggingface', recordedAt: AT, items });

  expect(before.length).toBeGreaterThan(100);
  expect(await orderAt(database, earlier)).toEqual(before);
  expect(await orderAt(database, AT)).not.toEqual(before);
});

test('hour after hour, the run that reads only what is new gives the order of one that reads everything', async () => {
  const database = await freshDatabase();
  const { db, clock } = database;
  await saveMonth(db, AT, 90);
  for (let hour = -26; hour <= 0; hour += 2) {
    const at = new Date(AT.getTime() + hour * HOUR_MS);
    await rankPapers({ db, clock }, at);
    expect(await currentOrder(database)).toEqual(await orderAt(database, at));
  }
});

test('observations recorded after a run, but made before it, are in the next one', async () => {
  const database = await freshDatabase();
  const { db, clock } = database;
  await saveMonth(db, AT, 30);
  await rankPapers({ db, clock }, AT);
  await savePaper(db, '2610.00004', { observations: observed(AT, 'upvotes', [2, 900]) });

  const later = new Date(AT.getTime() + HOUR_MS);
  await rankPapers({ db, clock }, later);
  expect(await currentOrder(database)).toEqual(await orderAt(database, later));
});

test('a second run of a slot adds nothing', async () => {
  const database = await freshDatabase();
  const { db, clock } = database;
  await saveMonth(db, AT, 30);
  await rankPapers({ db, clock }, AT);
  const order = await currentOrder(database);
  expect(await rankPapers({ db, clock }, AT)).toMatchObject({ inserted: 0 });
  expect(await currentOrder(database)).toEqual(order);
  expect(await db.trendingSnapshot.count()).toBe(TRENDING_WINDOWS.length);
});

test('a slot made up for late is history and does not replace the page', async () => {
  const database = await freshDatabase();
  const { db, clock } = database;
  await saveMonth(db, AT, 40);
  await rankPapers({ db, clock }, AT);
  const order = await currentOrder(database);

  const late = new Date(AT.getTime() - 3 * DAY_MS);
  expect(await rankPapers({ db, clock }, late)).toMatchObject({ inserted: 3 });
  expect(await currentOrder(database)).toEqual(order);
  const snapshot = await db.trendingSnapshot.findUniqueOrThrow({
    where: { timeWindow_asOf: { timeWindow: 'day', asOf: late } },
  });
  const [first] = await orderPapers(db, { at: late, window: 'day' });
  expect(snapshot.paperKeys[0]).toBe(first?.candidate.paperKey);
  expect(snapshot.scores[0]).toBe(first?.score);
});

test('old papers are ranked while they are observed; withdrawn ones are not; replacements are not news', async () => {
  const database = await freshDatabase();
  const { db, clock } = database;
  await savePaper(db, '2601.00001', {
    listedOn: '2026-01-05',
    observations: observed(AT, 'stars', [2000, 10], [30, 90]),
  });
  await savePaper(db, '2601.00002', {
    listedOn: '2026-01-05',
    observations: observed(AT, 'stars', [2000, 10]),
  });
  await savePaper(db, '2611.00001', { listedOn: TODAY });
  await savePaper(db, '2611.00002', { listedOn: TODAY, isWithdrawn: true });
  const replaced = anItem({
    identifier: '2601.00003',
    listing: { listedOn: TODAY, list: 'arxiv', kind: 'replacement' },
  });
  await recordPapers(db, { source: 'arxiv', recordedAt: AT, items: [replaced] });

  await rankPapers({ db, clock }, AT);
  const order = await currentOrder(database);
  expect(
    order
      .filter((line) => line.startsWith('day'))
      .map((line) => line.slice(6))
      .sort(),
  ).toEqual(['2601.00001', '2611.00001']);
});

test('where nothing new has come for long, the last papers that came are ranked', async () => {
  const database = await freshDatabase();
  const { db, clock } = database;
  await savePaper(db, '2503.00001', { listedOn: '2025-03-12', list: 'sample' });
  await savePaper(db, '2503.00002', { listedOn: '2025-03-12', list: 'sample' });
  await savePaper(db, '2301.00002', { listedOn: '2023-01-12', list: 'sample' });
  expect(await rankPapers({ db, clock }, AT)).toMatchObject({ ranked: 2, inserted: 3 });
  expect(await currentOrder(database)).toEqual(await orderAt(database, AT));
});

test('an empty database has an empty snapshot', async () => {
  const database = await freshDatabase();
  const { db, clock } = database;
  expect(await rankPapers({ db, clock }, AT)).toEqual({ ranked: 0, gathered: 0, inserted: 3 });
  expect(await currentOrder(database)).toEqual([]);
});

test('entries are narrowed to a category and to papers with code, and keep their rank', async () => {
  const { db, clock } = await freshDatabase();
  await savePaper(db, '2611.00001', { listedOn: TODAY, category: 'cs.CL' });
  await savePaper(db, '2611.00002', { listedOn: TODAY, category: 'cs.LG' });
  const coded = anItem({
    identifier: '2611.00003',
    categories: ['cs.LG', 'cs.CL'],
    listing: { listedOn: TODAY },
    links: [{ kind: 'repository', url: 'https://github.com/a/b', origin: 'abstract' }],
  });
  await recordPapers(db, { source: 'arxiv', recordedAt: AT, items: [coded] });
  await rankPapers({ db, clock }, AT);

  const all = await listTrending(db, 'day', { limit: 10 });
  const narrowed = await listTrending(db, 'day', { limit: 10, category: 'cs.CL' });
  const withCode = await listTrending(db, 'day', { limit: 10, category: 'cs.CL', hasCode: true });
  expect([all.length, narrowed.length, withCode.length]).toEqual([3, 2, 1]);
  expect(all).toContainEqual(withCode[0]);
});

test('snapshots older than the bound are thinned to the first of each day, in every window', async () => {
  const { db, clock } = await freshDatabase();
  await savePaper(db, '2611.00001', { listedOn: '2026-11-20' });
  for (const at of [
    '2026-11-20T00:55:00Z',
    '2026-11-20T12:55:00Z',
    '2026-11-21T09:55:00Z',
    '2026-11-21T10:55:00Z',
    '2026-11-22T10:55:00Z',
    '2026-11-22T11:55:00Z',
  ])
    await rankPapers({ db, clock }, new Date(at));

  expect(await purgeSnapshots(db, new Date('2026-11-22T00:00:00Z'))).toBe(6);
  const kept = await db.trendingSnapshot.findMany({
    where: { timeWindow: 'week' },
    orderBy: { asOf: 'asc' },
  });
  expect(kept.map(({ asOf }) => asOf.toISOString().slice(0, 16))).toEqual([
    '2026-11-20T00:55',
    '2026-11-21T09:55',
    '2026-11-22T10:55',
    '2026-11-22T11:55',
  ]);
});

test('readings that cannot be right, gaps and renamed repositories lose no paper and are no figure that is none', async () => {
  const database = await freshDatabase();
  const { db, clock } = database;
  const troubles: Record<string, Parameters<typeof observed>> = {
    '2611.00001': [AT, 'stars', [48, 10], [47, -5], [1, 30]],
    '2611.00002': [AT, 'stars', [48, 10], [24, 2_147_483_647], [1, 30]],
    '2611.00003': [AT, 'stars', [48, 500], [24, 400], [1, 510]],
    '2611.00004': [AT, 'stars', [1, 30], [48, 10], [24, 20]],
    '2611.00005': [AT, 'stars', [48, 10], [-30, 9_000]],
    '2611.00006': [AT, 'stars', [24 * 60, 10], [1, 900]],
    '2611.00007': [AT, 'stars', [48, 800], [47, 805], [3, 12], [2, 14]],
    '2611.00008': [AT, 'upvotes', [24 * 365 * 50, 3], [1, 9]],
    '2611.00009': [AT, 'upvotes'],
  };
  for (const [identifier, [at, kind, ...readings]] of Object.entries(troubles))
    await savePaper(db, identifier, {
      listedOn: '2026-11-22',
      observations: observed(at, kind, ...readings),
    });
  // The same reading told twice, by two sources, with two values: the first one stays.
  await savePaper(db, '2611.00001', { observations: observed(AT, 'stars', [1, 77]) });

  await rankPapers({ db, clock }, AT);
  const order = await currentOrder(database);
  for (const window of TRENDING_WINDOWS) {
    const papers = order.filter((line) => line.startsWith(`${window} `)).map((line) => line.split(' ')[2]);
    expect(papers.sort()).toEqual(Object.keys(troubles));
    const entries = await listTrending(db, window, { limit: 20 });
    expect(JSON.stringify(entries)).not.toMatch(/NaN|Infinity|null(?!,"expectedPerDay)/);
    expect(entries.every(({ score }) => Number.isFinite(score) && score > 0)).toBe(true);
  }
  expect(await orderAt(database, AT)).toEqual(order);
});

test('a clock that runs ahead is not believed until its time has come', async () => {
  const database = await freshDatabase();
  const { db, clock } = database;
  await savePaper(db, '2611.00001', { listedOn: TODAY, observations: observed(AT, 'upvotes', [2, 3]) });
  await rankPapers({ db, clock }, AT);
  const before = await listTrending(db, 'day', { limit: 1 });
  await savePaper(db, '2611.00001', { observations: observed(AT, 'upvotes', [-5, 500]) });

  await rankPapers({ db, clock }, new Date(AT.getTime() + HOUR_MS));
  expect((await listTrending(db, 'day', { limit: 1 }))[0]?.parts[0]).toMatchObject({ latest: 3 });
  await rankPapers({ db, clock }, new Date(AT.getTime() + 6 * HOUR_MS));
  expect((await listTrending(db, 'day', { limit: 1 }))[0]?.parts[0]).toMatchObject({ latest: 500 });
  expect(before[0]?.parts[0]).toMatchObject({ latest: 3 });
});
