/**
 * The walk of a subscriber: the form, the letter, the confirmation, the issue, its copy on the web, and one click out.
 * Mail goes into the instance's outbox, as where no relay is configured.
 */
import { expect, type Page, test } from '@playwright/test';
import pg from 'pg';
import { openEmbedded } from '#lib/db/embedded.ts';
import { makeChallenge, parseProof } from '#lib/subscriptions/proof-of-work.ts';
import { DAY_MS } from '#lib/time.ts';
import { paperboy } from './paperboy.ts';

/** Composes as of two days ahead, when every subscription of today is due, and sends. The sample's papers trend. */
async function nextIssues(): Promise<void> {
  const at = new Date(Date.now() + 2 * DAY_MS).toISOString();
  const client = new pg.Client({ connectionString: await openEmbedded(process.env.PAPERBOY_DIR ?? '') });
  await client.connect();
  await client.query(`
    INSERT INTO trending_entry (time_window, paper_key, rank, score, parts)
    SELECT 'day', key, 100000 + row_number() OVER (ORDER BY key), 1, '{"parts": []}' FROM paper ORDER BY key LIMIT 20
    ON CONFLICT DO NOTHING`);
  await paperboy('digest', 'compose', '--at', at);
  await client.query('DELETE FROM trending_entry WHERE rank > 100000');
  await client.end();
  await paperboy('digest', 'send', '--at', at);
}

/** The newest message to `address`, open at its text. */
async function openNewestMail(page: Page, address: string): Promise<void> {
  await expect(async () => {
    await page.goto('/outbox');
    await expect(page.getByRole('listitem').filter({ hasText: address }).first()).toBeVisible({
      timeout: 1_000,
    });
  }).toPass({ timeout: 30_000 });
  const newest = page.getByRole('listitem').filter({ hasText: address }).first();
  await Promise.all([page.waitForEvent('domcontentloaded'), newest.getByRole('link').click()]);
}

/** Follows the first link to `path` of the mail that is open. A command that sent it may know another host for the site. */
async function followLink(page: Page, path: RegExp): Promise<void> {
  const href = await page
    .locator('pre[data-part=text]')
    .getByRole('link', { name: path })
    .first()
    .getAttribute('href');
  await page.goto(new URL(href ?? '').pathname);
}

async function countMails(page: Page, address: string): Promise<number> {
  await page.goto('/outbox');
  return page.getByRole('listitem').filter({ hasText: address }).count();
}

