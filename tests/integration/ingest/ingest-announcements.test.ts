/** arXiv's announcement feeds, recorded and hand-written, through the real client into a real database. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { FEED_ENTRIES_MAX } from '#lib/ingest/arxiv/announcement-feed.ts';
import { ingestAnnouncements } from '#lib/ingest/ingest-announcements.ts';
import { recordPapers } from '#lib/ingest/record-papers.ts';
import type { IngestReport } from '#lib/ingest/report.ts';
import { listSourceDays } from '#lib/ingest/store.ts';
import {
  type Announced,
  announcementFeed,
  aPaper,
  errorFeed,
  feedEntry,
} from '../../support/arxiv-bodies.ts';
import {
  arxivDeps,
  cut,
  gzipped,
  notice,
  recordingsAbsent,
  startArxivReplay,
  truncated,
  xml,
} from '../../support/arxiv-replay.ts';
import { anItem } from '../../support/builders.ts';
import { freshDatabase } from '../../support/database.ts';
import { dumpPapers } from '../../support/dump-papers.ts';
import { type Route, status } from '../../support/replay-server.ts';

/** Monday, an hour after the feeds are made. */
const NOW = '2026-03-02T06:00:00Z';
const TODAY = '2026-03-02';

async function setUp(feeds: Route, options: { now?: string; categories?: readonly string[] } = {}) {
  const server = await startArxivReplay({ feeds });
  onTestFinished(() => server.close());
  const { db, clock } = await freshDatabase({ now: options.now ?? NOW });
  const fetch = arxivDeps(clock);
  const categories = options.categories ?? ['cs.LG', 'stat.ML'];
  const ingest = () => ingestAnnouncements({ db, fetch }, { baseUrl: server.feedUrl, categories });
  const days = () => listSourceDays(db, 'arxiv', '2026-01-01', '2026-12-31');
  return { server, db, clock, fetch, ingest, days };
}

function expectIdentity(report: IngestReport): void {
  expect(report.inserted + report.updated + report.unchanged + report.rejected.length).toBe(report.seen);
}

const announced = (id: string, kind: Announced['kind'] = 'new', fields = {}): Announced => ({
  paper: aPaper({ id, ...fields }),
  kind,
});
const THREE = [
  announced('2602.10001'),
  announced('2602.10002', 'cross-list', { categories: ['hep-ph', 'cs.LG'] }),
  announced('2401.10003', 'replacement', {
    versions: [new Date('2024-01-02T10:00:00Z'), new Date('2026-02-27T10:00:00Z')],
  }),
];

test('an announcement becomes the day’s listing, and the day is counted', async () => {
  const { ingest, db, days, server } = await setUp(() => xml(announcementFeed(TODAY, THREE)));
  const report = await ingest();
  expect(report).toMatchObject({ bodies: 1, seen: 3, inserted: 3, rejected: [], missed: [] });
  expectIdentity(report);
  expect(server.requests.map(({ path }) => path)).toEqual(['/atom/cs.LG+stat.ML']);
  const listings = await db.listing.findMany({ orderBy: { position: 'asc' }, include: { paper: true } });
  expect(listings).toMatchObject([
    { kind: 'new', position: 0, paper: { identifier: '2602.10001' } },
    { kind: 'cross_list', position: 1, paper: { identifier: '2602.10002' } },
    { kind: 'replacement', position: 2, paper: { identifier: '2401.10003' } },
  ]);
  expect(new Set(listings.map(({ listedOn }) => listedOn.toISOString().slice(0, 10)))).toEqual(
    new Set([TODAY]),
  );
  expect(listings.every(({ isEstimated, list }) => !isEstimated && list === 'arxiv')).toBe(true);
  expect(await days()).toMatchObject([
    { day: TODAY, expected: 3, seen: 3, missing: [], announcedAt: new Date(NOW), lastError: null },
  ]);
});

test.skipIf(recordingsAbsent)('a recorded feed gives its new, cross-listed and replaced paper', async () => {
  const folder = process.env.PAPERBOY_DATA ?? join(import.meta.dirname, '../../../../shared/data');
  const file = join(folder, 'api/arxiv-api-atom/arxiv_rss_atom_cs.LG_2026-09-25_trimmed_paper-forge.xml');
  expect(existsSync(file)).toBe(true);
  const { ingest, db, days } = await setUp(() => xml(readFileSync(file, 'utf8')), {
    now: '2026-09-25T06:00:00Z',
  });
  expect(await ingest()).toMatchObject({ seen: 3, inserted: 3 });
  expect(await db.listing.findMany({ orderBy: { position: 'asc' } })).toMatchObject([
    { kind: 'new', listedOn: new Date('2026-09-25') },
    { kind: 'cross_list' },
    { kind: 'replacement' },
  ]);
  expect(await days()).toMatchObject([{ day: '2026-09-25', expected: 3, seen: 3 }]);
});

