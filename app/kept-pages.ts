/**
 * Next's cache of rendered pages (`cacheHandler` in next.config.ts): in this process's memory, bounded, and holding
 * pages as plain HTML.
 *
 * Nothing goes to disk: any address can be asked for, and a disk that remembers them all fills up; it would also
 * hand one instance's papers to another that shares its build.
 */
import { systemClock } from '#lib/clock.ts';
import './big-buffers.ts';
import { toPlainHtml } from './plain-html.ts';

/** In characters, of which most take a byte: some 200 days' pages, or 400 papers'. */
const CHARS_MAX = 64_000_000;

/** The part of Next's entry that matters here; the rest is carried along. */
type Page = { kind: string; html?: unknown; rscData?: Uint8Array; segmentData?: Map<string, Uint8Array> };
type Entry = { value: Page | null; lastModified: number; size: number };

/** Pages of the moment (proxy.ts): endless in number, and a search must find the paper that came a moment ago. */
const NOT_KEPT = /\/asked\/[^/]*$/;

/** Oldest use first. Module-wide, since Next makes a handler for every request. */
const entries = new Map<string, Entry>();
let chars = 0;

export default class KeptPages {
  async get(key: string): Promise<Entry | null> {
    const entry = entries.get(key);
    if (entry === undefined) return null;
    entries.delete(key);
    entries.set(key, entry);
    return entry;
  }

  /** Changes `page` itself, which Next goes on to send: the first reader of a page gets what later ones get. */
  async set(key: string, page: Page | null): Promise<void> {
    if (page !== null && page.kind === 'APP_PAGE' && typeof page.html === 'string') {
      page.html = toPlainHtml(page.html);
    }
    if (NOT_KEPT.test(key)) return;
    forget(key);
    const entry = { value: page, lastModified: systemClock.now().getTime(), size: key.length + sizeOf(page) };
    entries.set(key, entry);
    chars += entry.size;
    for (const oldest of entries.keys()) {
      if (chars <= CHARS_MAX) break;
      forget(oldest);
    }
  }

  /** Every page shows papers, and every tag means that those have changed: none is worth keeping. */
  async revalidateTag(): Promise<void> {
    entries.clear();
    chars = 0;
  }

  resetRequestCache(): void {}
}

function forget(key: string): void {
  chars -= entries.get(key)?.size ?? 0;
  entries.delete(key);
}

function sizeOf(page: Page | null): number {
  if (page === null) return 0;
  const segments = [...(page.segmentData ?? [])].reduce(
    (sum, [name, data]) => sum + name.length + data.length,
    0,
  );
  return (typeof page.html === 'string' ? page.html.length : 0) + (page.rscData?.length ?? 0) + segments;
}
