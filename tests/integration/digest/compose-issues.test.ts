import { expect, test } from 'vitest';
import { composeIssues } from '#lib/digest/compose-issues.ts';
import { type FreshDatabase, freshDatabase } from '../../support/database.ts';
import { insertPapers, insertSubscription, rankPapers } from '../../support/subscriptions.ts';

const depsOf = ({ db, clock }: FreshDatabase) => ({
  db,
  clock,
  explainDay: async (day: string) => `Nothing was announced on ${day}.`,
});

const issuesOf = async ({ db }: FreshDatabase) =>
  (await db.issue.findMany({ orderBy: [{ editionOn: 'asc' }, { subscriptionId: 'asc' }] })).map((issue) => ({
    subscription: issue.subscriptionId,
    on: issue.editionOn.toISOString().slice(0, 10),
    state: issue.state,
    papers: issue.paperKeys,
    note: issue.note,
  }));

const DUE = '2026-03-02T07:00:00Z';

test('a subscription that is due gets one issue, its most trending papers first', async () => {
  const fresh = await freshDatabase({ now: DUE });
  await insertPapers(fresh.db, { day: '2026-03-02', count: 12 });
  await rankPapers(fresh.db, 12);
  const id = await insertSubscription(fresh.db, { address: 'a@x.org', dueAt: DUE, papersMax: 5 });
  expect(await composeIssues(depsOf(fresh), { limit: 100 })).toEqual({ due: 1, composed: 1, empty: 0 });
  expect(await issuesOf(fresh)).toEqual([
    { subscription: id, on: '2026-03-02', state: 'due', papers: [1, 2, 3, 4, 5], note: null },
  ]);
  expect(await composeIssues(depsOf(fresh), { limit: 100 })).toEqual({ due: 0, composed: 0, empty: 0 });
  const subscription = await fresh.db.subscription.findUniqueOrThrow({ where: { id } });
  expect(subscription.nextDueAt?.toISOString()).toBe('2026-03-03T07:00:00.000Z');
  const edition = await fresh.db.edition.findFirstOrThrow();
  expect(edition.audience).toBe(1);
});

test('no paper comes twice, over days, and a smaller rest is still sent', async () => {
  const fresh = await freshDatabase({ now: DUE });
  await insertPapers(fresh.db, { day: '2026-03-02', count: 12 });
  await rankPapers(fresh.db, 12);
  await insertSubscription(fresh.db, { address: 'a@x.org', dueAt: DUE, papersMax: 5 });
  for (const day of ['02', '03', '04', '05']) {
    fresh.clock.set(`2026-03-${day}T07:00:00Z`);
    await composeIssues(depsOf(fresh), { limit: 100 });
  }
  const papers = (await issuesOf(fresh)).map((issue) => issue.papers);
  expect(papers).toEqual([[1, 2, 3, 4, 5], [6, 7, 8, 9, 10], [11, 12], []]);
  expect((await issuesOf(fresh)).at(-1)).toMatchObject({ state: 'excluded', note: 'empty' });
});

test('papers of a refused issue come again, those of an uncertain one do not', async () => {
  const fresh = await freshDatabase({ now: DUE });
  await insertPapers(fresh.db, { day: '2026-03-02', count: 5 });
  await rankPapers(fresh.db, 5);
  const refused = await insertSubscription(fresh.db, { address: 'a@x.org', dueAt: DUE, papersMax: 5 });
  const unknown = await insertSubscription(fresh.db, { address: 'b@x.org', dueAt: DUE, papersMax: 5 });
  await composeIssues(depsOf(fresh), { limit: 100 });
  await fresh.db.$executeRaw`UPDATE issue SET state = 'submitting', holder = 'w', lease_until = now()`;
  const end = (id: number, state: string) =>
    fresh.db
      .$executeRaw`UPDATE issue SET state = ${state}::issue_state, closed_at = now() WHERE subscription_id = ${id}`;
  await end(refused, 'rejected');
  await end(unknown, 'uncertain');
  // Two days later the listing of 2 March is no longer in a day's window, but the refused issue's window is.
  fresh.clock.set('2026-03-04T07:00:00Z');
  await fresh.db.$executeRaw`DELETE FROM trending_entry`;
  await fresh.db.$executeRaw`UPDATE subscription SET has_trending = false, categories = '{cs.LG}'`;
  await fresh.db.$executeRaw`UPDATE subscription SET next_due_at = '2026-03-04T07:00:00Z'`;
  await composeIssues(depsOf(fresh), { limit: 100 });
  const later = (await issuesOf(fresh)).filter(({ on }) => on === '2026-03-04');
  expect(later.map(({ subscription, papers }) => [subscription, papers])).toEqual([
    [refused, [1, 2, 3, 4, 5]],
    [unknown, []],
  ]);
});

test('topics join: a category, a query, and trending papers, each paper once, muted ones left out', async () => {
  const fresh = await freshDatabase({ now: DUE });
  await insertPapers(fresh.db, { day: '2026-03-02', count: 2, categories: ['cs.LG'] });
  await insertPapers(fresh.db, { day: '2026-03-02', count: 3, from: 3, categories: ['math.AG'] });
  await insertPapers(fresh.db, {
    day: '2026-03-02',
    count: 2,
    from: 6,
    categories: ['cs.CL'],
    title: 'Diffusion',
  });
  const both = await insertSubscription(fresh.db, {
    address: 'a@x.org',
    dueAt: DUE,
    hasTrending: false,
    categories: ['math.AG'],
    queries: ['diffusion'],
    mutedWords: ['paper 4'],
  });
  await composeIssues(depsOf(fresh), { limit: 100 });
  expect(await issuesOf(fresh)).toEqual([
    { subscription: both, on: '2026-03-02', state: 'due', papers: [3, 5, 6, 7], note: null },
  ]);
});

