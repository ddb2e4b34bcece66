/** Days that are missing or not whole, and arXiv's search that has their papers. */
import { expect, onTestFinished, test } from 'vitest';
import { submissionWindowOf } from '#lib/ingest/arxiv/calendar.ts';
import { API_SLICE } from '#lib/ingest/arxiv/source.ts';
import { fillGaps, type GapInput, type GapReport } from '#lib/ingest/fill-gaps.ts';
import { recordPapers } from '#lib/ingest/record-papers.ts';
import { listSourceDays, recordSourceDay, type SourceDay } from '#lib/ingest/store.ts';
import { MINUTE_MS } from '#lib/time.ts';
import { type ArxivPaper, aPaper, atomAnswer, atomError } from '../../support/arxiv-bodies.ts';
import { arxivDeps, cut, notice, startArxivReplay, truncated, xml } from '../../support/arxiv-replay.ts';
import { anItem } from '../../support/builders.ts';
import { freshDatabase } from '../../support/database.ts';
import { dumpPapers } from '../../support/dump-papers.ts';
import { type Route, status } from '../../support/replay-server.ts';
import { searchOf } from '../../support/simulated-arxiv.ts';

/** Tuesday evening in New York: Tuesday's announcement is a day old. */
const NOW = '2026-03-04T00:00:00Z';
const TUESDAY = '2026-03-03';
const MONDAY = '2026-03-02';
const FRIDAY = '2026-02-27';

async function setUp(api: Route, input: Partial<GapInput> = {}) {
  const server = await startArxivReplay({ api });
  onTestFinished(() => server.close());
  const { db, clock } = await freshDatabase({ now: NOW });
  const fetch = arxivDeps(clock);
  const fill = (more: Partial<GapInput> = {}) =>
    fillGaps(
      { db, fetch },
      {
        baseUrl: server.apiUrl,
        categories: ['cs.LG', 'stat.ML'],
        lookbackDays: 1,
        daysMax: 10,
        ...input,
        ...more,
      },
    );
  const day = async (name = TUESDAY) => (await listSourceDays(db, 'arxiv', name, name))[0];
  return { server, db, clock, fill, day };
}

function expectIdentity(report: GapReport): void {
  expect(report.inserted + report.updated + report.unchanged + report.rejected.length).toBe(report.seen);
}

/** `count` papers submitted within the window of `day`. */
function papersOf(day: string, count: number, fields: Partial<ArxivPaper> = {}): ArxivPaper[] {
  const { from } = submissionWindowOf(day)!;
  return Array.from({ length: count }, (_, index) =>
    aPaper({
      id: `${day.slice(2, 4)}${day.slice(5, 7)}.${day.slice(8)}${String(index).padStart(3, '0')}`,
      versions: [new Date(from.getTime() + index * MINUTE_MS)],
      ...fields,
    }),
  );
}

const aDay = (fields: Partial<SourceDay> = {}): SourceDay => ({
  source: 'arxiv',
  day: TUESDAY,
  expected: 10,
  seen: 10,
  missing: [],
  announcedAt: new Date('2026-03-03T05:20:00Z'),
  checkedAt: new Date('2026-03-03T05:20:00Z'),
  lastError: null,
  ...fields,
});

test('a day that nobody counted is found by the search for what was submitted for it', async () => {
  const outside = [
    ...papersOf(MONDAY, 2),
    aPaper({ id: '2603.09999', categories: ['math.AG'], versions: papersOf(TUESDAY, 1)[0]!.versions }),
  ];
  const { fill, db, day, server } = await setUp(searchOf(() => [...papersOf(TUESDAY, 3), ...outside]));
  const report = await fill();
  expect(report).toMatchObject({ days: [TUESDAY], filled: 1, seen: 3, inserted: 3, missed: [] });
  expectIdentity(report);
  expect(server.requests[0]?.query.get('search_query')).toBe(
    '(cat:cs.LG OR cat:stat.ML) AND submittedDate:[202602271900 TO 202603021859]',
  );
  expect(await day()).toMatchObject({ expected: 3, seen: 3, announcedAt: null, lastError: null });
  const listings = await db.listing.findMany();
  expect(listings).toHaveLength(3);
  for (const listing of listings) {
    expect(listing).toMatchObject({ listedOn: new Date(TUESDAY), kind: 'new', isEstimated: true });
  }
});

