/** The HTTP server in front of Next: from the page cache, rendered and stored, or streamed through. */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  request as askInner,
  createServer,
  type IncomingMessage,
  type OutgoingHttpHeader,
  type OutgoingHttpHeaders,
  type Server,
  type ServerResponse,
} from 'node:http';
import { duplexPair } from 'node:stream';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { brotliCompress, constants, createGzip, gzip } from 'node:zlib';
import type { Clock } from '#lib/clock.ts';
import { policyOf } from './cache-policy.ts';
import { createPageCache, type PageResponse } from './page-cache.ts';
import { toPlainHtml, toPlainLinks, toPlainPolicy } from './plain-html.ts';

/** By this header the application says that papers changed (app/api/_http/papers-changed.ts). */
const PAPERS_CHANGED = 'x-papers-changed';
/** From Next's own scripts, which get parts of pages at the same addresses. */
const FROM_SCRIPTS = /^(?:rsc$|next-|x-nextjs-|x-middleware-|x-prerender-)/;
/** Headers that belong to one connection (RFC 9110, section 7.6.1), and those that are answered here. */
const HOP_BY_HOP = ['connection', 'keep-alive', 'transfer-encoding', 'upgrade', 'te', 'expect'];
/** A page's own word for its status, as proxies for crawlers read it: Next has no way to set it on a page with content. */
const STATUS = /<meta name="prerender-status-code" content="(\d{3})"\/>/;
const COMPRESSIBLE =
  /^(?:text\/|image\/svg|application\/(?:[\w.+-]*(?:json|xml)|javascript|x-(?:bibtex|research)))/;
const COMPRESSED_BYTES_MIN = 1024;
/** A page for many readers is worth more time than one that a single reader waits for. */
const toBrotli = promisify(brotliCompress);
const toGzip = promisify(gzip);
const LEVEL = { shared: { br: 5, gzip: 7 }, private: { br: 2, gzip: 2 } };

type Encoding = 'br' | 'gzip' | 'identity';
type Deps = {
  /** Next's server. It listens nowhere and is handed connections. */
  readonly inner: Server;
  readonly ready: Promise<unknown>;
  readonly clock: Clock;
  readonly buildFolder: string;
};

export function createFrontServer({ inner, ready, clock, buildFolder }: Deps): Server {
  const cache = createPageCache({ clock });

  async function ask(request: IncomingMessage, method: string, signal: AbortSignal, without: string[] = []) {
    const headers: OutgoingHttpHeaders = { ...request.headers, 'accept-encoding': 'identity' };
    headers['x-forwarded-for'] ??= request.socket.remoteAddress;
    for (const name of [...HOP_BY_HOP, ...without]) delete headers[name];
    const createConnection = () => {
      const [near, far] = duplexPair();
      // A reader who leaves closes one end, and Next stops at the other.
      near.once('close', () => far.destroy());
      inner.emit('connection', far);
      return near;
    };
    const asked = askInner({ method, path: request.url, headers, signal, createConnection });
    const [[response]] = await Promise.all([once(asked, 'response'), pipeline(request, asked)]);
    return response as IncomingMessage;
  }

  async function render(
    request: IncomingMessage,
    encoding: Encoding,
    signal: AbortSignal,
  ): Promise<PageResponse> {
    const response = await ask(request, 'GET', signal, ['if-none-match', 'if-modified-since']);
    const headers = headersOf(response);
    const content = await text(response);
    const [, seconds] = /\bs-maxage=([1-9]\d*)/.exec(response.headers['cache-control'] ?? '') ?? [];
    const sharedSeconds = seconds === undefined || headers['set-cookie'] ? null : Number(seconds);
    const status = Number(STATUS.exec(content)?.[1] ?? response.statusCode);
    // A page that failed is filled in by Next's runtime.
    const isPlain = isHtml(response) && status < 500;
    const html = isPlain ? toPlainHtml(content, buildFolder) : content;
    if (isPlain) {
      headers['content-security-policy'] = toPlainPolicy(`${headers['content-security-policy']}`);
      if (headers.link) headers.link = toPlainLinks(`${headers.link}`);
    }
    if (sharedSeconds !== null && status === 200)
      headers.etag ??= `W/"${createHash('sha256').update(html).digest('base64url').slice(0, 27)}"`;
    if (request.url?.startsWith('/papers/')) addVary(headers, 'Accept');
    addVary(headers, 'Accept-Encoding');
    const body = await compress(
      Buffer.from(html),
      encoding,
      LEVEL[sharedSeconds === null ? 'private' : 'shared'],
    );
    if (encoding !== 'identity') headers['content-encoding'] = encoding;
    return { status, headers, body, sharedSeconds };
  }

  async function stream(request: IncomingMessage, response: ServerResponse, signal: AbortSignal) {
    const answer = await ask(request, request.method ?? 'GET', signal);
    const headers = headersOf(answer);
    if (headers[PAPERS_CHANGED] !== undefined) cache.clear();
    delete headers[PAPERS_CHANGED];
    const status = isHtml(answer) ? await statusOf(answer) : (answer.statusCode ?? 500);
    const isCompressible =
      COMPRESSIBLE.test(answer.headers['content-type'] ?? '') && !headers['content-encoding'];
    if (isCompressible) addVary(headers, 'Accept-Encoding');
    const length = Number(answer.headers['content-length'] ?? COMPRESSED_BYTES_MIN);
    const isGzipped = isCompressible && length >= COMPRESSED_BYTES_MIN && encodingOf(request) !== 'identity';
    if (!isGzipped) {
      if (answer.headers['content-length'] !== undefined)
        headers['content-length'] = answer.headers['content-length'];
      response.writeHead(status, headers);
      return pipeline(answer, response);
    }
    // Compressed, it is the same only in meaning (RFC 9110, section 8.8.1).
    if (headers.etag) headers.etag = `${headers.etag}`.replace(/^(?!W\/)/, 'W/');
    response.writeHead(status, { ...headers, 'content-encoding': 'gzip' });
    const isEmpty = request.method === 'HEAD' || status === 204 || status === 304;
    if (isEmpty) return pipeline(answer, response);
    return pipeline(answer, createGzip({ level: 4, flush: constants.Z_SYNC_FLUSH }), response);
  }

  async function answer(request: IncomingMessage, response: ServerResponse, signal: AbortSignal) {
    const { method, url = '/', headers } = request;
    const isWhole = (method === 'GET' || method === 'HEAD') && !headers.authorization && !headers.range;
    const policy = policyOf(url);
    if (!isWhole || !policy.isReadingPage || Object.keys(headers).some((name) => FROM_SCRIPTS.test(name)))
      return stream(request, response, signal);
    const encoding = encodingOf(request);
    const make = (reader: AbortSignal) => render(request, encoding, reader);
    const key = `${url}\n${headers.accept ?? ''}\n${encoding}`;
    const [page, ageSeconds] = policy.isShared
      ? await cache.serve(key, signal, make)
      : [await make(signal), null];
    send(request, response, page, ageSeconds);
  }

  return createServer(async (request, response) => {
    const reader = new AbortController();
    response.once('close', () => reader.abort());
    try {
      await ready;
      await answer(request, response, reader.signal);
    } catch (error) {
      if (reader.signal.aborted) return;
      console.error(`The answer to ${request.method} ${request.url} failed:`, error);
      if (response.headersSent) response.destroy();
      else response.writeHead(500, { 'content-type': 'text/plain' }).end('Internal Server Error');
    }
  });
}

