/** The walk of every reader: the newest edition, the one before it, a paper, and back. */
import { expect, type Page, test } from '@playwright/test';

const TITLE = 'Sorting newspapers in';

async function walk(page: Page): Promise<void> {
  await page.goto('/');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Wednesday 12 March 2025');
  await expect(page.getByRole('article')).toHaveCount(67);

  await page
    .getByRole('navigation', { name: 'Other editions', exact: true })
    .getByRole('link')
    .first()
    .click();
  await expect(page).toHaveURL('/date/2025-03-11');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Tuesday 11 March 2025');

  await page.getByRole('heading', { level: 2 }).first().getByRole('link').click();
  await expect(page).toHaveURL('/papers/2503.90011');
  await expect(page.getByRole('heading', { level: 1 })).toContainText(TITLE);
  await expect(page.getByRole('link', { name: 'arXiv 2503.90011' })).toHaveAttribute(
    'href',
    'https://arxiv.org/abs/2503.90011',
  );

  await page.goBack();
  await expect(page.getByRole('heading', { level: 2 }).first()).toContainText(TITLE);
}

/** What makes a phone's reader scroll sideways, or every reader lose the place. */
async function expectCalm(page: Page): Promise<void> {
  const { overflow, shift } = await page.evaluate(async () => {
    const entries: PerformanceEntry[] = [];
    const observer = new PerformanceObserver((list) => entries.push(...list.getEntries()));
    observer.observe({ type: 'layout-shift', buffered: true });
    await document.fonts.ready;
    await new Promise((resolve) => setTimeout(resolve, 100));
    return {
      overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
      shift: entries.reduce((sum, entry) => sum + (entry as PerformanceEntry & { value: number }).value, 0),
    };
  });
  expect(overflow).toBe(0);
  expect(shift).toBeLessThan(0.01);
}

test('at a desk', async ({ page }) => {
  await walk(page);
  await expectCalm(page);
});

test.describe('without script', () => {
  test.use({ javaScriptEnabled: false });
  test('everything is there', async ({ page }) => {
    await walk(page);
  });

  test('an abstract unfolds and folds again', async ({ page }) => {
    await page.goto('/');
    const story = page.getByRole('article').nth(5);
    const abstract = story.locator('.abstract');
    const folded = await abstract.evaluate((element) => element.clientHeight);
    await story.getByText('Show abstract').click();
    await expect.poll(() => abstract.evaluate((element) => element.clientHeight)).toBeGreaterThan(folded);
    await story.getByText('Hide abstract').click();
    await expect.poll(() => abstract.evaluate((element) => element.clientHeight)).toBe(folded);
  });

  test('the day picker leads to the day', async ({ page }) => {
    await page.goto('/');
    const picker = page.getByRole('banner').getByLabel('Edition of');
    await picker.fill('2025-03-07');
    await page.getByRole('banner').getByRole('button', { name: 'Go' }).click();
    await expect(page).toHaveURL('/date/2025-03-07');
    await expect(page.getByRole('article')).toHaveCount(1);
  });

  test('a day between two editions leads to both', async ({ page }) => {
    await page.goto('/date/2025-03-09');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('No edition of Sunday 9 March 2025');
    const nearest = page.getByRole('navigation', { name: 'Nearest editions' }).getByRole('link');
    await expect(nearest.first()).toHaveAttribute('href', '/date/2025-03-07');
    await expect(nearest.last()).toHaveAttribute('href', '/date/2025-03-11');
  });
});

test.describe('on a phone, in the dark', () => {
  test.use({ viewport: { width: 390, height: 844 }, colorScheme: 'dark', hasTouch: true, isMobile: true });
  test('nothing is cut off, and the page is dark', async ({ page }) => {
    await walk(page);
    await expectCalm(page);
    await page.goto('/papers/2503.90011');
    await expectCalm(page);
    const background = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    expect(background).toBe('rgb(22, 20, 18)');
  });
});
