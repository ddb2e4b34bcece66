/** arXiv's OAI-PMH, recorded and hand-written, through the real client into a real database. */
import { expect, onTestFinished, test } from 'vitest';
import { OAI_ERROR_CODES } from '#lib/ingest/arxiv/oai.ts';
import type { ArxivDeps } from '#lib/ingest/arxiv/source.ts';
import { type HarvestInput, type HarvestReport, harvestArxiv } from '#lib/ingest/harvest-arxiv.ts';
import { recordPapers } from '#lib/ingest/record-papers.ts';
import { findHarvest, recordHarvest } from '#lib/ingest/store.ts';
import {
  aPaper,
  deletedRecord,
  oaiAnswer,
  oaiError,
  oaiPage,
  oaiRecord,
} from '../../support/arxiv-bodies.ts';
import {
  type ArxivReplay,
  arxivDeps,
  cut,
  flood,
  gzipped,
  listOf,
  mislabelled,
  notice,
  recordedNotice,
  recordedPages,
  recordingsAbsent,
  redirected,
  repage,
  slow,
  startArxivReplay,
  truncated,
  xml,
} from '../../support/arxiv-replay.ts';
import { anItem } from '../../support/builders.ts';
import { freshDatabase } from '../../support/database.ts';
import { type Dump, dumpPapers } from '../../support/dump-papers.ts';
import { type Route, status } from '../../support/replay-server.ts';

const NOW = '2026-03-02T04:00:00Z';

async function setUp(route: Route, now = NOW, limits: ArxivDeps['limits'] = {}) {
  const server = await startArxivReplay({ oai: route });
  onTestFinished(() => server.close());
  const { db, clock } = await freshDatabase({ now });
  const fetch = arxivDeps(clock, limits);
  const harvest = (input: Partial<HarvestInput> = {}) =>
    harvestArxiv(
      { db, fetch },
      { baseUrl: server.oaiUrl, set: null, metadataPrefix: 'arXivRaw', since: '2026-02-27', ...input },
    );
  const state = () => findHarvest(db, `${server.oaiUrl} arXivRaw all`);
  return { server, db, clock, fetch, harvest, state };
}

const queries = ({ requests }: ArxivReplay) =>
  requests.map(({ query }) => Object.fromEntries([...query].filter(([name]) => name !== 'verb')));

function expectIdentity(report: HarvestReport): void {
  expect(report.inserted + report.updated + report.unchanged + report.rejected.length).toBe(report.seen);
}

/** Ten papers on four pages. */
const IDS = Array.from({ length: 10 }, (_, index) => `2602.${String(10_001 + index)}`);
const PAGES = repage(
  [
    oaiPage(
      IDS.map((id) =>
        oaiRecord(aPaper({ id, abstract: `Code: https://github.com/ada/${id}` }), '2026-02-28'),
      ),
    ),
  ],
  10,
  3,
);

let undisturbedDump: Promise<Dump> | undefined;

/** What a harvest of those pages leaves behind when nothing happens to it. */
function undisturbed(): Promise<Dump> {
  undisturbedDump ??= setUp(listOf(PAGES)).then(async ({ harvest, db }) => {
    await harvest();
    return dumpPapers(db);
  });
  return undisturbedDump;
}

test.skipIf(recordingsAbsent)(
  'the recorded pages give exactly 2,265 records over three pages, and a second harvest changes nothing',
  async () => {
    const { harvest, db, server, clock } = await setUp(listOf(recordedPages()), '2023-03-07T19:00:00Z');
    const input = { metadataPrefix: 'oai_dc', since: '2023-03-07' } as const;
    const first = await harvest(input);
    expect(first).toMatchObject({
      pages: 3,
      bodies: 3,
      seen: 2265,
      inserted: 2265,
      updated: 0,
      unchanged: 0,
      isComplete: true,
    });
    expect(first.rejected).toEqual([]);
    expect(queries(server)).toEqual([
      { metadataPrefix: 'oai_dc', from: '2023-03-07' },
      { resumptionToken: '6511260|1001' },
      { resumptionToken: '6511260|2001' },
    ]);
    const dump = await dumpPapers(db);
    expect(dump.get('papers')).toHaveLength(2265);

    clock.set('2023-03-08T19:00:00Z');
    const second = await harvest(input);
    expect(second).toMatchObject({ pages: 3, seen: 2265, inserted: 0, updated: 0, unchanged: 2265 });
    expect(queries(server)[3]).toEqual({ metadataPrefix: 'oai_dc', from: '2023-03-05' });
    expect(await dumpPapers(db)).toEqual(dump);
  },
  120_000,
);

