/** Stars and forks, from a server on loopback that answers as GitHub does, into a real database. */
import { describe, expect, test } from 'vitest';
import { observeGithub } from '#lib/signals/observe-github.ts';
import { githubFixture, hasExchanges } from '../../support/recorded-exchanges.ts';
import { inTurn, json, type Reply, type Route, status } from '../../support/replay-server.ts';
import { historyOf, observing, repository, savePapers, targetsOf } from '../../support/signals.ts';

const aRepository = (
  name: string,
  stars: unknown,
  forks: unknown = 3,
  headers: Record<string, string> = {},
) => json({ full_name: name, stargazers_count: stars, forks_count: forks }, headers);

/** Each repository's answer by its lower-cased name. */
const repositories =
  (answers: Record<string, Reply | Route>): Route =>
  (request) => {
    const answer = answers[request.path.replace('/repos/', '')];
    return typeof answer === 'function' ? answer(request) : (answer ?? status(404));
  };

async function github(route: Route) {
  const setting = await observing(route);
  const observe = (limit = 100, fields: { token?: string; signal?: AbortSignal } = {}) =>
    observeGithub(setting.deps, { baseUrl: setting.server.url, token: null, limit, ...fields });
  return { ...setting, observe };
}

function expectIdentity(report: Awaited<ReturnType<typeof observeGithub>>): void {
  expect(report.observed + report.unchanged + report.gone + report.failed).toBe(report.asked);
}

test('a repository that several papers name is asked for once and observed for all', async () => {
  const { db, server, observe } = await github(repositories({ 'ada/engine': aRepository('Ada/Engine', 40) }));
  await savePapers(
    db,
    { identifier: '2602.00001', links: [repository('Ada/Engine')] },
    { identifier: '2602.00002', links: [repository('ada/engine', 'huggingface')] },
    {
      identifier: '2602.00003',
      links: [{ kind: 'project', url: 'https://github.com/ada', origin: 'abstract' }],
    },
    { identifier: '2602.00004', links: [{ ...repository('x'), url: 'https://gitlab.com/ada/engine' }] },
  );
  const report = await observe();
  expect(report).toMatchObject({ requests: 1, asked: 1, observed: 1, recorded: 4, endedEarly: null });
  expectIdentity(report);
  expect(server.requests.map(({ path }) => path)).toEqual(['/repos/ada/engine']);
  expect(await historyOf(db)).toEqual([
    '2602.00001 stars 40 0',
    '2602.00001 forks 3 0',
    '2602.00002 stars 40 0',
    '2602.00002 forks 3 0',
  ]);
  expect(await observe()).toMatchObject({ requests: 0, asked: 0 });
});

test('a paper has one repository: what a submitter named, else what the fewest papers name', async () => {
  const { db, server, observe } = await github((request) =>
    aRepository(request.path.replace('/repos/', ''), 5),
  );
  const library = repository('big/library');
  await savePapers(
    db,
    { identifier: '2602.00001', links: [library, repository('zoe/own')] },
    {
      identifier: '2602.00002',
      links: [library, repository('abe/said'), repository('zoe/named', 'huggingface')],
    },
    { identifier: '2602.00003', links: [library] },
  );
  await observe();
  expect(server.requests.map(({ path }) => path.replace('/repos/', '')).sort()).toEqual([
    'big/library',
    'zoe/named',
    'zoe/own',
  ]);
  expect(await db.signal.count()).toBe(6);
});

test('the token goes along where there is one, and only to GitHub', async () => {
  const { db, server, later, observe } = await github(repositories({}));
  await savePapers(db, { links: [repository('ada/engine')] });
  await observe(100, { token: 'github_pat_1' });
  later(100);
  await observe();
  expect(server.requests.map(({ headers }) => headers.authorization)).toEqual([
    'Bearer github_pat_1',
    undefined,
  ]);
  expect(server.requests[0]?.headers).toMatchObject({
    accept: 'application/vnd.github+json',
    'x-github-api-version': '2022-11-28',
    'user-agent': 'Paperboy/test',
  });
});

