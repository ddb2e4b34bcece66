import { expect, test } from 'vitest';
import { parseTrendingChoice, trendingHref } from '#app/(paper)/trending/trending-address.ts';

test.each([
  ['', '/trending'],
  ['window=week', '/trending?window=week'],
  ['window=month&category=cs.LG&code=yes', '/trending?window=month&category=cs.LG&code=yes'],
  ['category=hep-th', '/trending?category=hep-th'],
  ['category=math.na', '/trending?category=math.NA'],
])('the page with %j has the address %s', (query, href) => {
  expect(trendingHref(parseTrendingChoice(new URLSearchParams(query)))).toBe(href);
});

test.each([
  'window=decade&code=perhaps&category=..%2F..',
  'window=week%0A&category=%FF',
  'category=no.SUCH',
  'category=%3Cscript%3E',
  'window=constructor',
])('%j, which makes no sense, is as good as absent', (query) => {
  expect(trendingHref(parseTrendingChoice(new URLSearchParams(query)))).toBe('/trending');
});
