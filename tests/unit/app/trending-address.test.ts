import { expect, test } from 'vitest';
import { parseTrendingPath, trendingHref } from '#app/(site)/trending/trending-address.ts';
import nextConfig from '../../../next.config.ts';

test.each([
  ['day', 'any', 'any', '/trending'],
  ['week', 'any', 'any', '/trending?window=week'],
  ['month', 'cs.LG', 'yes', '/trending?window=month&category=cs.LG&code=yes'],
  ['day', 'hep-th', 'any', '/trending?category=hep-th'],
])('%s/%s/%s is %s', (window, category, code, href) => {
  const choice = parseTrendingPath({ window, category, code });
  expect(choice).not.toBeNull();
  expect(choice && trendingHref(choice)).toBe(href);
});

test('one category has one address', () => {
  const choice = parseTrendingPath({ window: 'day', category: 'math.na', code: 'any' });
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
  expect(parseTrendingPath({ window, category, code })).toBeNull();
});

test('what a query chooses is a path of its own, and what it means nothing by is left', async () => {
  const rewrites = await nextConfig.rewrites?.();
  const rules = Array.isArray(rewrites) ? [] : (rewrites?.afterFiles ?? []);
  const pathOf = (query: Record<string, string>) => {
    const matched = rules.filter((rule) => rule.source === '/trending').map((rule) => matchOf(rule, query));
    return matched.find((path) => path !== null);
  };
  expect(pathOf({})).toBe('/trending/day/any/any');
  expect(pathOf({ window: 'week' })).toBe('/trending/week/any/any');
  expect(pathOf({ category: 'cs.LG', code: 'yes' })).toBe('/trending/day/cs.LG/yes');
  expect(pathOf({ window: 'month', category: 'hep-th', code: 'yes' })).toBe('/trending/month/hep-th/yes');
  expect(pathOf({ window: 'decade', code: 'perhaps', category: '../..' })).toBe('/trending/day/any/any');
});

type Rule = {
  destination: string;
  has?: readonly { key?: string | undefined; value?: string | undefined }[] | undefined;
};

/** As Next matches: every condition, each as a whole, its named group handed to the destination. */
function matchOf({ destination, has = [] }: Rule, query: Record<string, string>): string | null {
  let path = destination;
  for (const { key = '', value = '' } of has) {
    const groups = new RegExp(`^${value}$`).exec(query[key] ?? '')?.groups;
    if (groups === undefined) return null;
    for (const [name, found] of Object.entries(groups)) path = path.replace(`:${name}`, found);
  }
  return path;
}
