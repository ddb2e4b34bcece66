/**
 * The embedded database as a process of its own: PGlite (Postgres 18 in WebAssembly) behind a loopback socket.
 *
 *     node lib/db/embedded-server.ts DIRECTORY
 *
 * It lives as long as somebody is connected: when the last client has been gone for LINGER_MS it closes the data
 * and ends. So no command has to know who else uses the database, and a killed one leaves nothing running.
 */
import { chmodSync, mkdirSync, rmSync, writeSync } from 'node:fs';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { PGlite } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { unaccent } from '@electric-sql/pglite/contrib/unaccent';
import { pg_textsearch } from '@electric-sql/pglite-pg_textsearch';
import { vector } from '@electric-sql/pglite-pgvector';
import { DurableFiles, durableParameters } from './durable-files.ts';
import { readLock, readPassword, readPort, recordAddress, recordPort } from './embedded-files.ts';
import { createMaintenance, LOG_PARAMETERS } from './maintenance.ts';
import { startWatchdog } from './watchdog.ts';
import { serveWire, type WireOptions, type WireServer } from './wire-server.ts';

/** Long enough for one command to follow another without reopening, short enough to stop with the last of them. */
const LINGER_MS = 1_500;
/** A database that nobody came to use within this time was started by a process that died. */
const FIRST_CLIENT_MS = 30_000;
/** Between two steps of maintenance. */
const MAINTENANCE_MS = 500;

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
  // Whoever else has an account on this machine has no business with what readers subscribed to.
  process.umask(0o077);
  await confirmLock(directory);
  const dataDirectory = join(directory, 'postgres');
  mkdirSync(dataDirectory, { recursive: true });
  // Postgres makes its files readable by everybody; nobody else gets as far as them.
  chmodSync(dataDirectory, 0o700);
  const watchdog = startWatchdog();
  const files = new DurableFiles(dataDirectory, { onAccess: watchdog.onProgress, onLogFailure: fail });
  watchdog.onTurn(true);
  const database = await PGlite.create({
    fs: files,
    extensions: EMBEDDED_EXTENSIONS,
    startParams: [
      ...durableParameters(PGlite.defaultStartParams),
      ...['-c', `shared_buffers=${sharedBuffersMb()}MB`],
      ...LEAN_WAL,
      ...LOG_PARAMETERS,
    ],
  });
  watchdog.onTurn(false);
  let isClosing = false;
  let timer = setTimeout(close, FIRST_CLIENT_MS);
  let busyMs = 0;
  let turnAt = 0;
  const server = await serveAtUsualPort(directory, database, {
    onClients: (count) => {
      clearTimeout(timer);
      if (count === 0) timer = setTimeout(close, LINGER_MS);
    },
    onTurn: (isRunning) => {
      watchdog.onTurn(isRunning);
      if (isRunning) turnAt = performance.now();
      else busyMs += performance.now() - turnAt;
    },
    onFailure: fail,
  });
  const maintaining = maintain(directory, server, () => busyMs);
  recordAddress(directory, server.port);

  async function close(): Promise<void> {
    if (isClosing) return;
    isClosing = true;
    clearTimeout(timer);
    // First the address, so that a newcomer waits for the end and opens anew, rather than be cut off.
    rmSync(join(directory, 'database.json'), { force: true });
    await maintaining.stop();
    await server.close();
    await database.close();
    rmSync(join(directory, 'database.lock'), { force: true });
    process.exit(0);
  }
  process.on('SIGTERM', close);
  process.on('SIGINT', close);
}

/**
 * Nothing more can be kept (the disk is full, or failed). Ending at once loses nothing that was answered: the next start
 * replays the log up to there. Going on would answer what is not kept.
 */
function fail(error: unknown): never {
  const reason = error instanceof Error ? error.message : String(error);
  writeSync(2, `The embedded database ends, since its log cannot be written: ${reason}\n`);
  process.kill(process.pid, 'SIGKILL');
  throw error;
}

/** Runs the steps of maintenance one after another, until stopped. */
function maintain(directory: string, session: WireServer, busyMs: () => number) {
  const say = (line: string) => {
    writeSync(2, `${line}\n`);
  };
  const maintenance = createMaintenance({ session, directory, busyMs, say, now: () => performance.now() });
  let running = Promise.resolve();
  let isRunning = false;
  const timer = setInterval(() => {
    if (isRunning) return;
    isRunning = true;
    running = maintenance
      .step()
      .catch((error: unknown) => say(`Maintenance of the database failed: ${error}`))
      .finally(() => {
        isRunning = false;
      });
  }, MAINTENANCE_MS);
  return {
    stop: async () => {
      clearInterval(timer);
      await running;
    },
  };
}

/** The port of last time where it is free, so that clients of a database that was killed find the next one. */
async function serveAtUsualPort(
  directory: string,
  database: PGlite,
  options: Omit<WireOptions, 'port' | 'password'>,
): Promise<WireServer> {
  const serveAt = (port: number) =>
    serveWire(database, { ...options, port, password: readPassword(directory) });
  const server = await serveAt(readPort(directory) ?? 0).catch(() => serveAt(0));
  recordPort(directory, server.port);
  return server;
}

/**
 * Two databases on one folder would destroy it. The starter writes this process's number into the lock file; where
 * another starter got between, the number is not ours and we leave.
 */
async function confirmLock(directory: string): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    if (readLock(directory)?.pid === process.pid) return;
    await sleep(20);
  }
  throw new Error(`The lock of ${directory} names another process.`);
}

if (import.meta.main) {
  const directory = process.argv[2];
  if (directory === undefined) throw new Error('Usage: embedded-server.ts DIRECTORY');
  await main(directory);
}
