/** Citations, from a server on loopback that answers as Semantic Scholar does, into a real database. */
import { expect, test } from 'vitest';
import { observeCitations } from '#lib/signals/observe-citations.ts';
import { cassetteBody, hasExchanges } from '../../support/recorded-exchanges.ts';
import {
  inTurn,
  json,
  type ReplayedRequest,
  type Reply,
  type Route,
  status,
} from '../../support/replay-server.ts';
import { historyOf, observing, savePapers, targetsOf } from '../../support/signals.ts';

async function index(route: Route) {
  const setting = await observing(route);
  const observe = (limit = 10, key: string | null = null) =>
    observeCitations(setting.deps, { baseUrl: setting.server.url, key, limit });
  return { ...setting, observe };
}

const idsOf = ({ body }: ReplayedRequest): string[] => JSON.parse(body).ids;

/** Answers every paper by what `countOf` says of its identifier. */
const counting =
  (countOf: (identifier: string) => unknown): Route =>
  (request) =>
    json(
      idsOf(request).map((id) => {
        const citationCount = countOf(id.replace('ARXIV:', ''));
        return citationCount === null ? null : { paperId: 'p', externalIds: {}, citationCount };
      }),
    );

test('papers are asked for together, the youngest first, and an unknown one rarely again', async () => {
  const known: Record<string, number | null> = { '2602.00001': 0, 'hep-th/9901001': 812, '2602.00002': null };
  const { db, server, later, observe } = await index(counting((id) => known[id]));
  await savePapers(
    db,
    { identifier: 'hep-th/9901001', submittedAt: new Date('1999-01-02') },
    { identifier: '2602.00001' },
    { identifier: '2602.00002', submittedAt: new Date('2026-03-01') },
    { identifier: '10.1000/182', registry: 'doi' },
  );
  expect(await observe()).toMatchObject({ requests: 1, asked: 3, observed: 2, gone: 1, recorded: 2 });
  const [request] = server.requests;
  expect(request).toMatchObject({
    method: 'POST',
    path: '/graph/v1/paper/batch?fields=externalIds,citationCount',
  });
  expect(request && idsOf(request)).toEqual(['ARXIV:2602.00002', 'ARXIV:2602.00001', 'ARXIV:hep-th/9901001']);
  expect(request?.headers['x-api-key']).toBe(undefined);
  expect(await historyOf(db)).toEqual(['2602.00001 citations 0 0', 'hep-th/9901001 citations 812 0']);

  known['2602.00001'] = 5;
  later(3 * 24);
  expect(await observe(10, 'secret-key')).toMatchObject({ requests: 1, asked: 2, observed: 1, gone: 1 });
  expect(server.requests[1]?.headers['x-api-key']).toBe('secret-key');
  expect((await historyOf(db)).slice(2)).toEqual([`2602.00001 citations 5 ${72 * 60}`]);
});

test('500 papers make one request, and the limit is of requests', async () => {
  const { db, server, observe } = await index(counting(() => 1));
  const papers = Array.from({ length: 1_203 }, (_, number) => ({
    identifier: `2602.${String(number).padStart(5, '0')}`,
  }));
  await savePapers(db, ...papers);
  expect(await observe(2)).toMatchObject({ requests: 2, asked: 1_000, observed: 1_000 });
  expect(await observe(2)).toMatchObject({ requests: 1, asked: 203, observed: 203 });
  expect(server.requests.map((request) => idsOf(request).length)).toEqual([500, 500, 203]);
  expect(new Set(server.requests.flatMap(idsOf)).size).toBe(1_203);
});

test('a shared quota that is used up is waited for a little, and then ends the run', async () => {
  const { db, server, observe } = await index(inTurn(status(429), json([{ citationCount: 3 }]), status(429)));
  await savePapers(db, { identifier: '2602.00001' });
  expect(await observe()).toMatchObject({ requests: 1, asked: 1, observed: 1 });
  expect(server.requests).toHaveLength(2);
  await savePapers(db, { identifier: '2602.00002' }, { identifier: '2602.00003' });
  expect(await observe()).toMatchObject({
    asked: 0,
    deferred: 2,
    failed: 0,
    endedEarly: { kind: 'rate-limited', retryAt: expect.any(Date) },
  });
  expect(server.requests).toHaveLength(5);
});

test('counts that none can be are left out and counted', async () => {
  const bad: Record<string, unknown> = {
    '2602.00001': -1,
    '2602.00002': 2_147_483_648,
    '2602.00003': 'many',
    '2602.00004': undefined,
    '2602.00005': 9,
  };
  const { db, observe } = await index(counting((id) => bad[id]));
  await savePapers(db, ...Object.keys(bad).map((identifier) => ({ identifier })));
  expect(await observe()).toMatchObject({ asked: 5, observed: 1, failed: 4, rejected: 4, recorded: 1 });
  expect(await historyOf(db)).toEqual(['2602.00005 citations 9 0']);
});

test.each<[string, Reply]>([
  ['a refusal', status(400)],
  ['an error page', { kind: 'answer', body: '<html>Internal error</html>' }],
  ['an object', json({ error: 'No valid paper ids given' })],
  ['a wrong key', status(403)],
  ['a failure', status(500)],
])(
  'after two answers that are %s the run ends, and the papers are asked for again within hours',
  async (_, bad) => {
    const { db, later, observe } = await index(() => bad);
    const papers = Array.from({ length: 1_001 }, (_unused, number) => ({
      identifier: `2602.${String(number).padStart(5, '0')}`,
    }));
    await savePapers(db, ...papers);
    expect(await observe()).toMatchObject({
      requests: 2,
      asked: 1_000,
      failed: 1_000,
      recorded: 0,
      endedEarly: { kind: expect.stringMatching(/refused|unavailable/) },
    });
    later(10);
    expect(await observe()).toMatchObject({ requests: 2, asked: 1_000 });
    expect(await db.signal.count()).toBe(0);
  },
);

test.skipIf(!hasExchanges)('the recorded answer gives three counts and one unknown paper', async () => {
  const body = cassetteBody('test_get_papers_not_found_warning');
  const { db, observe } = await index(() => ({ kind: 'answer', body }));
  await savePapers(
    db,
    ...[4, 3, 2, 1].map((age) => ({
      identifier: `2602.0000${age}`,
      submittedAt: new Date(Date.UTC(2026, 1, 28 - age)),
    })),
  );
  expect(await observe()).toMatchObject({ asked: 4, observed: 3, gone: 1, recorded: 3 });
  expect(await historyOf(db)).toEqual([
    '2602.00002 citations 10670 0',
    '2602.00003 citations 2185 0',
    '2602.00004 citations 0 0',
  ]);
  expect((await targetsOf(db)).map(({ goneAt }) => goneAt !== null)).toEqual([true, false, false, false]);
});
