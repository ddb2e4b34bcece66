/** Hugging Face's daily papers, from a server on loopback and from folders, into a real database. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import { fixedClock } from '#lib/clock.ts';
import { createDb } from '#lib/db/client.ts';
import type { Validators } from '#lib/http/outcome.ts';
import { createRateLimiter } from '#lib/http/rate-limiter.ts';
import { fetchDailyBodies, readRecordedBodies } from '#lib/ingest/huggingface/source.ts';
import { ingestHuggingface } from '#lib/ingest/ingest-huggingface.ts';
import type { BodyResult, IngestReport } from '#lib/ingest/report.ts';
import { listPapers } from '#lib/papers/list-store.ts';
import { seededRandom } from '#lib/random.ts';
import { freshDatabase } from '../../support/database.ts';
import { dailyPapers, json, type Route, startReplayServer, status } from '../../support/replay-server.ts';

const NOW = '2026-03-02T07:00:00.000Z';

function entry(id: string, upvotes = 1) {
  const paper = {
    id,
    title: `On ${id}`,
    summary: `We study ${id}.`,
    authors: [{ name: 'Ada', hidden: false }],
    upvotes,
  };
  return { paper, numComments: 0, submittedBy: { fullname: 'Alex Yang' } };
}

/** `count` entries with identifiers of their own. */
const entries = (count: number) =>
  Array.from({ length: count }, (_, index) => entry(`2603.${String(index + 1).padStart(5, '0')}`));

async function startHub(route: Route) {
  const server = await startReplayServer(route);
  onTestFinished(() => server.close());
  const clock = fixedClock(NOW);
  const known = new Map<string, Validators>();
  const deps = {
    clock,
    random: seededRandom(1),
    rateLimiter: createRateLimiter({ clock }, 0),
    userAgent: 'Paperboy/test',
    sleep: async (ms: number) => clock.set(new Date(clock.now().getTime() + ms)),
    memory: {
      find: async (url: string) => known.get(url) ?? null,
      record: async (url: string, validators: Validators) => void known.set(url, validators),
    },
  };
  const bodiesOf = (...days: string[]) => fetchDailyBodies(deps, { baseUrl: `${server.url}/`, days });
  return { server, clock, known, bodiesOf };
}

