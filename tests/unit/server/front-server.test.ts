import { once } from 'node:events';
import {
  request as ask,
  createServer,
  type OutgoingHttpHeaders,
  type RequestOptions,
  type ServerResponse,
} from 'node:http';
import { buffer } from 'node:stream/consumers';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterEach, expect, test } from 'vitest';
import { createFrontServer } from '../../../server/front-server.ts';

const PAGE = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 's-maxage=60, stale-while-revalidate=240',
  'content-security-policy': "default-src 'none'; script-src 'self' 'unsafe-inline'",
};

let stop = () => {};
afterEach(() => stop());

type Inner = (response: ServerResponse, made: number, url: string) => unknown;

/** In front of a server whose pages say how many were made before. */
async function serve(headers: OutgoingHttpHeaders = PAGE, status = 200, meanwhile: Inner = () => {}) {
  const clock = { time: 0, now: () => new Date(clock.time) };
  let made = 0;
  const seen: OutgoingHttpHeaders[] = [];
  const inner = createServer(async (request, response) => {
    made += 1;
    seen.push(request.headers);
    if (request.method === 'POST') {
      const body = await buffer(request);
      response.writeHead(204, { 'x-papers-changed': 'yes', 'x-body': `${body}` }).end();
      return;
    }
    response.writeHead(status, headers);
    response.write('<p>page</p><script>x</script> ');
    await meanwhile(response, made, request.url ?? '');
    response.end(`${request.url} ${made}`);
  });
  const server = createFrontServer({ inner, ready: Promise.resolve(), clock, buildFolder: '/nowhere' });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  stop = () => server.close();
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const get = async (path: string, options: RequestOptions = {}) => {
    const sent = ask({ host: '127.0.0.1', port, path, agent: false, ...options }).end();
    const [response] = await once(sent, 'response');
    return { status: response.statusCode, headers: response.headers, body: await buffer(response) };
  };
  const getText = async (path: string) => `${(await get(path)).body}`;
  return { get, getText, clock, port, seen, made: () => made };
}

test('a page is made once a minute, and says how old it is', async () => {
  const { get, getText, clock } = await serve();
  const first = await get('/date/2025-12-31');
  clock.time += 59_999;
  const second = await get('/date/2025-12-31');
  expect(`${first.body}`).toBe('<p>page</p> /date/2025-12-31 1');
  expect(first.headers['cache-status']).toBe('paperboy; fwd=miss');
  expect(second.body).toEqual(first.body);
  expect(second.headers).toMatchObject({ age: '59', 'cache-status': 'paperboy; hit' });
  clock.time += 1;
  expect(await getText('/date/2025-12-31')).toBe('<p>page</p> /date/2025-12-31 2');
});

test('readers who ask at the same time wait for one rendering', async () => {
  const { get, made } = await serve();
  await Promise.all([get('/'), get('/'), get('/')]);
  expect(made()).toBe(1);
});

test('a reading page forbids every script but the early one and files of ours', async () => {
  const { get } = await serve();
  expect((await get('/')).headers['content-security-policy']).toMatch(
    /^default-src 'none'; script-src 'self' 'sha256-[\w+/=]{44}'$/,
  );
});

test('who holds it already is told so, without a body', async () => {
  const { get } = await serve();
  const { etag } = (await get('/')).headers;
  const again = await get('/', { headers: { 'if-none-match': `W/"none", ${etag}` } });
  expect(again).toMatchObject({ status: 304, body: Buffer.of() });
  expect(again.headers['content-length']).toBeUndefined();
  expect((await get('/', { headers: { 'if-none-match': '"other"' } })).status).toBe(200);
});

test('HEAD says what GET would, and is answered from the same cache', async () => {
  const { get, made } = await serve();
  const page = await get('/');
  const head = await get('/', { method: 'HEAD' });
  expect(head.body).toHaveLength(0);
  expect(head.headers['content-length']).toBe(page.headers['content-length']);
  expect(made()).toBe(1);
});

