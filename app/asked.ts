/** The query string of a page that is made without Next's scripts, on its way through the page's path (proxy.ts). */

/** @param query with its question mark, which also makes of an empty one a segment that is not empty */
export function toAsked(query: string): string {
  return Buffer.from(query.startsWith('?') ? query : `?${query}`).toString('base64url');
}

/** Whatever stands there reads as something. */
export function readAsked(segment: string): URLSearchParams {
  return new URLSearchParams(Buffer.from(segment, 'base64url').toString('utf8'));
}