test.each([1, 2, 3])(
  'a harvest stopped after page %i goes on there, and ends as one that was not',
  async (stop) => {
    const expected = await undisturbed();
    const { harvest, db, server } = await setUp(listOf(PAGES));
    const stopping = new AbortController();
    const onProgress = ({ pages }: HarvestReport) => (pages === stop ? stopping.abort() : undefined);
    const stopped = await harvest({ signal: stopping.signal, onProgress });
    expect(stopped).toMatchObject({ pages: stop, isComplete: false, missed: [] });
    const resumed = await harvest();
    expect(resumed).toMatchObject({ pages: 4 - stop, isComplete: true, inserted: 10 - 3 * stop });
    expect(server.requests).toHaveLength(4);
    expect(await dumpPapers(db)).toEqual(expected);
  },
);

test('a page that was stored but not remembered is asked for once more and changes nothing', async () => {
  const expected = await undisturbed();
  const { harvest, db, state, clock } = await setUp(listOf(PAGES));
  const stopping = new AbortController();
  const onProgress = ({ pages }: HarvestReport) => (pages === 2 ? stopping.abort() : undefined);
  await harvest({ signal: stopping.signal, onProgress });
  const before = (await state())!;
  await recordHarvest(db, { ...before, resumptionToken: 'page-1', pages: 1, records: 3 }, clock.now());
  expect(await harvest()).toMatchObject({ pages: 3, unchanged: 3, inserted: 4, isComplete: true });
  expect(await dumpPapers(db)).toEqual(expected);
});

test('an expired token begins the window again', async () => {
  const route = listOf(PAGES);
  const expected = await undisturbed();
  const { harvest, db, server } = await setUp(route);
  const onProgress = ({ unchanged, pages }: HarvestReport) => {
    if (pages === 2 && unchanged === 0) route.expireTokens();
  };
  expect(await harvest({ onProgress })).toMatchObject({
    pages: 6,
    inserted: 10,
    unchanged: 6,
    isComplete: true,
    missed: [],
  });
  expect(queries(server).map((query) => query.resumptionToken ?? 'first')).toEqual([
    'first',
    'page-1',
    'page-2',
    'first',
    'page-1',
    'page-2',
    'page-3',
  ]);
  expect(await dumpPapers(db)).toEqual(expected);
});

test.each([
  ['expire at once', () => xml(oaiError('badResumptionToken')), 'badResumptionToken'],
  ['lead to nothing', () => xml(oaiError('noRecordsMatch')), 'ended before its end'],
  ['lead to themselves', () => xml(PAGES[0]!), 'names itself'],
] as const)(
  'tokens that %s end a harvest after some restarts, which is told and not complete',
  async (_, next, reason) => {
    const route: Route = ({ query }) => (query.has('resumptionToken') ? next() : xml(PAGES[0]!));
    const { harvest, state, server } = await setUp(route);
    const report = await harvest();
    expect(report.isComplete).toBe(false);
    expect(report.missed).toMatchObject([{ reason: expect.stringContaining(reason) }]);
    expect(server.requests.length).toBeLessThan(10);
    // The next run begins the window anew rather than with a token that is known to be bad.
    expect(await state()).toMatchObject({
      completeUntil: null,
      resumptionToken: null,
      windowFrom: '2026-02-27',
    });
  },
);

test('word that nothing has changed completes a window, and the next one overlaps it', async () => {
  const { harvest, server, clock, state } = await setUp(() => xml(oaiError('noRecordsMatch')));
  expect(await harvest()).toMatchObject({ seen: 0, isComplete: true, missed: [] });
  expect(await state()).toMatchObject({ completeUntil: '2026-03-02', windowUntil: null });
  clock.set('2026-03-05T04:00:00Z');
  await harvest();
  expect(queries(server).map(({ from }) => from)).toEqual(['2026-02-27', '2026-02-28']);
});

