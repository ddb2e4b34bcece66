/**
 * What stands in it is written as markup at once, and put into the page when the rest of the page is there
 * (kept-pages.ts). Next writes a page in a form for its own script first, reads that, writes HTML from it, and both into
 * the page; of a list of papers that takes ten times as long as to write its HTML, and no page here has that script.
 *
 * For components that are plain functions of what they are given: none that waits, remembers, or runs in the browser.
 */
import { createRequire } from 'node:module';
import type { ReactNode } from 'react';
import { systemClock } from '#lib/clock.ts';
import { toAscii } from './ascii.ts';
import { shelveMarkup } from './markup-shelf.ts';

/** Next refuses an import of it in a page, lest somebody mean to use it in the browser. */
const { renderToStaticMarkup }: typeof import('react-dom/server') = createRequire(import.meta.url)(
  'react-dom/server',
);

export function StaticMarkup({ children }: { children: ReactNode }) {
  // A development server keeps no pages, so nobody would put the markup in.
  if (process.env.NODE_ENV === 'development') return children;
  const place = shelveMarkup(toStaticMarkup(children), systemClock.now().getTime());
  return place === null ? children : <div data-markup={place} />;
}

/** In ASCII. */
export function toStaticMarkup(node: ReactNode): string {
  return toAscii(renderToStaticMarkup(node));
}
