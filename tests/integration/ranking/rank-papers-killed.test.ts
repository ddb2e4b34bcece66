import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { systemClock } from '#lib/clock.ts';
import { createDb, type Db } from '#lib/db/client.ts';
import { migrate } from '#lib/db/migrate.ts';
import { seededRandom } from '#lib/random.ts';
import { orderPapers } from '#lib/ranking/order-papers.ts';
import { rankPapers } from '#lib/ranking/rank-papers.ts';
import { HOUR_MS } from '#lib/time.ts';
import { type NativePostgres, startNativePostgres } from '../../support/native-postgres.ts';
import { saveMonth } from '../../support/ranked-papers.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 60_000 });

const FILE = join(import.meta.dirname, '../../support/rank-process.ts');
const AT = new Date('2026-11-24T10:55:00Z');

let postgres: NativePostgres;
beforeAll(async () => {
  postgres = await startNativePostgres();
});
afterAll(() => postgres.stop());

async function aMonth(name: string): Promise<{ db: Db; url: string }> {
  const url = await postgres.createDatabase(name);
  await migrate(url);
  const db = createDb(url);
  await saveMonth(db, AT, 150);
  return { db, url };
}

/** Windows that have a snapshot of the instant, and whether the entries are exactly those of the newest snapshot. */
async function stateOf(db: Db, at: Date) {
  const snapshots = await db.trendingSnapshot.findMany({ where: { asOf: at } });
  const newest = await db.trendingSnapshot.findMany({ orderBy: { asOf: 'desc' }, take: 3 });
  const entries = await db.trendingEntry.findMany({ orderBy: { rank: 'asc' } });
  const isOfNewest = newest.every(({ timeWindow, paperKeys }) => {
    const keys = entries.filter((entry) => entry.timeWindow === timeWindow).map(({ paperKey }) => paperKey);
    return JSON.stringify(keys) === JSON.stringify(paperKeys);
  });
  return { windows: snapshots.length, isOfNewest };
}

test('runs of one slot at once leave one snapshot of each window', async () => {
  const { db } = await aMonth('at_once');
  const reports = await Promise.all(
    Array.from({ length: 4 }, () => rankPapers({ db, clock: systemClock }, AT)),
  );
  expect(reports.map(({ inserted }) => inserted).sort()).toEqual([0, 0, 0, 3]);
  expect(await stateOf(db, AT)).toEqual({ windows: 3, isOfNewest: true });
  await db.$disconnect();
});

test('a run killed anywhere leaves its snapshot whole or absent, and the next run makes it whole', async () => {
  const { db, url } = await aMonth('killed');
  const { fraction } = seededRandom(3);
  const seen = new Set<number>();
  for (let run = 0; run < 8; run += 1) {
    const at = new Date(AT.getTime() + run * HOUR_MS);
    const child = spawn(process.execPath, [FILE, url, at.toISOString()], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = once(child, 'exit');
    await once(child.stdout, 'data');
    await Promise.race([ended, sleep(fraction() * 500)]);
    child.kill('SIGKILL');
    await ended;
    await untilAlone(db);
    const { windows, isOfNewest } = await stateOf(db, at);
    seen.add(windows);
    expect([0, 3]).toContain(windows);
    expect(isOfNewest).toBe(true);

    await rankPapers({ db, clock: systemClock }, at);
    expect(await stateOf(db, at)).toEqual({ windows: 3, isOfNewest: true });
  }
  expect(seen).toContain(0);
  const last = new Date(AT.getTime() + 7 * HOUR_MS);
  const [first] = await orderPapers(db, { at: last, window: 'week' });
  expect(await db.trendingEntry.findFirst({ where: { timeWindow: 'week', rank: 1 } })).toMatchObject({
    paperKey: first?.candidate.paperKey,
    score: first?.score,
  });
  await db.$disconnect();
});

/** A server may still be at work for a client that is gone. */
async function untilAlone(db: Db): Promise<void> {
  for (;;) {
    const [row] = await db.$queryRaw<{ others: number }[]>`
      SELECT count(*)::int AS others FROM pg_stat_activity
      WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'`;
    if (row?.others === 0) return;
    await sleep(20);
  }
}
