/**
 * Where the markup of a page's parts waits (static-markup.tsx) until the page around it has been made and takes it in
 * (kept-pages.ts). Both are modules of other bundles in one process, so they meet on globalThis. Where pages go another
 * way, on a host with a cache of its own or in development, nobody opens the shelf, and nothing may be put there.
 */
import { MINUTE_MS } from '#lib/time.ts';

/** In the page in the markup's place, exactly as React writes such an element. */
const PLACE = /<div data-markup="(\d+)"><\/div>/g;

/** A page that has not been made by then was given up. */
const WAIT_MAX_MS = MINUTE_MS;

type Shelf = {
  last: number;
  readonly parts: Map<number, { readonly markup: string; readonly since: number }>;
};

const shared: typeof globalThis & { paperboyMarkupShelf?: Shelf } = globalThis;

/** For whoever puts every page's parts in. */
export function openShelf(): void {
  shared.paperboyMarkupShelf ??= { last: 0, parts: new Map() };
}

/**
 * @param now milliseconds
 * @returns the `data-markup` of the element in the markup's place; null where the shelf is closed
 */
export function shelveMarkup(markup: string, now: number): number | null {
  const shelf = shared.paperboyMarkupShelf;
  if (shelf === undefined) return null;
  for (const [number, { since }] of shelf.parts) {
    if (now - since < WAIT_MAX_MS) break;
    shelf.parts.delete(number);
  }
  shelf.last += 1;
  shelf.parts.set(shelf.last, { markup, since: now });
  return shelf.last;
}

/** @throws Error where a part is gone: better no page than half of one */
export function insertMarkup(html: string): string {
  const parts = shared.paperboyMarkupShelf?.parts;
  return html.replace(PLACE, (place, name: string) => {
    const part = parts?.get(Number(name));
    if (part === undefined) throw new Error(`the page's part ${place} is gone`);
    parts?.delete(Number(name));
    return part.markup;
  });
}