test('an earlier first day than any before is gone back to, once', async () => {
  const { harvest, server, state } = await setUp(() => xml(oaiError('noRecordsMatch')));
  await harvest();
  await harvest({ since: '2026-02-20' });
  await harvest({ since: '2026-02-25' });
  await harvest({ since: null });
  expect(queries(server).map(({ from }) => from)).toEqual([
    '2026-02-27',
    '2026-02-20',
    '2026-02-28',
    '2026-02-28',
  ]);
  expect(await state()).toMatchObject({ since: '2026-02-20', completeUntil: '2026-03-02' });
});

test('a long harvest goes in windows from arXiv’s first datestamp, each complete for itself', async () => {
  const { harvest, server, state } = await setUp(
    () => xml(oaiError('noRecordsMatch')),
    '2005-12-01T04:00:00Z',
  );
  expect(await harvest({ since: '1999-01-01', set: 'cs:cs:LG' })).toMatchObject({ isComplete: true });
  expect(queries(server)).toEqual([
    { metadataPrefix: 'arXivRaw', set: 'cs:cs:LG', from: '2005-09-16', until: '2005-10-16' },
    { metadataPrefix: 'arXivRaw', set: 'cs:cs:LG', from: '2005-10-14', until: '2005-11-13' },
    { metadataPrefix: 'arXivRaw', set: 'cs:cs:LG', from: '2005-11-11' },
  ]);
  // Another set is another harvest.
  expect(await state()).toBeNull();
  await harvest({ since: null });
  expect(await state()).toMatchObject({ completeUntil: '2005-12-01' });
});

test('a harvest that slept over the end of its window takes in the days since as well', async () => {
  const { harvest, server, clock } = await setUp(listOf(PAGES));
  const stopping = new AbortController();
  await harvest({ signal: stopping.signal, onProgress: () => stopping.abort() });
  clock.set('2026-03-20T04:00:00Z');
  expect(await harvest()).toMatchObject({ isComplete: true, pages: 3 + 4 });
  expect(queries(server).map(({ from, until }) => [from, until])).toEqual([
    ['2026-02-27', undefined],
    ...Array(3).fill([undefined, undefined]),
    ['2026-02-28', undefined],
    ...Array(3).fill([undefined, undefined]),
  ]);
});

const SURVIVED = [
  ['a notice to wait', [notice(1)]],
  ['the same notice five times less one', Array(4).fill(notice(1))],
  ['status 503 with Retry-After', [status(503, { 'retry-after': '7' })]],
  ['the notice with status 503 and Retry-After', [{ ...notice(7, 503), headers: { 'retry-after': '7' } }]],
  ['status 429', [status(429)]],
  ['status 429 with Retry-After', [status(429, { 'retry-after': '7' })]],
  ['a cut connection', [cut, cut]],
  ['slow bytes', [slow]],
  ['a compressed body', [gzipped]],
  ['a wrong content type', [mislabelled]],
  ['a redirect', [redirected('/oai?verb=ListRecords&metadataPrefix=arXivRaw&from=2026-02-27')]],
  ['several in a row', [status(500), cut, notice(2), gzipped]],
] as const;

test.each(SURVIVED)('%s costs time and no paper', async (_, misbehaviour) => {
  const expected = await undisturbed();
  const { harvest, db, server } = await setUp(listOf(PAGES));
  server.misbehave(...misbehaviour);
  expect(await harvest()).toMatchObject({ pages: 4, inserted: 10, isComplete: true, missed: [] });
  expect(await dumpPapers(db)).toEqual(expected);
});

test('a wish to be asked later is met to the second, whether in a header or on a page', async () => {
  const { harvest, server, fetch } = await setUp(listOf(PAGES));
  server.misbehave(status(503, { 'retry-after': '7' }), notice(2));
  await harvest();
  expect(fetch.pausesMs).toEqual([7_000, 2_000]);
});

test.skipIf(recordingsAbsent)('the recorded notice to wait is understood', async () => {
  const { harvest, server, fetch } = await setUp(listOf(PAGES));
  server.misbehave({ kind: 'answer', body: recordedNotice() });
  expect(await harvest()).toMatchObject({ isComplete: true });
  expect(fetch.pausesMs).toEqual([1_000]);
});

const HTML = { kind: 'answer', body: '<html><body>Down for maintenance</body></html>' } as const;
const oai = (code: string) => xml(oaiError(code));

