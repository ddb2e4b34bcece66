import { expect, test } from 'vitest';
import { systemClock } from '#lib/clock.ts';
import { createSharedPace, pauseAfterFailures } from '#lib/ingest/pace-store.ts';
import { systemSleep } from '#lib/ingest/source.ts';
import { listFailingHosts } from '#lib/ingest/store.ts';
import { systemRandom } from '#lib/random.ts';
import { freshDatabase } from '../../support/database.ts';

const HOST = 'export.arxiv.test';
const INTERVAL_MS = 300;

async function processes(count: number) {
  const { db } = await freshDatabase();
  const deps = { db, clock: systemClock, random: systemRandom, sleep: systemSleep };
  return { db, paces: Array.from({ length: count }, () => createSharedPace(deps, () => INTERVAL_MS)) };
}

test('processes that ask one host take turns: never two at once, never two within the interval', async () => {
  const { paces } = await processes(3);
  const began: number[] = [];
  let underWay = 0;
  let overlaps = 0;
  await Promise.all(
    paces.map(async (pace) => {
      for (let request = 0; request < 3; request += 1) {
        const turnAt = await pace.claim(HOST);
        await systemSleep(Math.max(0, turnAt.getTime() - Date.now()));
        began.push(performance.now());
        underWay += 1;
        if (underWay > 1) overlaps += 1;
        await systemSleep(50);
        underWay -= 1;
        await pace.release(HOST, null);
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
  const [pace] = paces;
  for (let failure = 0; failure < 4; failure += 1) {
    await pace!.claim(HOST);
    await pace!.release(HOST, 'status 503');
  }
  expect(await listFailingHosts(db)).toMatchObject([{ host: HOST, failures: 4, lastError: 'status 503' }]);
  const turnAt = await pace!.claim(HOST);
  expect(turnAt.getTime() - Date.now()).toBeGreaterThan(50_000);
  await pace!.release(HOST, null);
  expect(await listFailingHosts(db)).toEqual([]);
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
