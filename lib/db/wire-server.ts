/**
 * Serves one embedded PGlite to many Postgres clients over a loopback socket.
 *
 * The package `@electric-sql/pglite-socket` (0.2.17) hands PGlite one protocol *message* at a time, so two clients'
 * Parse/Bind/Execute sequences interleave and answer each other's queries (measured: 1,766 of 3,200 concurrent queries
 * failed and 27 returned another client's row). Here messages are collected into whole exchanges, which take turns
 * (session.ts). A client has to give the password, since every program on this machine can reach a loopback port.
 * Message formats: https://www.postgresql.org/docs/18/protocol-message-formats.html
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer, type Server, type Socket } from 'node:net';
import type { PGlite } from '@electric-sql/pglite';
import {
  changesSession,
  createSession,
  type SessionClient,
  type SessionListener,
  type Turn,
} from './session.ts';

/** The first message of a client that would like TLS; answered before anything else, with one letter. */
export const SSL_REQUEST = 80_877_103;
const GSS_REQUEST = 80_877_104;
const CANCEL_REQUEST = 80_877_102;

/** Messages that end an exchange: Query, Sync, Function call, Copy done, Copy fail; Flush asks for what there is so far. */
const ENDS_EXCHANGE = new Set(['Q', 'S', 'F', 'c', 'f', 'H'].map((letter) => letter.charCodeAt(0)));
const FLUSH = 'H'.charCodeAt(0);
const TERMINATE = 'X'.charCodeAt(0);
const PASSWORD = 'p'.charCodeAt(0);

/** AuthenticationCleartextPassword; the connection never leaves this machine. */
const ASK_PASSWORD = Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 3]);
/** A client that has not given its password by then is cut off. */
const PASSWORD_MS_MAX = 10_000;

/** A larger message is a client gone wrong; it would be copied into 4 GB of WebAssembly memory. */
const MESSAGE_BYTES_MAX = 256 * 1024 * 1024;
/** Postgres's own limit for the first message (MAX_STARTUP_PACKET_LENGTH); what is longer is no Postgres client. */
const START_BYTES_MAX = 10_000;

type Client = SessionClient & {
  readonly socket: Socket;
  /** Bytes received that do not yet make a whole message. */
  pending: Buffer[];
  pendingBytes: number;
  /** Length of the message under way, 0 while unknown. */
  expectedBytes: number;
  /** Whole messages of the exchange that is still being received. */
  exchange: Buffer[];
  changesSession: boolean;
  state: 'new' | 'asked for password' | 'started';
  /** The first message, kept until the password is given. */
  startMessage: Buffer | null;
};

export type WireServer = {
  readonly port: number;
  /** Runs `work` between the turns of clients, while no transaction is open. Rejects with what it throws. */
  between<Result>(work: (database: PGlite) => Promise<Result>): Promise<Result>;
  /** Turns of clients that wait. */
  waiting(): number;
  /** Finishes the exchange under way, rolls back open transactions and closes every connection. */
  close(): Promise<void>;
};

export type WireOptions = SessionListener & {
  /** 0 picks a free one. */
  readonly port: number;
  /** What clients have to give; null lets everybody in. */
  readonly password: string | null;
  /** Hears the number of connections whenever it changes. */
  onClients?(count: number): void;
};

/** Listens on 127.0.0.1. Throws when the port is taken. */
export async function serveWire(
  database: PGlite,
  options: WireOptions = { port: 0, password: null },
): Promise<WireServer> {
  const session = createSession(database, options);
  const clients = new Set<Client>();
  const server = createServer((socket) => {
    const client = createClient(socket);
    clients.add(client);
    options.onClients?.(clients.size);
    socket.setNoDelay(true);
    const entrance = { enqueue: session.enqueue, password: options.password };
    socket.on('data', (chunk) => receive(client, Buffer.from(chunk), entrance));
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      clients.delete(client);
      client.isGone = true;
      session.leave(client);
      options.onClients?.(clients.size);
    });
  });
  await listen(server, options.port);
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The database socket has no port.');
  return {
    port: address.port,
    between: session.between,
    waiting: session.waiting,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      await session.settle();
      for (const client of clients) client.socket.destroy();
      await closed;
      await session.settle();
    },
  };
}

