/** Answers of text for programs: with validators, so that who asks again for what has not changed gets 304 (RFC 9110, 13). */
import { createHash } from 'node:crypto';

type Text = {
  readonly body: string;
  /** With its charset. */
  readonly contentType: string;
  /** When what it tells last changed; absent where nobody knows. */
  readonly lastModified?: Date | null;
  readonly filename?: string;
  readonly link?: string;
};

/** How long a cache may answer in our place: as long as pages are kept. */
const FRESH_SECONDS = 60;

/** Any site may read it: there is nothing in it that is not public. */
export function answerText(request: Request, text: Text): Response {
  // Weak, since a proxy may compress: the same words, not the same bytes.
  const etag = `W/"${createHash('sha256').update(text.contentType).update(text.body).digest('base64url').slice(0, 27)}"`;
  const headers = new Headers({
    'Content-Type': text.contentType,
    'Cache-Control': `public, max-age=${FRESH_SECONDS}, stale-while-revalidate=600`,
    'Access-Control-Allow-Origin': '*',
    ETag: etag,
    ...(text.lastModified && { 'Last-Modified': text.lastModified.toUTCString() }),
    ...(text.filename !== undefined && { 'Content-Disposition': `inline; filename="${text.filename}"` }),
    ...(text.link !== undefined && { Link: text.link }),
  });
  if (isUnchanged(request, etag, text.lastModified ?? null)) {
    headers.delete('Content-Type');
    headers.delete('Content-Disposition');
    return new Response(null, { status: 304, headers });
  }
  return new Response(text.body, { headers });
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
  if (tags !== null)
    return tags.trim() === '*' || tags.split(',').some((tag) => opaque(tag) === opaque(etag));
  const since = Date.parse(request.headers.get('if-modified-since') ?? '');
  if (lastModified === null || Number.isNaN(since)) return false;
  return Math.floor(lastModified.getTime() / 1000) <= Math.floor(since / 1000);
}

/** Whether the request says that its sender holds the answer of this tag. */
export function isKnownTag(request: Request, etag: string): boolean {
  const tags = request.headers.get('if-none-match') ?? '';
  return tags.trim() === '*' || tags.split(',').some((tag) => opaque(tag) === opaque(etag));
}

function opaque(tag: string): string {
  return tag.trim().replace(/^W\//, '');
}
