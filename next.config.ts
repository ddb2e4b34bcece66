import type { NextConfig } from 'next';
import { sharedPageHeaders } from './server/cache-policy.ts';

/**
 * Next writes the page's data into inline scripts, so they must be allowed where pages are shared and can carry no
 * nonce. Everything else is closed: what runs, loads, frames or receives a form is ours.
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  `script-src 'self' 'unsafe-inline'${process.env.NODE_ENV === 'development' ? " 'unsafe-eval'" : ''}`,
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "object-src 'none'",
].join('; ');

const SECURITY_HEADERS = [
  { key: 'Content-Security-Policy', value: CONTENT_SECURITY_POLICY },
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'Referrer-Policy', value: 'strict-origin-when-cross-origin' },
  {
    key: 'Permissions-Policy',
    value: 'browsing-topics=(), camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  },
];

/** A path that decodes: ASCII, or percent-encoded well-formed UTF-8 (RFC 3629, section 4). */
const TAIL = '%[89abAB][0-9a-fA-F]';
const DECODABLE = [
  '[^%]',
  '%[0-7][0-9a-fA-F]',
  `%(?:[cC][2-9a-fA-F]|[dD][0-9a-fA-F])${TAIL}`,
  `%(?:[eE]0%[abAB][0-9a-fA-F]|[eE][dD]%[89][0-9a-fA-F]|[eE][1-9a-cA-CeEfF]${TAIL})${TAIL}`,
  `%(?:[fF]0%[9abAB][0-9a-fA-F]|[fF]4%8[0-9a-fA-F]|[fF][1-3]${TAIL})${TAIL}${TAIL}`,
].join('|');

/**
 * Other ways to write a paper's address. The page sends those on too, but a page that redirects while it is being made
 * gets its Location header twice from Next, which fetch() joins into one address that does not exist.
 */
const ID = '\\d{4}\\.\\d{4,5}|[a-z-]+(?:\\.[a-zA-Z-]+)?/\\d{7}';
const PAPER_REDIRECTS = [
  { source: `/papers/:prefix(arxiv\\:):id(.+)`, destination: '/papers/:id', permanent: true },
  { source: `/papers/:id(${ID})v:version(\\d{1,3})`, destination: '/papers/:id', permanent: true },
  {
    source: '/papers/:archive([a-z-]+).:class([a-zA-Z-]+)/:number(\\d{7})',
    destination: '/papers/:archive/:number',
    permanent: true,
  },
];

/** Where Hugging Face and arXiv have the same things: their addresses work here with the host swapped. */
const BORROWED_REDIRECTS = [
  {
    source: '/papers',
    has: [{ type: 'query' as const, key: 'date', value: '(?<day>\\d{4}-\\d{2}-\\d{2})' }],
    destination: '/date/:day',
    permanent: true,
  },
  { source: '/papers', destination: '/', permanent: true },
  { source: '/papers/:kind(date|week|month)/:name', destination: '/:kind/:name', permanent: true },
  { source: '/papers/trending', destination: '/trending', permanent: true },
  { source: `/abs/:id(${ID})v:version(\\d{1,3})`, destination: '/papers/:id', permanent: true },
  { source: '/abs/:id(.+)', destination: '/papers/:id', permanent: true },
];

const nextConfig: NextConfig = {
  poweredByHeader: false,
  // `npm test` checks the types of everything; a start need not wait for that again.
  typescript: { ignoreBuildErrors: true },
  // The head of every page comes with the page: not after it, by script.
  htmlLimitedBots: /.*/,
  // There are no pictures to resize, and the resizer would keep what it makes on disk.
  images: { unoptimized: true },
  headers: async () => [{ source: '/:path*', headers: SECURITY_HEADERS }, ...sharedPageHeaders()],
  redirects: async () => [
    { source: '/date/newest', destination: '/', permanent: false },
    ...BORROWED_REDIRECTS,
    ...PAPER_REDIRECTS,
  ],
  rewrites: async () => ({
    beforeFiles: [
      // Next answers a path that it cannot decode with 500; it is simply no page of ours.
      { source: `/((?!(?:${DECODABLE})*$).*)`, destination: '/no-such-page' },
    ],
    afterFiles: [],
    fallback: [],
  }),
};

export default nextConfig;
