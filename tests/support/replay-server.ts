/**
 * A remote source on loopback: serves recorded bodies and misbehaves on command, over real HTTP, so that what is
 * tested is the code that runs. Keeps every request with its time.
 */
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { gzipSync } from 'node:zlib';

export type ReplayedRequest = {
  readonly method: string;
  /** Path and query as asked for. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
  /** Milliseconds since the process began. */
  readonly receivedMs: number;
};

/** An answer, or a way of failing to give one. */
export type Reply =
  | {
      readonly kind: 'answer';
      readonly status?: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string | Uint8Array;
      readonly isGzipped?: boolean;
    }
  /** The body in pieces with a pause after each. */
  | { readonly kind: 'drip'; readonly body: string; readonly pieceBytes: number; readonly everyMs: number }
  /** A beginning of a body, then nothing, on an open connection. */
  | { readonly kind: 'stall'; readonly body: string }
  /** Not even headers. */
  | { readonly kind: 'silence' }
  /** Half of what the headers promise, then the connection breaks. */
  | { readonly kind: 'cut'; readonly body: string }
  /** A body without end, until the client leaves. */
  | { readonly kind: 'flood'; readonly piece: string };

export type Route = (request: ReplayedRequest) => Reply;

export type ReplayServer = {
  readonly url: string;
  readonly requests: readonly ReplayedRequest[];
  /** Body bytes handed to the network by floods. */
  floodedBytes(): number;
  close(): Promise<void>;
};

/** Ends a flood whose client never leaves. */
const FLOOD_BYTES_MAX = 256 * 1024 * 1024;

export const json = (value: unknown, headers: Record<string, string> = {}): Reply => ({
  kind: 'answer',
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(value),
});

export const status = (code: number, headers: Record<string, string> = {}): Reply => ({
  kind: 'answer',
  status: code,
  headers,
});

/** Each reply once, in order; the last one for ever. */
export function inTurn(...replies: readonly Reply[]): Route {
  let turn = 0;
  return () => {
    const reply = replies[Math.min(turn, replies.length - 1)];
    turn += 1;
    if (reply === undefined) throw new Error('inTurn needs a reply');
    return reply;
  };
}

/**
 * `GET /api/daily_papers` as the Hub answers it, from recorded bodies by day: an array in pages, a body that is
 * no array as it is on its first page, and an empty list for a day without a body.
 */
export function dailyPapers(bodyOf: (day: string) => string | null): Route {
  return ({ path, query }) => {
    if (!path.startsWith('/api/daily_papers')) return status(404);
    const limit = Number(query.get('limit') ?? 50);
    const page = Number(query.get('p') ?? 0);
    const body = bodyOf(query.get('date') ?? '');
    const entries = body === null ? [] : parseArray(body);
    const headers = { 'content-type': 'application/json; charset=utf-8' };
    if (entries === null) return { kind: 'answer', headers, body: page === 0 ? (body ?? '') : '[]' };
    return json(entries.slice(page * limit, (page + 1) * limit), headers);
  };
}

/** Bodies of a folder's files `YYYY-MM-DD.json`. */
export function bodiesOf(folder: string): (day: string) => string | null {
  return (day) => {
    try {
      return readFileSync(join(folder, `${day}.json`), 'utf8');
    } catch {
      return null;
    }
  };
}

function parseArray(body: string): unknown[] | null {
  try {
    const value: unknown = JSON.parse(body);
    return Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}

export async function startReplayServer(route: Route): Promise<ReplayServer> {
  const requests: ReplayedRequest[] = [];
  const flooded = { bytes: 0 };
  const server = createServer(async (incoming, response) => {
    const url = new URL(incoming.url ?? '/', 'http://replay');
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const request = {
      method: incoming.method ?? '',
      path: `${url.pathname}${url.search}`,
      query: url.searchParams,
      headers: incoming.headers,
      body: Buffer.concat(chunks).toString('utf8'),
      receivedMs: performance.now(),
    };
    requests.push(request);
    await send(response, route(request), flooded);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    floodedBytes: () => flooded.bytes,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function send(response: ServerResponse, reply: Reply, flooded: { bytes: number }): Promise<void> {
  switch (reply.kind) {
    case 'answer':
      return sendAnswer(response, reply);
    case 'drip':
      return sendDrip(response, reply);
    case 'stall':
      response.writeHead(200, { 'content-length': Buffer.byteLength(reply.body) + 1 });
      response.write(reply.body);
      return;
    case 'silence':
      return;
    case 'cut':
      response.writeHead(200, { 'content-length': Buffer.byteLength(reply.body) });
      response.write(reply.body.slice(0, reply.body.length / 2), () => response.destroy());
      return;
    case 'flood':
      return sendFlood(response, reply.piece, flooded);
  }
}

function sendAnswer(response: ServerResponse, reply: Extract<Reply, { kind: 'answer' }>): void {
  const body = Buffer.from(reply.body ?? '');
  const sent = reply.isGzipped === true ? gzipSync(body) : body;
  const encoding = reply.isGzipped === true ? { 'content-encoding': 'gzip' } : {};
  response.writeHead(reply.status ?? 200, { ...reply.headers, ...encoding });
  response.end(sent);
}

async function sendDrip(response: ServerResponse, reply: Extract<Reply, { kind: 'drip' }>): Promise<void> {
  const body = Buffer.from(reply.body);
  response.writeHead(200, { 'content-length': body.length });
  for (let at = 0; at < body.length && !response.destroyed; at += reply.pieceBytes) {
    response.write(body.subarray(at, at + reply.pieceBytes));
    await new Promise((resolve) => setTimeout(resolve, reply.everyMs));
  }
  response.end();
}

async function sendFlood(response: ServerResponse, piece: string, flooded: { bytes: number }): Promise<void> {
  function* pieces() {
    for (; flooded.bytes < FLOOD_BYTES_MAX; flooded.bytes += piece.length) yield piece;
  }
  response.writeHead(200);
  // The client leaving is what the flood is for.
  await pipeline(Readable.from(pieces()), response).catch(() => undefined);
}
