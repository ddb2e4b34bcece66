/**
 * Serves one embedded PGlite to many Postgres clients over a loopback socket.
 *
 * PGlite is a single Postgres session. The package `@electric-sql/pglite-socket` (0.2.17) hands it one protocol
 * *message* at a time, so two clients' Parse/Bind/Execute sequences interleave and answer each other's queries
 * (measured: 1,766 of 3,200 concurrent queries failed and 27 returned another client's row). Here the unit is a
 * whole exchange, from the first message to its Sync or Query, and a client keeps the session while its transaction
 * is open. Message framing: https://www.postgresql.org/docs/18/protocol-message-formats.html
 */
import { createServer, type Server, type Socket } from 'node:net';
import type { PGlite } from '@electric-sql/pglite';
import { MINUTE_MS } from '#lib/time.ts';

/** The first message of a client that would like TLS; answered before anything else, with one letter. */
export const SSL_REQUEST = 80_877_103;
const GSS_REQUEST = 80_877_104;
const CANCEL_REQUEST = 80_877_102;

/** Messages that end an exchange: Query, Sync, Function call, Copy done, Copy fail; Flush asks for what there is so far. */
const ENDS_EXCHANGE = new Set(['Q', 'S', 'F', 'c', 'f', 'H'].map((letter) => letter.charCodeAt(0)));
const FLUSH = 'H'.charCodeAt(0);
const TERMINATE = 'X'.charCodeAt(0);
const READY_FOR_QUERY = 'Z'.charCodeAt(0);
/** ReadyForQuery is one letter, a length of 5, and the state. */
const READY_BYTES = 6;

/** A larger message is a client gone wrong; it would be copied into 4 GB of WebAssembly memory. */
const MESSAGE_BYTES_MAX = 256 * 1024 * 1024;
/** Postgres's own limit for the first message (MAX_STARTUP_PACKET_LENGTH); what is longer is no Postgres client. */
const START_BYTES_MAX = 10_000;
/** A client that opens a transaction and falls silent would hold every other client for ever. */
const IDLE_IN_TRANSACTION_MS_MAX = MINUTE_MS;

type Client = {
  readonly socket: Socket;
  /** Bytes received that do not yet make a whole message. */
  pending: Buffer[];
  pendingBytes: number;
  /** Length of the message under way, 0 while unknown. */
  expectedBytes: number;
  /** Whole messages of the exchange that is still being received. */
  exchange: Buffer[];
  hasStarted: boolean;
  isGone: boolean;
};

type Turn = { readonly client: Client; readonly bytes: Buffer; readonly keepsSession: boolean };

export type WireServer = {
  readonly port: number;
  /** Finishes the exchange under way, rolls back open transactions and closes every connection. */
  close(): Promise<void>;
};

/**
 * Listens on 127.0.0.1:`port` (0 picks a free one). Throws when the port is taken.
 * `onClients` hears the number of connections whenever it changes.
 */
export async function serveWire(
  database: PGlite,
  port: number,
  onClients: (count: number) => void = () => {},
): Promise<WireServer> {
  const session = createSession(database);
  const clients = new Set<Client>();
  const server = createServer((socket) => {
    const client: Client = {
      socket,
      pending: [],
      pendingBytes: 0,
      expectedBytes: 0,
      exchange: [],
      hasStarted: false,
      isGone: false,
    };
    clients.add(client);
    onClients(clients.size);
    socket.setNoDelay(true);
    socket.on('data', (chunk) => receive(client, Buffer.from(chunk), session.enqueue));
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      clients.delete(client);
      client.isGone = true;
      session.leave(client);
      onClients(clients.size);
    });
  });
  await listen(server, port);
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The database socket has no port.');
  return {
    port: address.port,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      await session.settle();
      for (const client of clients) client.socket.destroy();
      await closed;
      await session.settle();
    },
  };
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

/** Cuts the byte stream into messages and hands over each exchange once it is whole. */
function receive(client: Client, chunk: Buffer, enqueue: (turn: Turn) => void): void {
  client.pending.push(chunk);
  client.pendingBytes += chunk.length;
  if (client.expectedBytes > client.pendingBytes) return;
  // Joined only when a whole message is there: joining at every chunk would copy a large one quadratically.
  let buffer = client.pending.length === 1 ? chunk : Buffer.concat(client.pending, client.pendingBytes);
  client.expectedBytes = 0;
  for (;;) {
    const bytes = messageBytes(buffer, client.hasStarted);
    if (bytes === null) break;
    if (bytes < 4 || bytes > (client.hasStarted ? MESSAGE_BYTES_MAX : START_BYTES_MAX)) {
      client.socket.destroy();
      return;
    }
    if (bytes > buffer.length) {
      client.expectedBytes = bytes;
      break;
    }
    take(client, buffer.subarray(0, bytes), enqueue);
    buffer = buffer.subarray(bytes);
  }
  client.pending = buffer.length > 0 ? [buffer] : [];
  client.pendingBytes = buffer.length;
}

