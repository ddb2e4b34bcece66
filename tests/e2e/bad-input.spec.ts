/** Addresses that lead nowhere and words that mean harm: a page that says so, never a failure, never a script run. */
import { expect, test } from '@playwright/test';
import { atOnce } from './at-once.ts';
import { HOSTILE, listHostileStrings } from './hostile-strings.ts';

/** Of 13 addresses every string is tried at a fifth. */
const PATHS_A_STRING = 5;

const NOT_FOUND = [
  '/date/2025-02-30',
  '/date/2025-13-01',
  '/date/25-3-1',
  '/date/9999-12-31',
  '/date/0000-00-00',
  '/date/1999-01-01',
  '/date/%00',
  '/date/%ff',
  '/date/%E0%A4%A',
  '/date/%ED%A0%80',
  '/date/2025-03-12%0d%0aSet-Cookie:x',
  '/papers/nonsense',
  '/papers/1706.99999',
  '/papers/9999.99999',
  '/papers/hep-th/9999999',
  '/papers/doi:10.1000/none',
  '/papers/..%2f..%2fetc%2fpasswd',
  '/papers/%f0%28%8c%28',
  '/date/2025-03-12/1',
  '/date/2025-03-12/2',
  '/date/2025-03-12/99999999999',
  '/date/0000-01-01',
  '/week/2025-W54',
  '/week/9999-W52',
  '/week/%00',
  '/month/2025-00',
  '/month/9999-12',
  '/list/cs.XX',
  '/list/constructor',
  '/list/cs.CL/2025-02-30',
  '/list/cs.CL/2025-02-20/2',
  '/author/%00',
  '/author/%ff',
  '/author/..%2f..%2fetc',
  '/calendar/0000',
  '/calendar/20255',
  '/narrowed/-/-/-/list/cs',
  '/nowhere',
  '/%5c%5cexample.org',
];

for (const path of NOT_FOUND) {
  test(`${path} is a page that is not there`, async ({ request }) => {
    const response = await request.get(path);
    expect(response.status()).toBe(404);
    expect(await response.text()).toContain('<h1>');
  });
}

test('a version leads to the paper, and so do other ways to write an identifier', async ({ request }) => {
  const ways = ['2106.12052v3', 'arXiv:2106.12052', 'arxiv:2106.12052v1'];
  for (const way of ways) {
    const response = await request.get(`/papers/${way}`);
    expect(response.status()).toBe(200);
    expect(new URL(response.url()).pathname).toBe('/papers/2106.12052');
  }
  const first = await request.get('/papers/2106.12052v3', { maxRedirects: 0 });
  expect(first.status()).toBe(308);
  expect(first.headersArray().filter(({ name }) => name.toLowerCase() === 'location')).toHaveLength(1);
});

test('words that make no sense behind a list’s address are as good as absent', async ({ request }) => {
  for (const query of [
    'category=.',
    'category=..',
    'category=./.&sort=newest',
    'after=..',
    'after=a/../b',
    'after=/',
  ])
    for (const path of ['/date/2025-03-12', '/week/2025-W11', '/list/econ', '/author/Ada%20Lovelace'])
      expect((await request.get(`${path}?${query}`)).status(), `${path}?${query}`).toBe(200);
});

test('the day picker sends what is no day to a page that says so', async ({ request }) => {
  const response = await request.get(`/date?day=${encodeURIComponent('"><script>alert(1)</script>')}`);
  expect(response.status()).toBe(404);
  expect(new URL(response.url()).pathname).toBe('/date/unknown');
});

test('only who knows the secret may say that papers changed', async ({ request }) => {
  const headers = [
    {},
    { authorization: 'Bearer guess' },
    { authorization: 'Bearer ' },
    { authorization: 'Basic x' },
  ];
  for (const given of headers) {
    const response = await request.post('/api/papers-changed', { headers: given });
    expect(response.status()).toBe(401);
  }
  expect((await request.get('/api/papers-changed')).status()).toBe(405);
});

test('nothing that a paper says is run', async ({ page }) => {
  const alarms: string[] = [];
  page.on('dialog', (dialog) => {
    alarms.push(dialog.message());
    void dialog.dismiss();
  });
  page.on('console', (message) => {
    if (message.type() === 'error') alarms.push(message.text());
  });
  page.on('pageerror', (error) => alarms.push(String(error)));
  for (const path of ['/date/2025-03-11', '/papers/2503.90012', '/papers/2503.90011', '/']) {
    await page.goto(path, { waitUntil: 'networkidle' });
    expect(
      await page
        .locator('main :is(script:not([type="application/ld+json"]), img, iframe, svg:not([role="img"]))')
        .count(),
    ).toBe(0);
    expect(await page.locator('a:not([href^="/"], [href^="#"], [href^="http"])').count()).toBe(0);
  }
  expect(alarms).toEqual([]);
});

test('hostile strings in paths and queries are never a failure', async ({ request }) => {
  const strings = listHostileStrings(12);
  test.skip(strings.length === 0, `there are no hostile strings at ${HOSTILE}`);
  test.setTimeout(600_000);
  expect(strings.length).toBeGreaterThan(500);
  const paths = strings.flatMap((text, turn) => {
    // A lone surrogate has no form in a URL.
    const encoded = encodeURIComponent(text.toWellFormed());
    const all = [
      ...['date', 'papers', 'week', 'month', 'list', 'author', 'calendar', 'abs'].map(
        (kind) => `/${kind}/${encoded}`,
      ),
      `/date/2025-03-12/${encoded}`,
      `/list/cs/${encoded}`,
      `/list/econ?sort=${encoded}&category=${encoded}&code=${encoded}&after=${encoded}`,
      `/date?day=${encoded}`,
      `/?q=${encoded}`,
    ];
    // Each string goes to some of the addresses in turn: all to all would take five minutes and find no more.
    return all.filter((_, place) => (place + turn) % PATHS_A_STRING === 0);
  });
  const failures: string[] = [];
  await atOnce(paths, 4, async (path) => {
    const response = await request.get(path, { maxRedirects: 0 });
    if (response.status() >= 500) failures.push(`${response.status()} ${path}`);
  });
  expect(failures).toEqual([]);
});
