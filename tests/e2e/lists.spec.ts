/** Every list: reached from the front page, complete over its pages, in any order, with and without script. */
import { expect, type Page, test } from '@playwright/test';
import { LONG_DAY, LONG_DAY_PAPERS } from './generated-papers.ts';

/** A ranking of another test would change the order, or what is kept, between two of its requests. */
const ALONE = { tag: '@alone' };

const LISTS = {
  'a day of many pages': `/date/${LONG_DAY}`,
  'its second page': `/date/${LONG_DAY}/2`,
  'a week': '/week/2025-W11',
  'a month': '/month/2025-02',
  'a category': '/list/econ.TH',
  'an archive': '/list/econ',
  'a day of a category': `/list/econ.TH/${LONG_DAY}`,
  'a narrowed list': '/list/econ?category=cs.DL&sort=upvotes',
  'an author': '/author/Ada%20Lovelace',
  'all subjects': '/list',
  'a calendar': '/calendar/2025',
};

async function walk(page: Page): Promise<void> {
  const heading = page.getByRole('heading', { level: 1 });
  const section = (name: string) =>
    page.getByRole('navigation', { name: 'Sections' }).getByRole('link', { name });
  await page.goto('/');
  await section('Week').click();
  await expect(heading).toHaveText('Week 11 of 2025');
  await page.getByRole('link', { name: 'Newest' }).click();
  await expect(page).toHaveURL('/week/2025-W11?sort=newest');
  await expect(page.getByRole('article').first()).toContainText('12 March 2025');

  await section('Month').click();
  await expect(heading).toHaveText('March 2025');
  await page.getByRole('navigation', { name: 'Lists before and after' }).getByRole('link').click();
  await expect(heading).toHaveText('February 2025');

  await section('Subjects').click();
  await page.getByRole('link', { name: 'Theoretical Economics' }).click();
  await expect(heading).toHaveText('Theoretical Economics');
  await page.getByRole('link', { name: 'Thursday 20 February 2025' }).click();
  await expect(heading).toHaveText('Theoretical Economics, 20 February 2025');
  await page.getByRole('link', { name: 'Wed 19 February' }).click();
  await expect(page.getByRole('article')).toHaveCount(1);

  await section('Calendar').click();
  await expect(heading).toHaveText('2025');
  await page.getByRole('link', { name: '20 February 2025, 230 papers' }).click();
  await expect(heading).toHaveText('Thursday 20 February 2025');
  await page.getByRole('link', { name: '3', exact: true }).click();
  await expect(heading).toHaveText('Thursday 20 February 2025, page 3');

  await page.getByRole('heading', { level: 3 }).first().getByRole('link').click();
  await page.getByRole('link', { name: 'Ada Lovelace' }).click();
  await expect(heading).toHaveText('Papers by Ada Lovelace');
  await expect(page.getByText('exactly this name')).toBeVisible();
}

test('a walk through all lists', async ({ page }) => {
  await walk(page);
});

test.describe('without script', () => {
  test.use({ javaScriptEnabled: false });
  test('a walk through all lists', async ({ page }) => {
    await walk(page);
  });
});

async function identifiersOn(page: Page): Promise<string[]> {
  return page
    .locator('article .headline a')
    .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
}

test('a long day is whole over its pages, each paper once', async ({ page }) => {
  const found: string[] = [];
  for (const path of [`/date/${LONG_DAY}`, `/date/${LONG_DAY}/2`, `/date/${LONG_DAY}/3`]) {
    await page.goto(path);
    found.push(...(await identifiersOn(page)));
  }
  expect(found).toHaveLength(LONG_DAY_PAPERS);
  expect(new Set(found).size).toBe(LONG_DAY_PAPERS);
  expect((await page.request.get(`/date/${LONG_DAY}/4`)).status()).toBe(404);
});

test('older papers follow until there are none, each once, in every order', ALONE, async ({ page }) => {
  for (const sort of ['', '?sort=upvotes', '?sort=trending']) {
    const found: string[] = [];
    await page.goto(`/list/econ.TH${sort}`);
    for (let pages = 0; pages < 10; pages += 1) {
      found.push(...(await identifiersOn(page)));
      const more = page.getByRole('link', { name: /^(Older|More) papers/ });
      if ((await more.count()) === 0) break;
      // A click ends before the next page is whole.
      await Promise.all([page.waitForEvent('domcontentloaded'), more.click()]);
    }
    expect(found).toHaveLength(LONG_DAY_PAPERS + 1);
    expect(new Set(found).size).toBe(LONG_DAY_PAPERS + 1);
  }
});

test(
  'a list in another order is plain and kept as well, and is not to be indexed',
  ALONE,
  async ({ request }) => {
    for (const cache of ['fwd=miss', 'hit']) {
      const response = await request.get('/list/econ?sort=newest&category=cs.DL&unknown=1');
      expect(response.headers()['cache-status']).toBe(`paperboy; ${cache}`);
      const html = await response.text();
      expect(html).not.toMatch(/__next_f|<script[^>]* src="\/_next\//);
      expect(html).toContain('rel="canonical" href="');
      expect(html).toMatch(/<meta name="robots" content="noindex/);
    }
  },
);

test('addresses of Hugging Face and arXiv lead to the same things here, for good', async ({ request }) => {
  const leads = {
    '/papers': '/',
    '/papers/date/2025-03-12': '/date/2025-03-12',
    '/papers/week/2025-W11': '/week/2025-W11',
    '/papers/month/2025-03': '/month/2025-03',
    '/papers/trending': '/trending',
    '/abs/2106.12052': '/papers/2106.12052',
    '/abs/2106.12052v3': '/papers/2106.12052',
    '/abs/hep-th/9901001v2': '/papers/hep-th/9901001',
  };
  for (const [from, to] of Object.entries(leads)) {
    const response = await request.get(from, { maxRedirects: 0 });
    expect(response.status(), from).toBe(308);
    expect(response.headers().location, from).toBe(to);
  }
});

test('what holds nothing says why', async ({ page }) => {
  await page.goto('/list/econ.TH/2025-02-22');
  await expect(page.getByRole('main')).toContainText('Friday and Saturday nights');
  await page.goto('/week/2025-W09');
  await expect(page.getByRole('main')).toContainText('We have no papers of this week');
  await page.goto('/list/econ?category=hep-th');
  await expect(page.getByRole('main')).toContainText('matches these filters');
  expect((await page.request.get('/week/1999-W09')).status()).toBe(404);
  expect((await page.request.get('/author/Nobody')).status()).toBe(404);
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  test('nothing is cut off on any list', async ({ page }) => {
    for (const [what, path] of Object.entries(LISTS)) {
      await page.goto(path);
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect.soft(overflow, `${what} (${path})`).toBe(0);
    }
  });
});
