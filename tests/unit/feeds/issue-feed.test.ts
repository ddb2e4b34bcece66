import { parseAtomFeed, parseJsonFeed } from 'feedsmith';
import Parser from 'rss-parser';
import { expect, test } from 'vitest';
import { type FeedIssue, toIssueFeed } from '#lib/feeds/feed.ts';
import { writeFeed } from '#lib/feeds/feed-format.ts';
import { aListedPaper } from '../../support/builders.ts';

const SUBJECT = {
  baseUrl: 'https://papers.example.org',
  title: 'Paperboy: The trending edition of every day',
  description: 'One entry a day.',
  pagePath: '/issues',
  feedPath: '/feeds/issues',
};
const ISSUES: FeedIssue[] = [
  {
    editionOn: '2025-03-12',
    dateLong: 'Wednesday, 12 March 2025',
    papers: [
      {
        paper: aListedPaper({
          identifier: '2503.00002',
          title: 'When a < b & "c" ]]> ends',
          titleText: 'When a < b & "c" ]]> ends',
          authors: ['José & Łukasz'],
          abstract: 'We show $x^2$ <script>.',
        }),
        reason: '+41 GitHub stars',
      },
      { paper: aListedPaper({ identifier: '2503.00003', titleText: 'The second' }), reason: null },
    ],
  },
  { editionOn: '2025-03-11', dateLong: 'Tuesday, 11 March 2025', papers: [] },
];
const feed = toIssueFeed(SUBJECT, ISSUES);

test('an issue is one entry with all of its papers, under its address in the archive', () => {
  const [first, second] = feed.entries;
  expect(first).toMatchObject({
    id: 'https://papers.example.org/issues/2025-03-12',
    url: 'https://papers.example.org/issues/2025-03-12',
    title: 'Wednesday, 12 March 2025: When a < b & "c" ]]> ends',
    publishedAt: new Date('2025-03-12T00:00:00Z'),
  });
  expect(first?.html).toContain(
    '<a href="https://papers.example.org/papers/2503.00002">When a &lt; b &amp; ',
  );
  expect(first?.html).toContain('José &amp; Łukasz. +41 GitHub stars');
  expect(first?.html).toContain('/papers/2503.00003">The second</a>');
  expect(first?.html).not.toContain('<script>');
  expect(second?.title).toBe('Tuesday, 11 March 2025');
  expect(feed.updatedAt).toEqual(new Date('2025-03-12T00:00:00Z'));
});

test('every format says the same', async () => {
  const json = parseJsonFeed(writeFeed(feed, 'json'));
  const atom = parseAtomFeed(writeFeed(feed, 'atom'));
  const rss = await new Parser().parseString(writeFeed(feed, 'rss'));
  const titles = feed.entries.map(({ title }) => title);
  expect(json.items?.map(({ title }) => title)).toEqual(titles);
  expect(atom.entries?.map(({ title }) => title?.value)).toEqual(titles);
  expect(rss.items.map(({ title }) => title)).toEqual(titles);
  expect(rss.items[0]?.content).toBe(feed.entries[0]?.html);
  expect(atom.entries?.[0]?.content?.value).toBe(feed.entries[0]?.html);
});

test('an archive without issues is a feed without entries', () => {
  const empty = toIssueFeed(SUBJECT, []);
  expect(JSON.parse(writeFeed(empty, 'json')).items).toEqual([]);
});
