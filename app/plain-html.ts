/**
 * A page as its readers get it: without the script that Next adds to every document.
 *
 * The pages that are kept have no client components; Next's runtime (134 KB compressed) and the second copy of
 * the page's text in its inline scripts would start only to find nothing to do. Without them a page is half as
 * heavy, and may forbid scripts that are not files of ours: whatever slipped into an abstract could not run.
 */

const SCRIPT = /<script\b([^>]*)>[^<]*(?:<(?!\/script>)[^<]*)*<\/script>/g;
const SCRIPT_PRELOAD = /<link\b[^>]*\bas="script"[^>]*>/g;
/** For the runtime alone: where React's texts and boundaries begin, and what is left of the holder of metadata. */
const MARK = /<!--(?: |\/?\$[^>]*)-->/g;
const EMPTY_HOLDER = /<div hidden=""><\/div>/g;
const HEAD = /<head>(<meta charSet="utf-8"\/>)?/i;

/** Narrows the server's own policy (next.config.ts) for this document. */
const POLICY = `<meta http-equiv="Content-Security-Policy" content="script-src 'self'"/>`;

/** Scripts that are data (`type="application/ld+json"`) and scripts of ours outside Next's folder stay. */
export function toPlainHtml(html: string): string {
  return html
    .replace(SCRIPT, (script, attributes: string) => (isOurs(attributes) ? script : ''))
    .replace(SCRIPT_PRELOAD, (link) => (link.includes('href="/_next/') ? '' : link))
    .replace(MARK, '')
    .replace(EMPTY_HOLDER, '')
    .replace(HEAD, (head) => head + POLICY);
}

function isOurs(attributes: string): boolean {
  return /\btype="application\//.test(attributes) || /\bsrc="(?!\/_next\/)/.test(attributes);
}