test('an unchanged repository costs a conditional request and no row, and a change keeps both its ends', async () => {
  let stars = 40;
  const { db, server, later, observe } = await github(({ headers }) => {
    const etag = `W/"${stars}"`;
    return headers['if-none-match'] === etag ? status(304) : aRepository('ada/engine', stars, 3, { etag });
  });
  await savePapers(db, { identifier: '2602.00001', links: [repository('ada/engine')] });
  await observe();
  for (const _ of [1, 2]) {
    later(24);
    expect(await observe()).toMatchObject({ asked: 1, unchanged: 1, recorded: 0 });
  }
  const [target] = await targetsOf(db);
  expect(target).toMatchObject({ unchanged: 2, etag: 'W/"40"' });
  expect(target?.observedAt).toEqual(new Date('2026-03-04T07:00:00Z'));
  stars = 55;
  later(24);
  expect(await observe()).toMatchObject({ asked: 1, observed: 1, recorded: 2 });
  expect(server.requests.map(({ headers }) => headers['if-none-match'])).toEqual([
    undefined,
    'W/"40"',
    'W/"40"',
    'W/"40"',
  ]);
  expect(await historyOf(db)).toEqual([
    '2602.00001 stars 40 0',
    '2602.00001 forks 3 0',
    `2602.00001 stars 40 ${48 * 60}`,
    `2602.00001 stars 55 ${72 * 60}`,
  ]);
  const latest = await db.latestSignal.findMany({ where: { kind: 'stars' } });
  expect(latest.map(({ value }) => value)).toEqual([55]);
});

test('a paper that comes to name a known repository has its values at the next poll', async () => {
  const { db, later, observe } = await github(({ headers }) =>
    headers['if-none-match'] === '"a"' ? status(304) : aRepository('ada/engine', 40, 3, { etag: '"a"' }),
  );
  await savePapers(db, { identifier: '2602.00001', links: [repository('ada/engine')] });
  await observe();
  await savePapers(db, { identifier: '2602.00002', links: [repository('ada/engine')] });
  later(24);
  expect(await observe()).toMatchObject({ asked: 1, observed: 1, recorded: 2 });
  expect((await historyOf(db)).slice(2)).toEqual(['2602.00002 stars 40 1440', '2602.00002 forks 3 1440']);
});

describe.skipIf(!hasExchanges)('the recorded exchanges', () => {
  test('a rename is followed and remembered, and the new name is what is asked for then', async () => {
    let url = '';
    const { db, server, later, observe } = await github((request) => {
      const path = request.path.replace('rename-repository-newname', 'rename-repository');
      const reply = githubFixture('rename-repository', () => url)({ ...request, path });
      // The fixture knows the old name only; its answer to the number is that of the new one.
      return request.path.endsWith('newname')
        ? githubFixture('rename-repository', () => url)({ ...request, path: '/repositories/1000' })
        : reply;
    });
    url = server.url;
    const oldName = 'octokit-fixture-org/rename-repository';
    await savePapers(db, { identifier: '2602.00001', links: [repository(oldName)] });
    expect(await observe()).toMatchObject({ requests: 1, asked: 1, observed: 1, renamed: 1, recorded: 2 });
    expect(server.requests.map(({ path }) => path)).toEqual([`/repos/${oldName}`, '/repositories/1000']);
    expect(await historyOf(db)).toEqual(['2602.00001 stars 42 0', '2602.00001 forks 42 0']);
    expect(await targetsOf(db)).toMatchObject([
      { target: oldName, renamedTo: `${oldName}-newname`, etag: null },
      { target: `${oldName}-newname`, renamedTo: null, etag: `"${'0'.repeat(32)}"` },
    ]);
    later(24);
    expect(await observe()).toMatchObject({ asked: 1, unchanged: 1, renamed: 0 });
    expect(server.requests.map(({ path }) => path).slice(2)).toEqual([`/repos/${oldName}-newname`]);
  });

  test('a repository is its stars and forks', async () => {
    const { db, observe } = await github(githubFixture('get-repository', () => ''));
    await savePapers(db, {
      identifier: '2602.00001',
      links: [repository('octokit-fixture-org/hello-world')],
    });
    expect(await observe()).toMatchObject({ observed: 1, renamed: 0 });
    expect(await historyOf(db)).toEqual(['2602.00001 stars 42 0', '2602.00001 forks 42 0']);
  });
});

