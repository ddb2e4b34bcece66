/**
 * Where the markup of a page's parts waits (static-markup.tsx) until the page around it has been made and takes it in
 * (kept-pages.ts). Both are modules of other bundles in one process, so they meet on globalThis.
 */

/** In the page in the markup's place, exactly as React writes such an element. */
const PLACE = /<div data-markup="(\d+)"><\/div>/g;

/** A page that has not been made by then was given up. */
const WAIT_MAX_MS = 60_000;

type Shelf = { last: number; parts: Map<number, { markup: string; since: number }> };

const shared: typeof globalThis & { paperboyMarkupShelf?: Shelf } = globalThis;
shared.paperboyMarkupShelf ??= { last: 0, parts: new Map() };
const shelf = shared.paperboyMarkupShelf;

/** @param now milliseconds @returns the `data-markup` of the element in the markup's place */
export function shelveMarkup(markup: string, now: number): number {
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
  return html.replace(PLACE, (place, name: string) => {
    const part = shelf.parts.get(Number(name));
    if (part === undefined) throw new Error(`the page's part ${place} is gone`);
    shelf.parts.delete(Number(name));
    return part.markup;
  });
}
