/** The reader's comfort: keys, marks, looks, a library, and reading where there is no network. */
import { readFileSync } from 'node:fs';
import { expect, type Page, test } from '@playwright/test';
import { findViolations } from './axe.ts';

const EDITION = '/date/2025-03-12';

type Rect = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
/** As in https://wicg.github.io/layout-instability/, which TypeScript's own types leave out. */
type LayoutShift = PerformanceEntry & {
  readonly value: number;
  readonly sources: readonly { node: Node | null; previousRect: Rect; currentRect: Rect }[];
};
type Shift = { value: number; at: number; moved: string[] };

const focused = (page: Page) =>
  page.evaluate(() => document.activeElement?.closest('[data-paper]')?.getAttribute('data-paper'));
const paperAt = (page: Page, at: number) => page.locator('.story').nth(at).getAttribute('data-paper');
const tools = (page: Page) => page.getByRole('complementary', { name: 'Reading settings' });
const stored = (page: Page, name: string) =>
  page.evaluate((key) => JSON.parse(localStorage.getItem(key) ?? 'null'), `paperboy:${name}`);

async function store(page: Page, name: string, value: unknown): Promise<void> {
  await page.addInitScript(
    ([key, text]) => localStorage.setItem(key!, text!),
    [`paperboy:${name}`, typeof value === 'string' ? value : JSON.stringify(value)],
  );
}

test.describe('keys', () => {
  test('j and k move, s saves, x marks as read, o opens', async ({ page }) => {
    await page.goto(EDITION);
    await expect(tools(page)).toBeVisible();
    const [first, second] = [await paperAt(page, 0), await paperAt(page, 1)];
    await page.keyboard.press('j');
    expect(await focused(page)).toBe(first);
    await page.keyboard.press('j');
    expect(await focused(page)).toBe(second);
    await page.keyboard.press('k');
    expect(await focused(page)).toBe(first);

    await page.keyboard.press('s');
    const story = page.locator(`[data-paper="${first}"]`);
    await expect(story.getByRole('button', { name: /^Saved:/ })).toHaveAttribute('aria-pressed', 'true');
    await expect(page.getByRole('status')).toContainText('Saved: ');
    await page.keyboard.press('x');
    await expect(story.getByRole('button', { name: /^Mark as unread:/ })).toBeVisible();
    await expect(page.getByRole('status')).toContainText('Marked as read: ');
    expect(await stored(page, 'read')).toEqual([first]);
    expect((await stored(page, 'saved')).map(({ id }: { id: string }) => id)).toEqual([first]);

    await page.keyboard.press('o');
    await expect(page).toHaveURL(`/papers/${first}`);
    await expect(page.getByRole('main').getByRole('button', { name: /^Saved:/ })).toHaveAttribute(
      'aria-pressed',
      'true',
    );
  });

  test('[ and ] step through the days, ? tells of all keys', async ({ page }) => {
    await page.goto(EDITION);
    await page.keyboard.press('[');
    await expect(page).toHaveURL('/date/2025-03-11');
    await expect(tools(page)).toBeVisible();
    await page.keyboard.press(']');
    await expect(page).toHaveURL(EDITION);
    await expect(tools(page)).toBeVisible();
    await page.keyboard.press('?');
    const dialog = page.getByRole('dialog', { name: 'Reading settings' });
    await expect(dialog).toBeVisible();
    await expect(dialog.getByText('previous paper')).toBeVisible();
    // Letters within the dialog are not commands.
    await page.keyboard.press('j');
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
  });

  test('keys do nothing while one types, and nothing at all once they are turned off', async ({ page }) => {
    await page.goto(EDITION);
    await page.getByRole('banner').getByLabel('Edition of').focus();
    await page.keyboard.press('x');
    expect(await stored(page, 'read')).toBeNull();
    await page.getByRole('button', { name: /^Aa/ }).click();
    await page.getByRole('checkbox', { name: 'Use single-key shortcuts' }).uncheck();
    await page.keyboard.press('Escape');
    await page.locator('h1').click();
    await page.keyboard.press('j');
    expect(await focused(page)).toBeFalsy();
    await page.keyboard.press('?');
    await expect(page.getByRole('dialog')).toBeVisible();
  });
});