test('a second run before the next announcement costs one conditional request and changes nothing', async () => {
  const { ingest, server, db, days, clock } = await setUp(({ headers }) =>
    headers['if-none-match'] === '"monday"'
      ? status(304)
      : { ...xml(announcementFeed(TODAY, THREE)), headers: { etag: '"monday"' } },
  );
  await ingest();
  const before = [await dumpPapers(db), await days()];
  clock.set('2026-03-02T20:00:00Z');
  expect(await ingest()).toMatchObject({ bodies: 0, seen: 0, missed: [] });
  expect(server.requests).toHaveLength(2);
  expect([await dumpPapers(db), await days()]).toEqual(before);
});

test('the same feed served twice changes nothing either', async () => {
  const { ingest, db } = await setUp(() => xml(announcementFeed(TODAY, THREE)));
  await ingest();
  const before = await dumpPapers(db);
  expect(await ingest()).toMatchObject({ seen: 3, unchanged: 3 });
  expect(await dumpPapers(db)).toEqual(before);
});

test('a feed does not undo what only other sources tell: comment, versions, withdrawal', async () => {
  const id = '2401.10003';
  const { ingest, db } = await setUp(() => xml(announcementFeed(TODAY, THREE)));
  await recordPapers(db, {
    source: 'arxiv',
    recordedAt: new Date('2026-03-01'),
    items: [anItem({ identifier: id, comment: 'Withdrawn.', isWithdrawn: true })],
  });
  expect(await ingest()).toMatchObject({ inserted: 2, updated: 1 });
  expect(await db.paper.findFirst({ where: { identifier: id } })).toMatchObject({
    title: `On ${id}`,
    comment: 'Withdrawn.',
    isWithdrawn: true,
  });
});

test.each([
  [
    'an hour after midnight in New York',
    '2026-03-02T06:00:00Z',
    [{ day: TODAY, expected: null, announcedAt: null }],
  ],
  ['before midnight there, when nothing is due', '2026-03-02T04:00:00Z', []],
  ['on Saturday', '2026-03-07T12:00:00Z', []],
  ['on a holiday', '2026-01-20T12:00:00Z', []],
])('an empty feed %s', async (_, now, expected) => {
  const { ingest, days } = await setUp(() => xml(announcementFeed(now.slice(0, 10), [])), { now });
  expect(await ingest()).toMatchObject({ bodies: 1, seen: 0, missed: [] });
  expect(await days()).toMatchObject(expected);
});

test('a late announcement leaves word that it was asked for, and is counted when it comes', async () => {
  let feed = announcementFeed('2026-02-27', [announced('2602.09001')]);
  const { ingest, days, clock } = await setUp(() => xml(feed));
  await ingest();
  expect(await days()).toMatchObject([
    { day: '2026-02-27', expected: 1, seen: 1 },
    { day: TODAY, expected: null, seen: 0, announcedAt: null, checkedAt: new Date(NOW), lastError: null },
  ]);
  feed = announcementFeed(TODAY, THREE);
  clock.set('2026-03-02T21:00:00Z');
  await ingest();
  expect((await days())[1]).toMatchObject({
    expected: 3,
    seen: 3,
    announcedAt: new Date('2026-03-02T21:00:00Z'),
  });
});

test('an entry that is no paper is missing on its day, by name where it has one', async () => {
  const nameless = feedEntry(aPaper({ id: 'nonsense' }), TODAY, 'new');
  const unknownType = feedEntry(aPaper({ id: '2602.10009' }), TODAY, 'surprise');
  const feed = announcementFeed(TODAY, THREE, [unknownType, nameless]);
  const { ingest, days } = await setUp(() => xml(feed));
  const report = await ingest();
  expect(report).toMatchObject({ seen: 5, inserted: 3 });
  expect(report.rejected).toMatchObject([
    { position: 3, reason: 'announce type surprise', file: expect.stringContaining('/atom/cs.LG+stat.ML') },
    { position: 4, reason: 'no identifier of arXiv' },
  ]);
  expectIdentity(report);
  expect(await days()).toMatchObject([{ day: TODAY, expected: 5, seen: 3, missing: ['2602.10009'] }]);
});

test('a feed in which nothing is readable still counts', async () => {
  const feed = announcementFeed(TODAY, [], [feedEntry(aPaper({ id: '2602.10009' }), TODAY, 'surprise')]);
  const { ingest, days } = await setUp(() => xml(feed));
  await ingest();
  expect(await days()).toMatchObject([{ day: TODAY, expected: 1, seen: 0, missing: ['2602.10009'] }]);
});

/** As long as arXiv makes them, of short entries: the parser's and not the database's concern. */
const FULL = announcementFeed(
  TODAY,
  [],
  Array.from({ length: FEED_ENTRIES_MAX }, (_, index) => `<entry><id>${index}</id></entry>`),
);

