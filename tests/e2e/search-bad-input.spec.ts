/** Queries that mean harm, through everything that takes a query: an answer, soon, and nothing of it ever runs. */
import { type APIRequestContext, expect, test } from '@playwright/test';
import { HOSTILE, listHostileStrings } from './hostile-strings.ts';

/** Four times what a quiet machine needs at the most; how fast searches are is measured by a benchmark. */
const PATIENCE_MS = 1_000;
/** Every so many of the strings, in a browser. */
const SHOWN_EVERY = 15;

const BOUNDED = [
  `${'a* '.repeat(300)}`,
  `${'the '.repeat(300)}`,
  `${'graph OR '.repeat(120)}x`,
  `${'('.repeat(500)}x${')'.repeat(500)}`,
  `${'-'.repeat(900)}x`,
  `"${'model '.repeat(160)}"`,
  Array.from({ length: 500 }, (_, n) => `w${n}`).join(' '),
  'a* e* i* o* u* s* t* m* p* c*',
  'x'.repeat(8000),
  '%'.repeat(1000),
  "' OR 1=1; DROP TABLE paper; --",
  'ti:(au:(abs:(cat:(date:(',
  'date:99999-99..00 last:999999999999y upvotes:>99999999999999999999',
];

const strings = listHostileStrings(12);

function pathsOf(text: string): string[] {
  // A lone surrogate has no form in a URL.
  const q = encodeURIComponent(text.toWellFormed());
  return [
    `/search?q=${q}`,
    `/api/v1/search?limit=5&q=${q}`,
    `/api/v1/suggest?q=${q}`,
    `/feeds/search.rss?q=${q}`,
  ];
}

/** A busy machine may be late once; a query that is slow is slow again. */
async function faultOf(request: APIRequestContext, path: string): Promise<string | null> {
  let took = 0;
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const before = performance.now();
    const response = await request.get(path, { maxRedirects: 0 });
    took = performance.now() - before;
    if (response.status() >= 500) return `${response.status()} ${path}`;
    if (took <= PATIENCE_MS) return null;
  }
  return `${Math.round(took)} ms ${path.slice(0, 200)}`;
}

test('queries without bounds are bounded', async ({ request }) => {
  const faults: (string | null)[] = [];
  for (const text of BOUNDED) for (const path of pathsOf(text)) faults.push(await faultOf(request, path));
  expect(faults.filter((fault) => fault !== null)).toEqual([]);
});

test('every hostile string has an answer', async ({ request }) => {
  test.skip(strings.length === 0, `there are no hostile strings at ${HOSTILE}`);
  test.setTimeout(600_000);
  expect(strings.length).toBeGreaterThan(700);
  const faults: (string | null)[] = [];
  // Each through two of the four: page and suggestions, or answer and feed.
  for (const [turn, text] of strings.entries())
    for (const path of pathsOf(text).filter((_, place) => (place + turn) % 2 === 0))
      faults.push(await faultOf(request, path));
  expect(faults.filter((fault) => fault !== null)).toEqual([]);
});

test('an order, a cursor and a path that mean harm are as good as absent', async ({ request }) => {
  const faults: (string | null)[] = [];
  for (const text of strings.filter((_, at) => at % 6 === 0)) {
    const encoded = encodeURIComponent(text.toWellFormed());
    for (const path of [
      `/search?q=models&sort=${encoded}&cursor=${encoded}`,
      `/api/v1/search?q=models&sort=${encoded}&cursor=${encoded}&limit=${encoded}`,
      `/search/${encoded}`,
      `/search/paper?q=${encoded}`,
      `/feeds/search.${encoded}?q=models`,
    ])
      faults.push(await faultOf(request, path));
  }
  expect(faults.filter((fault) => fault !== null)).toEqual([]);
});

test('nothing of a query runs on the page that repeats it', async ({ page }) => {
  test.skip(strings.length === 0, `there are no hostile strings at ${HOSTILE}`);
  test.setTimeout(600_000);
  const alarms: string[] = [];
  page.on('dialog', (dialog) => {
    alarms.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('console', (message) => message.type() === 'error' && alarms.push(message.text()));
  page.on('pageerror', (error) => alarms.push(String(error)));
  for (const text of strings.filter((_, at) => at % SHOWN_EVERY === 0)) {
    await page.goto(`/search?q=${encodeURIComponent(text.toWellFormed())}`, { waitUntil: 'load' });
    expect(await page.locator('main :is(script, img, iframe, object, embed, svg, style)').count()).toBe(0);
    expect(await page.locator('a:not([href^="/"], [href^="#"], [href^="http"])').count()).toBe(0);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(
      0,
    );
  }
  expect(alarms).toEqual([]);
});
