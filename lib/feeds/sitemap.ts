/** Maps of the site for search engines (https://www.sitemaps.org/protocol.html). */
import { escapeHtml } from '#lib/escape.ts';

export type SitemapEntry = {
  /** Absolute. */
  readonly url: string;
  /** Day, `YYYY-MM-DD`. */
  readonly changedOn: string | null;
};

/** More must not stand in one file. */
export const SITEMAP_ENTRIES_MAX = 50_000;

export function writeSitemap(entries: readonly SitemapEntry[]): string {
  return write('urlset', 'url', entries);
}

/** A map of maps. */
export function writeSitemapIndex(maps: readonly SitemapEntry[]): string {
  return write('sitemapindex', 'sitemap', maps);
}

function write(root: string, element: string, entries: readonly SitemapEntry[]): string {
  const lines = entries.map(({ url, changedOn }) => {
    const changed = changedOn === null ? '' : `<lastmod>${changedOn}</lastmod>`;
    return `<${element}><loc>${escapeHtml(url)}</loc>${changed}</${element}>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>
<${root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${lines.join('\n')}
</${root}>
`;
}
