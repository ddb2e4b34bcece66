/** axe on every kind of page, by day and at night, wide and narrow: it must find nothing at all. */
import { expect, type Page, test } from '@playwright/test';
import { findViolations } from './axe.ts';

const PAGES = {
  'the newest edition': '/',
  'an earlier edition': '/date/2025-03-11',
  'an edition of one paper': '/date/2025-03-07',
  'a day between editions': '/date/2025-03-09',
  'a day outside them': '/date/1999-01-01',
  'a paper with everything': '/papers/2503.90011',
  'a paper of the sample edition': '/papers/2106.12052',
  'a paper we do not have': '/papers/1706.99999',
  'what is no identifier': '/papers/nonsense',
  'what is rising': '/trending',
  'how the order comes about': '/about/ranking',
  'an address without a page': '/nowhere',
  'the search before anything was asked': '/search',
  'a search with remarks': '/search?q=models+%22never+closed&sort=new',
  'a search that finds nothing': '/search?q=xqzvwk+jjqqzzx',
  'how searching works': '/about/search',
  'the interface for programs': '/about/api',
  'a day’s second page': '/date/2025-02-20/2',
  'a week': '/week/2025-W11',
  'a month': '/month/2025-02',
  'a category': '/list/econ.TH',
  'a day of a category': '/list/econ.TH/2025-02-20',
  'a list narrowed and in another order': '/list/econ?category=cs.DL&sort=upvotes',
  'a list without papers': '/list/econ?category=hep-th',
  'what is no list': '/list/nonsense',
  'an author': '/author/Ada%20Lovelace',
  'all subjects': '/list',
  'a calendar': '/calendar/2025',
};

/** Each width once and each scheme once: layout does not depend on the scheme, nor contrast on the width. */
const READERS = [
  { name: 'at a desk by day', viewport: { width: 1440, height: 900 }, colorScheme: 'light' },
  { name: 'on a phone at night', viewport: { width: 390, height: 844 }, colorScheme: 'dark' },
] as const;

async function levelsOfHeadings(page: Page): Promise<number[]> {
  return page
    .locator('h1, h2, h3, h4')
    .evaluateAll((headings) => headings.map((heading) => Number(heading.tagName.slice(1))));
}

for (const { name, ...reader } of READERS) {
  test.describe(name, () => {
    test.use(reader);
    // One window for all of them: a new one for each took a third of the time.
    test('axe finds nothing on any kind of page, and headings descend from one at the top', async ({
      page,
    }) => {
      test.setTimeout(600_000);
      for (const [what, path] of Object.entries(PAGES)) {
        await test.step(what, async () => {
          await page.goto(path);
          expect.soft(await findViolations(page), `${what} (${path})`).toEqual([]);
          const levels = await levelsOfHeadings(page);
          expect.soft(levels[0], path).toBe(1);
          expect.soft(levels.filter((level) => level === 1)).toHaveLength(1);
          levels.forEach((level, index) => {
            expect.soft(level - (levels[index - 1] ?? level), path).toBeLessThanOrEqual(1);
          });
        });
      }
    });
  });
}
