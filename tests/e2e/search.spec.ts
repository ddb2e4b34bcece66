/** Searching: by hand, by keyboard, without script, as a feed and as a program. */
import { type APIResponse, expect, type Page, test } from '@playwright/test';
import Parser from 'rss-parser';

const TITLE = 'Sorting newspapers in';

async function searchAndOpen(page: Page): Promise<void> {
  await page.goto('/');
  const field = page.getByRole('banner').getByLabel('Search papers');
  await field.fill('sorting newspapers');
  await field.press('Enter');
  await expect(page).toHaveURL('/search?q=sorting+newspapers');
  await expect(page.getByRole('heading', { level: 3 }).first()).toContainText(TITLE);
  await expect(page.getByRole('article').locator('mark').first()).toHaveText(/sorting|newspapers/i);
  await expect(page.getByText('Searched for')).toContainText('sorting newspapers');
  await page.getByRole('heading', { level: 3 }).first().getByRole('link').click();
  await expect(page).toHaveURL('/papers/2503.90011');
}

test('from the front page to a paper', async ({ page }) => {
  await searchAndOpen(page);
});

test.describe('without script', () => {
  test.use({ javaScriptEnabled: false });

  test('from the front page to a paper', async ({ page }) => {
    await searchAndOpen(page);
  });

  test('order, facets, help and further pages are links', async ({ page }) => {
    await page.goto('/search?q=models');
    await page.getByRole('navigation', { name: 'Sort by' }).getByRole('link', { name: 'Newest' }).click();
    await expect(page).toHaveURL('/search?q=models&sort=new');
    await expect(page.getByRole('link', { name: 'Newest', exact: true })).toHaveAttribute(
      'aria-current',
      'true',
    );

    await page.getByRole('link', { name: /^More papers/ }).click();
    await expect(page).toHaveURL(/cursor=/);
    await page.getByRole('link', { name: /Back to the first/ }).click();
    await expect(page).toHaveURL('/search?q=models&sort=new');

    const facet = page.getByRole('complementary', { name: 'Narrow the search' }).getByRole('link').first();
    await facet.click();
    await expect(page.getByLabel('Search', { exact: true })).toHaveValue(/^models \w+:/);

    await page.getByText('Search syntax').click();
    await expect(page.getByRole('link', { name: '"chain of thought"' })).toBeVisible();
  });
});

test('the search before anything was asked is a page like any other, for search engines too', async ({
  request,
}) => {
  const response = await request.get('/search');
  expect(await response.text()).not.toContain('noindex');
  expect(response.headers()['cache-control']).toContain('s-maxage=60');
  const robots = (await (await request.get('/robots.txt')).text()).split('\n');
  expect(robots).toContain('Disallow: /search?');
  expect(robots).not.toContain('Disallow: /search');
});