test('names that were changed again, or back, end at the name that answers', async () => {
  let now = 'ada/second';
  const { db, server, later, observe } = await github(({ path }) =>
    path === '/repositories/7'
      ? aRepository(now, 5)
      : path === `/repos/${now}`
        ? aRepository(now, 6)
        : status(301, { location: '/repositories/7' }),
  );
  await savePapers(db, { identifier: '2602.00001', links: [repository('ada/first')] });
  const names = async () => (await targetsOf(db)).map(({ target, renamedTo }) => [target, renamedTo]);
  await observe();
  now = 'ada/third';
  later(48);
  await observe();
  expect(await names()).toEqual([
    ['ada/first', 'ada/third'],
    ['ada/second', 'ada/third'],
    ['ada/third', null],
  ]);
  now = 'ada/first';
  later(48);
  await observe();
  later(48);
  const before = server.requests.length;
  await observe();
  expect(await names()).toEqual([
    ['ada/first', null],
    ['ada/second', 'ada/first'],
    ['ada/third', 'ada/first'],
  ]);
  expect(server.requests.slice(before).map(({ path }) => path)).toEqual(['/repos/ada/first']);
});

test.each([404, 410, 451])(
  'what is answered with %s is gone, asked for rarely, and taken back',
  async (code) => {
    const { db, server, later, observe } = await github(
      inTurn(status(code), status(code), aRepository('ada/engine', 4)),
    );
    await savePapers(db, { identifier: '2602.00001', links: [repository('ada/engine')] });
    expect(await observe()).toMatchObject({ asked: 1, gone: 1, recorded: 0, endedEarly: null });
    later(40);
    expect(await observe()).toMatchObject({ asked: 0 });
    later(24 * 5);
    expect(await observe()).toMatchObject({ asked: 1, gone: 1 });
    later(24 * 4);
    expect(await observe()).toMatchObject({ asked: 0 });
    expect((await targetsOf(db))[0]?.goneAt).toEqual(new Date('2026-03-02T07:00:00Z'));
    later(24 * 4);
    expect(await observe()).toMatchObject({ asked: 1, observed: 1 });
    expect((await targetsOf(db))[0]?.goneAt).toBe(null);
    expect(server.requests).toHaveLength(3);
  },
);

const RESET = String(Date.parse('2026-03-02T07:40:00Z') / 1000);

