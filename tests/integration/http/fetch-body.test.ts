/** The way out to remote sources, against a real HTTP server that behaves as remotes do. */
import { expect, onTestFinished, test } from 'vitest';
import { fixedClock } from '#lib/clock.ts';
import { type FetchLimits, type FetchRequest, fetchBody, toUserAgent } from '#lib/http/fetch-body.ts';
import type { Validators } from '#lib/http/outcome.ts';
import { createRateLimiter } from '#lib/http/rate-limiter.ts';
import { seededRandom } from '#lib/random.ts';
import {
  inTurn,
  json,
  type Reply,
  type Route,
  startReplayServer,
  status,
} from '../../support/replay-server.ts';

const NOW = '2026-03-02T07:00:00.000Z';
const OK = json({ papers: [] });

/** A server, and the means to send it in which a pause moves the clock and takes no time. */
async function setUp(route: Route, intervalMs = 0) {
  const server = await startReplayServer(route);
  onTestFinished(() => server.close());
  const clock = fixedClock(NOW);
  const pausesMs: number[] = [];
  const known = new Map<string, Validators>();
  const deps = {
    clock,
    random: seededRandom(1),
    rateLimiter: createRateLimiter({ clock }, intervalMs),
    userAgent: toUserAgent('0.1.0', ['+https://papers.example.org', 'mailto:ops@example.org']),
    sleep: async (ms: number) => {
      pausesMs.push(ms);
      clock.set(new Date(clock.now().getTime() + ms));
    },
    memory: {
      find: async (url: string) => known.get(url) ?? null,
      record: async (url: string, validators: Validators) => void known.set(url, validators),
    },
  };
  const send = (path = '/', request: Partial<FetchRequest> = {}, limits: Partial<FetchLimits> = {}) =>
    fetchBody(deps, { url: `${server.url}${path}`, limits, ...request });
  return { server, deps, send, pausesMs };
}

const bodies = (...replies: Reply[]) => setUp(inTurn(...replies));

test('a body arrives as text, with who asked and how to reach them on the request', async () => {
  const { send, server } = await bodies({ kind: 'answer', body: '{"title":"Schrödinger 😀"}' });
  expect(await send('/list?p=0', { headers: { accept: 'application/json' } })).toMatchObject({
    kind: 'ok',
    status: 200,
    url: `${server.url}/list?p=0`,
    text: '{"title":"Schrödinger 😀"}',
  });
  expect(server.requests[0]?.headers).toMatchObject({
    accept: 'application/json',
    'user-agent': 'Paperboy/0.1.0 (+https://papers.example.org; mailto:ops@example.org)',
  });
});

test('a compressed body is unpacked', async () => {
  const { send } = await bodies({ kind: 'answer', body: 'abstract '.repeat(1000), isGzipped: true });
  expect(await send()).toMatchObject({ kind: 'ok', text: 'abstract '.repeat(1000) });
});

test.each([
  ['text/html; charset=iso-8859-1', Buffer.from('Schrödinger', 'latin1'), 'Schrödinger'],
  ['application/json; charset=klingon', Buffer.from('Erdős'), 'Erdős'],
  ['image/png', Buffer.from('Erdős'), 'Erdős'],
])('a body sent as %s is decoded as far as it says', async (contentType, body, text) => {
  const { send } = await bodies({ kind: 'answer', headers: { 'content-type': contentType }, body });
  expect(await send()).toMatchObject({ kind: 'ok', text });
});

test('what the memory knows is not sent again, and the caller decides when it is known', async () => {
  const validators = { etag: '"a1"', 'last-modified': 'Sun, 01 Mar 2026 10:00:00 GMT' };
  const { send, server, deps } = await setUp(({ headers }) =>
    headers['if-none-match'] === '"a1"' ? status(304) : json([], validators),
  );
  const first = await send('/day');
  expect(first.kind).toBe('ok');
  expect((await send('/day')).kind).toBe('ok');
  if (first.kind === 'ok') await deps.memory.record(`${server.url}/day`, first.validators);
  expect(await send('/day')).toEqual({ kind: 'not-modified' });
  expect(server.requests[2]?.headers['if-modified-since']).toBe('Sun, 01 Mar 2026 10:00:00 GMT');
  expect((await send('/day', { isUnconditional: true })).kind).toBe('ok');
});