test.describe('looks', () => {
  test('a chosen theme, size and folding are there before the page is shown, and hardly anything moves', async ({
    page,
  }) => {
    await store(page, 'settings', { theme: 'dark', size: 'large', abstracts: 'titles' });
    await page.addInitScript(() => {
      const shifts: Shift[] = [];
      Object.assign(window, { shifts });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries() as LayoutShift[]) {
          const moved = entry.sources.map(
            ({ node, previousRect: from, currentRect: to }) =>
              `${node?.nodeName}.${node instanceof Element ? node.className : node?.textContent?.slice(0, 40)}: ` +
              `${from.x},${from.y} ${from.width}×${from.height} → ${to.x},${to.y} ${to.width}×${to.height}`,
          );
          shifts.push({ value: entry.value, at: Math.round(entry.startTime), moved });
        }
      }).observe({ type: 'layout-shift', buffered: true });
    });
    await page.goto(EDITION, { waitUntil: 'commit' });
    // Before any module has run.
    await page.waitForSelector('html[data-theme="dark"][data-size="large"][data-abstracts="titles"]', {
      state: 'attached',
    });
    await page.waitForLoadState('networkidle');
    expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe(
      'rgb(22, 20, 18)',
    );
    await expect(page.locator('.story .abstract').first()).toBeHidden();
    const shifts = await page.evaluate(() => Reflect.get(window, 'shifts') as Shift[]);
    const sum = shifts.reduce((before, { value }) => before + value, 0);
    // The paper's own typeface takes the place of a fallback of nearly the same measures (app/fonts.ts).
    expect(sum, JSON.stringify(shifts, null, 1)).toBeLessThan(0.02);
  });

  test('one switch folds all abstracts, and the choice is remembered', async ({ page }) => {
    await page.goto(EDITION);
    const abstract = page.locator('.seconds .abstract').first();
    const height = () => abstract.evaluate((element) => element.clientHeight);
    await page.getByRole('button', { name: /^Aa/ }).click();
    await page.getByRole('radio', { name: 'Full' }).check();
    const whole = await height();
    await page.getByRole('radio', { name: 'First lines' }).check();
    expect(await height()).toBeLessThan(whole);
    await page.getByRole('radio', { name: 'Titles only' }).check();
    await expect(abstract).toBeHidden();
    await page.reload();
    await expect(abstract).toBeHidden();
    await page.keyboard.press('a');
    await expect(abstract).toBeVisible();
  });

  test('what was read is hidden before the page is shown, where the reader wants it so', async ({ page }) => {
    await page.goto(EDITION);
    const ids = [await paperAt(page, 0), await paperAt(page, 3)];
    await store(page, 'settings', { hideRead: true });
    await store(page, 'read', ids);
    await page.route('**/reader/*', (route) => route.abort());
    await page.goto(EDITION);
    for (const id of ids) await expect(page.locator(`.story[data-paper="${id}"]`)).toBeHidden();
    await page.unroute('**/reader/*');
    await page.reload();
    for (const id of ids) await expect(page.locator(`.story[data-paper="${id}"]`)).toBeHidden();
    await expect(tools(page).getByText('2 read papers hidden')).toBeVisible();
  });

  test('on paper there are no buttons', async ({ page }) => {
    await page.goto(EDITION);
    await page.emulateMedia({ media: 'print' });
    await expect(tools(page)).toBeHidden();
    await expect(page.locator('[data-marks]').first()).toBeHidden();
  });
});

test('opening a paper marks it as read', async ({ page }) => {
  await page.goto('/papers/2106.12052');
  await expect(page.getByRole('button', { name: /^Mark as unread:/ })).toBeVisible();
  await page.goto(EDITION);
  await expect(page.locator('.story[data-paper="2106.12052"]')).toHaveAttribute('data-read');
});

test('a citation is on the clipboard at one press', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto('/papers/2106.12052');
  await page.getByRole('button', { name: 'Copy citation' }).click();
  await expect(page.getByRole('status')).toHaveText('Citation copied to the clipboard.');
  expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(
    /^Yariv, L\., Gu, J\., .*2106\.12052$/,
  );
});

test.describe('the library', () => {
  test('saves, lists, exports, empties and imports again', async ({ page }) => {
    await page.goto(EDITION);
    for (const at of [0, 1, 2])
      await page
        .locator('.story')
        .nth(at)
        .getByRole('button', { name: /^Save:/ })
        .click();
    await page.goto('/library');
    await expect(page.locator('#library li')).toHaveCount(3);

    const bibtex = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export BibTeX' }).click();
    const entries = readFileSync(await (await bibtex).path(), 'utf8');
    expect(entries.match(/^@\w+\{/gm)).toHaveLength(3);

    const json = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export JSON' }).click();
    const path = await (await json).path();
    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ format: 'paperboy-library', version: 1 });

    for (let left = 3; left > 0; left -= 1)
      await page
        .getByRole('button', { name: /^Remove:/ })
        .first()
        .click();
    await expect(page.locator('#library li')).toHaveCount(0);
    await expect(page.getByText('Nothing saved yet')).toBeVisible();

    await page.locator('input[type="file"]').setInputFiles(path);
    await expect(page.locator('#library li')).toHaveCount(3);
    // BibTeX brings papers too, by their arXiv identifiers.
    await page.locator('input[type="file"]').setInputFiles({
      name: 'other.bib',
      mimeType: 'text/plain',
      buffer: Buffer.from(
        '@misc{a, eprint={1706.03762}} @misc{b, eprint={hep-th/9901001}} @misc{c, eprint={1706.03762}}',
      ),
    });
    await expect(page.locator('#library li')).toHaveCount(5);
  });

  test('says what it needs where there is no script', async ({ browser, baseURL }) => {
    const context = await browser.newContext({
      javaScriptEnabled: false,
      ...(baseURL !== undefined && { baseURL }),
    });
    const page = await context.newPage();
    await page.goto('/library');
    await expect(page.locator('noscript p')).toBeVisible();
    await page.goto(EDITION);
    await expect(tools(page)).toHaveCount(0);
    await expect(page.locator('[data-marks]').first()).toBeHidden();
    await context.close();
  });
});