test.each<[string, Reply]>([
  ['403 and an empty quota', status(403, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': RESET })],
  ['429 and an empty quota', status(429, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': RESET })],
  ['403 and Retry-After', status(403, { 'retry-after': '2400', 'x-ratelimit-remaining': '44' })],
])('a limit told by %s ends the run at once, and what was left is due still', async (_, limit) => {
  const { db, server, later, observe } = await github(
    inTurn(aRepository('a/a', 1), limit, aRepository('x/x', 2)),
  );
  await savePapers(
    db,
    ...['a/a', 'b/b', 'c/c', 'd/d'].map((name, index) => ({
      identifier: `2602.0000${index}`,
      links: [repository(name)],
    })),
  );
  const report = await observe();
  expect(report).toMatchObject({
    asked: 1,
    observed: 1,
    deferred: 3,
    endedEarly: { kind: 'rate-limited', retryAt: new Date('2026-03-02T07:40:00Z') },
  });
  expectIdentity(report);
  expect(server.requests).toHaveLength(2);
  expect((await targetsOf(db)).filter(({ dueHours }) => dueHours === 0)).toHaveLength(3);
  later(1);
  expect(await observe()).toMatchObject({ asked: 3, observed: 3 });
});

test('the last request of a quota ends the run before the next one is sent', async () => {
  const { db, server, observe } = await github(() =>
    aRepository('a/a', 1, 1, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': RESET }),
  );
  await savePapers(
    db,
    { identifier: '2602.00001', links: [repository('a/a')] },
    { identifier: '2602.00002', links: [repository('b/b')] },
  );
  expect(await observe()).toMatchObject({ asked: 1, deferred: 1, endedEarly: { kind: 'rate-limited' } });
  expect(server.requests).toHaveLength(1);
});

test.each<[string, Reply, string]>([
  ['fails', status(502), 'unavailable'],
  ['breaks connections', { kind: 'cut', body: 'x'.repeat(100) }, 'unavailable'],
  ['refuses our token', status(401), 'refused'],
])('a GitHub that %s is left alone after three repositories', async (_, reply, kind) => {
  const { db, later, observe } = await github(() => reply);
  const names = Array.from({ length: 6 }, (_unused, index) => `ada/${index}`);
  await savePapers(
    db,
    ...names.map((name, index) => ({ identifier: `2602.0000${index}`, links: [repository(name)] })),
  );
  const report = await observe();
  expect(report).toMatchObject({ asked: 3, failed: 3, deferred: 3, recorded: 0, endedEarly: { kind } });
  expectIdentity(report);
  later(1);
  expect(await observe()).toMatchObject({ asked: 3, failed: 3, deferred: 0 });
  expect(await db.signal.count()).toBe(0);
});

test('one repository that cannot be had costs no other', async () => {
  const { db, observe } = await github(
    repositories({
      'a/a': status(500),
      'b/b': { kind: 'answer', body: '<html>Whoa there!</html>' },
      'c/c': json([]),
      'd/d': { kind: 'flood', piece: 'x'.repeat(65_536) },
      'e/e': status(301),
      'f/f': aRepository('f/f', 7),
    }),
  );
  await savePapers(
    db,
    ...['a/a', 'b/b', 'c/c', 'd/d', 'e/e', 'f/f'].map((name, index) => ({
      identifier: `2602.0000${index}`,
      links: [repository(name)],
    })),
  );
  const report = await observe();
  expect(report).toMatchObject({ asked: 6, failed: 5, observed: 1, recorded: 2, endedEarly: null });
  expectIdentity(report);
});

test.each([-1, 2_147_483_648, 1e300, 'many', null, 0.5])(
  'a star count of %j is left out and counted; the forks are kept',
  async (stars) => {
    const { db, later, observe } = await github(() => aRepository('ada/engine', stars, 3, { etag: '"a"' }));
    await savePapers(db, { identifier: '2602.00001', links: [repository('ada/engine')] });
    expect(await observe()).toMatchObject({ asked: 1, observed: 1, rejected: 1, recorded: 1 });
    expect(await historyOf(db)).toEqual(['2602.00001 forks 3 0']);
    later(24);
    expect(await observe()).toMatchObject({ asked: 1, unchanged: 1, rejected: 1, recorded: 0 });
  },
);

test('a limit is a budget, spent on the youngest papers first and then by how late a poll is', async () => {
  const { db, server, later, observe } = await github((request) =>
    aRepository(request.path.replace('/repos/', ''), 5),
  );
  const asked = () => server.requests.map(({ path }) => path.replace('/repos/', ''));
  await savePapers(
    db,
    { identifier: '1502.00001', links: [repository('a/old')], submittedAt: new Date('2015-02-01') },
    { identifier: '2602.00001', links: [repository('b/week')], submittedAt: new Date('2026-02-23') },
    { identifier: '2602.00002', links: [repository('c/today')], submittedAt: new Date('2026-03-02') },
  );
  expect(await observe(2)).toMatchObject({ asked: 2 });
  expect(asked()).toEqual(['c/today', 'b/week']);
  expect(await observe(2)).toMatchObject({ asked: 1 });
  // A day on, today's paper is four intervals late, last week's just due, and the old one not.
  later(25);
  await observe(1);
  expect(asked().slice(3)).toEqual(['c/today']);
});

test('an abort ends the run with what it has, and leaves the rest due', async () => {
  const controller = new AbortController();
  const { db, observe } = await github(({ path }) => {
    if (path.endsWith('/b')) controller.abort();
    return aRepository(path.replace('/repos/', ''), 5);
  });
  await savePapers(
    db,
    ...['a/a', 'b/b', 'c/c'].map((name, index) => ({
      identifier: `2602.0000${index}`,
      links: [repository(name)],
    })),
  );
  const report = await observe(100, { signal: controller.signal });
  expect(report).toMatchObject({ asked: 1, observed: 1, deferred: 2, endedEarly: { kind: 'aborted' } });
  expect(await observe()).toMatchObject({ asked: 2, observed: 2 });
});