test('a day that is whole is not asked for, nor are week-ends, holidays and days that may merely be late', async () => {
  const { fill, db, server, clock } = await setUp(searchOf(() => []));
  await recordSourceDay(db, aDay());
  expect(await fill()).toMatchObject({ days: [], filled: 0 });
  clock.set('2026-03-03T17:00:00Z');
  expect(await fill({ lookbackDays: 0 })).toMatchObject({ days: [] });
  clock.set('2026-02-01T12:00:00Z');
  expect(await fill({ lookbackDays: 1 })).toMatchObject({ days: [] });
  clock.set('2026-01-20T23:00:00Z');
  expect(await fill({ lookbackDays: 0 })).toMatchObject({ days: [] });
  expect(server.requests).toEqual([]);
});

test('a second run finds nothing to do', async () => {
  const { fill, db, server } = await setUp(searchOf(() => papersOf(TUESDAY, 3)));
  await fill();
  const before = await dumpPapers(db);
  expect(await fill()).toMatchObject({ days: [], seen: 0 });
  expect(server.requests).toHaveLength(1);
  expect(await dumpPapers(db)).toEqual(before);
});

test('a day of more papers than a slice holds is taken in slice by slice', async () => {
  const { fill, day, server } = await setUp(searchOf(() => papersOf(TUESDAY, API_SLICE + 7)));
  expect(await fill()).toMatchObject({ seen: API_SLICE + 7, inserted: API_SLICE + 7, filled: 1 });
  expect(server.requests.map(({ query }) => query.get('start'))).toEqual(['0', String(API_SLICE)]);
  expect(await day()).toMatchObject({ expected: API_SLICE + 7, seen: API_SLICE + 7 });
});

test('slices that come back shorter than asked for are gone on with where they end', async () => {
  const papers = papersOf(TUESDAY, 5);
  const { fill, day, server } = await setUp(({ query }) => {
    const start = Number(query.get('start'));
    return xml(atomAnswer(papers.slice(start, start + 2), { total: 5, start }));
  });
  expect(await fill()).toMatchObject({ seen: 5, inserted: 5, filled: 1 });
  expect(server.requests.map(({ query }) => query.get('start'))).toEqual(['0', '2', '4']);
  expect(await day()).toMatchObject({ expected: 5, seen: 5 });
});

test('a search that says how many there are and sends fewer leaves the day in want of them', async () => {
  const papers = papersOf(TUESDAY, 5);
  // The last one comes twice, in place of one that is left out.
  let isShort = true;
  const { fill, day, db, clock } = await setUp(({ query }) =>
    isShort
      ? xml(atomAnswer(query.get('start') === '0' ? [...papers.slice(0, 4), papers[3]!] : [], { total: 5 }))
      : searchOf(() => papers)({ query } as Parameters<Route>[0]),
  );
  expect(await fill()).toMatchObject({ filled: 0, seen: 4 });
  expect(await day()).toMatchObject({ expected: 5, seen: 4 });
  isShort = false;
  expect(await fill()).toMatchObject({ days: [] });
  clock.set('2026-03-04T17:30:00Z');
  await recordSourceDay(db, aDay({ ...(await day())!, checkedAt: new Date('2026-03-03T20:00:00Z') }));
  expect(await fill()).toMatchObject({ days: [TUESDAY], filled: 1, inserted: 1, unchanged: 4 });
  expect(await day()).toMatchObject({ expected: 5, seen: 5 });
});

test('a search that finds nothing yet is asked again', async () => {
  let papers: ArxivPaper[] = [];
  const { fill, day, db } = await setUp(searchOf(() => papers));
  expect(await fill()).toMatchObject({ days: [TUESDAY], filled: 0 });
  expect(await day()).toMatchObject({ expected: 0, seen: 0 });
  papers = papersOf(TUESDAY, 2);
  await recordSourceDay(db, aDay({ ...(await day())!, checkedAt: new Date('2026-03-03T02:00:00Z') }));
  expect(await fill()).toMatchObject({ days: [TUESDAY], filled: 1 });
});

test('papers that a feed named but could not be read are asked for by name', async () => {
  const held = aPaper({ id: '2603.00001', versions: [new Date('2026-02-25T10:00:00Z')] });
  const replaced = aPaper({
    id: '2401.00002',
    versions: [new Date('2024-01-03T10:00:00Z'), new Date('2026-03-02T10:00:00Z')],
  });
  const crossed = aPaper({ id: '2401.00003', versions: [new Date('2024-01-03T10:00:00Z')] });
  const missing = [held.id, replaced.id, crossed.id, '2603.00004'];
  const { fill, db, day, server } = await setUp(
    searchOf(() => [held, replaced, crossed, ...papersOf(TUESDAY, 9)]),
  );
  await recordSourceDay(db, aDay({ seen: 6, missing }));
  const report = await fill();
  expect(report).toMatchObject({ days: [TUESDAY], filled: 0, seen: 3, inserted: 3 });
  expect(server.requests[0]?.query.get('id_list')).toBe(missing.join(','));
  expect(await day()).toMatchObject({
    expected: 10,
    seen: 9,
    missing: ['2603.00004'],
    announcedAt: new Date('2026-03-03T05:20:00Z'),
  });
  const listings = await db.listing.findMany({ include: { paper: true }, orderBy: { paperKey: 'asc' } });
  expect(Object.fromEntries(listings.map(({ paper, kind }) => [paper.identifier, kind]))).toEqual({
    [held.id]: 'new',
    [replaced.id]: 'replacement',
    [crossed.id]: 'cross_list',
  });
});