test.describe('hostile memories', () => {
  const MARKUP = '<img src=x onerror=alert(1)>';
  const STATES: Record<string, unknown>[] = [
    { saved: '{', read: '[', settings: 'nonsense' },
    { saved: 'null', read: '7', settings: '"dark"' },
    { saved: { length: 3 }, read: { 0: 'x' }, settings: [] },
    {
      saved: [null, 1, 'x', {}, { id: '../../x' }, { id: 7 }],
      read: [null, {}, '"]{}body{display:none}'],
      settings: { hideRead: true, theme: 'x"y', size: {} },
    },
    {
      saved: [{ id: '1706.03762', title: MARKUP, authors: MARKUP, savedAt: MARKUP }],
      read: [MARKUP],
      settings: { hideRead: 'yes', keys: 'no' },
    },
    {
      saved: [
        { id: 'javascript:alert(1)', title: 'x' },
        { id: '//example.org', title: 'x' },
      ],
      read: ['constructor', '__proto__'],
      settings: { __proto__: { theme: 'dark' } },
    },
  ];
  for (const [at, state] of STATES.entries()) {
    test(`state ${at} harms no page`, async ({ page }) => {
      const alarms: string[] = [];
      page.on('dialog', (dialog) => {
        alarms.push(dialog.message());
        void dialog.dismiss();
      });
      page.on('pageerror', (error) => alarms.push(String(error)));
      page.on('console', (message) => message.type() === 'error' && alarms.push(message.text()));
      for (const [name, value] of Object.entries(state)) await store(page, name, value);
      for (const path of [EDITION, '/library', '/papers/2106.12052']) {
        await page.goto(path, { waitUntil: 'networkidle' });
        await expect(page.locator('h1').first()).toBeVisible();
        await expect(tools(page)).toBeVisible();
        const foreign = 'main :is(img, iframe, script:not([src], [type="application/ld+json"]))';
        expect(await page.locator(foreign).count()).toBe(0);
        const links = await page
          .locator('a')
          .evaluateAll((all) => all.map((a) => (a as HTMLAnchorElement).href));
        expect(links.filter((href) => !/^https?:/.test(href))).toEqual([]);
      }
      expect(alarms).toEqual([]);
    });
  }
});

test('what was read last can be read again where there is no network', async ({ page, context }) => {
  await page.goto(EDITION, { waitUntil: 'networkidle' });
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.reload({ waitUntil: 'networkidle' });
  await page.goto('/papers/2106.12052', { waitUntil: 'networkidle' });
  await context.setOffline(true);
  await page.goto(EDITION);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Wednesday 12 March 2025');
  await expect(tools(page)).toBeVisible();
  await page.goto('/date/2025-03-07');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('There is no network here');
  await page.getByRole('link', { name: 'Paper 2106.12052' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Volume Rendering');
  await context.setOffline(false);
});

test('mathematics asks translators to leave it alone, and the words around it do not', async ({ page }) => {
  await page.goto('/papers/2503.90011');
  const maths = page.locator('main math');
  for (const formula of await maths.all()) await expect(formula).toHaveAttribute('translate', 'no');
  expect(
    await page
      .locator('main .abstract p, main h1')
      .evaluateAll((all) => all.filter((element) => element.closest('[translate="no"]')).length),
  ).toBe(0);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`by ${colorScheme}`, () => {
    test.use({ colorScheme });
    const expectNoViolation = async (page: Page) => {
      expect(await findViolations(page)).toEqual([]);
    };

    test('axe finds nothing on the pages of feeds, of the library and of no network', async ({ page }) => {
      await page.goto(EDITION);
      for (const at of [0, 1]) {
        const story = page.locator('.story').nth(at);
        await story.getByRole('button', { name: /^Save:/ }).click();
        await story.getByRole('button', { name: /^Mark as read:/ }).click();
      }
      await expectNoViolation(page);
      for (const path of ['/library', '/feeds', '/offline']) {
        await page.goto(path, { waitUntil: 'networkidle' });
        await expectNoViolation(page);
      }
    });

    test('axe finds nothing in the dialog', async ({ page }) => {
      await page.goto(EDITION);
      await page.getByRole('button', { name: /^Aa/ }).click();
      await expect(page.getByRole('dialog')).toBeVisible();
      await expectNoViolation(page);
    });
  });
}

test('the tools are reached and left by keyboard, and the focus comes back', async ({ page }) => {
  await page.goto(EDITION);
  const opener = page.getByRole('button', { name: /^Aa/ });
  await opener.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toBeVisible();
  for (let tabs = 0; tabs < 12; tabs += 1) {
    await page.keyboard.press('Tab');
    // The browser's own bar may have its turn; nothing of the page behind may.
    const isWithin = await page.evaluate(
      () => document.activeElement === document.body || document.activeElement?.closest('dialog') !== null,
    );
    expect(isWithin).toBe(true);
  }
  await page.keyboard.press('Escape');
  await expect(opener).toBeFocused();
});
