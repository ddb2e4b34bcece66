/**
 * The embedded database as a process of its own: PGlite (Postgres 18 in WebAssembly) behind a loopback socket.
 *
 *     node lib/db/embedded-server.ts DIRECTORY
 *
 * It lives as long as somebody is connected: when the last client has been gone for LINGER_MS it closes the data
 * and ends. So no command has to know who else uses the database, and a killed one leaves nothing running.
 */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { PGlite } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { unaccent } from '@electric-sql/pglite/contrib/unaccent';
import { pg_textsearch } from '@electric-sql/pglite-pg_textsearch';
import { vector } from '@electric-sql/pglite-pgvector';
import { serveWire, type WireServer } from './wire-server.ts';

/** Long enough for one command to follow another without reopening, short enough to stop with the last of them. */
const LINGER_MS = 1_500;
/** A database that nobody came to use within this time was started by a process that died. */
const FIRST_CLIENT_MS = 30_000;

/**
 * What the database may keep of its files in memory, in MB: a thirty-second of what there is for it, since a page that is not
 * there is read through JavaScript. Over 160,000 papers a search takes 15 % less than with Postgres's 128 MB, which is the
 * least; an instance with few papers never fills it.
 */
function sharedBuffersMb(): number {
  // The limit of a container or a service; 0, or beyond all memory, where there is none.
  const limit = process.constrainedMemory() || Number.POSITIVE_INFINITY;
  return Math.min(512, Math.max(128, Math.floor(Math.min(totalmem(), limit) / 32 / 2 ** 20)));
}

/** A new segment of the log is not filled with zeros first, which takes as long as writing it: a tenth of an import. */
const LEAN_WAL = ['-c', 'wal_init_zero=off'];

export const EMBEDDED_EXTENSIONS = { pg_textsearch, pg_trgm, unaccent, vector };

async function main(directory: string): Promise<void> {
  await confirmLock(join(directory, 'database.lock'));
  const dataDirectory = join(directory, 'postgres');
  mkdirSync(dataDirectory, { recursive: true });
  const database = await PGlite.create({
    dataDir: dataDirectory,
    extensions: EMBEDDED_EXTENSIONS,
    startParams: [...PGlite.defaultStartParams, '-c', `shared_buffers=${sharedBuffersMb()}MB`, ...LEAN_WAL],
  });
  const addressFile = join(directory, 'database.json');
  let isClosing = false;
  let timer = setTimeout(close, FIRST_CLIENT_MS);
  const server = await serveAtUsualPort(directory, database, (count) => {
    clearTimeout(timer);
    if (count === 0) timer = setTimeout(close, LINGER_MS);
  });
  writeFileSync(addressFile, `${JSON.stringify({ pid: process.pid, port: server.port })}\n`);

  async function close(): Promise<void> {
    if (isClosing) return;
    isClosing = true;
    clearTimeout(timer);
    // First the address, so that a newcomer waits for the end and opens anew, rather than be cut off.
    rmSync(addressFile, { force: true });
    await server.close();
    await database.close();
    rmSync(join(directory, 'database.lock'), { force: true });
    process.exit(0);
  }
  process.on('SIGTERM', close);
  process.on('SIGINT', close);
}

/** The port of last time where it is free, so that clients of a database that was killed find the next one. */
async function serveAtUsualPort(
  directory: string,
  database: PGlite,
  onClients: (count: number) => void,
): Promise<WireServer> {
  const portFile = join(directory, 'database.port');
  const usual = existsSync(portFile) ? Number(readFileSync(portFile, 'utf8')) : 0;
  const server = await serveWire(database, usual, onClients).catch(() => serveWire(database, 0, onClients));
  writeFileSync(portFile, String(server.port));
  return server;
}

/**
 * Two databases on one folder would destroy it. The starter writes this process's number into the lock file; where
 * another starter got between, the number is not ours and we leave.
 */
async function confirmLock(path: string): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    if (readFileSync(path, 'utf8').split(' ')[0] === String(process.pid)) return;
    await sleep(20);
  }
  throw new Error(`${path} names another process.`);
}

if (import.meta.main) {
  const directory = process.argv[2];
  if (directory === undefined) throw new Error('Usage: embedded-server.ts DIRECTORY');
  await main(directory);
}
