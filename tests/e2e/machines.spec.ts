/** What programs ask for: citations, feeds, maps and descriptions, over the wire. */
import { type APIRequestContext, expect, test } from '@playwright/test';
import { parseJsonFeed, parseOpml } from 'feedsmith';
import Parser from 'rss-parser';

const PAPER = '/papers/2106.12052';

async function expectConditional(request: APIRequestContext, path: string): Promise<void> {
  const first = await request.get(path);
  expect(first.status()).toBe(200);
  const { etag = '' } = first.headers();
  expect(etag).toMatch(/^W\/"/);
  for (const tag of [etag, `"other", ${etag}`, etag.replace('W/', ''), '*']) {
    const again = await request.get(path, { headers: { 'if-none-match': tag } });
    expect(again.status()).toBe(304);
    expect(await again.body()).toHaveLength(0);
  }
  expect((await request.get(path, { headers: { 'if-none-match': '"another"' } })).status()).toBe(200);
  expect((await request.head(path)).status()).toBe(200);
}

const CITATIONS = {
  bib: ['application/x-bibtex', '@misc{yariv2021volume,'],
  ris: ['application/x-research-info-systems', 'TY  - UNPB'],
  json: [
    'application/vnd.citationstyles.csl+json',
    '"title": "Volume Rendering of Neural Implicit Surfaces"',
  ],
  md: ['text/markdown', '# Volume Rendering of Neural Implicit Surfaces'],
  txt: ['text/plain', 'Yariv, L., Gu, J., Kasten, Y., & Lipman, Y. (2021).'],
} as const;

for (const [ending, [mediaType, words]] of Object.entries(CITATIONS)) {
  test(`a paper as .${ending}`, async ({ request }) => {
    const path = `${PAPER}.${ending}`;
    const answer = await request.get(path);
    expect(answer.status()).toBe(200);
    expect(answer.headers()['content-type']).toBe(`${mediaType}; charset=utf-8`);
    expect(answer.headers()['content-disposition']).toBe(`inline; filename="2106.12052.${ending}"`);
    expect(answer.headers()['access-control-allow-origin']).toBe('*');
    expect(await answer.text()).toContain(words);
    await expectConditional(request, path);
    expect((await request.get(`/papers/2106.12052v3.${ending}`)).status()).toBe(200);
    for (const unknown of [
      'nonsense',
      '1706.99999',
      'hep-th/9901001',
      'doi:10.1000/none',
      '%ff',
      'a/b/c/d',
    ]) {
      const missing = await request.get(`/papers/${unknown}.${ending}`);
      expect(missing.status()).toBe(404);
    }
  });
}

test('a program gets by its Accept header what a browser gets as a page', async ({ request }) => {
  for (const [ending, [mediaType, words]] of Object.entries(CITATIONS).filter(([each]) => each !== 'txt')) {
    const answer = await request.get(PAPER, { headers: { accept: mediaType } });
    expect(answer.headers()['content-type'], ending).toContain(mediaType);
    expect(await answer.text()).toContain(words);
  }
  const page = await request.get(PAPER, { headers: { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' } });
  expect(page.headers()['content-type']).toContain('text/html');
  expect(page.headers().vary).toMatch(/\baccept\b(?!-)/i);
});

test('a paper has a picture, drawn once and then known by its tag', async ({ request, page }) => {
  await page.goto(PAPER);
  const url = await page.locator('meta[property="og:image"]').getAttribute('content');
  const path = new URL(url ?? '').pathname;
  const answer = await request.get(path);
  expect(answer.headers()['content-type']).toBe('image/png');
  const bytes = await answer.body();
  expect(bytes.subarray(1, 4).toString()).toBe('PNG');
  expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([1200, 630]);
  const again = await request.get(path, { headers: { 'if-none-match': answer.headers().etag ?? '' } });
  expect(again.status()).toBe(304);
  for (const wrong of [
    '/cards/nonsense.png',
    '/cards/1706.99999.png',
    '/cards/2106.12052',
    '/cards/%ff.png',
  ]) {
    expect((await request.get(wrong)).status()).toBe(404);
  }
});

const FEEDS = [
  '/feeds/daily',
  '/feeds/date/2025-03-12',
  '/feeds/week/2025-W11',
  '/feeds/month/2025-03',
  '/feeds/list/cs.CL',
  '/feeds/author/Lior%20Yariv',
  '/feeds/trending/week',
];

for (const feed of FEEDS) {
  // A ranking of another test would change the one of what is rising.
  const details = feed.startsWith('/feeds/trending/') ? { tag: '@alone' } : {};
  test(`${feed} is read by two readers, and they read the same`, details, async ({ request }) => {
    const json = parseJsonFeed(await (await request.get(`${feed}.json`)).text());
    const ids = (json.items ?? []).map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const dates = (json.items ?? []).map((item) => Date.parse(item.date_published ?? ''));
    expect(dates).toEqual(dates.toSorted((a, b) => b - a));
    for (const format of ['rss', 'atom'] as const) {
      const answer = await request.get(`${feed}.${format}`);
      expect(answer.headers()['content-type']).toBe(`application/${format}+xml; charset=utf-8`);
      const read = await new Parser().parseString(await answer.text());
      expect(read.items.map((item) => item.guid ?? item.id)).toEqual(ids);
      expect(read.items.map((item) => item.title)).toEqual((json.items ?? []).map(({ title }) => title));
      await expectConditional(request, `${feed}.${format}`);
      const since = answer.headers()['last-modified'] ?? '';
      const dated = await request.get(`${feed}.${format}`, { headers: { 'if-modified-since': since } });
      expect(dated.status()).toBe(304);
    }
  });
}

test('a feed holds what its page holds, in full', async ({ request, page }) => {
  await page.goto('/date/2025-03-12');
  const onPage = await page
    .locator('.story')
    .evaluateAll((all) => all.map((story) => story.getAttribute('data-paper')));
  const feed = await (await request.get('/feeds/date/2025-03-12.json')).json();
  const inFeed = feed.items.map((item: { url: string }) =>
    new URL(item.url).pathname.replace('/papers/', ''),
  );
  expect(inFeed.toSorted()).toEqual(onPage.toSorted());
  expect(feed.items.every((item: { content_html: string }) => item.content_html.length > 300)).toBe(true);
});

test('pages announce their feeds, and the page of feeds leads to each', async ({ request, page }) => {
  await page.goto('/');
  for (const type of ['application/rss+xml', 'application/atom+xml', 'application/feed+json']) {
    const href = await page.locator(`link[rel="alternate"][type="${type}"]`).getAttribute('href');
    expect((await request.get(href ?? '')).headers()['content-type']).toContain(type);
  }
  await page.getByRole('navigation', { name: 'About' }).getByRole('link', { name: 'Feeds' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Feeds');
  await page.waitForLoadState();
  const links = await page
    .getByRole('listitem')
    .getByRole('link', { name: / of / })
    .evaluateAll((all) => all.map((a) => a.getAttribute('href')));
  expect(links.length).toBeGreaterThanOrEqual(12);
  for (const href of links.slice(0, 15))
    expect((await request.get(href ?? '')).status(), href ?? '').toBe(200);
  const opml = parseOpml(await (await request.get('/feeds.opml')).text());
  const feeds = (opml.body?.outlines ?? []).flatMap((group) => group.outlines ?? []);
  expect(feeds.map(({ xmlUrl }) => new URL(xmlUrl ?? '').pathname)).toContain('/feeds/daily.atom');
});

test('the maps of the site name every paper and every day', async ({ request }) => {
  const index = await (await request.get('/sitemap.xml')).text();
  const maps = [...index.matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, url]) => new URL(url ?? '').pathname);
  expect(maps).toEqual(expect.arrayContaining(['/sitemaps/lists.xml', '/sitemaps/2025-03.xml']));
  const all: string[] = [];
  for (const path of maps) {
    const answer = await request.get(path);
    expect(answer.headers()['content-type']).toBe('application/xml; charset=utf-8');
    all.push(
      ...[...(await answer.text()).matchAll(/<loc>([^<]+)<\/loc>/g)].map(
        ([, url]) => new URL(url ?? '').pathname,
      ),
    );
  }
  expect(new Set(all).size).toBe(all.length);
  expect(all).toEqual(expect.arrayContaining(['/', PAPER, '/date/2025-03-12', '/month/2025-03', '/feeds']));
  expect(all.filter((path) => path.startsWith('/papers/')).length).toBeGreaterThanOrEqual(67);
  for (const wrong of [
    '/sitemaps/2025-13.xml',
    '/sitemaps/x.xml',
    '/sitemaps/unlisted-99999999.xml',
    '/sitemaps/2025-03',
  ]) {
    expect((await request.get(wrong)).status(), wrong).toBe(404);
  }
});

test('robots, search description, models and phones find what they look for', async ({ request, page }) => {
  const robots = await (await request.get('/robots.txt')).text();
  expect(robots).toMatch(/^User-agent: \*$/m);
  expect(robots).toMatch(/^Sitemap: http.*\/sitemap\.xml$/m);
  const description = await request.get('/opensearch.xml');
  expect(description.headers()['content-type']).toContain('application/opensearchdescription+xml');
  expect(await description.text()).toContain('/search?q={searchTerms}');
  expect(await (await request.get('/llms.txt')).text()).toMatch(/^# Paperboy\n\n> /);
  // No contact was configured, and nobody must be sent to a made-up one.
  expect((await request.get('/.well-known/security.txt')).status()).toBe(404);

  await page.goto('/');
  const manifest = await (
    await request.get((await page.locator('link[rel="manifest"]').getAttribute('href')) ?? '')
  ).json();
  expect(manifest).toMatchObject({ start_url: '/', display: 'standalone' });
  for (const { src, type } of manifest.icons) {
    const icon = await request.get(src);
    expect(icon.status(), src).toBe(200);
    expect(icon.headers()['content-type']).toContain(type);
  }
});
