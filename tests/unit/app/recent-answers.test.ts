import { once } from 'node:events';
import { request as ask, createServer, type OutgoingHttpHeaders, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterEach, expect, test } from 'vitest';
import KeptPages from '#app/kept-pages.ts';
import { createRecentAnswers, type RecentAnswers, recentAnswers } from '#app/recent-answers.ts';

const PAGE = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 's-maxage=60, stale-while-revalidate=240',
  etag: '"one"',
};

let stop = () => {};
afterEach(() => stop());

/** A server whose pages say how many were made before; `meanwhile` happens when half of one is sent. */
async function serve(
  headers: OutgoingHttpHeaders = PAGE,
  meanwhile: (response: ServerResponse) => unknown = () => {},
  status = 200,
  shared?: RecentAnswers,
) {
  const clock = { time: 0, now: () => new Date(clock.time) };
  const recent = shared ?? createRecentAnswers({ clock });
  let made = 0;
  const server = createServer((request, response) => {
    void recent.answer(request, response, async () => {
      made += 1;
      response.statusCode = status;
      response.setHeaders(new Map(Object.entries(headers)) as Map<string, string>);
      response.write('page ');
      await meanwhile(response);
      response.end(`${request.url} ${made}`);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  stop = () => server.close();
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const get = async (path: string, options: { method?: string; headers?: OutgoingHttpHeaders } = {}) => {
    const sent = ask({ host: '127.0.0.1', port, path, agent: false, ...options }).end();
    const [response] = await once(sent, 'response');
    return { status: response.statusCode, headers: response.headers, body: await text(response) };
  };
  return { get, clock, recent, port, made: () => made };
}

test('who asks a moment later gets the very answer, and with it its age', async () => {
  const { get, clock } = await serve();
  const first = await get('/date/2025-12-31');
  clock.time += 1_999;
  const second = await get('/date/2025-12-31');
  expect(first.body).toBe('page /date/2025-12-31 1');
  expect(second.body).toBe(first.body);
  expect(second.headers).toMatchObject({ ...PAGE, age: '1', 'content-length': String(first.body.length) });
  clock.time += 1;
  expect((await get('/date/2025-12-31')).body).toBe('page /date/2025-12-31 2');
});

test('who holds it already is told so, without a body', async () => {
  const { get } = await serve();
  await get('/');
  const again = await get('/', { headers: { 'if-none-match': 'W/"none", W/"one"' } });
  expect(again).toMatchObject({ status: 304, body: '' });
  expect(again.headers['content-length']).toBeUndefined();
  expect(await get('/', { headers: { 'if-none-match': '"other"' } })).toMatchObject({
    status: 200,
    body: 'page / 1',
  });
});

test('another address, form or compression is another answer', async () => {
  const { get, made } = await serve();
  await get('/');
  await get('/?sort=new');
  await get('/', { headers: { accept: 'text/markdown' } });
  await get('/', { headers: { 'accept-encoding': 'gzip' } });
  expect(made()).toBe(4);
});

test('what changes makes it void, even while it is being made', async () => {
  const { get, recent, made } = await serve();
  await get('/');
  recent.forget();
  await get('/');
  expect(made()).toBe(2);

  stop();
  const changing = await serve(PAGE, () => changing.recent.forget());
  await changing.get('/');
  await changing.get('/');
  expect(changing.made()).toBe(2);
});

test('Next says so when papers change', async () => {
  const { get, made } = await serve(PAGE, undefined, 200, recentAnswers);
  await get('/');
  await get('/');
  expect(made()).toBe(1);
  await new KeptPages().revalidateTag();
  await get('/');
  expect(made()).toBe(2);
});

test('a clock that is set back gives nothing out for longer', async () => {
  const { get, clock, made } = await serve();
  await get('/');
  clock.time -= 3_600_000;
  await get('/');
  expect(made()).toBe(2);
});

test('what a reader did not wait for is no answer', async () => {
  const { get, made, port } = await serve(PAGE, (response) =>
    made() === 1 ? once(response, 'close') : null,
  );
  const reader = ask({ host: '127.0.0.1', port, path: '/', agent: false }).end();
  const [response] = await once(reader, 'response');
  response.destroy();
  expect((await get('/')).body).toBe('page / 2');
});

test.each([
  ['of one reader', { ...PAGE, 'cache-control': 'private, no-store' }],
  ['that sets a cookie', { ...PAGE, 'set-cookie': 'a=b' }],
  ['that is being made anew', { ...PAGE, 'x-nextjs-cache': 'STALE' }],
  ['that is no page', { ...PAGE, 'content-type': 'application/json' }],
])('an answer %s is not given again', async (_, headers) => {
  const { get, made } = await serve(headers);
  await get('/');
  await get('/');
  expect(made()).toBe(2);
});

test('what failed is tried again', async () => {
  const { get, made } = await serve(PAGE, undefined, 500);
  await get('/');
  expect((await get('/')).status).toBe(500);
  expect(made()).toBe(2);
});

test.each([
  ['HEAD', { method: 'HEAD' }],
  ['with an authorization', { headers: { authorization: 'Bearer x' } }],
  ['for a part', { headers: { range: 'bytes=0-3' } }],
  ["from Next's scripts", { headers: { rsc: '1' } }],
])('a request %s passes by', async (_, options) => {
  const { get, made } = await serve();
  await get('/');
  await get('/', options);
  expect(made()).toBe(2);
});