function send(
  request: IncomingMessage,
  response: ServerResponse,
  page: PageResponse,
  ageSeconds: number | null,
) {
  const headers: Record<string, OutgoingHttpHeader> = { ...page.headers };
  if (page.sharedSeconds !== null)
    headers['cache-status'] = `paperboy; ${ageSeconds === null ? 'fwd=miss' : 'hit'}`;
  if (ageSeconds !== null) headers.age = ageSeconds;
  if (page.headers.etag !== undefined && isKnown(request, `${page.headers.etag}`)) {
    response.writeHead(304, headers).end();
    return;
  }
  headers['content-length'] = page.body.length;
  response.writeHead(page.status, headers).end(request.method === 'HEAD' ? undefined : page.body);
}

function isKnown(request: IncomingMessage, etag: string): boolean {
  const opaque = (tag: string) => tag.trim().replace(/^W\//, '');
  const tags = request.headers['if-none-match'] ?? '';
  return tags.trim() === '*' || tags.split(',').some((tag) => opaque(tag) === opaque(etag));
}

/** Of a document that Next streams: as its head says it. */
async function statusOf(answer: IncomingMessage): Promise<number> {
  await once(answer, 'readable');
  const head: Buffer | null = answer.read();
  if (head !== null) answer.unshift(head);
  return Number(STATUS.exec(`${head ?? ''}`)?.[1] ?? answer.statusCode);
}

function headersOf(answer: IncomingMessage): Record<string, string | string[]> {
  const headers: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(answer.headers))
    if (value !== undefined && name !== 'content-length' && !HOP_BY_HOP.includes(name)) headers[name] = value;
  return headers;
}

function addVary(headers: Record<string, string | string[]>, name: string): void {
  const vary = headers.vary ? `${headers.vary}` : '';
  if (!new RegExp(`(?:^|[, ])${name}(?:,|$)`, 'i').test(vary))
    headers.vary = vary ? `${name}, ${vary}` : name;
}

function isHtml(answer: IncomingMessage): boolean {
  return answer.headers['content-type']?.startsWith('text/html') ?? false;
}

function encodingOf({ headers }: IncomingMessage): Encoding {
  const accepted = `${headers['accept-encoding'] ?? ''}`;
  const accepts = (name: string) =>
    new RegExp(`\\b${name}\\b(?!\\s*;\\s*q=0(?:\\.0*)?(?:\\s*,|\\s*$))`).test(accepted);
  return accepts('br') ? 'br' : accepts('gzip') ? 'gzip' : 'identity';
}

async function compress(
  body: Buffer,
  encoding: Encoding,
  level: { br: number; gzip: number },
): Promise<Buffer> {
  if (encoding === 'gzip') return toGzip(body, { level: level.gzip });
  if (encoding === 'identity') return body;
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: level.br,
    [constants.BROTLI_PARAM_SIZE_HINT]: body.length,
  };
  return toBrotli(body, { params });
}