test('a feed that is full is asked for category by category, and a paper in two is announced once', async () => {
  const of: Record<string, string> = {
    '/atom/cs.LG+stat.ML': FULL,
    '/atom/cs.LG': announcementFeed(TODAY, [announced('2602.10001'), announced('2602.10002', 'cross-list')]),
    '/atom/stat.ML': announcementFeed(TODAY, [announced('2602.10002'), announced('2602.10004')]),
  };
  const etagOf = (path: string) =>
    `"${createHash('md5')
      .update(of[path] ?? '')
      .digest('hex')}"`;
  const { ingest, db, days, server, fetch } = await setUp(({ path, headers }) => {
    const etag = etagOf(path);
    return headers['if-none-match'] === etag ? status(304) : { ...xml(of[path] ?? ''), headers: { etag } };
  });
  // As if this category had been followed alone before: its feed is a part of the day though it has not changed since.
  await fetch.memory?.record(`${server.feedUrl}/stat.ML`, {
    etag: etagOf('/atom/stat.ML'),
    lastModified: null,
  });
  expect(await ingest()).toMatchObject({ bodies: 2, seen: 3, inserted: 3, rejected: [], missed: [] });
  expect(await db.listing.count({ where: { kind: 'new' } })).toBe(3);
  expect(await days()).toMatchObject([{ expected: 3, seen: 3, lastError: null }]);

  await ingest();
  expect(server.requests).toHaveLength(4);
  // One category changes: the day still is all of them.
  of['/atom/cs.LG+stat.ML'] = `${FULL} `;
  of['/atom/cs.LG'] = announcementFeed(TODAY, [announced('2602.10001'), announced('2602.10005')]);
  expect(await ingest()).toMatchObject({ bodies: 2, seen: 4, inserted: 1 });
  expect(await days()).toMatchObject([{ expected: 4, seen: 4 }]);
});

test('a day of which one category’s feed could not be had is not counted as whole, and says why', async () => {
  let isDown = true;
  const { ingest, days } = await setUp(({ path }) => {
    if (path === '/atom/cs.LG+stat.ML') return xml(FULL);
    if (path === '/atom/stat.ML' && isDown) return status(404);
    return xml(announcementFeed(TODAY, [announced(path === '/atom/cs.LG' ? '2602.10001' : '2602.10002')]));
  });
  expect(await ingest()).toMatchObject({ seen: 1, missed: [{ reason: 'not found (status 404)' }] });
  expect(await days()).toMatchObject([
    { expected: null, seen: 1, announcedAt: null, lastError: 'not found (status 404)' },
  ]);
  isDown = false;
  await ingest();
  expect(await days()).toMatchObject([{ expected: 2, seen: 2, announcedAt: new Date(NOW), lastError: null }]);
  // A later failure takes nothing away from what is known.
  isDown = true;
  await ingest();
  expect(await days()).toMatchObject([{ expected: 2, seen: 2, announcedAt: new Date(NOW) }]);
});

test('a feed that is full for a single category may lack replacements, and is not counted as whole', async () => {
  const { ingest, days } = await setUp(
    () =>
      xml(
        announcementFeed(
          TODAY,
          THREE,
          Array.from({ length: FEED_ENTRIES_MAX }, (_, index) => `<entry><id>${index}</id></entry>`),
        ),
      ),
    { categories: ['cs.LG'] },
  );
  await ingest();
  expect(await days()).toMatchObject([
    { expected: null, seen: 3, lastError: expect.stringContaining('/atom/cs.LG') },
  ]);
});

test.each([
  ['a notice to wait', [notice(2)]],
  ['a cut connection', [cut]],
  ['a compressed body', [gzipped]],
  ['a server that recovers', [status(502), status(503)]],
] as const)('%s costs time and no paper', async (_, misbehaviour) => {
  const { ingest, days, server } = await setUp(() => xml(announcementFeed(TODAY, THREE)));
  server.misbehave(...misbehaviour);
  expect(await ingest()).toMatchObject({ inserted: 3, missed: [] });
  expect(await days()).toMatchObject([{ expected: 3, seen: 3 }]);
});

test.each([
  ['a feed cut in the middle', truncated, 'not readable'],
  ['a web page', { kind: 'answer', body: '<html><body>Maintenance</body></html>' }, 'no feed'],
  ['a category that arXiv does not know', xml(errorFeed("Bad archive 'cs.XX'.")), "Bad archive 'cs.XX'."],
  ['a server that refuses', status(403), 'status 403'],
] as const)('%s is told, on the report and on the day', async (_, misbehaviour, reason) => {
  const { ingest, days, server } = await setUp(() => xml(announcementFeed(TODAY, THREE)));
  server.misbehave(misbehaviour);
  expect(await ingest()).toMatchObject({
    seen: 0,
    missed: [{ origin: server.feedUrl, reason: expect.stringContaining(reason) }],
  });
  expect(await days()).toMatchObject([
    { day: TODAY, expected: null, lastError: expect.stringContaining(reason) },
  ]);
  await ingest();
  expect(await days()).toMatchObject([{ day: TODAY, expected: 3, seen: 3, lastError: null }]);
});