const REPORTED = [
  ['a document cut in the middle', [truncated], 'not readable'],
  ['a web page', [HTML], 'not readable'],
  ['an empty body', [xml('')], 'not readable'],
  ['a body without end', [flood], 'larger than'],
  ['silence', Array(4).fill({ kind: 'silence' }), 'silent'],
  ['half a body', Array(4).fill({ kind: 'stall', body: '<OAI-PMH' }), 'silent'],
  ['a server that is down', Array(4).fill(status(503)), 'status 503'],
  ['a notice to wait an hour', [notice(3_600)], 'wait 3600 seconds'],
  ['notice upon notice', Array(5).fill(notice(1)), 'wait 1 seconds'],
  ['a limit for an hour', [status(429, { 'retry-after': '3600' })], 'rate-limited'],
  ['not found', [status(404)], 'not found'],
  ['forbidden', [status(403)], 'status 403'],
  ['not modified, unasked', [status(304)], 'not modified'],
  ['a redirect in a circle', Array(6).fill(redirected('/oai')), 'redirects'],
  [
    'an answer to another question',
    [xml(oaiAnswer('<Identify><granularity>YYYY-MM-DD</granularity></Identify>'))],
    'another question',
  ],
  ['an error nobody knows', [oai('badWeather')], 'unknown error'],
  ...OAI_ERROR_CODES.filter((code) => code !== 'noRecordsMatch').map(
    (code) => [`the error ${code}`, [oai(code)], code] as const,
  ),
] as const;

test.each(REPORTED)('%s is told, and the next harvest makes up for it', async (_, misbehaviour, reason) => {
  const isSilent = misbehaviour.some((one) => 'kind' in one && /silence|stall/.test(one.kind));
  const limits = { bodyBytesMax: 1024 * 1024, ...(isSilent ? { idleMs: 200 } : {}) };
  const { harvest, state, server, clock } = await setUp(listOf(PAGES), NOW, limits);
  server.misbehave(...misbehaviour);
  const report = await harvest();
  expect(report).toMatchObject({ seen: 0, isComplete: false });
  expect(report.missed).toMatchObject([
    { reason: expect.stringContaining(reason), origin: expect.stringContaining('page 1') },
  ]);
  expect(await state()).toBeNull();
  clock.set('2026-03-02T06:00:00Z');
  expect(await harvest()).toMatchObject({ inserted: 10, isComplete: true });
});

test('what stops a harvest on a later page leaves the pages before it, and only the rest is asked for again', async () => {
  const { harvest, server } = await setUp(listOf(PAGES));
  server.misbehave(
    (usual) => usual,
    (usual) => usual,
    HTML,
  );
  expect(await harvest()).toMatchObject({ pages: 2, inserted: 6, isComplete: false, missed: [{}] });
  expect(await harvest()).toMatchObject({ pages: 2, inserted: 4, isComplete: true });
  expect(server.requests).toHaveLength(5);
});

test('a request given up because the harvest was stopped is no miss of arXiv’s', async () => {
  const { harvest, server, state } = await setUp(listOf(PAGES));
  server.misbehave({ kind: 'silence' });
  const stopping = new AbortController();
  const harvesting = harvest({ signal: stopping.signal });
  await expect.poll(() => server.requests.length).toBe(1);
  stopping.abort();
  expect(await harvesting).toMatchObject({ missed: [], isComplete: false });
  expect(await state()).toBeNull();
});

test('a record that is none is named with its place, and its neighbours are stored', async () => {
  const broken = oaiRecord(aPaper({ id: '2602.00002', title: '' }), '2026-02-28');
  const page = oaiPage([
    oaiRecord(aPaper({ id: '2602.00001' }), '2026-02-28'),
    broken,
    oaiRecord(aPaper({ id: '2602.00003' }), '2026-02-28'),
  ]);
  const { harvest } = await setUp(listOf([page]));
  const report = await harvest();
  expect(report).toMatchObject({ seen: 3, inserted: 2, isComplete: true });
  expect(report.rejected).toMatchObject([
    { position: 1, reason: 'oai:arXiv.org:2602.00002: no title', file: expect.stringContaining('page 1') },
  ]);
  expectIdentity(report);
});

