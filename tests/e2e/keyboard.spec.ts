/** The same walk with a keyboard alone: every step by Tab and Enter, and always to be seen where one is. */
import { expect, type Page, test } from '@playwright/test';

const TABS_MAX = 40;

/** Presses Tab until the element that has the focus matches `selector`; each one on the way must show its focus. */
async function tabTo(page: Page, selector: string): Promise<void> {
  // Where the page is not whole, Tab leads nowhere.
  await page.waitForLoadState();
  for (let tabs = 0; tabs < TABS_MAX; tabs += 1) {
    await page.keyboard.press('Tab');
    const focus = await page.evaluate((wanted) => {
      const element = document.activeElement;
      if (element === null) return null;
      return { isWanted: element.matches(wanted), outline: getComputedStyle(element).outlineStyle };
    }, selector);
    expect(focus?.outline).not.toBe('none');
    if (focus?.isWanted) return;
  }
  throw new Error(`${TABS_MAX} tabs lead to no ${selector}.`);
}

test('the first Tab offers the way past the head, and Enter takes it', async ({ page }) => {
  await page.goto('/');
  await page.keyboard.press('Tab');
  const skip = page.getByRole('link', { name: 'Skip to content' });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL('/#content');
});

test('home, the day before, a paper, and back', async ({ page }) => {
  await page.goto('/');
  await tabTo(page, 'a[rel="prev"]');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL('/date/2025-03-11');

  await tabTo(page, '.lead h2 a');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL('/papers/2503.90011');

  await tabTo(page, 'nav[aria-label="In the same edition"] a[href^="/date/"]');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL('/date/2025-03-11');
});

test('an abstract unfolds by key', async ({ page }) => {
  await page.goto('/date/2025-03-11');
  await tabTo(page, '.seconds details summary');
  await page.keyboard.press('Enter');
  await expect(page.locator('.seconds details').first()).toHaveAttribute('open');
});
