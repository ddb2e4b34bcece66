/**
 * Finds or starts the embedded database of a data folder. The database is a process of its own (embedded-server.ts)
 * that ends itself once nobody is connected, so opening it never needs a counterpart that kills it.
 */
import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { MINUTE_MS } from '#lib/time.ts';
import { processIdentity } from './process-identity.ts';
import { SSL_REQUEST } from './wire-server.ts';

const SERVER_FILE = fileURLToPath(new URL('./embedded-server.ts', import.meta.url));
/** Creating the data folder takes about two seconds, opening it well under one; recovery after a kill a few. */
const START_MS_MAX = MINUTE_MS;
const POLL_MS = 25;

const Address = z.object({ pid: z.number().int().positive(), port: z.number().int().min(1).max(65_535) });
type Address = z.infer<typeof Address>;

/** Connection URL of the embedded database under `directory`, started if it was not running. Throws when it does not start. */
export async function openEmbedded(directory: string): Promise<string> {
  mkdirSync(directory, { recursive: true });
  for (let waitedMs = 0; waitedMs < START_MS_MAX; waitedMs += POLL_MS) {
    const address = readAddress(directory);
    if (address !== null && (await answers(address.port))) return urlOf(address);
    if (takeLock(directory)) await launch(directory);
    await sleep(POLL_MS);
  }
  throw new Error(`The embedded database did not start; its log is ${join(directory, 'database.log')}.`);
}

/** Waits until the database of `directory` has ended after its last client left; false when it still runs after `limitMs`. */
export async function embeddedEnded(directory: string, limitMs: number): Promise<boolean> {
  for (let waitedMs = 0; waitedMs < limitMs; waitedMs += POLL_MS) {
    const holder = lockHolder(directory);
    if (holder === null || !isRunning(holder)) return true;
    await sleep(POLL_MS);
  }
  return false;
}

/** Where the database of `directory` will be once it is open, unless its port is taken by then; null before its first time. */
export function usualUrl(directory: string): string | null {
  const port = Number(readIfThere(join(directory, 'database.port')));
  return port > 0 ? urlOf({ port }) : null;
}

function urlOf({ port }: Pick<Address, 'port'>): string {
  return `postgresql://postgres@127.0.0.1:${port}/postgres`;
}

function readAddress(directory: string): Address | null {
  const text = readIfThere(join(directory, 'database.json'));
  if (text === null || text.trim() === '') return null;
  const parsed = Address.safeParse(JSON.parse(text));
  return parsed.success ? parsed.data : null;
}

/**
 * True when this process may start the database. The lock file is made exclusively and names its holder, first the
 * starter and then the database itself; one whose holder is dead is removed.
 */
function takeLock(directory: string): boolean {
  const path = join(directory, 'database.lock');
  const holder = lockHolder(directory);
  if (holder !== null && !isRunning(holder)) {
    rmSync(path, { force: true });
    rmSync(join(directory, 'database.json'), { force: true });
  }
  try {
    const file = openSync(path, 'wx');
    writeSync(file, toLock(process.pid));
    closeSync(file);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw new Error(`The data folder ${directory} cannot be written; set PAPERBOY_DIR to one that can.`, {
      cause: error,
    });
  }
}

async function launch(directory: string): Promise<void> {
  const log = openSync(join(directory, 'database.log'), 'a');
  // A group of its own: Ctrl-C in the terminal must reach its clients first.
  const child = spawn(process.execPath, [SERVER_FILE, directory], {
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  child.unref();
  let exitCode: number | null = null;
  child.on('exit', (code) => {
    exitCode = code ?? 1;
  });
  const lock = openSync(join(directory, 'database.lock'), 'w');
  writeSync(lock, toLock(child.pid ?? 0));
  closeSync(lock);
  for (let waitedMs = 0; waitedMs < START_MS_MAX; waitedMs += POLL_MS) {
    if (readAddress(directory) !== null) return;
    if (exitCode !== null) {
      rmSync(join(directory, 'database.lock'), { force: true });
      throw new Error(
        `The embedded database ended with code ${exitCode}; its log is ${join(directory, 'database.log')}.`,
      );
    }
    await sleep(POLL_MS);
  }
}

/** `NUMBER IDENTITY` of the process that holds the folder; see processIdentity. */
function toLock(pid: number): string {
  return `${pid} ${processIdentity(pid) ?? ''}`;
}

type Holder = { readonly pid: number; readonly identity: string };

/** Null where nobody holds the folder. */
function lockHolder(directory: string): Holder | null {
  const text = readIfThere(join(directory, 'database.lock'));
  if (text === null) return null;
  const [number = '', ...identity] = text.split(' ');
  const pid = Number(number);
  if (Number.isInteger(pid) && pid > 0) return { pid, identity: identity.join(' ') };
  // An empty file is a holder that has not yet written its number; it is about to.
  return { pid: process.pid, identity: '' };
}

function isRunning({ pid, identity }: Holder): boolean {
  const found = processIdentity(pid);
  return found !== null && (found === identity || found === '' || identity === '');
}

function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH'))
      return null;
    throw error;
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
