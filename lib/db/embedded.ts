/**
 * Finds or starts the embedded database of a data folder. The database is a process of its own (embedded-server.ts)
 * that ends itself once nobody is connected, so opening it never needs a counterpart that kills it.
 */
import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readdirSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import {
  handOverLock,
  isHolderRunning,
  readAddress,
  readLock,
  readPassword,
  readPort,
  releaseLock,
  takeLock,
} from './embedded-files.ts';
import { SSL_REQUEST } from './wire-server.ts';

const SERVER_FILE = fileURLToPath(new URL('./embedded-server.ts', import.meta.url));
/** Creating the data folder takes about two seconds, opening it well under one. */
const START_MS_MAX = 60_000;
/** After a kill the log is replayed: 15 MB a second on a busy machine. */
const REPLAYED_BYTES_PER_MS = 15_000;
const POLL_MS = 25;

/** Connection URL of the embedded database under `directory`, started if it was not running. Throws when it does not start. */
export async function openEmbedded(directory: string): Promise<string> {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const limitMs = startMsMax(directory);
  for (let waitedMs = 0; waitedMs < limitMs; waitedMs += POLL_MS) {
    const address = readAddress(directory);
    if (address !== null && (await answers(address.port))) return urlOf(directory, address.port);
    if (takeLock(directory)) await launch(directory, limitMs);
    await sleep(POLL_MS);
  }
  throw new Error(`The embedded database did not start; its log is ${join(directory, 'database.log')}.`);
}

/** The more log there is to replay, the longer a start may take. */
function startMsMax(directory: string): number {
  const folder = join(directory, 'postgres', 'pg_wal');
  try {
    const bytes = readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
    return START_MS_MAX + bytes / REPLAYED_BYTES_PER_MS;
  } catch {
    // Not there before the first start, or changing under a running database.
    return START_MS_MAX;
  }
}

/** Waits until the database of `directory` has ended after its last client left; false when it still runs after `limitMs`. */
export async function embeddedEnded(directory: string, limitMs: number): Promise<boolean> {
  for (let waitedMs = 0; waitedMs < limitMs; waitedMs += POLL_MS) {
    const holder = readLock(directory);
    if (holder === null || !isHolderRunning(holder)) return true;
    await sleep(POLL_MS);
  }
  return false;
}

/** Where the database of `directory` will be once it is open, unless its port is taken by then; null before its first time. */
export function usualUrl(directory: string): string | null {
  const port = readPort(directory);
  return port === null ? null : urlOf(directory, port);
}

function urlOf(directory: string, port: number): string {
  return `postgresql://postgres:${readPassword(directory)}@127.0.0.1:${port}/postgres`;
}

async function launch(directory: string, limitMs: number): Promise<void> {
  const log = openSync(join(directory, 'database.log'), 'a', 0o600);
  // A group of its own: Ctrl-C in the terminal must reach its clients first.
  const child = spawn(process.execPath, [SERVER_FILE, directory], {
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  child.unref();
  let ending: string | null = null;
  child.on('exit', (code, signal) => {
    ending = signal === null ? `code ${code}` : `signal ${signal}`;
  });
  handOverLock(directory, child.pid ?? 0);
  for (let waitedMs = 0; waitedMs < limitMs; waitedMs += POLL_MS) {
    if (readAddress(directory) !== null) return;
    if (ending !== null) {
      releaseLock(directory);
      throw new Error(
        `The embedded database ended with ${ending}; its log is ${join(directory, 'database.log')}.`,
      );
    }
    await sleep(POLL_MS);
  }
}

/** What is killed may still take a connection, and never says a word on it: so it is asked something. */
function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    const question = Buffer.alloc(8);
    question.writeInt32BE(question.length, 0);
    question.writeInt32BE(SSL_REQUEST, 4);
    socket.write(question);
    socket.setTimeout(2_000, () => finish(false));
    socket.once('data', () => finish(true));
    socket.once('error', () => finish(false));
    socket.once('close', () => finish(false));
    function finish(isAnswering: boolean): void {
      socket.destroy();
      resolve(isAnswering);
    }
  });
}
