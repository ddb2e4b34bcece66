/** What is promised of cached pages: plain, light, closed to scripts, and fresh when papers change. */
import { gzipSync } from 'node:zlib';
import { expect, test } from '@playwright/test';
import { fixture, paperboy } from './paperboy.ts';

test('a page is plain from its first reader on', async ({ request }) => {
  // Nobody has asked for this one: the first response is rendered, the second comes from the cache.
  for (const cache of ['fwd=miss', 'hit']) {
    const response = await request.get('/papers/2503.90007');
    expect(response.headers()['cache-status']).toBe(`paperboy; ${cache}`);
    const html = await response.text();
    // What runs are files of ours, and the one text that the policy names by its hash.
    const scripts = html.match(/<script(?! type="application\/ld\+json")[^>]*>/g) ?? [];
    expect(scripts.filter((script) => !/ src="\/(?!_next\/)/.test(script))).toEqual(['<script>']);
    expect(html).not.toContain('__next_f');
    expect(html).toMatch(/<h1\b/);
    // The style sheet is in the page, so it need not be fetched.
    expect(response.headers().link).not.toContain('as="style"');
    expect(response.headers()['content-security-policy']).toMatch(
      /; script-src 'self' 'sha256-[\w+/=]{44}';/,
    );
  }
});

test('the front page weighs little and tells others how long to keep it', async ({ request }) => {
  const response = await request.get('/');
  const html = await response.text();
  expect((html.match(/<article/g) ?? []).length).toBe(67);
  expect(gzipSync(html).length).toBeLessThanOrEqual(62_000);
  expect(response.headers()['cache-control']).toBe('s-maxage=60, stale-while-revalidate=240');
});

test('every answer closes what it need not leave open', async ({ request }) => {
  for (const path of ['/', '/nowhere', '/api/health']) {
    const headers = (await request.get(path)).headers();
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['referrer-policy']).toBe('strict-origin-when-cross-origin');
    expect(headers['x-powered-by']).toBeUndefined();
  }
});

test('an ingest shows at once, on pages that were not there before too', async ({ request }) => {
  const paths = ['/date/2025-03-05', '/papers/2503.90005'];
  const news = 'Late news from an earlier day';
  for (const path of paths) expect(await (await request.get(path)).text()).not.toContain(news);

  await paperboy('ingest', 'huggingface', '--from', fixture('later'));

  for (const path of paths) {
    const response = await request.get(path);
    expect(response.status()).toBe(200);
    expect(await response.text()).toContain(news);
  }
});

test('the health page says what it knows and is never kept', async ({ request }) => {
  const response = await request.get('/api/health');
  expect(response.status()).toBe(200);
  expect(response.headers()['cache-control']).toBe('no-store');
  expect(await response.json()).toEqual({
    status: 'ready',
    database: 'reachable',
    pendingMigrations: [],
    newestEdition: '2025-03-12',
    search: expect.stringMatching(/^(pg_textsearch|plain)$/),
  });
});