test('another address or form is another page; another encoding is the same one compressed', async () => {
  const { get, made } = await serve();
  await get('/');
  await get('/?sort=new');
  await get('/', { headers: { accept: 'text/markdown' } });
  const gzip = await get('/', { headers: { 'accept-encoding': 'gzip, deflate' } });
  const brotli = await get('/', { headers: { 'accept-encoding': 'gzip, br' } });
  const none = await get('/', { headers: { 'accept-encoding': 'br;q=0, gzip;q=0' } });
  expect(made()).toBe(5);
  expect(`${gunzipSync(gzip.body)}`).toBe('<p>page</p> / 4');
  expect(`${brotliDecompressSync(brotli.body)}`).toBe('<p>page</p> / 5');
  expect(`${none.body}`).toBe('<p>page</p> / 1');
  expect(none.headers.vary).toBe('Accept-Encoding');
});

test('when papers change nothing is given again, even what is being made', async () => {
  const { get, made } = await serve(PAGE, 200, async (_, count) => {
    if (count === 1) expect((await get('/api/papers-changed', { method: 'POST' })).status).toBe(204);
  });
  await get('/');
  await get('/');
  await get('/');
  expect(made()).toBe(3);
  const { headers } = await get('/api/papers-changed', { method: 'POST' });
  expect(headers['x-papers-changed']).toBeUndefined();
  await get('/');
  expect(made()).toBe(5);
});

test('a clock that is set back gives nothing out for longer', async () => {
  const { get, clock, made } = await serve();
  await get('/');
  clock.time -= 3_600_000;
  await get('/');
  expect(made()).toBe(2);
});

test('a reader who leaves stops the rendering that nobody else waits for', async () => {
  const [started, stopped] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const { getText, port } = await serve(PAGE, 200, (response, count) => {
    if (count > 1) return null;
    response.once('close', stopped.resolve);
    started.resolve();
    return stopped.promise;
  });
  const reader = ask({ host: '127.0.0.1', port, path: '/', agent: false }).on('error', () => {});
  reader.end();
  await started.promise;
  reader.destroy();
  await stopped.promise;
  expect(await getText('/')).toBe('<p>page</p> / 2');
});

test.each([
  ['of one reader', { ...PAGE, 'cache-control': 'private, no-store' }],
  ['that sets a cookie', { ...PAGE, 'set-cookie': 'a=b' }],
])('an answer %s is not given again', async (_, headers) => {
  const { get, made } = await serve(headers);
  await Promise.all([get('/'), get('/')]);
  await get('/');
  expect(made()).toBe(3);
});

test('what failed is tried again, and keeps the runtime that shows it', async () => {
  const { get, made } = await serve(PAGE, 500);
  expect(`${(await get('/')).body}`).toContain('<script>x</script>');
  expect((await get('/')).status).toBe(500);
  expect(made()).toBe(2);
});

test.each([
  ['with an authorization', { headers: { authorization: 'Bearer x' } }],
  ['for a part', { headers: { range: 'bytes=0-3' } }],
  ["from Next's scripts", { headers: { rsc: '1' } }],
])('a request %s passes by', async (_, options) => {
  const { get, made } = await serve();
  await get('/');
  const { body } = await get('/', options);
  expect(`${body}`).toContain('<script>x</script>');
  expect(made()).toBe(2);
});

test.each(['/papers/0000.00000', '/manage/token'])('%s gets the status that its page names', async (path) => {
  const { get } = await serve(PAGE, 200, (response) =>
    response.write('<meta name="prerender-status-code" content="404"/>'),
  );
  expect((await get(path)).status).toBe(404);
});

test('a desk page is streamed with its runtime, under the status that its head names', async () => {
  const { get, made } = await serve({ ...PAGE, 'cache-control': 'private, no-store' }, 200, (response) =>
    response.write('rest'),
  );
  const { body, headers } = await get('/manage/token', { headers: { 'accept-encoding': 'gzip, br' } });
  expect(`${gunzipSync(body)}`).toBe('<p>page</p><script>x</script> rest/manage/token 1');
  expect(headers['cache-status']).toBeUndefined();
  await get('/manage/token');
  expect(made()).toBe(2);
});

test('the application learns who asks, and through whom', async () => {
  const { get, seen } = await serve();
  await get('/api/health');
  await get('/api/health', { headers: { 'x-forwarded-for': '192.0.2.1' } });
  expect(seen.map((headers) => headers['x-forwarded-for'])).toEqual(['127.0.0.1', '192.0.2.1']);
});
