/** What holds for signals of every source: upvotes of past days, and many workers on one schedule. */

import { expect, onTestFinished, test } from 'vitest';
import { fixedClock } from '#lib/clock.ts';
import { createDb } from '#lib/db/client.ts';
import { migrate } from '#lib/db/migrate.ts';
import { fetchDailyBodies } from '#lib/ingest/huggingface/source.ts';
import { ingestHuggingface } from '#lib/ingest/ingest-huggingface.ts';
import { observeGithub } from '#lib/signals/observe-github.ts';
import { observeUpvotes } from '#lib/signals/observe-upvotes.ts';
import { claimTargets, releaseTargets } from '#lib/signals/store.ts';
import { insertTargets, listDueTargets } from '#lib/signals/target-store.ts';
import { HOUR_MS } from '#lib/time.ts';
import { startNativePostgres } from '../../support/native-postgres.ts';
import { dailyPapers, json, type Route, startReplayServer, status } from '../../support/replay-server.ts';
import {
  fetchDeps,
  historyOf,
  NOW,
  observing,
  repository,
  savePapers,
  targetsOf,
} from '../../support/signals.ts';

type Figures = Record<string, [upvotes: unknown, comments: unknown]>;

const bodyOf = (values: Figures) =>
  JSON.stringify(
    Object.entries(values).map(([id, [upvotes, numComments]]) => ({
      paper: { id, title: `On ${id}`, summary: 'We study.', authors: [], upvotes, githubStars: 7 },
      numComments,
    })),
  );

/** A Hub whose days can be changed, after it has been ingested once. */
async function hub(days: Record<string, Figures>, route?: Route) {
  const setting = await observing(dailyPapers((day) => (days[day] === undefined ? null : bodyOf(days[day]))));
  const { db, deps, server } = setting;
  const bodies = fetchDailyBodies(deps.fetch, { baseUrl: server.url, days: Object.keys(days) });
  await ingestHuggingface({ db }, { bodies });
  const other = route === undefined ? null : await startReplayServer(route);
  if (other !== null) onTestFinished(() => other.close());
  const observe = (limit = 50) => observeUpvotes(deps, { baseUrl: (other ?? server).url, limit });
  const asked = () => server.requests.slice(Object.keys(days).length).map(({ query }) => query.get('date'));
  return { ...setting, days, observe, asked };
}

test('the days of the last two weeks are asked for again, one request a day, as of now', async () => {
  const { db, days, later, observe, asked } = await hub({
    '2026-02-10': { '2602.00001': [5, 0] },
    '2026-02-20': { '2602.00002': [8, 1] },
    '2026-03-02': { '2603.00001': [1, 0], '2603.00002': [2, 0] },
  });
  days['2026-03-02'] = { '2603.00001': [9, 0], '2603.00002': [2, 0], '2603.00099': [50, 50] };
  later(1);
  expect(await observe()).toMatchObject({ requests: 2, asked: 2, observed: 1, unchanged: 1, recorded: 1 });
  expect(asked()).toEqual(['2026-03-02', '2026-02-20']);
  expect((await historyOf(db)).at(-1)).toBe('2603.00001 upvotes 9 60');
  expect(await db.paper.count({ where: { identifier: '2603.00099' } })).toBe(0);
});

test('a day of now comes due within the hour, one of last week within hours, and one of last month never', async () => {
  const { db, days, later, observe, asked } = await hub({
    '2026-02-17': { '2602.00001': [5, 0] },
    '2026-03-02': { '2603.00001': [1, 0] },
  });
  await observe();
  for (const hour of [1, 2, 3, 4, 5, 6]) {
    days['2026-03-02'] = { '2603.00001': [1 + hour, 0] };
    later(1);
    await observe();
  }
  expect(asked().filter((day) => day === '2026-03-02')).toHaveLength(7);
  expect(asked().filter((day) => day === '2026-02-17').length).toBeLessThanOrEqual(2);
  later(24 * 14);
  await observe();
  expect(asked().filter((day) => day === '2026-02-17').length).toBeLessThanOrEqual(2);
  later(24 * 2);
  await observe();
  expect(await targetsOf(db)).toEqual([]);
});