function createClient(socket: Socket): Client {
  const client: Client = {
    socket,
    pending: [],
    pendingBytes: 0,
    expectedBytes: 0,
    exchange: [],
    changesSession: false,
    state: 'new',
    startMessage: null,
    isGone: false,
    write: (bytes) => {
      if (!client.isGone) socket.write(Buffer.from(bytes));
    },
    close: () => socket.destroy(),
  };
  return client;
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
}

type Entrance = { readonly enqueue: (turn: Turn) => void; readonly password: string | null };

/** Cuts the byte stream into messages and hands over each exchange once it is whole. */
function receive(client: Client, chunk: Buffer, entrance: Entrance): void {
  client.pending.push(chunk);
  client.pendingBytes += chunk.length;
  if (client.expectedBytes > client.pendingBytes) return;
  // Joined only when a whole message is there: joining at every chunk would copy a large one quadratically.
  let buffer = client.pending.length === 1 ? chunk : Buffer.concat(client.pending, client.pendingBytes);
  client.expectedBytes = 0;
  for (;;) {
    const bytes = messageBytes(buffer, client.state !== 'new');
    if (bytes === null) break;
    if (bytes < 4 || bytes > (client.state === 'started' ? MESSAGE_BYTES_MAX : START_BYTES_MAX)) {
      client.socket.destroy();
      return;
    }
    if (bytes > buffer.length) {
      client.expectedBytes = bytes;
      break;
    }
    take(client, buffer.subarray(0, bytes), entrance);
    buffer = buffer.subarray(bytes);
  }
  client.pending = buffer.length > 0 ? [buffer] : [];
  client.pendingBytes = buffer.length;
}

/** Length of the message at the head of `buffer`; null while its length is not yet known. */
function messageBytes(buffer: Buffer, hasKind: boolean): number | null {
  if (!hasKind) return buffer.length < 4 ? null : buffer.readInt32BE(0);
  return buffer.length < 5 ? null : 1 + buffer.readInt32BE(1);
}

function take(client: Client, message: Buffer, entrance: Entrance): void {
  if (client.state === 'new') {
    begin(client, message, entrance);
    return;
  }
  if (client.state === 'asked for password') {
    admit(client, message, entrance);
    return;
  }
  const kind = message[0] ?? 0;
  if (kind === TERMINATE) {
    client.socket.end();
    return;
  }
  client.exchange.push(message);
  client.changesSession ||= changesSession(message);
  if (!ENDS_EXCHANGE.has(kind)) return;
  const bytes = client.exchange.length === 1 ? message : Buffer.concat(client.exchange);
  entrance.enqueue({ client, bytes, keepsSession: kind === FLUSH, changesSession: client.changesSession });
  client.exchange = [];
  client.changesSession = false;
}

function begin(client: Client, message: Buffer, entrance: Entrance): void {
  const code = message.length >= 8 ? message.readInt32BE(4) : 0;
  if (code === SSL_REQUEST || code === GSS_REQUEST) {
    client.socket.write('N');
    return;
  }
  if (code === CANCEL_REQUEST) {
    client.socket.end();
    return;
  }
  if (entrance.password === null) {
    start(client, message, entrance);
    return;
  }
  client.state = 'asked for password';
  client.startMessage = message;
  client.socket.write(ASK_PASSWORD);
  const timer = setTimeout(() => {
    if (client.state !== 'started') client.close();
  }, PASSWORD_MS_MAX);
  timer.unref();
}

function admit(client: Client, message: Buffer, entrance: Entrance): void {
  const isRight =
    message[0] === PASSWORD &&
    isSame(message.toString('utf8', 5, message.length - 1), entrance.password ?? '');
  if (isRight && client.startMessage !== null) start(client, client.startMessage, entrance);
  else client.socket.end(wrongPassword());
}

function start(client: Client, message: Buffer, { enqueue }: Entrance): void {
  client.state = 'started';
  client.startMessage = null;
  enqueue({ client, bytes: message, keepsSession: false, changesSession: false });
}

function isSame(given: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}

/** ErrorResponse with SQLSTATE 28P01, invalid_password. */
function wrongPassword(): Buffer {
  const fields = Buffer.from('SFATAL\0VFATAL\0C28P01\0MThe password of the embedded database is wrong.\0\0');
  const head = Buffer.alloc(5);
  head.write('E');
  head.writeInt32BE(fields.length + 4, 1);
  return Buffer.concat([head, fields]);
}
