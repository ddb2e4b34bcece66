/** Answers of text for programs: with validators, so that who asks again for what has not changed gets 304 (RFC 9110, 13). */
import { createHash } from 'node:crypto';
import { systemClock } from '#lib/clock.ts';

type Text = {
  readonly body: string;
  /** With its charset. */
  readonly contentType: string;
  /** Also says since when it has been so: for readers that ask by date, as old ones of feeds do. */
  readonly isDated?: boolean;
  readonly filename?: string;
  readonly link?: string;
};

/** How long a cache may answer in our place: as long as pages are kept. */
const FRESH_SECONDS = 60;

/** Any site may read it: there is nothing in it that is not public. */
export function answerText(request: Request, text: Text): Response {
  // Weak, since a proxy may compress: the same words, not the same bytes.
  const etag = `W/"${createHash('sha256').update(text.contentType).update(text.body).digest('base64url').slice(0, 27)}"`;
  const lastModified = text.isDated ? unchangedSince(new URL(request.url), etag) : null;
  const headers = new Headers({
    'Content-Type': text.contentType,
    'Cache-Control': `public, max-age=${FRESH_SECONDS}, stale-while-revalidate=600`,
    'Access-Control-Allow-Origin': '*',
    ETag: etag,
    ...(lastModified && { 'Last-Modified': lastModified.toUTCString() }),
    ...(text.filename !== undefined && { 'Content-Disposition': `inline; filename="${text.filename}"` }),
    ...(text.link !== undefined && { Link: text.link }),
  });
  if (isUnchanged(request, etag, lastModified)) {
    headers.delete('Content-Type');
    headers.delete('Content-Disposition');
    return new Response(null, { status: 304, headers });
  }
  return new Response(text.body, { headers });
}

/** Addresses whose latest tag is remembered; those asked for longest ago are forgotten. */
const REMEMBERED_MAX = 2000;
const remembered = new Map<string, { readonly etag: string; readonly since: Date }>();

/**
 * Since when this process has been giving this answer. Nothing in the database says so: a paper may join an old day.
 * Another process may have given it for longer, but none can have gone on giving an older one for as long.
 */
function unchangedSince(url: URL, etag: string): Date {
  const key = url.pathname + url.search;
  const known = remembered.get(key);
  const entry = known?.etag === etag ? known : { etag, since: systemClock.now() };
  remembered.delete(key);
  remembered.set(key, entry);
  for (const oldest of remembered.keys()) {
    if (remembered.size <= REMEMBERED_MAX) break;
    remembered.delete(oldest);
  }
  return entry.since;
}

export function answerNotFound(sentence: string): Response {
  return new Response(`${sentence}\n`, {
    status: 404,
    headers: {
      'Content-Type': 'text/plain; charset=utf-8',
      'Cache-Control': 'no-store',
      'Access-Control-Allow-Origin': '*',
    },
  });
}

/** The tag decides where one is given; the date only without (RFC 9110, section 13.2.2). */
function isUnchanged(request: Request, etag: string, lastModified: Date | null): boolean {
  const tags = request.headers.get('if-none-match');
  if (tags !== null) return isKnownTag(tags, etag);
  const since = Date.parse(request.headers.get('if-modified-since') ?? '');
  if (lastModified === null || Number.isNaN(since)) return false;
  return Math.floor(lastModified.getTime() / 1000) <= Math.floor(since / 1000);
}

/** Whether a request's `If-None-Match` says that its sender holds the answer of this tag. */
export function isKnownTag(tags: string, etag: string): boolean {
  return tags.trim() === '*' || tags.split(',').some((tag) => opaque(tag) === opaque(etag));
}

function opaque(tag: string): string {
  return tag.trim().replace(/^W\//, '');
}