test('a server that fails is asked again after growing random pauses, and then reported', async () => {
  const { send, server, pausesMs } = await bodies(status(503));
  expect(await send('/', {}, { attemptsMax: 5 })).toEqual({
    kind: 'unavailable',
    reason: 'status 503',
    retryAt: null,
  });
  expect(server.requests).toHaveLength(5);
  expect(pausesMs).toHaveLength(4);
  for (const [index, pauseMs] of pausesMs.entries()) expect(pauseMs).toBeLessThanOrEqual(500 * 2 ** index);
  expect(new Set(pausesMs).size).toBe(4);
});

test('a server that recovers is answered for', async () => {
  const { send, server } = await bodies(status(502), { kind: 'cut', body: 'x'.repeat(100) }, status(500), OK);
  expect((await send()).kind).toBe('ok');
  expect(server.requests).toHaveLength(4);
});

test.each([
  ['in seconds', '42', 42_000],
  ['as a date', 'Mon, 02 Mar 2026 07:00:30 GMT', 30_000],
])('a wish to be asked later %s is met to the second', async (_, retryAfter, pauseMs) => {
  const { send, pausesMs } = await bodies(status(429, { 'retry-after': retryAfter }), OK);
  expect((await send()).kind).toBe('ok');
  expect(pausesMs).toEqual([pauseMs]);
});

test('a rate limit that names no time is waited for all the same', async () => {
  const { send, pausesMs } = await bodies(status(429), OK);
  expect((await send()).kind).toBe('ok');
  expect(pausesMs).toEqual([10_000]);
});

test('arXiv’s 503 with Retry-After is waited for in the same way', async () => {
  const { send, pausesMs } = await bodies(status(503, { 'retry-after': '10' }), OK);
  expect((await send()).kind).toBe('ok');
  expect(pausesMs).toEqual([10_000]);
});

test('a longer wait than the limits allow is reported at once, and holds for the next request too', async () => {
  const { send, server, pausesMs } = await bodies(status(429, { 'retry-after': '3600' }), OK);
  const outcome = { kind: 'rate-limited', retryAt: new Date('2026-03-02T08:00:00Z') };
  expect(await send()).toEqual(outcome);
  expect(await send('/other')).toEqual(outcome);
  expect(server.requests).toHaveLength(1);
  expect(pausesMs).toEqual([]);
});

test.each([
  ['Hugging Face', { ratelimit: '"api";r=0;t=17', 'ratelimit-policy': '"fixed window";"api";q=500;w=300' }],
  ['an older IETF draft', { ratelimit: 'limit=100, remaining=0, reset=17' }],
  ['GitHub', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(Date.parse(NOW) / 1000 + 17) }],
])('after the last request of a quota, as %s says it, the next one waits', async (_, headers) => {
  const { send, pausesMs } = await bodies(json([], headers), OK);
  expect((await send()).kind).toBe('ok');
  expect(pausesMs).toEqual([]);
  expect((await send()).kind).toBe('ok');
  expect(pausesMs).toEqual([17_000]);
});

test('GitHub’s 403 for a used-up quota is a rate limit, any other 403 a refusal', async () => {
  const reset = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(Date.parse(NOW) / 1000 + 1800) };
  const limited = await bodies(status(403, reset));
  expect(await limited.send()).toEqual({ kind: 'rate-limited', retryAt: new Date('2026-03-02T07:30:00Z') });
  const refused = await bodies(status(403, { 'x-ratelimit-remaining': '58' }));
  expect(await refused.send()).toEqual({ kind: 'refused', status: 403, reason: 'status 403' });
  expect(refused.server.requests).toHaveLength(1);
});

test.each([
  [404, { kind: 'not-found', status: 404 }],
  [410, { kind: 'not-found', status: 410 }],
  [400, { kind: 'refused', status: 400, reason: 'status 400' }],
  [401, { kind: 'refused', status: 401, reason: 'status 401' }],
])('status %i is final', async (code, outcome) => {
  const { send, server } = await bodies(status(code), OK);
  expect(await send()).toEqual(outcome);
  expect(server.requests).toHaveLength(1);
});

test.each([
  ['never answers', { kind: 'silence' }, 'silent for 250 ms'],
  ['stops in the middle', { kind: 'stall', body: '[{' }, 'silent for 250 ms'],
  [
    'drips without end',
    { kind: 'drip', body: 'x'.repeat(400), pieceBytes: 1, everyMs: 5 },
    'no complete answer within 750 ms',
  ],
] as const)('a server that %s is left', async (_, reply, reason) => {
  const { send, server } = await bodies(reply);
  // Long enough that a busy machine takes the request up before it is given up.
  const limits = { idleMs: 250, attemptMs: 750, attemptsMax: 2 };
  expect(await send('/', {}, limits)).toEqual({ kind: 'unavailable', reason, retryAt: null });
  expect(server.requests).toHaveLength(2);
});