test('a day without papers says why, where that was chosen, and sends nothing otherwise', async () => {
  const fresh = await freshDatabase({ now: DUE });
  const wants = await insertSubscription(fresh.db, { address: 'a@x.org', dueAt: DUE, sendWhenEmpty: true });
  const not = await insertSubscription(fresh.db, { address: 'b@x.org', dueAt: DUE });
  expect(await composeIssues(depsOf(fresh), { limit: 100 })).toEqual({ due: 2, composed: 2, empty: 2 });
  expect(await issuesOf(fresh)).toEqual([
    {
      subscription: wants,
      on: '2026-03-02',
      state: 'due',
      papers: [],
      note: 'Nothing was announced on 2026-03-02.',
    },
    { subscription: not, on: '2026-03-02', state: 'excluded', papers: [], note: 'empty' },
  ]);
});

test('after an outage one issue covers the days that were missed', async () => {
  const fresh = await freshDatabase({ now: '2026-03-05T09:00:00Z' });
  for (const day of [2, 3, 4, 5]) {
    await insertPapers(fresh.db, { day: `2026-03-0${day}`, count: 2, from: day * 2 });
  }
  await insertSubscription(fresh.db, {
    address: 'a@x.org',
    dueAt: DUE,
    hasTrending: false,
    categories: ['cs.LG'],
  });
  await composeIssues(depsOf(fresh), { limit: 100 });
  const [issue, ...rest] = await issuesOf(fresh);
  expect(rest).toEqual([]);
  expect(issue).toMatchObject({ on: '2026-03-05' });
  expect(issue?.papers).toHaveLength(8);
});

test('a pause ends with the first issue after it, which holds nothing of the time between', async () => {
  const fresh = await freshDatabase({ now: '2026-03-10T07:00:00Z' });
  await insertPapers(fresh.db, { day: '2026-03-03', count: 2 });
  await insertPapers(fresh.db, { day: '2026-03-10', count: 2, from: 3 });
  const id = await insertSubscription(fresh.db, {
    address: 'a@x.org',
    dueAt: '2026-03-02T07:00:00Z',
    hasTrending: false,
    categories: ['cs.LG'],
  });
  await fresh.db.subscription.update({
    where: { id },
    data: { state: 'paused', nextDueAt: new Date('2026-03-10T07:00:00Z') },
  });
  await composeIssues(depsOf(fresh), { limit: 100 });
  expect((await issuesOf(fresh)).map(({ papers }) => papers)).toEqual([[3, 4]]);
  expect((await fresh.db.subscription.findUniqueOrThrow({ where: { id } })).state).toBe('active');
});

test('the database refuses what would break a promise, whoever asks', async () => {
  const fresh = await freshDatabase({ now: DUE });
  await insertPapers(fresh.db, { day: '2026-03-02', count: 5 });
  await insertSubscription(fresh.db, {
    address: 'a@x.org',
    dueAt: DUE,
    hasTrending: false,
    categories: ['cs.LG'],
  });
  await composeIssues(depsOf(fresh), { limit: 100 });
  const refused = (sql: string) => expect(fresh.db.$executeRawUnsafe(sql)).rejects.toThrow();
  await refused(`UPDATE issue SET state = 'submitted', closed_at = now()`);
  await fresh.db.$executeRaw`UPDATE issue SET state = 'submitting', holder = 'w', lease_until = now()`;
  await refused(`UPDATE issue SET state = 'due'`);
  await fresh.db.$executeRaw`UPDATE issue SET state = 'submitted', closed_at = now()`;
  await refused(`UPDATE issue SET state = 'due', closed_at = NULL`);
  await refused(`INSERT INTO issue_paper VALUES (1, 1, 99)`);
  await refused(`INSERT INTO issue (subscription_id, edition_on, window_from, window_to, state, composed_at, send_at)
    SELECT subscription_id, edition_on + 1, window_from, window_to, 'due', composed_at, send_at FROM issue`);
  await refused(`UPDATE subscription SET confirmed_at = NULL`);
  await refused(`UPDATE subscription SET hour = 24`);
});

test('two composers at once make each issue once', async () => {
  const fresh = await freshDatabase({ now: DUE });
  await insertPapers(fresh.db, { day: '2026-03-02', count: 5 });
  for (let reader = 0; reader < 30; reader += 1) {
    await insertSubscription(fresh.db, {
      address: `${reader}@x.org`,
      dueAt: DUE,
      hasTrending: false,
      categories: ['cs.LG'],
    });
  }
  const reports = await Promise.all([
    composeIssues(depsOf(fresh), { limit: 100 }),
    composeIssues(depsOf(fresh), { limit: 100 }),
  ]);
  expect(reports.reduce((sum, report) => sum + report.composed, 0)).toBe(30);
  expect(await fresh.db.issue.count()).toBe(30);
  expect((await fresh.db.edition.findFirstOrThrow()).audience).toBe(30);
});

test('the public archive holds the trending edition of each day, once', async () => {
  const fresh = await freshDatabase({ now: DUE });
  await insertPapers(fresh.db, { day: '2026-03-02', count: 4 });
  await rankPapers(fresh.db, 3);
  await composeIssues(depsOf(fresh), { limit: 100 });
  await fresh.db.$executeRaw`DELETE FROM trending_entry WHERE rank = 1`;
  await composeIssues(depsOf(fresh), { limit: 100 });
  const editions = await fresh.db.edition.findMany();
  expect(editions.map(({ paperKeys, audience }) => [paperKeys, audience])).toEqual([[[1, 2, 3], 0]]);
});
