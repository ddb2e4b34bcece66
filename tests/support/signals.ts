/** What tests of signals share: a source on loopback, papers that have something to look at, and the way to both. */
import { onTestFinished } from 'vitest';
import type { Db } from '#lib/db/client.ts';
import type { FetchDeps } from '#lib/http/fetch-body.ts';
import { createRateLimiter } from '#lib/http/rate-limiter.ts';
import { recordPapers } from '#lib/ingest/record-papers.ts';
import type { PaperRecord } from '#lib/papers/paper.ts';
import { seededRandom } from '#lib/random.ts';
import { HOUR_MS } from '#lib/time.ts';
import { anItem } from './builders.ts';
import { type FreshDatabase, freshDatabase } from './database.ts';
import { type Route, startReplayServer } from './replay-server.ts';

export const NOW = '2026-03-02T07:00:00.000Z';

/** Pauses move the clock and take no time. */
export function fetchDeps(clock: FreshDatabase['clock']): FetchDeps {
  return {
    clock,
    random: seededRandom(1),
    rateLimiter: createRateLimiter({ clock }, 0),
    userAgent: 'Paperboy/test',
    sleep: async (ms: number) => clock.set(new Date(clock.now().getTime() + ms)),
  };
}

export async function observing(route: Route) {
  const server = await startReplayServer(route);
  onTestFinished(() => server.close());
  const { db, clock } = await freshDatabase({ now: NOW });
  const later = (hours: number) => clock.set(new Date(clock.now().getTime() + hours * HOUR_MS));
  return { server, db, clock, later, deps: { db, fetch: fetchDeps(clock) } };
}

/** Records arXiv papers that came out two days before NOW. */
export async function savePapers(db: Db, ...papers: readonly Partial<PaperRecord>[]): Promise<void> {
  const submittedAt = new Date('2026-02-28T07:00:00Z');
  const items = papers.map((paper) => anItem({ submittedAt, ...paper }));
  await recordPapers(db, { source: 'arxiv', recordedAt: submittedAt, items });
}

export const repository = (name: string, origin = 'abstract') =>
  ({ kind: 'repository', url: `https://github.com/${name}`, origin }) as const;

/** `identifier kind value minutes-after-NOW`, oldest first. */
export async function historyOf(db: Db): Promise<string[]> {
  const signals = await db.signal.findMany({
    orderBy: [{ observedAt: 'asc' }, { paper: { identifier: 'asc' } }, { kind: 'asc' }],
    include: { paper: { select: { identifier: true } } },
  });
  return signals.map(({ paper, kind, value, observedAt }) => {
    const minutes = Math.round((observedAt.getTime() - Date.parse(NOW)) / 60_000);
    return `${paper.identifier} ${kind} ${value} ${minutes}`;
  });
}

export async function targetsOf(db: Db) {
  const targets = await db.signalTarget.findMany({ orderBy: { target: 'asc' } });
  return targets.map(({ dueAt, ...rest }) => ({
    ...rest,
    dueHours: (dueAt.getTime() - Date.parse(NOW)) / HOUR_MS,
  }));
}
