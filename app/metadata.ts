import type { Metadata } from 'next';
import { FEED_FORMATS, FEED_MEDIA_TYPE, feedPath } from '#lib/feeds/feed-format.ts';

export const SITE_NAME = 'Paperboy';
const DESCRIPTION_CHARS_MAX = 200;

/** What search engines and link previews are told of a page. `path` is its one canonical address. */
export function describePage(page: {
  baseUrl: string;
  path: string;
  title: string;
  description: string;
  type: 'website' | 'article';
  /** The same list as a feed; path without its ending, query without its question mark. */
  feed?: { path: string; query?: string; title: string };
  /** The same in other forms: media type → path. */
  forms?: Readonly<Record<string, string>>;
  /** Path of the picture for link previews, 1200 × 630. */
  image?: { path: string; alt: string };
  /** Of an article: instants in ISO 8601. */
  article?: { publishedTime?: string; modifiedTime?: string; authors?: string[] };
  /** Further `<meta>` tags by name. */
  tags?: Record<string, string | string[]>;
}): Metadata {
  const { title, path, type } = page;
  const description = shorten(page.description);
  return {
    metadataBase: new URL(page.baseUrl),
    title: title === SITE_NAME ? { absolute: title } : title,
    description,
    alternates: { canonical: path, types: { ...page.forms, ...(page.feed && feedTypes(page.feed)) } },
    ...(page.tags && { other: page.tags }),
    openGraph: {
      title,
      description,
      type,
      url: path,
      siteName: SITE_NAME,
      locale: 'en_GB',
      ...page.article,
      ...(page.image && {
        images: [{ url: page.image.path, alt: page.image.alt, type: 'image/png', width: 1200, height: 630 }],
      }),
    },
    twitter: { card: page.image ? 'summary_large_image' : 'summary' },
  };
}

function feedTypes({ title, path, ...query }: { path: string; query?: string; title: string }) {
  const types = FEED_FORMATS.map((format) => [
    FEED_MEDIA_TYPE[format],
    [{ url: feedPath({ feedPath: path, ...query }, format), title }],
  ]);
  return Object.fromEntries(types);
}

/** Cut at a word, so that what previews show does not end within one. */
function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  if (line.length <= DESCRIPTION_CHARS_MAX) return line;
  const cut = line.slice(0, DESCRIPTION_CHARS_MAX);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), 1))}…`;
}