test('values that none can be, and entries that are none, are left out and counted', async () => {
  const { db, later, observe } = await hub(
    { '2026-03-02': { '2603.00001': [1, 0], '2603.00002': [2, 0], '2603.00003': [3, 0] } },
    () =>
      json([
        ...JSON.parse(
          bodyOf({ '2603.00001': [-5, 1e300], '2603.00002': ['many', null], '2603.00003': [4, 0] }),
        ),
        'nonsense',
        { paper: { id: 'x' } },
      ]),
  );
  later(1);
  expect(await observe()).toMatchObject({ asked: 1, observed: 1, rejected: 6, recorded: 1, failed: 0 });
  expect((await historyOf(db)).at(-1)).toBe('2603.00003 upvotes 4 60');
});

test('an error page in place of a day is a failure; a limit ends the run', async () => {
  const days = { '2026-02-27': { '2602.00001': [1, 0] }, '2026-03-02': { '2603.00001': [1, 0] } } as const;
  const failing = await hub({ ...days } as never, () => ({ kind: 'answer', body: '<html>Down</html>' }));
  expect(await failing.observe()).toMatchObject({ asked: 2, failed: 2, rejected: 0, endedEarly: null });

  const limited = await hub({ ...days } as never, () => status(429, { 'retry-after': '300' }));
  expect(await limited.observe()).toMatchObject({
    asked: 0,
    deferred: 2,
    endedEarly: { kind: 'rate-limited', retryAt: new Date('2026-03-02T07:05:00Z') },
  });
});

test('what a killed worker had claimed is due again when its lease is over', async () => {
  const { db, clock, later, deps, server } = await observing(() =>
    json({ full_name: 'ada/engine', stargazers_count: 1, forks_count: 1 }),
  );
  await savePapers(db, { links: [repository('ada/engine')] });
  await insertTargets(db, 'github', clock.now());
  const leaseUntil = new Date(clock.now().getTime() + HOUR_MS / 4);
  const targets = await listDueTargets(db, 'github', { now: clock.now(), limit: 5 });
  const claim = { targets, now: clock.now(), leaseUntil };
  const claimed = await claimTargets(db, 'github', claim);
  expect(claimed.map(({ target }) => target)).toEqual(['ada/engine']);
  expect(await claimTargets(db, 'github', claim)).toEqual([]);

  const observe = () => observeGithub(deps, { baseUrl: server.url, token: null, limit: 5 });
  expect(await observe()).toMatchObject({ asked: 0 });
  later(0.25);
  expect(await observe()).toMatchObject({ asked: 1, observed: 1 });
  // The killed one was only slow: what it gives back now is not its own any more.
  await releaseTargets(db, 'github', { claimed, until: leaseUntil });
  expect((await targetsOf(db))[0]?.dueHours).toBeGreaterThan(3);
});

test('workers side by side ask for each repository once', async () => {
  const postgres = await startNativePostgres();
  onTestFinished(() => postgres.stop());
  const url = await postgres.createDatabase('signals');
  await migrate(url);
  const dbs = [createDb(url), createDb(url), createDb(url)];
  onTestFinished(async () => {
    await Promise.all(dbs.map((db) => db.$disconnect()));
  });
  const server = await startReplayServer(({ path }) =>
    json({ full_name: path.replace('/repos/', ''), stargazers_count: 4, forks_count: 2 }),
  );
  onTestFinished(() => server.close());
  const papers = Array.from({ length: 90 }, (_, number) => ({
    identifier: `2602.${String(number).padStart(5, '0')}`,
    links: [repository(`ada/${number}`)],
  }));
  await savePapers(dbs[0]!, ...papers);

  const reports = await Promise.all(
    dbs.map((db) =>
      observeGithub(
        { db, fetch: fetchDeps(fixedClock(NOW)) },
        { baseUrl: server.url, token: null, limit: 100 },
      ),
    ),
  );
  expect(reports.reduce((sum, { observed }) => sum + observed, 0)).toBe(90);
  expect(server.requests).toHaveLength(90);
  expect(new Set(server.requests.map(({ path }) => path)).size).toBe(90);
  expect(await dbs[0]!.signal.count()).toBe(180);
});
