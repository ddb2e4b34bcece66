/**
 * The small files by which processes find the embedded database of a data folder:
 *   database.lock      who starts or runs it
 *   database.json      its process and port while it runs
 *   database.port      its port of last time
 *   database.password  what its clients have to give
 * Each names the folder it was written for (device and inode), since a folder that was copied brings them along, and what
 * they say is then true of the original.
 */
import { closeSync, openSync, readFileSync, rmSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { systemRandom } from '#lib/random.ts';
import { processIdentity } from './process-identity.ts';

const PRIVATE = { mode: 0o600 } as const;

const Port = z.number().int().min(1).max(65_535);
const AddressFile = z.object({ folder: z.string(), pid: z.number().int().positive(), port: Port });
const PortFile = z.object({ folder: z.string(), port: Port });
const LockFile = z.object({ folder: z.string(), pid: z.number().int(), identity: z.string() });

/** As versions before 0.2 wrote it. */
const FORMER_LOCK = /^(\d+) (.*)$/;

export type Address = { readonly pid: number; readonly port: number };
export type Lock = { readonly pid: number; readonly identity: string };

function folderIdentity(directory: string): string {
  const { dev, ino } = statSync(directory);
  return `${dev}:${ino}`;
}

/** What `name` holds, where it was written for this folder. */
function readOwn<Content extends { folder: string }>(
  directory: string,
  name: string,
  schema: z.ZodType<Content>,
): Content | null {
  const text = readIfThere(join(directory, name));
  if (text === null) return null;
  const parsed = schema.safeParse(parseJson(text));
  return parsed.success && parsed.data.folder === folderIdentity(directory) ? parsed.data : null;
}

function writeOwn(directory: string, name: string, content: object): void {
  const text = `${JSON.stringify({ folder: folderIdentity(directory), ...content })}\n`;
  writeFileSync(join(directory, name), text, PRIVATE);
}

export function readAddress(directory: string): Address | null {
  return readOwn(directory, 'database.json', AddressFile);
}

/** Says that this process serves the database at `port`. */
export function recordAddress(directory: string, port: number): void {
  writeOwn(directory, 'database.json', { pid: process.pid, port });
}

export function readPort(directory: string): number | null {
  return readOwn(directory, 'database.port', PortFile)?.port ?? null;
}

export function recordPort(directory: string, port: number): void {
  writeOwn(directory, 'database.port', { port });
}

/** Made when first asked for; the same for as long as the folder lives. */
export function readPassword(directory: string): string {
  const path = join(directory, 'database.password');
  const password = readIfThere(path)?.trim();
  if (password) return password;
  try {
    writeFileSync(path, `${systemRandom.token(24)}\n`, { ...PRIVATE, flag: 'wx' });
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
  }
  return readFileSync(path, 'utf8').trim();
}

/**
 * True when this process may start the database. The lock file is made exclusively and names its holder, first the
 * starter and then the database itself; one whose holder is dead, or that came with a copied folder, is removed.
 */
export function takeLock(directory: string): boolean {
  const path = join(directory, 'database.lock');
  const text = readIfThere(path);
  // An empty file is a holder that has not yet written its number; it is about to.
  if (text !== null && text !== '') {
    const holder = readLock(directory);
    if (holder === null || !isHolderRunning(holder)) {
      rmSync(path, { force: true });
      rmSync(join(directory, 'database.json'), { force: true });
    }
  }
  try {
    const file = openSync(path, 'wx', PRIVATE.mode);
    writeSync(file, toLock(directory, process.pid));
    closeSync(file);
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw new Error(`The data folder ${directory} cannot be written; set PAPERBOY_DIR to one that can.`, {
      cause: error,
    });
  }
}

/** Hands a lock that this process holds to `pid`. */
export function handOverLock(directory: string, pid: number): void {
  writeFileSync(join(directory, 'database.lock'), toLock(directory, pid), PRIVATE);
}

export function releaseLock(directory: string): void {
  rmSync(join(directory, 'database.lock'), { force: true });
}

/** Null where nobody holds this folder. */
export function readLock(directory: string): Lock | null {
  const former = FORMER_LOCK.exec(readIfThere(join(directory, 'database.lock')) ?? '');
  if (former !== null) return { pid: Number(former[1]), identity: former[2] ?? '' };
  return readOwn(directory, 'database.lock', LockFile);
}

export function isHolderRunning({ pid, identity }: Lock): boolean {
  const found = processIdentity(pid);
  return found !== null && (found === identity || found === '' || identity === '');
}

function toLock(directory: string, pid: number): string {
  return JSON.stringify({ folder: folderIdentity(directory), pid, identity: processIdentity(pid) ?? '' });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Cut short by a crash, or written by an earlier version.
    return null;
  }
}

function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT') || hasCode(error, 'ESRCH')) return null;
    throw error;
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