test('a record marked as deleted withdraws its paper and loses nothing of it', async () => {
  const id = '2602.00001';
  const pages = [
    [oaiPage([oaiRecord(aPaper({ id }), '2026-02-28')])],
    [oaiPage([deletedRecord(id, '2026-03-02'), deletedRecord('2602.99999', '2026-03-02')])],
  ];
  let harvests = 0;
  const { harvest, db } = await setUp((request) => listOf(pages[Math.min(harvests, 1)]!)(request));
  await harvest();
  harvests += 1;
  const report = await harvest();
  expect(report).toMatchObject({ seen: 2, updated: 1, unchanged: 1, deleted: 2 });
  expectIdentity(report);
  expect(await db.paper.findMany({ select: { identifier: true, isWithdrawn: true, title: true } })).toEqual([
    { identifier: id, isWithdrawn: true, title: `On ${id}` },
  ]);
  expect(await harvest()).toMatchObject({ seen: 2, updated: 0, unchanged: 2 });
});

test('a replacement and a withdrawal update one paper, which keeps the day it was announced as new', async () => {
  const id = '2602.00001';
  const first = aPaper({ id });
  const second = aPaper({
    id,
    title: 'A better title',
    categories: ['cs.LG', 'stat.ML'],
    versions: [...first.versions, new Date('2026-03-01T12:00:00Z')],
  });
  const third = {
    ...second,
    comment: 'This paper has been withdrawn by the authors due to an error in Lemma 2',
    versions: [...second.versions, new Date('2026-03-03T12:00:00Z')],
  };
  const stamps = ['2026-02-28', '2026-03-02', '2026-03-04'];
  let harvests = 0;
  const { harvest, db, clock } = await setUp(() =>
    xml(oaiPage([oaiRecord([first, second, third][harvests]!, stamps[harvests]!)])),
  );
  const outcomes: HarvestReport[] = [];
  for (; harvests < 3; harvests += 1) {
    clock.set(`${stamps[harvests]}T04:00:00Z`);
    outcomes.push(await harvest());
  }
  expect(outcomes.map(({ inserted, updated }) => [inserted, updated])).toEqual([
    [1, 0],
    [0, 1],
    [0, 1],
  ]);
  expect(await db.paper.findMany({ include: { versions: true, listings: true } })).toMatchObject([
    {
      title: 'A better title',
      categories: ['cs.LG', 'stat.ML'],
      isWithdrawn: true,
      submittedAt: first.versions[0],
      updatedAt: third.versions[2],
      versions: [{ version: 1 }, { version: 2 }, { version: 3 }],
      listings: [{ listedOn: new Date('2026-03-02'), kind: 'new', isEstimated: true }],
    },
  ]);
});

test('a reckoned listing day gives way to the one that a feed tells, whichever comes first', async () => {
  const id = '2602.00001';
  const told = (listedOn: string, kind: 'new' | 'cross-list') => ({
    source: 'arxiv' as const,
    recordedAt: new Date(`${listedOn}T00:00:00Z`),
    items: [anItem({ identifier: id, listing: { listedOn, list: 'arxiv', kind, position: 3 } })],
  });
  const listings = { listedOn: true, kind: true, isEstimated: true, position: true } as const;
  const { harvest, db } = await setUp(() => xml(oaiPage([oaiRecord(aPaper({ id }), '2026-02-28')])));
  await harvest();
  const reckoned = { listedOn: new Date('2026-03-02'), kind: 'new', isEstimated: true, position: null };
  expect(await db.listing.findMany({ select: listings })).toEqual([reckoned]);

  // Moderation held it for a day.
  await recordPapers(db, told('2026-03-03', 'new'));
  const announced = { listedOn: new Date('2026-03-03'), kind: 'new', isEstimated: false, position: 3 };
  expect(await db.listing.findMany({ select: listings })).toEqual([announced]);
  expect(await harvest()).toMatchObject({ inserted: 0 });
  expect(await db.listing.findMany({ select: listings })).toEqual([announced]);
});

test('a cross-list that a feed tells is not made a new paper by the day that is reckoned', async () => {
  const id = '2602.00001';
  const { harvest, db } = await setUp(() => xml(oaiPage([oaiRecord(aPaper({ id }), '2026-02-28')])));
  const listing = { listedOn: '2026-03-02', list: 'arxiv', kind: 'cross-list', position: 3 } as const;
  await recordPapers(db, {
    source: 'arxiv',
    recordedAt: new Date('2026-03-02'),
    items: [anItem({ identifier: id, listing })],
  });
  await harvest();
  expect(await db.listing.findMany()).toMatchObject([
    { listedOn: new Date('2026-03-02'), kind: 'cross_list', isEstimated: false, position: 3 },
  ]);
});