test('a slow body that keeps coming is read to its end', async () => {
  const body = 'x'.repeat(60);
  const { send } = await bodies({ kind: 'drip', body, pieceBytes: 1, everyMs: 15 });
  expect(await send('/', {}, { idleMs: 400 })).toMatchObject({ kind: 'ok', text: body });
});

test('a connection that breaks every time is unavailable, not half a body', async () => {
  const { send, server } = await bodies({ kind: 'cut', body: 'x'.repeat(10_000) });
  expect(await send()).toMatchObject({ kind: 'unavailable', retryAt: null });
  expect(server.requests).toHaveLength(4);
});

test('nobody at the address is unavailable, with the reason', async () => {
  const { send, server } = await bodies(OK);
  await server.close();
  expect(await send()).toEqual({ kind: 'unavailable', reason: 'ECONNREFUSED', retryAt: null });
});

test.each([
  ['announced', { kind: 'answer', headers: { 'content-length': '2000000' }, body: 'x'.repeat(2_000_000) }],
  ['compressed', { kind: 'answer', body: 'x'.repeat(2_000_000), isGzipped: true }],
  ['endless', { kind: 'flood', piece: 'x'.repeat(10_000) }],
] as const)('a body over the cap is not read on: %s', async (_, reply) => {
  const { send, server } = await bodies(reply);
  expect(await send('/', {}, { bodyBytesMax: 100_000 })).toEqual({
    kind: 'too-large',
    bodyBytesMax: 100_000,
  });
  expect(server.requests).toHaveLength(1);
  expect(server.floodedBytes()).toBeLessThan(50_000_000);
});

test('redirects are followed, relative ones too, up to a bound', async () => {
  const { send, server } = await setUp(({ path }) => {
    if (path === '/old') return status(301, { location: '../new?x=1' });
    return path === '/new?x=1' ? OK : status(302, { location: '/loop' });
  });
  expect(await send('/old')).toMatchObject({ kind: 'ok', url: `${server.url}/new?x=1` });
  expect(await send('/loop')).toEqual({ kind: 'refused', status: 302, reason: 'more than 5 redirects' });
  expect(server.requests).toHaveLength(2 + 6);
});

test.each([
  ['file:///etc/passwd', 'redirect to the scheme file:'],
  ['javascript:alert(1)', 'redirect to the scheme javascript:'],
  ['http://', 'redirect without a readable address'],
])('a redirect to %s is not taken', async (location, reason) => {
  const { send } = await bodies(status(302, { location }));
  expect(await send()).toEqual({ kind: 'refused', status: 302, reason });
});

test('credentials do not follow a redirect to another origin', async () => {
  const other = await bodies(OK);
  const { send } = await bodies(status(307, { location: `${other.server.url}/elsewhere` }));
  await send('/', { headers: { authorization: 'Bearer secret', 'x-api-key': 'secret', accept: 'text/xml' } });
  const headers = other.server.requests[0]?.headers;
  expect(headers).toMatchObject({ accept: 'text/xml', 'user-agent': expect.stringContaining('Paperboy') });
  expect(JSON.stringify(headers)).not.toContain('secret');
});

test('a JSON request is posted, repeated on failure, and unconditional', async () => {
  const { send, server } = await bodies(status(500), OK);
  expect((await send('/batch', { json: { ids: ['arXiv:1706.03762'] } })).kind).toBe('ok');
  expect(server.requests.map(({ method, body }) => [method, body])).toEqual([
    ['POST', '{"ids":["arXiv:1706.03762"]}'],
    ['POST', '{"ids":["arXiv:1706.03762"]}'],
  ]);
  expect(server.requests[0]?.headers['content-type']).toBe('application/json');
});

test('requests to one host keep their distance, failed ones too', async () => {
  const { send, pausesMs } = await setUp(inTurn(OK, status(429, { 'retry-after': '1' }), OK), 3_000);
  await send();
  await send();
  expect(pausesMs.reduce((sum, pauseMs) => sum + pauseMs, 0)).toBe(6_000);
});

test('an abort ends the request and the attempts', async () => {
  const controller = new AbortController();
  const { send, server } = await setUp(() => {
    controller.abort();
    return { kind: 'silence' };
  });
  expect(await send('/', { signal: controller.signal })).toEqual({
    kind: 'unavailable',
    reason: 'aborted',
    retryAt: null,
  });
  expect(server.requests).toHaveLength(1);
});

test('only http and https can be asked for', async () => {
  const { deps } = await bodies(OK);
  await expect(fetchBody(deps, { url: 'file:///etc/passwd' })).rejects.toThrow('file:');
});
