import { expect, test } from 'vitest';
import { feedPathOf, parseFeedAddress } from '#lib/feeds/feed-address.ts';

test.each([
  'daily.rss',
  'issues.json',
  'list/cs.CL.atom',
  'list/cs.rss',
  'list/grp_physics.json',
  'list/hep-th.rss',
  'author/Ada%20Lovelace.json',
  'author/J.%20R.%20Smith.rss.atom',
  'trending/week.rss',
  'date/2025-03-12.atom',
  'week/2025-W11.atom',
  'month/2025-03.atom',
])('/feeds/%s is read and written back', (address) => {
  const parsed = parseFeedAddress(address.split('/'));
  expect(parsed).not.toBeNull();
  expect(`${feedPathOf(parsed!.source)}.${parsed!.format}`).toBe(`/feeds/${address}`);
});

test.each([
  'daily',
  'daily.xml',
  '.rss',
  'list.rss',
  'list/nonsense.rss',
  'trending.rss',
  'trending/year.rss',
  'trending/week/x.rss',
  'date/2025-02-30.rss',
  'author/%ff.rss',
  'author/.rss',
  'a/b/c/d.rss',
])('/feeds/%s is no feed', (address) => {
  expect(parseFeedAddress(address.split('/'))).toBeNull();
});
