/**
 * Next's cache of rendered pages (`cacheHandler` in next.config.ts): in this process's memory, bounded, and holding
 * pages as plain HTML.
 *
 * Nothing goes to disk: any address can be asked for, and a disk that remembers them all fills up; it would also
 * hand one instance's papers to another that shares its build.
 */
import { join } from 'node:path';
import { createBoundedCache } from '#lib/cache.ts';
import { systemClock } from '#lib/clock.ts';
import './big-buffers.ts';
import { insertMarkup, openShelf } from './markup-shelf.ts';
import { toPlainHtml } from './plain-html.ts';
import { recentAnswers } from './recent-answers.ts';
import { inlineStyleSheets } from './style-sheets.ts';

/** In characters, of which most take a byte: some 200 days' pages, or 400 papers'. */
const CHARS_MAX = 64_000_000;

/** The part of Next's entry that matters here; the rest is carried along. */
type Page = { kind: string; html?: unknown; rscData?: Uint8Array; segmentData?: Map<string, Uint8Array> };
type Entry = { value: Page | null; lastModified: number };

/** Pages of the moment (proxy.ts): one reader's own business. */
const NOT_KEPT = /\/asked\/[^/]*$/;

openShelf();

/** Module-wide, since Next makes a handler for every request. */
const pages = createBoundedCache<Entry>(CHARS_MAX);

export default class KeptPages {
  readonly #buildFolder: string;

  constructor({ serverDistDir = '.next/server' }: { serverDistDir?: string } = {}) {
    this.#buildFolder = join(serverDistDir, '..');
  }

  async get(key: string): Promise<Entry | null> {
    return pages.take(key);
  }

  /** Changes `page` itself, which Next goes on to send: the first reader of a page gets what later ones get. */
  async set(key: string, page: Page | null): Promise<void> {
    if (page !== null && page.kind === 'APP_PAGE' && typeof page.html === 'string') {
      page.html = insertMarkup(inlineStyleSheets(toPlainHtml(page.html), this.#buildFolder));
    }
    const entry = { value: page, lastModified: systemClock.now().getTime() };
    if (!NOT_KEPT.test(key)) pages.put(key, entry, key.length + sizeOf(page));
  }

  /** Every page shows papers, and every tag means that those have changed: none is worth keeping. */
  async revalidateTag(): Promise<void> {
    pages.clear();
    recentAnswers.forget();
  }

  resetRequestCache(): void {}
}

function sizeOf(page: Page | null): number {
  if (page === null) return 0;
  const segments = [...(page.segmentData ?? [])].reduce(
    (sum, [name, data]) => sum + name.length + data.length,
    0,
  );
  return (typeof page.html === 'string' ? page.html.length : 0) + (page.rscData?.length ?? 0) + segments;
}
