/** The operator's page: closed without the token, and what can be done there. */

import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { ADMIN_TOKEN } from './admin-token.ts';

test('a wrong token opens nothing, the right one the console, where sending is paused and goes on', async ({
  page,
}) => {
  await page.goto('/admin');
  await page.getByLabel('ADMIN_TOKEN').fill('a guess');
  await page.getByRole('button', { name: 'Open' }).click();
  await expect(page.getByRole('main').getByRole('alert')).toHaveText('That is not the token.');
  await expect(page.getByRole('button', { name: 'Pause sending' })).toHaveCount(0);

  await page.getByLabel('ADMIN_TOKEN').fill(ADMIN_TOKEN);
  await page.getByRole('button', { name: 'Open' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('The digest');
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await page.getByRole('button', { name: 'Pause sending' }).click();
  await expect(page.getByRole('main').getByRole('alert')).toContainText('Sending is paused');
  await page.getByRole('button', { name: 'Resume' }).click();
  await expect(page.getByText('Sending is on.')).toBeVisible();
});

test('a session that is forged, in the cookie or in the address, opens nothing', async ({
  page,
  context,
  baseURL,
}) => {
  await context.addCookies([{ name: 'paperboy-admin', value: 'forged', url: baseURL ?? '' }]);
  for (const path of ['/admin', '/admin?paperboy-admin=forged']) {
    await page.goto(path);
    await expect(page.getByLabel('ADMIN_TOKEN')).toBeVisible();
  }
  const answer = await page.request.post('/api/admin', { form: { act: 'pause' }, maxRedirects: 0 });
  expect(answer.headers().location ?? String(answer.status())).toMatch(/\/admin|40[13]/);
  await page.goto('/admin');
  await expect(page.getByLabel('ADMIN_TOKEN')).toBeVisible();
});
