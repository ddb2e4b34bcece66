/** Following redirects by hand (RFC 9110 section 15.4), so that each hop can be looked at before it is taken. */

export type Hop = {
  readonly url: URL;
  readonly method: 'GET' | 'POST';
  readonly headers: Headers;
  readonly body: string | null;
};

export const REDIRECTS_MAX = 5;

const REDIRECT_STATUSES = new Set([301, 302, 303, 307, 308]);

/** Headers that may follow a redirect to another origin; all others could be credentials. */
const PUBLIC_HEADERS = new Set([
  'accept',
  'content-type',
  'if-modified-since',
  'if-none-match',
  'user-agent',
]);

/** The request a redirect asks for, why it is not taken, or null when the answer is no redirect. */
export function nextHop(hop: Hop, status: number, location: string | null): Hop | string | null {
  if (!REDIRECT_STATUSES.has(status)) return null;
  const url = location === null ? null : URL.parse(location, hop.url);
  if (url === null) return 'redirect without a readable address';
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return `redirect to the scheme ${url.protocol}`;
  if (hop.url.protocol === 'https:' && url.protocol === 'http:') return 'redirect from https to http';
  const headers = url.origin === hop.url.origin ? hop.headers : withoutCredentials(hop.headers);
  const keepsMethod = status === 307 || status === 308 || (status === 301 && hop.method === 'GET');
  return keepsMethod ? { ...hop, url, headers } : { url, headers, method: 'GET', body: null };
}

function withoutCredentials(headers: Headers): Headers {
  return new Headers([...headers].filter(([name]) => PUBLIC_HEADERS.has(name)));
}
