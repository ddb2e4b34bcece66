/**
 * A page as its readers get it: without the script that Next adds to every document.
 *
 * The pages that are kept have no client components; Next's runtime (134 KB compressed) and the second copy of
 * the page's text in its inline scripts would start only to find nothing to do. Without them a page is half as
 * heavy, and may forbid scripts that are not files of ours: whatever slipped into an abstract could not run.
 */

import { createHash } from 'node:crypto';
import { toAscii } from './ascii.ts';
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

/** Scripts that are data (`type="application/ld+json"`) and scripts of ours outside Next's folder stay. */
export function toPlainHtml(html: string): string {
  const plain = withoutRuntime(html)
    .replace(SCRIPT_PRELOAD, (link) => (link.includes('href="/_next/') ? '' : link))
    .replace(MARK, '')
    .replace(EMPTY_HOLDER, '')
    .replace(HEAD, (head) => head + POLICY);
  return toAscii(plain);
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
