import { expect, test } from 'vitest';
import { policyOf, sharedPageHeaders } from '../../../server/cache-policy.ts';

test.each([
  '/',
  '/date/2025-12-31',
  '/date/2025-12-31/2',
  '/list/cs.CL?sort=newest',
  '/papers/hep-th/9901001',
  '/trending?window=week',
  '/issues/2025-12-31',
  '/search',
])('%s may be shared', (url) => {
  expect(policyOf(url)).toEqual({ isReadingPage: true, isShared: true });
});

test.each(['/search?q=graphs', '/search?q=', '/about/status'])('%s is for reading, and not shared', (url) => {
  expect(policyOf(url)).toEqual({ isReadingPage: true, isShared: false });
});

test.each([
  '/subscribe?q=/date/2025-12-31',
  '/manage/token',
  '/issues/token',
  '/issues/token?x=/issues/2025-12-31',
  '/admin',
  '/outbox',
  '/api/health',
  '/feeds/daily.rss',
  '/date',
  '//date/2025-12-31',
])('%s is as Next makes it', (url) => {
  expect(policyOf(url)).toEqual({ isReadingPage: false, isShared: false });
});

test('no rule for Next names a page of one person', () => {
  const sources = sharedPageHeaders().map(({ source }) => source);
  expect(sources).toContain('/');
  for (const path of ['admin', 'manage', 'confirm', 'unsubscribe', 'subscribe', 'outbox'])
    expect(sources.join()).not.toContain(path);
});
