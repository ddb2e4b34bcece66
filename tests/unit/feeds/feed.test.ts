/** Every format, read back by two libraries and an XML parser that forgives nothing. */
import { parseAtomFeed, parseJsonFeed, parseOpml, parseRssFeed } from 'feedsmith';
import Parser from 'rss-parser';
import { SaxesParser } from 'saxes';
import { expect, test } from 'vitest';
import { type FeedPaper, type FeedSubject, toFeed } from '#lib/feeds/feed.ts';
import { FEED_FORMATS, writeFeed, writeOpml } from '#lib/feeds/feed-format.ts';
import type { ListedPaper } from '#lib/papers/store.ts';
import { aListedPaper } from '../../support/builders.ts';

const SUBJECT: FeedSubject = {
  baseUrl: 'https://papers.example.org',
  title: 'Computation & <Language>',
  description: 'Papers of cs.CL',
  pagePath: '/list/cs.CL',
  feedPath: '/feeds/list/cs.CL',
};

const on = (listedOn: string | null, fields: Partial<ListedPaper>): FeedPaper => ({
  listedOn,
  paper: aListedPaper(fields),
});

const PAPERS = [
  on('2025-03-11', { identifier: '2503.00001', title: 'First of an older day' }),
  on('2025-03-12', {
    identifier: '2503.00002',
    title: 'When $a < b$ & "c" ]]> ends',
    abstract: 'We show $x^2 \\le \\alpha$.\n\nMore at https://example.org/a?b=1&c=2 <b>.',
    authors: ['Ada Lovelace', 'José & Łukasz'],
    categories: ['cs.CL', 'cs.LG'],
    links: [
      { kind: 'repository', url: 'https://github.com/a/b?c="d', origin: 'huggingface' },
      { kind: 'project', url: 'javascript:alert(1)', origin: 'huggingface' },
    ],
    comment: '12 pages, $n$ figures',
  }),
  on('2025-03-12', { identifier: '2503.00002', title: 'The same paper again' }),
  on('2025-03-12', { registry: 'doi', identifier: '10.1000/182', title: 'Of a journal' }),
  on(null, { identifier: '2503.00003', submittedAt: new Date('2025-03-01T12:00:00Z') }),
];
const feed = toFeed(SUBJECT, PAPERS);

const IDS = [
  'https://arxiv.org/abs/2503.00002',
  'https://doi.org/10.1000/182',
  'https://arxiv.org/abs/2503.00001',
  'https://arxiv.org/abs/2503.00003',
];

function expectWellFormed(xml: string): void {
  const parser = new SaxesParser({ xmlns: true });
  parser.on('error', (error) => {
    throw error;
  });
  parser.write(xml).close();
}

test('entries fall by date, each once, under names that do not depend on the instance', () => {
  expect(feed.entries.map(({ id }) => id)).toEqual(IDS);
  expect(
    toFeed({ ...SUBJECT, baseUrl: 'http://localhost:3000' }, PAPERS).entries.map(({ id }) => id),
  ).toEqual(IDS);
  const dates = feed.entries.map(({ publishedAt }) => publishedAt.getTime());
  expect(dates).toEqual(dates.toSorted((a, b) => b - a));
  expect(feed.updatedAt).toEqual(new Date('2025-03-12T00:00:00Z'));
});

test('an abstract is HTML without mathematics or scripts, whole', () => {
  expect(feed.entries[0]?.html).toBe(
    '<p><em>Ada Lovelace, José &amp; Łukasz</em></p><p>We show x² ≤ α.</p>' +
      '<p>More at <a href="https://example.org/a?b=1&amp;c=2">https://example.org/a?b=1&amp;c=2</a> &lt;b&gt;.</p>' +
      '<p>Comment: 12 pages, n figures</p>' +
      '<p><a href="https://papers.example.org/papers/2503.00002">On this site</a> · ' +
      '<a href="https://arxiv.org/abs/2503.00002">arXiv</a> · <a href="https://arxiv.org/pdf/2503.00002">PDF</a> · ' +
      '<a href="https://github.com/a/b?c=&quot;d">Code</a> · ' +
      '<a href="https://papers.example.org/papers/2503.00002.bib">BibTeX</a></p>',
  );
});

test('RSS says the same to both readers', async () => {
  const xml = writeFeed(feed, 'rss');
  expectWellFormed(xml);
  const one = parseRssFeed(xml);
  const other = await new Parser().parseString(xml);
  expect(one.items?.map((item) => item.guid?.value)).toEqual(IDS);
  expect(other.items.map((item) => item.guid)).toEqual(IDS);
  for (const [first, second] of [
    [one.items?.[0]?.title, one.items?.[0]?.description],
    [other.items[0]?.title, other.items[0]?.content],
  ]) {
    expect(first).toBe('When a < b & "c" ]]> ends');
    expect(second).toBe(feed.entries[0]?.html);
  }
  expect(other.link).toBe('https://papers.example.org/list/cs.CL');
  expect(other.items[0]?.link).toBe('https://papers.example.org/papers/2503.00002');
  expect(one.atom?.links?.[0]).toMatchObject({
    href: 'https://papers.example.org/feeds/list/cs.CL.rss',
    rel: 'self',
  });
  expect(one.items?.[0]?.dc?.creators).toEqual(['Ada Lovelace', 'José & Łukasz']);
});