/** Length of the message at the head of `buffer`; null while its length is not yet known. */
function messageBytes(buffer: Buffer, hasStarted: boolean): number | null {
  if (!hasStarted) return buffer.length < 4 ? null : buffer.readInt32BE(0);
  return buffer.length < 5 ? null : 1 + buffer.readInt32BE(1);
}

function take(client: Client, message: Buffer, enqueue: (turn: Turn) => void): void {
  if (!client.hasStarted) {
    const code = message.length >= 8 ? message.readInt32BE(4) : 0;
    if (code === SSL_REQUEST || code === GSS_REQUEST) {
      client.socket.write('N');
      return;
    }
    if (code === CANCEL_REQUEST) {
      client.socket.end();
      return;
    }
    client.hasStarted = true;
    enqueue({ client, bytes: message, keepsSession: false });
    return;
  }
  const kind = message[0] ?? 0;
  if (kind === TERMINATE) {
    client.socket.end();
    return;
  }
  client.exchange.push(message);
  if (!ENDS_EXCHANGE.has(kind)) return;
  const bytes = client.exchange.length === 1 ? message : Buffer.concat(client.exchange);
  client.exchange = [];
  enqueue({ client, bytes, keepsSession: kind === FLUSH });
}

/** The one Postgres session, taken in turns; `owner` is the client whose transaction is open. */
function createSession(database: PGlite) {
  const turns: Turn[] = [];
  let owner: Client | null = null;
  let ownerTimer: NodeJS.Timeout | undefined;
  let running: Promise<void> | null = null;

  function enqueue(turn: Turn): void {
    turns.push(turn);
    running ??= run().finally(() => {
      running = null;
    });
  }

  function nextTurn(): Turn | undefined {
    if (owner === null) return turns.shift();
    const index = turns.findIndex((turn) => turn.client === owner);
    return index === -1 ? undefined : turns.splice(index, 1)[0];
  }

  async function run(): Promise<void> {
    for (let turn = nextTurn(); turn !== undefined; turn = nextTurn()) {
      if (turn.client.isGone) continue;
      await execute(turn);
    }
  }

  async function execute(turn: Turn): Promise<void> {
    clearTimeout(ownerTimer);
    const { client } = turn;
    let tail = new Uint8Array(0);
    try {
      await database.runExclusive(() =>
        database.execProtocolRawStream(turn.bytes, {
          onRawData: (data) => {
            tail =
              data.length >= READY_BYTES ? data.slice(-READY_BYTES) : joined(tail, data).slice(-READY_BYTES);
            if (!client.isGone) client.socket.write(Buffer.from(data));
          },
        }),
      );
    } catch {
      // PGlite itself failed, not a statement (those answer with ErrorResponse): this client cannot go on.
      client.socket.destroy();
      await rollBack();
      return;
    }
    const holds = turn.keepsSession || transactionStatus(tail) !== 'I';
    if (holds && client.isGone) await rollBack();
    else if (holds) hold(client);
    else owner = null;
  }

  function hold(client: Client): void {
    owner = client;
    ownerTimer = setTimeout(() => client.socket.destroy(), IDLE_IN_TRANSACTION_MS_MAX);
  }

  async function rollBack(): Promise<void> {
    // Outside a transaction ROLLBACK is only a warning.
    await database.exec('ROLLBACK');
    owner = null;
  }

  function leave(client: Client): void {
    if (owner !== client) return;
    clearTimeout(ownerTimer);
    const previous = running ?? Promise.resolve();
    running = previous
      .then(() => (owner === client ? rollBack() : undefined))
      .then(run)
      .finally(() => {
        running = null;
      });
  }

  async function settle(): Promise<void> {
    while (running !== null) await running;
  }

  return { enqueue, leave, settle };
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}

/**
 * 'I' idle, 'T' in a transaction, 'E' in a failed one: what the ReadyForQuery message at the end of an answer says.
 * An answer that does not end with one (a start refused) leaves no transaction behind.
 */
function transactionStatus(tail: Uint8Array): string {
  return tail[0] === READY_FOR_QUERY && tail[4] === 5 ? String.fromCharCode(tail[5] ?? 0) : 'I';
}
