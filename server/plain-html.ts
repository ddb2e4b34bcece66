/**
 * Reading pages as their readers get them: without the scripts that Next adds to every document, and with the style sheet
 * in the page (docs/decisions/001-server-in-front.md has what that buys).
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { EARLY_SCRIPT } from '#app/early-script.ts';

const SCRIPT_END = '</script>';
const SCRIPT_PRELOAD = /<link\b[^>]*\bas="script"[^>]*>/g;
/** Marks of React's runtime: where texts and Suspense boundaries begin, and the empty holder of metadata. */
const MARK = /<!--(?: |\/?\$[^>]*)-->/g;
const EMPTY_HOLDER = /<div hidden=""><\/div>/g;
const STYLE_SHEET = /<link rel="stylesheet" href="\/_next\/(static\/[\w/-]+\.css)"[^>]*>/g;
/** Relative to the file, as Next writes what a style sheet needs. */
const RELATIVE_URL = /url\((\.[^)'"]*)\)/g;

const EARLY = `<script>${EARLY_SCRIPT}</script>`;
const EARLY_HASH = createHash('sha256').update(EARLY_SCRIPT).digest('base64');
const SCRIPT_SOURCES = `script-src 'self' 'sha256-${EARLY_HASH}'`;

/** Narrows Next's policy (next.config.ts): files of ours may run, and the one script in the page, by its hash. */
export function toPlainPolicy(policy: string): string {
  return policy.replace(/script-src[^;]*/, SCRIPT_SOURCES);
}

/** Without the preload of the style sheet, which is in the page: the value of a Link header (RFC 8288). */
export function toPlainLinks(links: string): string {
  return links
    .split(/,\s*(?=<)/)
    .filter((link) => !/;\s*as="?style\b/.test(link))
    .join(', ');
}

/**
 * Scripts that are data (`type="application/ld+json"`) and scripts of ours outside Next's folder stay.
 * @param buildFolder of Next (.next)
 */
export function toPlainHtml(html: string, buildFolder: string): string {
  return withoutRuntime(html)
    .replace(SCRIPT_PRELOAD, (link) => (link.includes('href="/_next/') ? '' : link))
    .replace(MARK, '')
    .replace(EMPTY_HOLDER, '')
    .replace(STYLE_SHEET, (_, path: string) => readStyleElement(buildFolder, path));
}

function withoutRuntime(html: string): string {
  let plain = '';
  let done = 0;
  for (let start = html.indexOf('<script'); start !== -1; start = html.indexOf('<script', done)) {
    const end = html.indexOf(SCRIPT_END, start);
    if (end === -1) break;
    const next = end + SCRIPT_END.length;
    const script = html.slice(start, next);
    plain += html.slice(done, start) + (isOurs(script) ? script : '');
    done = next;
  }
  return plain + html.slice(done);
}

function isOurs(script: string): boolean {
  if (script === EARLY) return true;
  const attributes = script.slice(0, script.indexOf('>'));
  return /\btype="application\//.test(attributes) || /\bsrc="(?!\/_next\/)/.test(attributes);
}

/** `<style>` elements by file; a build never changes one of its files. */
const styleElements = new Map<string, string>();

function readStyleElement(buildFolder: string, path: string): string {
  const file = join(buildFolder, path);
  const element = styleElements.get(file) ?? toStyleElement(readFileSync(file, 'utf8'), `/_next/${path}`);
  styleElements.set(file, element);
  return element;
}

function toStyleElement(styles: string, path: string): string {
  const absolute = styles.replace(
    RELATIVE_URL,
    (_, relative: string) => `url(${posix.join(posix.dirname(path), relative)})`,
  );
  return `<style>${absolute}</style>`;
}