test('a day that lacks papers without a name counts only what the search adds to its listing', async () => {
  const papers = papersOf(TUESDAY, 4);
  const { fill, db, day } = await setUp(searchOf(() => papers));
  // A feed told ten, of which two could not be read; three of what the search finds are among the eight.
  const listing = { listedOn: TUESDAY, list: 'arxiv', kind: 'new' } as const;
  await recordPapers(db, {
    source: 'arxiv',
    recordedAt: new Date(TUESDAY),
    items: papers.slice(0, 3).map(({ id }) => anItem({ identifier: id, listing })),
  });
  await recordSourceDay(db, aDay({ seen: 8 }));
  expect(await fill()).toMatchObject({ filled: 0, inserted: 1 });
  expect(await day()).toMatchObject({ expected: 10, seen: 9 });
  expect(await db.listing.findMany({ where: { isEstimated: true } })).toHaveLength(1);
});

test('a day that cannot be filled keeps no other waiting, and is asked for once a day', async () => {
  const { fill, db, clock } = await setUp(
    searchOf(() => []),
    { lookbackDays: 6, daysMax: 3 },
  );
  const lacking = { seen: 9, missing: ['2602.99999'] };
  await recordSourceDay(db, aDay({ ...lacking, day: '2026-02-26', checkedAt: new Date('2026-03-01') }));
  await recordSourceDay(db, aDay({ ...lacking, day: FRIDAY, checkedAt: new Date('2026-02-28') }));
  // Unknown days first, the newest of them first; then whichever was looked into longest ago.
  expect((await fill()).days).toEqual([TUESDAY, MONDAY, FRIDAY]);
  expect((await fill()).days).toEqual(['2026-02-26']);
  expect((await fill()).days).toEqual([]);
  clock.set('2026-03-04T21:00:00Z');
  expect((await fill()).days).toEqual(['2026-03-04', TUESDAY, MONDAY]);
});

test.each([
  [
    'an error of the search',
    xml(atomError('incorrect_id_format', 'incorrect id format')),
    'incorrect id format',
  ],
  ['a server that refuses', status(400), 'status 400'],
  ['a document cut in the middle', truncated, 'not readable'],
  ['a wish to be asked in an hour', status(429, { 'retry-after': '3600' }), 'rate-limited'],
] as const)('%s is told, ends the run, and takes nothing away', async (_, misbehaviour, reason) => {
  const { fill, db, day, server } = await setUp(
    searchOf(() => papersOf(TUESDAY, 2)),
    { lookbackDays: 2 },
  );
  await recordSourceDay(db, aDay({ seen: 7, expected: 10, missing: [] }));
  await recordSourceDay(db, aDay({ day: MONDAY, seen: 7, checkedAt: new Date('2026-03-03T08:00:00Z') }));
  server.misbehave(misbehaviour);
  const report = await fill();
  expect(report).toMatchObject({ days: [TUESDAY], filled: 0 });
  expect(report.missed).toMatchObject([{ day: TUESDAY, reason: expect.stringContaining(reason) }]);
  expect(server.requests).toHaveLength(1);
  expect(await day()).toMatchObject({
    expected: 10,
    seen: 7,
    announcedAt: new Date('2026-03-03T05:20:00Z'),
    lastError: expect.stringContaining(reason),
  });
});

test('notices to wait and cut connections cost time and no paper', async () => {
  const { fill, server } = await setUp(searchOf(() => papersOf(TUESDAY, 2)));
  server.misbehave(notice(1), cut, status(503));
  expect(await fill()).toMatchObject({ filled: 1, inserted: 2, missed: [] });
});

test('a run that is stopped blames nobody', async () => {
  const { fill, day, server } = await setUp(searchOf(() => []));
  server.misbehave({ kind: 'silence' });
  const stopping = new AbortController();
  const filling = fill({ signal: stopping.signal });
  await expect.poll(() => server.requests.length).toBe(1);
  stopping.abort();
  expect(await filling).toMatchObject({ days: [], missed: [] });
  expect(await day()).toBeUndefined();
});
