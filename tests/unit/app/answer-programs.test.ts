import { expect, test } from 'vitest';
import { createQuota } from '#app/api/_http/quota.ts';
import { answerPreflight, answerPrograms, type Outcome } from '#app/api/v1/answer-programs.ts';

const URL_OF_SEARCH = 'http://papers.test/api/v1/search?q=graphs';

function aDeps(requests = 10) {
  const reported: unknown[] = [];
  const quota = createQuota({ name: 'search', requests, windowSeconds: 60 });
  const report = (error: unknown) => void reported.push(error);
  return { baseUrl: 'http://papers.test', now: new Date(0), quota, report, reported };
}

const found = async (): Promise<Outcome> => ({
  kind: 'found',
  body: { papers: [] },
  link: '<x>; rel="next"',
});

test('an answer may be read by any site, with all that its headers say', async () => {
  const response = await answerPrograms(new Request(URL_OF_SEARCH), aDeps(), found);
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({ papers: [] });
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'access-control-allow-origin': '*',
    'access-control-expose-headers': 'ETag, Link, RateLimit, RateLimit-Policy, Retry-After',
    'content-type': 'application/json',
    link: '<x>; rel="next"',
    ratelimit: '"search";r=9;t=60',
    'ratelimit-policy': '"search";q=10;w=60',
  });
});

test('who holds the answer already is told so, and the request counts', async () => {
  const deps = aDeps();
  const first = await answerPrograms(new Request(URL_OF_SEARCH), deps, found);
  const headers = { 'If-None-Match': first.headers.get('etag') ?? '' };
  const second = await answerPrograms(new Request(URL_OF_SEARCH, { headers }), deps, found);
  expect(second.status).toBe(304);
  expect(await second.text()).toBe('');
  expect(second.headers.get('ratelimit')).toBe('"search";r=8;t=60');
});

test('a problem has its kind, its sentence and its parameter', async () => {
  const problem = { kind: 'invalid-parameter', parameter: 'limit', detail: 'Too large.' } as const;
  const response = await answerPrograms(new Request(URL_OF_SEARCH), aDeps(), async () => ({
    kind: 'problem',
    problem,
  }));
  expect(response.status).toBe(400);
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  expect(await response.json()).toEqual({
    type: 'http://papers.test/about/api#invalid-parameter',
    title: 'A parameter cannot be used',
    status: 400,
    parameter: 'limit',
    detail: 'Too large.',
  });
});

test('past the quota nothing is looked for; other clients go on', async () => {
  const deps = aDeps(1);
  const ask = (hops: string) =>
    answerPrograms(new Request(URL_OF_SEARCH, { headers: { 'X-Forwarded-For': hops } }), deps, found);
  expect((await ask('10.0.0.1')).status).toBe(200);
  // What a client says of itself stands before what the proxy saw.
  const refused = await ask('192.0.2.7, 10.0.0.1');
  expect(refused.status).toBe(429);
  expect(refused.headers.get('retry-after')).toBe('60');
  expect(refused.headers.get('access-control-allow-origin')).toBe('*');
  expect(await refused.json()).toMatchObject({ status: 429, title: 'Too many requests' });
  expect((await ask('10.0.0.2')).status).toBe(200);
});

test('a failure is reported to the operator, and tells programs nothing of itself', async () => {
  const deps = aDeps();
  const response = await answerPrograms(new Request(URL_OF_SEARCH), deps, async () => {
    throw new Error('relation "secret" does not exist');
  });
  expect(response.status).toBe(500);
  expect(await response.text()).not.toContain('secret');
  expect(deps.reported).toHaveLength(1);
});

test('a browser may ask on a condition', () => {
  const headers = answerPreflight().headers;
  expect(headers.get('access-control-allow-headers')).toContain('If-None-Match');
  expect(headers.get('access-control-allow-methods')).toBe('GET, HEAD, OPTIONS');
});