async function walk(page: Page, address: string): Promise<void> {
  await page.goto('/');
  const box = page.getByRole('region', { name: 'Get trending papers in your inbox' });
  await box.getByRole('textbox').first().fill(address);
  await box.getByRole('button', { name: 'Subscribe' }).click();
  await expect(page).toHaveURL('/subscribe/sent');

  await openNewestMail(page, address);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Confirm your subscription');
  await followLink(page, /\/confirm\//);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Confirm your subscription');
  await page.getByRole('button', { name: 'Confirm the subscription' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('You are subscribed');

  await nextIssues();
  await openNewestMail(page, address);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Trending papers');
  const head = (await page.locator('pre').last().textContent()) ?? '';
  const oneClick = /List-Unsubscribe: <([^>]+)>/.exec(head.replace(/\r?\n[ \t]+/g, ' '))?.[1] ?? '';
  await followLink(page, /\/issues\//);
  await expect(page.getByRole('main').getByRole('listitem').first()).toBeVisible();

  await page.goBack();
  await followLink(page, /\/manage\//);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Your subscriptions');
  await expect(page.getByText(address)).toBeVisible();

  // As a mail program does it: no cookies, no redirect, twice.
  for (let click = 0; click < 2; click += 1) {
    const answer = await page.request.post(new URL(oneClick).pathname, {
      form: { 'List-Unsubscribe': 'One-Click' },
      maxRedirects: 0,
    });
    expect(answer.status()).toBe(200);
  }
  const before = await countMails(page, address);
  expect(before).toBe(2);
  await nextIssues();
  expect(await countMails(page, address)).toBe(before);
}

test('subscribe, confirm, receive, read on the web, and leave with one click', async ({ page }) => {
  await walk(page, 'reader@example.org');
});

test.describe('without script', () => {
  test.use({ javaScriptEnabled: false });
  test('the same walk', async ({ page }) => {
    await walk(page, 'plain.reader@example.org');
  });
});

test('a link that is looked at confirms and ends nothing', async ({ page }) => {
  const address = 'scanned@example.org';
  await page.goto('/subscribe');
  await page.getByLabel('Your e-mail address').first().fill(address);
  await page.getByRole('button', { name: 'Subscribe' }).first().click();
  // Going on at once would take the form back.
  await expect(page).toHaveURL('/subscribe/sent');
  await openNewestMail(page, address);
  const links = await page
    .locator('pre[data-part=text] a')
    .evaluateAll((all) => all.map((link) => link.getAttribute('href')));
  for (const link of links) if (link !== null) await page.request.get(new URL(link).pathname);
  const confirm = links.find((link) => link?.includes('/confirm/')) ?? '';
  await page.goto(new URL(confirm).pathname);
  await expect(page.getByRole('button', { name: 'Confirm the subscription' })).toBeVisible();
});

test('every kind of mail has a preview, in light and in dark', async ({ page, request }) => {
  await page.goto('/outbox/preview');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Mail previews');
  const links = page.getByRole('link', { name: /^HTML, / });
  await expect(links).toHaveCount(12);
  await page.getByText('Text part').first().click();
  await expect(page.getByText('Confirm the subscription:')).toBeVisible();
  await page.goto('/outbox/preview/digest?theme=dark');
  const sheet = page.locator('.p').first();
  await expect(sheet).toHaveCSS('background-color', 'rgb(22, 20, 18)');
  await page.goto('/outbox/preview/digest');
  await expect(sheet).not.toHaveCSS('background-color', 'rgb(22, 20, 18)');
  expect((await request.get('/outbox/preview/unknown')).status()).toBe(404);
});

test('the next issue is shown beside the choices, with the reader’s own time zone', async ({ browser }) => {
  const context = await browser.newContext({ timezoneId: 'Europe/Berlin' });
  const page = await context.newPage();
  await page.goto('/subscribe');
  await expect(page.locator('select[name=zone]')).toHaveValue('Europe/Berlin');
  await expect(page.locator('#preview')).toContainText('Every day at 07:00, Europe/Berlin');
  await page.getByLabel('arXiv categories').fill('cs.CL');
  await expect(page.locator('#preview')).toContainText('cs.CL');
  await context.close();
});

test('a wrong form comes back filled in, with what is wrong', async ({ page }) => {
  await page.goto('/subscribe?category=cs.XX&problem=category');
  await expect(page.getByRole('main').getByRole('alert')).toContainText('does not exist on arXiv');
  const answer = await page.request.post('/api/subscribe', {
    form: { address: 'nobody', trending: 'on', hour: '9' },
    maxRedirects: 0,
  });
  expect(answer.status()).toBe(303);
  expect(answer.headers().location).toContain('problem=address');
  expect(answer.headers().location).toContain('hour=9');
  expect(answer.headers().location).not.toContain('nobody');
});

test('a form of another site is not taken', async ({ page }) => {
  const answer = await page.request.post('/api/subscribe', {
    form: { address: 'victim@example.org', trending: 'on' },
    headers: { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
    maxRedirects: 0,
  });
  expect(answer.headers().location).toBe('/subscribe?problem=form');
  expect(await countMails(page, 'victim@example.org')).toBe(0);
});

test('the archive announces its feeds, and they are read', async ({ page, request }) => {
  await page.goto('/issues');
  for (const [format, type] of [
    ['rss', 'application/rss+xml'],
    ['atom', 'application/atom+xml'],
    ['json', 'application/feed+json'],
  ] as const) {
    const path = `/feeds/issues.${format}`;
    await expect(page.locator(`link[rel="alternate"][type="${type}"]`)).toHaveAttribute(
      'href',
      new RegExp(`${path}$`),
    );
    await expect(page.locator(`main a[href="${path}"]`)).toBeVisible();
    expect((await request.get(path)).headers()['content-type']).toContain(type);
  }
});

test('pages for one reader are never cacheable, and those for everybody are', async ({ request }) => {
  const unknown = ['/confirm/x', '/manage/x?outcome=paused', '/unsubscribe/x', '/issues/x', '/outbox/x'];
  const known = ['/subscribe', '/subscribe/preview?category=cs.CL', '/outbox', '/about/status', '/admin'];
  for (const path of [...known, ...unknown]) {
    const response = await request.get(path);
    const html = await response.text();
    expect(response.status(), path).toBe(known.includes(path) ? 200 : 404);
    expect(response.headers()['cache-control'], path).toMatch(/^private\b.*\bno-store\b/);
    expect(/<h1[ >]/.test(html), path).toBe(true);
  }
  for (const path of ['/issues', '/list'])
    expect((await request.get(path)).headers()['cache-control'], path).toMatch(/^s-maxage=\d/);
});

test.describe('where a site asks browsers for work', () => {
  test.use({ serviceWorkers: 'block' });

  test('it is done when the form is sent', async ({ page }) => {
    const expiresAt = new Date(Date.now() + DAY_MS);
    const challenge = makeChallenge('a-secret', {
      salt: 'abcdefghijklmnopqrstuv',
      number: 54_321,
      expiresAt,
    });
    await page.route('**/api/subscribe/challenge', (route) => route.fulfill({ json: challenge }));
    const sent = page.waitForRequest((request) => new URL(request.url()).pathname === '/api/subscribe');
    await page.goto('/subscribe');
    const form = page.locator('form[data-preview]');
    await form.getByLabel('Your e-mail address').fill(`worker${Date.now()}@example.org`);
    await form.getByRole('button', { name: 'Subscribe' }).click();
    const proof = new URLSearchParams((await sent).postData() ?? '').get('proof') ?? '';
    expect(parseProof('a-secret', proof, new Date())).toEqual({
      challenge: challenge.challenge,
      expiresAt: new Date(Math.floor(expiresAt.getTime() / 1_000) * 1_000),
    });
    await expect(page).toHaveURL('/subscribe/sent');
  });
});

test('a link fills the form in', async ({ page }) => {
  await page.goto('/subscribe?category=cs.CL&hour=9');
  await expect(page.getByLabel('Categories')).toHaveValue('cs.CL');
});
