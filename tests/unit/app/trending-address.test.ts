import { expect, test } from 'vitest';
import { parseTrendingPath, trendingHref } from '#app/(site)/trending/trending-address.ts';

test.each([
  ['day', 'any', 'any', '/trending'],
  ['week', 'any', 'any', '/trending?window=week'],
  ['month', 'cs.LG', 'yes', '/trending?window=month&category=cs.LG&code=yes'],
  ['day', 'hep-th', 'any', '/trending?category=hep-th'],
])('%s/%s/%s is %s', (window, category, code, href) => {
  const choice = parseTrendingPath([window, category, code]);
  expect(choice).not.toBeNull();
  expect(choice && trendingHref(choice)).toBe(href);
});

test('the bare address is the day’s', () => {
  expect(parseTrendingPath()).toEqual({ window: 'day', category: null, hasCode: false });
  expect(parseTrendingPath(['week'])).toBeNull();
});

test('one category has one address', () => {
  const choice = parseTrendingPath(['day', 'math.na', 'any']);
  expect(choice && trendingHref(choice)).toBe('/trending?category=math.NA');
});

test.each([
  ['decade', 'any', 'any'],
  ['day', 'no.SUCH', 'any'],
  ['day', 'any', 'maybe'],
  ['day', '%3Cscript%3E', 'any'],
  ['day', '%E0%A4%A', 'any'],
  ['constructor', 'any', 'any'],
])('%s/%s/%s is no list', (window, category, code) => {
  expect(parseTrendingPath([window, category, code])).toBeNull();
});
