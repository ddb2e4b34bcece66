/** Two workers and a scheduler's call at once, on one database, against an arXiv that watches the clock. */
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { fixedClock, systemSleep } from '#lib/clock.ts';
import { formatMistakes, parseConfig } from '#lib/config/parse.ts';
import { createDb } from '#lib/db/client.ts';
import { migrate } from '#lib/db/migrate.ts';
import { createSharedRateLimiter } from '#lib/http/rate-limiter-store.ts';
import { fetchOaiPage } from '#lib/ingest/arxiv/source.ts';
import { listJobs } from '#lib/jobs/list-jobs.ts';
import { type RunOutcome, runJob } from '#lib/jobs/run-job.ts';
import { createLog } from '#lib/log.ts';
import { systemRandom } from '#lib/random.ts';
import { announcementFeed, aPaper, oaiPage, oaiRecord } from '../../support/arxiv-bodies.ts';
import { type ArxivReplay, listOf, repage, slow, startArxivReplay, xml } from '../../support/arxiv-replay.ts';
import { type NativePostgres, startNativePostgres } from '../../support/native-postgres.ts';
import { searchOf } from '../../support/simulated-arxiv.ts';

const TODAY = '2026-03-03';
const NOW = `${TODAY}T20:00:00Z`;
const INTERVAL_MS = 200;
/** What arXiv's terms of use ask for. */
const ARXIV_INTERVAL_MS = 3_000;
/** An answer comes in four pieces, 20 ms after one another. */
const ANSWER_MS = 60;
/** A millisecond is what two clocks' rounding can take, and another one what a timer is early. */
const TOLERANCE_MS = 2;

const PAPERS = Array.from({ length: 6 }, (_, index) => aPaper({ id: `2603.0000${index + 1}` }));

async function slowArxiv(): Promise<ArxivReplay> {
  const records = PAPERS.map((paper) => oaiRecord(paper, TODAY));
  const list = listOf(repage([oaiPage(records)], 6, 3));
  const feed = announcementFeed(
    TODAY,
    PAPERS.map((paper) => ({ paper, kind: 'new' })),
  );
  const search = searchOf(() => PAPERS);
  const server = await startArxivReplay({
    oai: (request) => slow(list(request)),
    feeds: () => slow(xml(feed)),
    api: (request) => slow(search(request)),
  });
  onTestFinished(() => server.close());
  return server;
}

let native: NativePostgres;
let url: string;
beforeAll(async () => {
  native = await startNativePostgres();
  url = await native.createDatabase('turns');
  await migrate(url);
});
afterAll(() => native.stop());

/** What a process has of its own: connections, a place in the queue, and its list of jobs. */
function aProcess(server: ArxivReplay) {
  const db = createDb(url, 4);
  onTestFinished(() => db.$disconnect());
  const clock = fixedClock(NOW);
  const paced = { db, clock, random: systemRandom, sleep: systemSleep };
  const fetch = {
    ...paced,
    rateLimiter: createSharedRateLimiter(paced, () => INTERVAL_MS),
    userAgent: 'Paperboy/test',
  };
  const config = parseConfig(
    {
      HUGGINGFACE_URL: server.url,
      ARXIV_OAI_URL: server.oaiUrl,
      ARXIV_API_URL: server.apiUrl,
      ARXIV_FEED_URL: server.feedUrl,
      ARXIV_CATEGORIES: 'cs.LG stat.ML',
      GITHUB_URL: server.url,
      SEMANTIC_SCHOLAR_URL: server.url,
    },
    '/',
  );
  if (Array.isArray(config)) throw new Error(formatMistakes(config));
  const log = createLog({ clock, output: { write: () => true } }, 'error');
  const unused = () => Promise.reject(new Error('These jobs send no mail.'));
  const deps = { db, clock, random: systemRandom, log };
  const jobs = listJobs({ ...deps, fetch, config, transport: unused, identity: unused });
  return (name: string): Promise<RunOutcome> => runJob(deps, jobs.find((job) => job.name === name)!);
}

const JOBS = ['ingest-announcements', 'harvest-arxiv', 'fill-gaps'];

test('each slot’s work is done once, and arXiv is asked by one at a time, an interval after the last answer', async () => {
  const server = await slowArxiv();
  const processes = Array.from({ length: 3 }, () => aProcess(server));
  const outcomes = await Promise.all(
    processes.flatMap((run) => JOBS.map(async (job) => [job, (await run(job)).kind] as const)),
  );
  for (const job of JOBS) {
    const kinds = outcomes.filter(([name]) => name === job).map(([, kind]) => kind);
    expect([job, kinds.filter((kind) => kind === 'ran')]).toEqual([job, ['ran']]);
    expect(kinds.every((kind) => ['ran', 'under-way', 'already-done'].includes(kind))).toBe(true);
  }
  const interfaces = server.requests.map(({ path }) => path.split(/[?/]/)[1]);
  const asked = (name: string) => interfaces.filter((one) => one === name).length;
  // Two sets of two pages, one feed, and the five days of a run that fills gaps.
  expect([asked('oai'), asked('atom'), asked('api')]).toEqual([4, 1, 5]);
  expect(Math.min(...server.gapsMs())).toBeGreaterThanOrEqual(INTERVAL_MS + ANSWER_MS - TOLERANCE_MS);

  // A call that comes later finds nothing to do.
  for (const job of JOBS) expect(await processes[0]!(job)).toEqual({ kind: 'already-done' });
  expect(server.requests).toHaveLength(10);
});

test('with arXiv’s own interval, three requests of two processes begin three seconds apart', async () => {
  const db = createDb(url, 4);
  onTestFinished(() => db.$disconnect());
  const clock = fixedClock(NOW);
  const server = await slowArxiv();
  const paced = { db, clock, random: systemRandom, sleep: systemSleep };
  const ask = (rateLimiter: ReturnType<typeof createSharedRateLimiter>) =>
    fetchOaiPage(
      { ...paced, rateLimiter, userAgent: 'Paperboy/test' },
      { baseUrl: server.oaiUrl, token: null, metadataPrefix: 'arXivRaw', set: null, from: null, until: null },
    );
  const [one, other] = [0, 1].map(() => createSharedRateLimiter(paced, () => ARXIV_INTERVAL_MS));
  await Promise.all([ask(one!), ask(other!), ask(one!)]);
  expect(server.requests).toHaveLength(3);
  expect(Math.min(...server.gapsMs())).toBeGreaterThanOrEqual(ARXIV_INTERVAL_MS - TOLERANCE_MS);
});