/** A folder of files by name, removed when the test ends. */
function aFolder(files: Record<string, string | Buffer>): string {
  const folder = mkdtempSync(join(tmpdir(), 'paperboy-bodies-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return folder;
}

async function all(results: AsyncIterable<BodyResult>): Promise<BodyResult[]> {
  const received: BodyResult[] = [];
  for await (const result of results) received.push(result);
  return received;
}

function expectIdentity(report: IngestReport): void {
  expect(report.inserted + report.updated + report.unchanged + report.rejected.length).toBe(report.seen);
}

test('a live day is stored with its list’s order, its submitters and its figures of this moment', async () => {
  const { db } = await freshDatabase();
  const { server, bodiesOf } = await startHub(dailyPapers(() => JSON.stringify(entries(2))));
  const report = await ingestHuggingface({ db }, { bodies: bodiesOf('2026-03-02') });
  expect(report).toMatchObject({
    bodies: 1,
    seen: 2,
    inserted: 2,
    recovered: 0,
    rejected: [],
    missed: [],
    ignored: [],
  });
  expect(server.requests.map(({ path }) => path)).toEqual([
    '/api/daily_papers?date=2026-03-02&limit=100&p=0',
  ]);
  const papers = (await listPapers(db, { kind: 'day', day: '2026-03-02' }, { sort: 'upvotes', limit: 10 }))
    .papers;
  expect(papers.map(({ identifier, listings }) => [identifier, listings[0]?.position])).toEqual([
    ['2603.00001', 0],
    ['2603.00002', 1],
  ]);
  expect(papers[0]).toMatchObject({
    title: 'On 2603.00001',
    abstract: 'We study 2603.00001.',
    authors: ['Ada'],
    listings: [{ list: 'huggingface', listedOn: '2026-03-02', kind: 'new', submittedBy: 'Alex Yang' }],
    signals: { upvotes: 1, comments: 0 },
  });
  expect(await db.signal.findFirst({ select: { observedAt: true } })).toEqual({ observedAt: new Date(NOW) });
});

test('a long day comes in pages, whose entries keep their places in the whole', async () => {
  const { db } = await freshDatabase();
  const { server, bodiesOf } = await startHub(dailyPapers(() => JSON.stringify(entries(230))));
  const report = await ingestHuggingface({ db }, { bodies: bodiesOf('2026-03-02') });
  expect(report).toMatchObject({ bodies: 3, seen: 230, inserted: 230 });
  expect(server.requests.map(({ query }) => query.get('p'))).toEqual(['0', '1', '2']);
  const positions = await db.listing.findMany({ select: { position: true }, orderBy: { position: 'asc' } });
  expect(positions.map(({ position }) => position)).toEqual(Array.from({ length: 230 }, (_, index) => index));
});

test.each([
  ['sends one full page for ever', () => json(entries(100)), 2],
  [
    'always has another full page',
    ({ query }) => json(entries(100).map((one) => ({ ...one, page: query.get('p') }))),
    10,
  ],
] as [string, Route, number][])('a server that %s is left', async (_, route, requestCount) => {
  const { server, bodiesOf } = await startHub(route);
  await all(bodiesOf('2026-03-02'));
  expect(server.requests).toHaveLength(requestCount);
});

test('an unchanged day is not sent again, and its later pages are still looked at', async () => {
  const { db } = await freshDatabase();
  const { server, bodiesOf, known } = await startHub(({ headers, query }) => {
    if (query.get('p') !== '0') return json([entry('2603.09999')]);
    return headers['if-none-match'] === '"v1"' ? status(304) : json(entries(3), { etag: '"v1"' });
  });
  await ingestHuggingface({ db }, { bodies: bodiesOf('2026-03-02') });
  expect([...known.values()]).toEqual([{ etag: '"v1"', lastModified: null }]);
  const report = await ingestHuggingface({ db }, { bodies: bodiesOf('2026-03-02') });
  expect(report).toMatchObject({ bodies: 1, seen: 1, inserted: 1 });
  expect(server.requests.map(({ query }) => query.get('p'))).toEqual(['0', '0', '1']);
  expect(await db.listing.findFirst({ where: { paper: { identifier: '2603.09999' } } })).toMatchObject({
    position: 100,
  });
});

test('a body whose papers could not be stored will be sent again', async () => {
  const db = createDb('postgresql://postgres@127.0.0.1:1/none');
  const { bodiesOf, known } = await startHub(() => json(entries(1), { etag: '"v1"' }));
  await expect(ingestHuggingface({ db }, { bodies: bodiesOf('2026-03-02') })).rejects.toThrow();
  expect(known.size).toBe(0);
});

test('a day that fails is reported and costs no other day', async () => {
  const { db } = await freshDatabase();
  const { bodiesOf } = await startHub((request) => {
    const date = request.query.get('date');
    if (date === '2026-03-01') return status(500);
    return date === '2026-03-02' ? status(400) : dailyPapers(() => JSON.stringify(entries(2)))(request);
  });
  const days = ['2026-02-28', '2026-03-01', '2026-03-02', '2026-03-03'];
  const report = await ingestHuggingface({ db }, { bodies: bodiesOf(...days) });
  expect(report).toMatchObject({ bodies: 2, seen: 4, inserted: 2, unchanged: 2 });
  expect(report.missed.map(({ day, reason }) => [day, reason])).toEqual([
    ['2026-03-01', 'unavailable: status 500'],
    ['2026-03-02', 'refused: status 400'],
  ]);
  expectIdentity(report);
});

test('a rate limit ends the asking; what was not asked for is reported with the time to come back', async () => {
  const { server, bodiesOf } = await startHub(() => status(429, { 'retry-after': '300' }));
  const results = await all(bodiesOf('2026-03-01', '2026-03-02'));
  const retryAt = new Date('2026-03-02T07:05:00Z');
  expect(results).toMatchObject([
    { kind: 'missed', day: '2026-03-01', reason: 'rate-limited until 2026-03-02T07:05:00.000Z', retryAt },
    {
      kind: 'missed',
      day: '2026-03-02',
      reason: 'not asked: rate-limited until 2026-03-02T07:05:00.000Z',
      retryAt,
    },
  ]);
  expect(server.requests).toHaveLength(1);
});

test('a hub that is down is not asked for day after day', async () => {
  const { server, bodiesOf } = await startHub(() => status(503));
  const days = Array.from({ length: 20 }, (_, index) => `2026-02-${String(index + 1).padStart(2, '0')}`);
  const results = await all(bodiesOf(...days));
  expect(results.map((result) => result.kind === 'missed' && result.day)).toEqual(days);
  expect(new Set(server.requests.map(({ query }) => query.get('date'))).size).toBe(3);
});

test('an error page in place of a body is one rejected entry', async () => {
  const { db } = await freshDatabase();
  const { server, bodiesOf } = await startHub(() => ({
    kind: 'answer',
    headers: { 'content-type': 'text/html' },
    body: '<html>Down for maintenance</html>',
  }));
  const report = await ingestHuggingface({ db }, { bodies: bodiesOf('2026-03-02') });
  expect(report).toMatchObject({ bodies: 1, seen: 1, inserted: 0 });
  expect(report.rejected).toEqual([
    {
      file: `${server.url}/api/daily_papers?date=2026-03-02&limit=100&p=0`,
      position: null,
      reason: 'neither JSON nor a Python literal',
    },
  ]);
  expectIdentity(report);
});

test('bad entries are reported in their places and cost no other', async () => {
  const { db } = await freshDatabase();
  const [first, second] = entries(2);
  const body = [
    first,
    { ...first, paper: { ...first?.paper, id: 'x' } },
    'nonsense',
    null,
    { paper: 5 },
    second,
    first,
  ];
  const folder = aFolder({ '2026-03-02.json': JSON.stringify(body) });
  const report = await ingestHuggingface({ db }, { bodies: readRecordedBodies(folder) });
  expect(report).toMatchObject({ seen: 7, inserted: 2, unchanged: 1, recovered: 0 });
  expect(report.rejected).toEqual([
    { file: '2026-03-02.json', position: 1, reason: '"x" is no arXiv identifier' },
    { file: '2026-03-02.json', position: 2, reason: 'neither JSON nor a Python literal from character 0 on' },
    { file: '2026-03-02.json', position: 3, reason: 'null is no paper' },
    { file: '2026-03-02.json', position: 4, reason: 'no paper in it' },
  ]);
  expectIdentity(report);
  const listed = await db.listing.findMany({ select: { position: true }, orderBy: { position: 'asc' } });
  expect(listed).toEqual([{ position: 0 }, { position: 5 }]);
});

test('a cut body gives its whole entries, and says why the last one is missing', async () => {
  const { db } = await freshDatabase();
  const body = JSON.stringify(entries(3));
  const folder = aFolder({ '2026-03-02.json': body.slice(0, body.lastIndexOf('We study')) });
  const report = await ingestHuggingface({ db }, { bodies: readRecordedBodies(folder) });
  expect(report).toMatchObject({ seen: 3, inserted: 2, recovered: 2 });
  expect(report.rejected).toEqual([
    {
      file: '2026-03-02.json',
      position: 2,
      reason: expect.stringMatching(/^no abstract \(an entry that is ill-formed from character \d+ on\)$/),
    },
  ]);
});

test('recorded figures held at the end of their day, whatever the day of the replay', async () => {
  const { db } = await freshDatabase();
  const folder = aFolder({
    '2026-02-27.json': JSON.stringify([entry('2603.00001', 5)]),
    '2026-02-28.json': JSON.stringify([entry('2603.00001', 9)]),
  });
  const report = await ingestHuggingface({ db }, { bodies: readRecordedBodies(folder) });
  expect(report).toMatchObject({ seen: 2, inserted: 1, unchanged: 1 });
  const signals = await db.signal.findMany({ where: { kind: 'upvotes' }, orderBy: { observedAt: 'asc' } });
  expect(signals.map(({ value, observedAt }) => [value, observedAt.toISOString()])).toEqual([
    [5, '2026-02-28T00:00:00.000Z'],
    [9, '2026-03-01T00:00:00.000Z'],
  ]);
  const again = await ingestHuggingface({ db }, { bodies: readRecordedBodies(folder) });
  expect(again).toMatchObject({ seen: 2, inserted: 0, updated: 0, unchanged: 2 });
});

test('a day is the same paper by paper from the network and from a folder', async () => {
  const { db } = await freshDatabase();
  const body = JSON.stringify(entries(30));
  const { bodiesOf } = await startHub(dailyPapers(() => body));
  await ingestHuggingface({ db }, { bodies: readRecordedBodies(aFolder({ '2026-03-02.json': body })) });
  const report = await ingestHuggingface({ db }, { bodies: bodiesOf('2026-03-02') });
  expect(report).toMatchObject({ seen: 30, inserted: 0, updated: 0, unchanged: 30 });
});

test('a folder’s bodies come oldest first, in whatever encoding; all else is named once', async () => {
  const body = JSON.stringify([entry('2603.00001')]);
  const folder = aFolder({
    '2026-03-02.json': body,
    '2026-03-01.json': Buffer.from(`\ufeff${body}`, 'utf16le'),
    '2026-02-28.json.gz': gzipSync(body),
    '2026-02-27.json': `\ufeff${body}`,
    '2026-02-30.json': body,
    '2026-02-26.json.gz': Buffer.concat([gzipSync(body).subarray(0, 30), Buffer.from('rubbish')]),
    'README.md': '# Bodies',
    '2026-03-01_clean.json': body,
  });
  mkdirSync(join(folder, '2026-02-25.json'));
  symlinkSync('/etc/passwd', join(folder, '2026-02-24.json'));
  const results = await all(readRecordedBodies(folder));
  const told = results.map((one) => [one.kind, one.origin, one.kind === 'body' ? one.text : one.reason]);
  expect(told).toEqual([
    ['ignored', '2026-02-24.json', 'not a regular file'],
    ['ignored', '2026-02-25.json', 'not a regular file'],
    ['missed', '2026-02-26.json.gz', expect.stringContaining('cannot be read')],
    ['body', '2026-02-27.json', body],
    ['body', '2026-02-28.json.gz', body],
    ['ignored', '2026-02-30.json', 'named for no calendar day'],
    ['body', '2026-03-01.json', body],
    ['ignored', '2026-03-01_clean.json', 'not named YYYY-MM-DD.json'],
    ['body', '2026-03-02.json', body],
    ['ignored', 'README.md', 'not named YYYY-MM-DD.json'],
  ]);
});

test('a folder that is not there is reported', async () => {
  const { db } = await freshDatabase();
  const report = await ingestHuggingface({ db }, { bodies: readRecordedBodies('/nowhere/at/all') });
  expect(report).toMatchObject({ bodies: 0, seen: 0 });
  expect(report.missed).toMatchObject([
    { origin: '/nowhere/at/all', reason: expect.stringContaining('ENOENT') },
  ]);
});
