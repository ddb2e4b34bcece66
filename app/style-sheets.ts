/**
 * The site's style sheet in the page itself: 10 KB compressed, which as a file would cost a phone another journey before
 * it can show anything. Next can do that too (`inlineCss`), and then takes the text through every step of making a page.
 */
import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { toAscii } from './ascii.ts';

const STYLE_SHEET = /<link rel="stylesheet" href="\/_next\/(static\/[\w/-]+\.css)"[^>]*>/g;

/** Relative to the file, as Next writes what a style sheet needs. */
const RELATIVE = /url\((\.[^)'"]*)\)/g;

/** Its elements by their paths; a build never changes one of these files. */
const elements = new Map<string, string>();

/** @param folder of Next's build */
export function inlineStyleSheets(html: string, folder: string): string {
  return html.replace(STYLE_SHEET, (_, path: string) => {
    const file = join(folder, path);
    const element = elements.get(file) ?? toElement(readFileSync(file, 'utf8'), `/_next/${path}`);
    elements.set(file, element);
    return element;
  });
}

function toElement(styles: string, path: string): string {
  const absolute = styles.replace(
    RELATIVE,
    (_, relative: string) => `url(${posix.join(posix.dirname(path), relative)})`,
  );
  return toAscii(`<style>${absolute}</style>`);
}
