/**
 * A feed as text: RSS 2.0 (https://www.rssboard.org/rss-specification), Atom 1.0 (RFC 4287) and JSON Feed 1.1
 * (https://www.jsonfeed.org/version/1.1/), written by feedsmith.
 */
import { generateAtomFeed, generateJsonFeed, generateOpml, generateRssFeed } from 'feedsmith';
import type { Feed, FeedEntry } from './feed.ts';

export const FEED_FORMATS = ['rss', 'atom', 'json'] as const;
export type FeedFormat = (typeof FEED_FORMATS)[number];

export const FEED_MEDIA_TYPE: Readonly<Record<FeedFormat, string>> = {
  rss: 'application/rss+xml',
  atom: 'application/atom+xml',
  json: 'application/feed+json',
};

/** How often a feed is worth asking for, in minutes. */
const LIFE_MINUTES = 30;

/** `/feeds/list/cs.CL` + `rss` → `/feeds/list/cs.CL.rss`. */
export function feedPath(
  { feedPath: path, query }: Pick<Feed, 'feedPath' | 'query'>,
  format: FeedFormat,
): string {
  return `${path}.${format}${query === undefined ? '' : `?${query}`}`;
}

export function writeFeed(feed: Feed, format: FeedFormat): string {
  if (format === 'json') return `${JSON.stringify(clean(writeJson(feed)), null, 1)}\n`;
  return tighten(format === 'rss' ? writeRss(clean(feed)) : writeAtom(clean(feed)));
}

/** Controls and lone surrogates, which XML cannot hold at all (https://www.w3.org/TR/xml/#charsets). */
const UNPRINTABLE = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]/g;

/** Every text in `value` made fit for any format. */
function clean<Value>(value: Value): Value {
  if (typeof value === 'string') return value.replace(UNPRINTABLE, '').toWellFormed() as Value;
  if (Array.isArray(value)) return value.map(clean) as Value;
  if (value === null || typeof value !== 'object' || value instanceof Date) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, clean(member)])) as Value;
}

/** The library sets CDATA on lines of its own, and some readers take the white space around for a part of it. */
function tighten(xml: string): string {
  return xml.replace(/>\s+<!\[CDATA\[/g, '><![CDATA[').replace(/\]\]>\s+<\//g, ']]></');
}

function writeRss(feed: Feed): string {
  return generateRssFeed({
    title: feed.title,
    link: feed.baseUrl + feed.pagePath,
    description: feed.description,
    language: 'en',
    lastBuildDate: feed.updatedAt,
    ttl: LIFE_MINUTES,
    generator: 'Paperboy',
    atom: { links: [{ href: feed.baseUrl + feedPath(feed, 'rss'), rel: 'self', type: FEED_MEDIA_TYPE.rss }] },
    items: feed.entries.map((entry) => ({
      title: entry.title,
      link: entry.url,
      guid: { value: entry.id, isPermaLink: false },
      pubDate: entry.publishedAt,
      description: entry.html,
      categories: entry.categories.map(({ term }) => ({ name: term })),
      // RSS's own author is an e-mail address, which we neither have nor would publish.
      dc: { creators: [...entry.authors] },
    })),
  });
}

function writeAtom(feed: Feed): string {
  const self = feed.baseUrl + feedPath(feed, 'atom');
  return generateAtomFeed({
    id: self,
    title: { value: feed.title },
    subtitle: { value: feed.description },
    updated: feed.updatedAt,
    links: [
      { href: self, rel: 'self', type: FEED_MEDIA_TYPE.atom },
      { href: feed.baseUrl + feed.pagePath, rel: 'alternate', type: 'text/html' },
    ],
    // For entries whose authors nobody told us, since each must have one.
    authors: [{ name: 'Paperboy' }],
    generator: { text: 'Paperboy' },
    entries: feed.entries.map((entry) => ({
      id: entry.id,
      title: { value: entry.title, type: 'text' },
      links: [{ href: entry.url, rel: 'alternate', type: 'text/html' }],
      published: entry.publishedAt,
      updated: entry.publishedAt,
      authors: entry.authors.map((name) => ({ name })),
      categories: entry.categories.map(({ term, label }) => ({
        term,
        label,
        scheme: 'http://arxiv.org/schemas/atom',
      })),
      content: { value: entry.html, type: 'html' },
    })),
  });
}

function writeJson(feed: Feed): unknown {
  const json = generateJsonFeed({
    title: feed.title,
    description: feed.description,
    home_page_url: feed.baseUrl + feed.pagePath,
    feed_url: feed.baseUrl + feedPath(feed, 'json'),
    icon: `${feed.baseUrl}/icons/icon-512.png`,
    language: 'en',
    items: feed.entries.map(toJsonItem),
  });
  // A feed that waits for its first paper has items, too: none. The library leaves them out.
  return feed.entries.length === 0 ? { ...(json as object), items: [] } : json;
}

function toJsonItem(entry: FeedEntry) {
  return {
    id: entry.id,
    url: entry.url,
    title: entry.title,
    content_html: entry.html,
    date_published: entry.publishedAt,
    authors: entry.authors.map((name) => ({ name })),
    tags: entry.categories.map(({ term }) => term),
  };
}

/** All feeds in one file, to be taken into a reader at once: OPML 2.0 (http://opml.org/spec2.opml). */

export type FeedGroup = {
  readonly title: string;
  readonly feeds: readonly { readonly title: string; readonly pageUrl: string; readonly feedUrl: string }[];
};

export function writeOpml(title: string, groups: readonly FeedGroup[]): string {
  return generateOpml({
    head: { title },
    body: {
      outlines: groups.map((group) => ({
        text: group.title,
        title: group.title,
        outlines: group.feeds.map((feed) => ({
          text: feed.title,
          title: feed.title,
          type: 'rss',
          xmlUrl: feed.feedUrl,
          htmlUrl: feed.pageUrl,
        })),
      })),
    },
  });
}
