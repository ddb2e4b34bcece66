import { expect, test } from 'vitest';
import { systemClock, systemSleep } from '#lib/clock.ts';
import {
  claimTurn,
  createSharedRateLimiter,
  listFailingHosts,
  pauseAfterFailures,
} from '#lib/http/rate-limiter-store.ts';
import { systemRandom } from '#lib/random.ts';
import { freshDatabase } from '../../support/database.ts';

const HOST = 'export.arxiv.test';
const INTERVAL_MS = 300;

async function processes(count: number) {
  const { db } = await freshDatabase();
  const deps = { db, clock: systemClock, random: systemRandom, sleep: systemSleep };
  return { db, paces: Array.from({ length: count }, () => createSharedRateLimiter(deps, () => INTERVAL_MS)) };
}

test('processes that send one host take turns: never two at once, never two within the interval', async () => {
  const { paces } = await processes(3);
  const began: number[] = [];
  let underWay = 0;
  let overlaps = 0;
  await Promise.all(
    paces.map(async (rateLimiter) => {
      for (let request = 0; request < 3; request += 1) {
        const turnAt = await rateLimiter.claim(HOST);
        await systemSleep(Math.max(0, turnAt.getTime() - Date.now()));
        began.push(performance.now());
        underWay += 1;
        if (underWay > 1) overlaps += 1;
        await systemSleep(50);
        underWay -= 1;
        await rateLimiter.release(HOST, null);
      }
    }),
  );
  expect(overlaps).toBe(0);
  const gaps = began.slice(1).map((at, index) => at - began[index]!);
  // A millisecond is what two clocks' rounding can take.
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(INTERVAL_MS - 1);
});

test('a host that wants a pause is closed for every process', async () => {
  const { paces } = await processes(2);
  await paces[0]!.defer(HOST, new Date(Date.now() + 600_000));
  const turnAt = await paces[1]!.claim(HOST);
  expect(turnAt.getTime() - Date.now()).toBeGreaterThan(590_000);
});

test('a host that keeps failing is left alone for a growing while, and one success forgets it', async () => {
  const { db, paces } = await processes(1);
  const [rateLimiter] = paces;
  for (let failure = 0; failure < 4; failure += 1) {
    await rateLimiter!.claim(HOST);
    await rateLimiter!.release(HOST, 'status 503');
  }
  expect(await listFailingHosts(db)).toMatchObject([{ host: HOST, failures: 4, lastError: 'status 503' }]);
  const turnAt = await rateLimiter!.claim(HOST);
  expect(turnAt.getTime() - Date.now()).toBeGreaterThan(50_000);
  await rateLimiter!.release(HOST, null);
  expect(await listFailingHosts(db)).toEqual([]);
});

test('the interfaces of arXiv stand under one limit, and fail each for itself', async () => {
  const { paces } = await processes(2);
  const hosts = ['oaipmh.arxiv.org', 'export.arxiv.org', 'rss.arxiv.org'];
  const turns: number[] = [];
  for (const [index, host] of hosts.entries()) {
    const rateLimiter = paces[index % 2]!;
    const turn = (await rateLimiter.claim(host)).getTime();
    turns.push(turn);
    // As whoever asks does: the request is made when its turn has come.
    await systemSleep(turn - Date.now());
    await rateLimiter.release(host, host.startsWith('rss') ? 'status 503' : null);
  }
  expect(turns[1]! - turns[0]!).toBeGreaterThanOrEqual(INTERVAL_MS - 1);
  expect(turns[2]! - turns[1]!).toBeGreaterThanOrEqual(INTERVAL_MS - 1);

  await paces[0]!.defer('rss.arxiv.org', new Date(Date.now() + 600_000));
  expect((await paces[1]!.claim('rss.arxiv.org')).getTime() - Date.now()).toBeGreaterThan(590_000);
  await paces[1]!.release('rss.arxiv.org', null);
  expect((await paces[1]!.claim('export.arxiv.org')).getTime() - Date.now()).toBeLessThan(10 * INTERVAL_MS);
});

test('two requests of one process take turns as those of two processes do', async () => {
  const { paces } = await processes(1);
  const first = await paces[0]!.claim(HOST);
  let isSecondGranted = false;
  const second = paces[0]!.claim(HOST).then((at) => {
    isSecondGranted = true;
    return at;
  });
  await systemSleep(INTERVAL_MS + 100);
  expect(isSecondGranted).toBe(false);
  await paces[0]!.release(HOST, null);
  expect((await second).getTime() - first.getTime()).toBeGreaterThanOrEqual(2 * INTERVAL_MS);
});

test('a request that outlasts its lease keeps its turn, and one whose process was killed loses it', async () => {
  const { db } = await freshDatabase();
  const deps = { db, clock: systemClock, random: systemRandom, sleep: systemSleep };
  // Renewed three times as often: a busy machine may come two thirds of it too late.
  const leaseMs = 1_500;
  const rateLimiter = () => createSharedRateLimiter(deps, () => 0, leaseMs);
  const slow = rateLimiter();
  await slow.claim(HOST);
  let isTaken = false;
  const waiting = rateLimiter();
  const turn = waiting.claim(HOST).then(() => {
    isTaken = true;
  });
  await systemSleep(3 * leaseMs);
  expect(isTaken).toBe(false);
  await slow.release(HOST, null);
  await turn;
  await waiting.release(HOST, null);

  // Of a killed process nothing is left but its row.
  await claimTurn(
    db,
    { host: HOST, queue: HOST },
    { holder: 'killed', intervalMs: 0, leaseMs, waitMsMax: 0 },
  );
  const beganMs = performance.now();
  await rateLimiter().claim(HOST);
  expect(performance.now() - beganMs).toBeGreaterThan(leaseMs - 50);
});

test('giving up a turn that was never granted neither frees another’s nor forgives a failure', async () => {
  const { db, paces } = await processes(2);
  const [one, other] = paces;
  await one!.claim(HOST);
  await one!.release(HOST, 'status 503');
  await one!.defer(HOST, new Date(Date.now() + 600_000));
  await other!.claim(HOST);
  await other!.release(HOST, null);
  expect(await listFailingHosts(db)).toMatchObject([{ host: HOST, failures: 1 }]);
});

test.each([
  [1, 0],
  [3, 0],
  [4, 60_000],
  [6, 240_000],
  [30, 3_600_000],
])('after %i failures the pause is %i ms', (failures, pauseMs) => {
  expect(pauseAfterFailures(failures)).toBe(pauseMs);
});