test('Atom says the same to both readers', async () => {
  const xml = writeFeed(feed, 'atom');
  expectWellFormed(xml);
  const one = parseAtomFeed(xml);
  const other = await new Parser().parseString(xml);
  expect(one.entries?.map((entry) => entry.id)).toEqual(IDS);
  expect(other.items.map((item) => item.id)).toEqual(IDS);
  expect(one.entries?.[0]?.title?.value).toBe('When a < b & "c" ]]> ends');
  expect(other.items[0]?.title).toBe('When a < b & "c" ]]> ends');
  expect(other.title).toBe('Computation & <Language>');
  expect(one.entries?.[0]?.content?.value).toBe(feed.entries[0]?.html);
  expect(one.entries?.[0]?.published).toBe('2025-03-12T00:00:00.000Z');
  expect(one.entries?.[0]?.categories?.[0]).toMatchObject({
    term: 'cs.CL',
    label: 'Computation and Language',
  });
});

test('JSON Feed is of version 1.1 and holds the same', () => {
  const json = JSON.parse(writeFeed(feed, 'json'));
  expect(json.version).toBe('https://jsonfeed.org/version/1.1');
  expect(json.feed_url).toBe('https://papers.example.org/feeds/list/cs.CL.json');
  expect(json.items.map((item: { id: string }) => item.id)).toEqual(IDS);
  expect(json.items[0]).toMatchObject({
    title: 'When a < b & "c" ]]> ends',
    content_html: feed.entries[0]?.html,
    authors: [{ name: 'Ada Lovelace' }, { name: 'José & Łukasz' }],
    date_published: '2025-03-12T00:00:00.000Z',
    tags: ['cs.CL', 'cs.LG'],
  });
  expect(parseJsonFeed(json).items).toHaveLength(4);
});

test('a feed of a search keeps its query in its own address', () => {
  const search = toFeed({ ...SUBJECT, feedPath: '/feeds/search', query: 'q=a%26b&sort=new' }, []);
  expect(parseRssFeed(writeFeed(search, 'rss')).atom?.links?.[0]?.href).toBe(
    'https://papers.example.org/feeds/search.rss?q=a%26b&sort=new',
  );
});

test.each([
  '<script>alert(1)</script>',
  ']]><![CDATA[',
  '> <![CDATA[ ]]> </title>',
  '\u0000\u0008\ud800\ufffe‮',
  '&nbsp;&#0;&lol;',
  '',
  '<!--',
  '田中さんにあげて下さい',
])('%j in every field leaves every format well-formed', async (text) => {
  const hostile = toFeed({ ...SUBJECT, title: text, description: text }, [
    on('2025-03-12', { title: text, abstract: text, authors: [text], categories: [text], comment: text }),
  ]);
  for (const format of FEED_FORMATS) {
    const written = writeFeed(hostile, format);
    if (format === 'json') expect(JSON.parse(written).items).toHaveLength(1);
    else {
      expectWellFormed(written);
      expect((await new Parser().parseString(written)).items).toHaveLength(1);
    }
  }
  expect(hostile.entries[0]?.html).not.toMatch(/<script|<!/);
});

test('an OPML of feeds in groups is read back', () => {
  const feeds = [{ title: 'A & B', pageUrl: 'https://x.org/a', feedUrl: 'https://x.org/feeds/a.atom' }];
  const opml = parseOpml(writeOpml('All', [{ title: 'Group', feeds }]));
  expect(opml.body?.outlines?.[0]?.outlines?.[0]).toMatchObject({
    text: 'A & B',
    type: 'rss',
    xmlUrl: 'https://x.org/feeds/a.atom',
    htmlUrl: 'https://x.org/a',
  });
});

test('a feed that waits for its first paper is whole in every format', () => {
  const subject = {
    baseUrl: 'http://papers.test',
    title: 'None',
    description: 'None yet',
    pagePath: '/search?q=x',
  };
  const feed = toFeed({ ...subject, feedPath: '/feeds/search', query: 'q=x' }, []);
  expect(JSON.parse(writeFeed(feed, 'json'))).toMatchObject({
    items: [],
    feed_url: 'http://papers.test/feeds/search.json?q=x',
  });
  for (const format of ['rss', 'atom'] as const) expect(writeFeed(feed, format)).toContain('None');
});
