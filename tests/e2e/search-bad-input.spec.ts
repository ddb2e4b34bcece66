/** Queries that mean harm, through everything that takes a query: an answer, soon, and nothing of it ever runs. */
import { type APIRequestContext, expect, test } from '@playwright/test';
import { atOnce } from './at-once.ts';
import { HOSTILE, listHostileStrings } from './hostile-strings.ts';

/** Four times what a quiet machine needs at the most; how fast searches are is measured by a benchmark. */
const PATIENCE_MS = 1_000;
/** Requests under way at a time: more of them wait for one another. */
const WIDTH = 3;
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

/** Asks once: what is wrong with the answer, and whether only that it came late. */
async function ask(
  request: APIRequestContext,
  path: string,
): Promise<{ fault: string; isLate: boolean } | null> {
  const before = performance.now();
  const response = await request.get(path, { maxRedirects: 0 });
  const took = performance.now() - before;
  if (response.status() >= 500) return { fault: `${response.status()} ${path}`, isLate: false };
  return took > PATIENCE_MS ? { fault: `${Math.round(took)} ms ${path.slice(0, 200)}`, isLate: true } : null;
}

/** Asks `width` at a time. A busy machine may be late now and then; a query that is slow is slow again, and alone. */
async function faultsOf(
  request: APIRequestContext,
  paths: readonly string[],
  width: number,
): Promise<string[]> {
  const faults: string[] = [];
  const late: string[] = [];
  await atOnce(paths, width, async (path) => {
    const found = await ask(request, path);
    if (found?.isLate) late.push(path);
    else if (found !== null) faults.push(found.fault);
  });
  for (const path of late) {
    const found = (await ask(request, path)) && (await ask(request, path));
    if (found) faults.push(found.fault);
  }
  return faults;
}

test('queries without bounds are bounded', async ({ request }) => {
  expect(await faultsOf(request, BOUNDED.flatMap(pathsOf), 1)).toEqual([]);
});

test('every hostile string has an answer', async ({ request }) => {
  test.skip(strings.length === 0, `there are no hostile strings at ${HOSTILE}`);
  test.setTimeout(600_000);
  expect(strings.length).toBeGreaterThan(700);
  // Each through two of the four: page and suggestions, or answer and feed.
  const paths = strings.flatMap((text, turn) => pathsOf(text).filter((_, place) => (place + turn) % 2 === 0));
  expect(await faultsOf(request, paths, WIDTH)).toEqual([]);
});

test('an order, a cursor and a path that mean harm are as good as absent', async ({ request }) => {
  const paths = strings.flatMap((text, at) => {
    if (at % 6 !== 0) return [];
    const encoded = encodeURIComponent(text.toWellFormed());
    return [
      `/search?q=models&sort=${encoded}&cursor=${encoded}`,
      `/api/v1/search?q=models&sort=${encoded}&cursor=${encoded}&limit=${encoded}`,
      `/search/${encoded}`,
      `/search/paper?q=${encoded}`,
      `/feeds/search.${encoded}?q=models`,
    ];
  });
  expect(await faultsOf(request, paths, WIDTH)).toEqual([]);
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
