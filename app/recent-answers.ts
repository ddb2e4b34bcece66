/**
 * Pages as they went out a moment ago, headers, compression and all, for whoever asks next: a shared cache (RFC 9111) in
 * front of Next and in its process (server.ts). Next keeps pages, too (kept-pages.ts), but finds its way to them anew for
 * each request and compresses each anew, which takes several times as long as sending one.
 */
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { createBoundedCache } from '#lib/cache.ts';
import { type Clock, systemClock } from '#lib/clock.ts';
import { isKnownTag } from './conditional-answer.ts';

/** So short that no reader would notice by how much a page is older; under load it still spares Next nearly all. */
const FRESH_MS = 2_000;
const BYTES_MAX = 32_000_000;

export type RecentAnswers = {
  /** Gives a recent answer to this request, or lets `make` give one, and keeps that for the next. */
  answer(request: IncomingMessage, response: ServerResponse, make: () => Promise<void>): Promise<void>;
  /** What is shown has changed: nothing that went out, or is on its way, is as good as new. */
  forget(): void;
};

type Answer = { readonly headers: OutgoingHttpHeaders; readonly body: Buffer; readonly since: number };

export function createRecentAnswers(deps: { clock: Clock }): RecentAnswers {
  const answers = createBoundedCache<Answer>(BYTES_MAX);
  let changes = 0;
  const now = () => deps.clock.now().getTime();

  function keepWhatIsSent(response: ServerResponse, key: string): void {
    const chunks: Buffer[] = [];
    const [since, changesBefore] = [now(), changes];
    const keepChunk = (chunk: unknown) => {
      if (!isSharedPage(response)) return;
      if (typeof chunk === 'string' || chunk instanceof Uint8Array) chunks.push(Buffer.from(chunk));
    };
    const { write, end } = response;
    // What stands between Next and these two, compression above all, has done its work by then.
    response.write = ((...sent: Parameters<typeof write>) => {
      keepChunk(sent[0]);
      return write.apply(response, sent);
    }) as typeof write;
    response.end = ((...sent: Parameters<typeof end>) => {
      keepChunk(sent[0]);
      return end.apply(response, sent);
    }) as typeof end;
    response.once('finish', () => {
      if (changes !== changesBefore || !isSharedPage(response)) return;
      const body = Buffer.concat(chunks);
      answers.put(key, { headers: response.getHeaders(), body, since }, key.length + body.length);
    });
  }

  return {
    async answer(request, response, make) {
      const key = keyOf(request);
      if (key === null) return make();
      const recent = answers.take(key);
      const ageMs = recent === null ? FRESH_MS : now() - recent.since;
      // Not of a time to come: a clock may be set back.
      if (recent !== null && ageMs >= 0 && ageMs < FRESH_MS) return give(request, response, recent, ageMs);
      keepWhatIsSent(response, key);
      return make();
    },
    forget() {
      changes += 1;
      answers.clear();
    },
  };
}

/** Of this process: the pages it keeps and the server that sends them meet here. */
export const recentAnswers = createRecentAnswers({ clock: systemClock });

/** From Next's own scripts, which get parts of pages at the same addresses. */
const FROM_SCRIPTS = /^(?:rsc$|next-|x-nextjs-|x-middleware-|x-prerender-)/;

/** Null where the answer may hang on more than the key. What the pages' `Vary` names is in it, or is from scripts. */
function keyOf({ method, url, headers }: IncomingMessage): string | null {
  if (method !== 'GET' || headers.authorization !== undefined || headers.range !== undefined) return null;
  if (Object.keys(headers).some((name) => FROM_SCRIPTS.test(name))) return null;
  return `${url}\n${headers.accept ?? ''}\n${headers['accept-encoding'] ?? ''}`;
}

/** As Next says it: anybody's, and no older than it should be. */
function isSharedPage(response: ServerResponse): boolean {
  const header = (name: string) => String(response.getHeader(name) ?? '');
  return (
    response.statusCode === 200 &&
    header('content-type').startsWith('text/html') &&
    /\bs-maxage=[1-9]/.test(header('cache-control')) &&
    header('x-nextjs-cache') !== 'STALE' &&
    !response.hasHeader('set-cookie')
  );
}

function give(request: IncomingMessage, response: ServerResponse, answer: Answer, ageMs: number): void {
  const headers: OutgoingHttpHeaders = {
    ...answer.headers,
    age: String(Math.floor(ageMs / 1000)),
    'x-nextjs-cache': 'HIT',
  };
  const { etag } = headers;
  if (typeof etag === 'string' && isKnownTag(request.headers['if-none-match'] ?? '', etag)) {
    delete headers['content-length'];
    response.writeHead(304, headers).end();
  } else {
    response.writeHead(200, { ...headers, 'content-length': answer.body.length }).end(answer.body);
  }
}
