/**
 * A page as its readers get it: without the script that Next adds to every document.
 *
 * The pages that are kept have no client components; Next's runtime (134 KB compressed) and the second copy of
 * the page's text in its inline scripts would start only to find nothing to do. Without them a page is half as
 * heavy, and may forbid scripts that are not files of ours: whatever slipped into an abstract could not run.
 */

import { createHash } from 'node:crypto';
import { EARLY_SCRIPT } from './early-script.ts';

const SCRIPT_END = '</script>';
const SCRIPT_PRELOAD = /<link\b[^>]*\bas="script"[^>]*>/g;
/** For the runtime alone: where React's texts and boundaries begin, and what is left of the holder of metadata. */
const MARK = /<!--(?: |\/?\$[^>]*)-->/g;
const EMPTY_HOLDER = /<div hidden=""><\/div>/g;
const HEAD = /<head>(<meta charSet="utf-8"\/>)?/i;

/** Narrows the server's own policy (next.config.ts) for this document: files of ours, and this one text. */
const EARLY_HASH = createHash('sha256').update(EARLY_SCRIPT).digest('base64');
const POLICY = `<meta http-equiv="Content-Security-Policy" content="script-src 'self' 'sha256-${EARLY_HASH}'"/>`;
const EARLY = `<script>${EARLY_SCRIPT}</script>`;

/** What stands in it is no markup: a character reference would be read as it is written. */
const RAW_TEXT = /<(script|style)\b/g;
const BEYOND_ASCII = /[^\x00-\x7f]+/gu;

/** U+FFFD, as every encoder puts in the place of what is no character. */
const REPLACEMENT = 0xfffd;

/** Scripts that are data (`type="application/ld+json"`) and scripts of ours outside Next's folder stay. */
export function toPlainHtml(html: string): string {
  const plain = withoutRuntime(html)
    .replace(SCRIPT_PRELOAD, (link) => (link.includes('href="/_next/') ? '' : link))
    .replace(MARK, '')
    .replace(EMPTY_HOLDER, '')
    .replace(HEAD, (head) => head + POLICY);
  return toAscii(plain);
}

/**
 * The same page in ASCII. Node keeps such a text in one byte a character and sends it as it is; encoding a page of
 * other characters anew for each reader took a third of the server's time.
 */
function toAscii(html: string): string {
  let ascii = '';
  let done = 0;
  for (const { 0: opening, index, 1: name = '' } of html.matchAll(RAW_TEXT)) {
    if (index < done) continue;
    const end = html.indexOf(`</${name}`, index + opening.length);
    if (end === -1) break;
    ascii += withReferences(html.slice(done, index)) + withEscapes(html.slice(index, end));
    done = end;
  }
  ascii += withReferences(html.slice(done));
  // Pieces of a text that held other characters keep two bytes for each of theirs.
  return Buffer.from(ascii, 'latin1').toString('latin1');
}

function withReferences(html: string): string {
  return html.replace(BEYOND_ASCII, (text) => Array.from(text, (one) => `&#${codeOf(one)};`).join(''));
}

/** Within JSON and the strings of a style sheet, which write a character by its code each in their own way. */
function withEscapes(element: string): string {
  const isStyle = /^<style/i.test(element);
  return element.replace(BEYOND_ASCII, (text) =>
    isStyle
      ? Array.from(text, (one) => `\\${codeOf(one).toString(16)} `).join('')
      : text
          .split('')
          .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
          .join(''),
  );
}

/** Half of a pair alone stands for nothing. */
function codeOf(character: string): number {
  const code = character.codePointAt(0) ?? REPLACEMENT;
  return code >= 0xd800 && code <= 0xdfff ? REPLACEMENT : code;
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