test('a page of results is plain HTML of the moment, which no search engine keeps', async ({ request }) => {
  const response = await request.get('/search?q=models');
  const html = await response.text();
  expect(html).not.toMatch(/<script[^>]*\/_next\//);
  expect(html).toContain('<meta name="robots" content="noindex, follow"/>');
  expect(html).toContain('href="/feeds/search.atom?q=models"');
  expect(response.headers()['cache-control']).toMatch(/^private\b.*\bno-store\b/);
});

test('an identifier, an address and a version lead to the paper', async ({ request }) => {
  for (const pasted of ['2106.12052', 'arXiv:2106.12052v2', 'https://huggingface.co/papers/2106.12052']) {
    const response = await request.get('/search', { params: { q: pasted }, maxRedirects: 0 });
    expect(response.status()).toBe(307);
    expect(response.headers().location).toBe('/papers/2106.12052');
  }
});

test('of a paper that is not here it is said where it may be', async ({ page }) => {
  await page.goto('/search?q=https%3A%2F%2Farxiv.org%2Fabs%2F1706.99999');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('We do not have this paper');
  await expect(page.locator('main a[href="https://arxiv.org/abs/1706.99999"]')).toBeVisible();
});

test('what was not understood is told with its place', async ({ page }) => {
  await page.goto(`/search?q=${encodeURIComponent('models "never closed')}`);
  const remarks = page.getByRole('list', { name: 'Notes on this search' });
  await expect(remarks).toContainText('At character 8');
  await expect(remarks).toContainText('never closed');
});

test('nothing is never silent', async ({ page }) => {
  await page.goto('/search?q=newspapers+date%3A1901');
  await expect(page.getByRole('list', { name: 'Notes on this search' })).toContainText(
    'No paper matches the whole query',
  );
  await expect(page.getByRole('article')).not.toHaveCount(0);

  await page.goto('/search?q=xqzvwk+jjqqzzx');
  await expect(page.getByRole('heading', { name: 'No papers found' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'cat:cs.CL' })).toBeVisible();
});

test('what is too long is cut, and said so', async ({ page }) => {
  await page.goto(`/search?q=${'graph '.repeat(800)}`);
  await expect(page.getByRole('list', { name: 'Notes on this search' })).toContainText('4000');
});

test.describe('with a keyboard', () => {
  test('the key / leads to the field, and suggestions are walked with the arrows', async ({ page }) => {
    await page.goto('/');
    await page.keyboard.press('/');
    const field = page.getByRole('combobox', { name: 'Search papers' });
    await expect(field).toBeFocused();
    await expect(field).toHaveAttribute('aria-expanded', 'false');

    await page.keyboard.type('sorting newsp');
    await expect(field).toHaveAttribute('aria-expanded', 'true');
    const option = page.getByRole('option', { name: TITLE });
    await expect(option).toBeVisible();
    await page.keyboard.press('ArrowDown');
    const first = page.getByRole('listbox', { name: 'Suggestions' }).getByRole('option').first();
    await expect(first).toHaveAttribute('aria-selected', 'true');
    await expect(field).toHaveAttribute('aria-activedescendant', (await first.getAttribute('id')) ?? '');
    await page.keyboard.press('ArrowUp');
    await expect(field).not.toHaveAttribute('aria-activedescendant');

    await page.keyboard.press('Escape');
    await expect(page.getByRole('listbox')).toBeHidden();
    await expect(field).toHaveValue('sorting newsp');
    await page.keyboard.press('ArrowDown');
    await expect(option).toBeVisible();
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL('/papers/2503.90011');
  });

  test('searches made before are offered, and forgotten on demand', async ({ page }) => {
    await page.goto('/search');
    const field = page.getByRole('combobox', { name: 'Search' });
    await field.fill('newspapers');
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL('/search?q=newspapers');

    await page.goto('/');
    await page.keyboard.press('/');
    await page.keyboard.press('ArrowDown');
    await expect(page.getByRole('option', { name: 'newspapers searched before' })).toBeVisible();
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await page.keyboard.press('ArrowDown');
    await expect(page.getByRole('listbox')).toBeHidden();
  });
});

test('whatever stands in the storage of searches does no harm', async ({ page }) => {
  const alarms: string[] = [];
  page.on('dialog', (dialog) => {
    alarms.push(dialog.message());
    void dialog.dismiss();
  });
  page.on('console', (message) => message.type() === 'error' && alarms.push(message.text()));
  page.on('pageerror', (error) => alarms.push(String(error)));
  const stored = [
    '{"a":',
    '[null, 1, {"text": "x"}]',
    JSON.stringify(['"><img src=x onerror=alert(1)>', 'javascript:alert(1)', 'x'.repeat(1e5)]),
  ];
  await page.goto('/search');
  for (const text of stored) {
    await page.evaluate((value) => localStorage.setItem('paperboy:searches', value), text);
    await page.goto('/search');
    await page.getByRole('combobox', { name: 'Search' }).click();
    await expect(page.getByRole('listbox').locator('img')).toHaveCount(0);
  }
  await expect(page.getByRole('option', { name: 'javascript:alert(1)' })).toBeVisible();
  await page.getByRole('option', { name: 'javascript:alert(1)' }).click();
  await expect(page).toHaveURL('/search?q=javascript%3Aalert%281%29');
  expect(alarms).toEqual([]);
});

type Answer = {
  papers: { id: string }[];
  total: { count: number };
  links: { next: string | null };
};

test('a program turns all the pages, and meets each paper once', async ({ request }) => {
  const seen: string[] = [];
  let next: string | null = '/api/v1/search?q=models&limit=7';
  let total = 0;
  while (next !== null) {
    const response: APIResponse = await request.get(next);
    expect(response.status()).toBe(200);
    const answer: Answer = await response.json();
    total = answer.total.count;
    seen.push(...answer.papers.map(({ id }) => id));
    next = answer.links.next && new URL(answer.links.next).pathname + new URL(answer.links.next).search;
  }
  expect(total).toBeGreaterThan(10);
  expect(seen).toHaveLength(total);
  expect(new Set(seen).size).toBe(total);
});

test('a program is told its limits, what has not changed, and what is wrong', async ({ request }) => {
  const first = await request.get('/api/v1/search?q=newspapers');
  const { etag = '', ratelimit, ...headers } = first.headers();
  expect(headers['ratelimit-policy']).toMatch(/^"search";q=\d+;w=300$/);
  expect(ratelimit).toMatch(/^"search";r=\d+;t=\d+$/);
  expect(headers['access-control-allow-origin']).toBe('*');
  expect(
    (await request.get('/api/v1/search?q=newspapers', { headers: { 'If-None-Match': etag } })).status(),
  ).toBe(304);

  for (const query of [
    '',
    '?q=x&limit=0',
    '?q=x&sort=best',
    '?q=x&cursor=nonsense',
    `?q=${'x'.repeat(4001)}`,
  ]) {
    const wrong = await request.get(`/api/v1/search${query}`);
    expect(wrong.status()).toBe(400);
    expect(wrong.headers()['content-type']).toBe('application/problem+json');
    expect(await wrong.json()).toMatchObject({ status: 400, title: 'A parameter cannot be used' });
  }
  const preflight = await request.fetch('/api/v1/search', { method: 'OPTIONS' });
  expect(preflight.status()).toBe(204);
  const description = await (await request.get('/api/v1/openapi.json')).json();
  expect(Object.keys(description.paths)).toEqual(['/api/v1/search', '/api/v1/suggest']);
});

test('a search is a feed in three formats', async ({ request }) => {
  for (const format of ['rss', 'atom']) {
    const response = await request.get(`/feeds/search.${format}?q=newspapers`);
    const feed = await new Parser().parseString(await response.text());
    expect(feed.title).toBe('Paperboy: newspapers');
    expect(feed.items.map(({ title }) => title).join()).toContain(TITLE);
  }
  const feed = await (await request.get('/feeds/search.json?q=newspapers')).json();
  expect(feed.feed_url).toMatch(/\/feeds\/search\.json\?q=newspapers$/);
  expect((await (await request.get('/feeds/search.json?q=nowspapers')).json()).items).toEqual([]);
  expect((await request.get('/feeds/search.rss')).status()).toBe(404);
});
