/** What is rising, and why: reached by links alone, kept like every page, and plain. */
import { expect, test } from '@playwright/test';
import { paperboy } from './paperboy.ts';

test.beforeAll(() => paperboy('rank', '--limit', '1'));

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('periods and filters are links, and each entry says why it is there', async ({ page }) => {
    await page.goto('/trending');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Rising today');
    const entries = page.getByRole('article');
    await expect(entries.first()).toContainText(/upvote|No signals yet|No new/);
    const all = await entries.count();
    expect(all).toBeGreaterThan(3);

    await entries.first().getByText('Why is this here?').click();
    await expect(entries.first().getByRole('rowheader', { name: 'Score' })).toBeVisible();

    await page.getByRole('navigation', { name: 'Period' }).getByRole('link', { name: 'Week' }).click();
    await expect(page).toHaveURL('/trending?window=week');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Rising this week');

    await page.getByRole('link', { name: 'Only papers with code' }).click();
    await expect(page).toHaveURL('/trending?window=week&code=yes');
    await expect(page.getByRole('link', { name: 'With code: show all again' })).toHaveAttribute(
      'href',
      '/trending?window=week',
    );
    expect(await entries.count()).toBeLessThanOrEqual(all);
  });
});

test('a choice in the query string is kept as a page of its own, without script', async ({ request }) => {
  const path = '/trending?window=month&category=cs.LG';
  expect((await request.get(path)).status()).toBe(200);
  const again = await request.get(path);
  expect(again.headers()['cache-status']).toBe('paperboy; hit');
  expect(await again.text()).not.toMatch(/__next_f|<script[^>]* src="\/_next\//);
  expect((await request.get('/trending/decade/any/any')).status()).toBe(404);
});

test('a ranking shows at once', async ({ request }) => {
  const asOf = async () => (await (await request.get('/trending')).text()).match(/dateTime="([^"]+)"/)?.[1];
  const before = await asOf();
  await paperboy('rank', '--limit', '1');
  expect(await asOf()).not.toBe(before);
});

test('the method is told with its figures', async ({ page }) => {
  await page.goto('/about/ranking');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('How the ranking works');
  await expect(page.getByRole('row', { name: /^Paperboy/ }).first()).toContainText('0.');
  await expect(page.getByRole('table', { name: 'All days' })).toBeVisible();
});
