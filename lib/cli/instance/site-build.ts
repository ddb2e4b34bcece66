/** Whether the built site under .next is that of the sources: by content, since git and copies change times at will. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Everything a build reads. Of lib, the command line is no part of the site, and the generated client is the schema's. */
const SOURCES = [
  'app',
  'components',
  'emails',
  'lib',
  'public',
  'prisma/schema.prisma',
  'instrumentation.ts',
  'next.config.ts',
  'package-lock.json',
  'package.json',
  'postcss.config.mjs',
  'proxy.ts',
  'tsconfig.json',
];
const NOT_SOURCES = new Set(['lib/cli', 'lib/db/generated']);

/** Whether .next holds a whole build of the sources as they are. */
export function isBuilt(root: string): boolean {
  return readBuiltHash(root) === hashSources(root);
}

export function hashSources(root: string): string {
  const hash = createHash('sha256');
  for (const source of SOURCES) addToHash(hash, root, source);
  return hash.digest('hex');
}

function addToHash(hash: ReturnType<typeof createHash>, root: string, path: string): void {
  const full = join(root, path);
  if (NOT_SOURCES.has(path) || !existsSync(full)) return;
  const names = listDirectory(full);
  if (names === null) hash.update(`${path}\0`).update(readFileSync(full)).update('\0');
  else for (const name of names) addToHash(hash, root, `${path}/${name}`);
}

/** Sorted names, or null for a file. */
function listDirectory(path: string): string[] | null {
  try {
    return readdirSync(path).sort();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOTDIR') return null;
    throw error;
  }
}

/** The hash of the sources that .next was last built from; null when there is no whole build, or one by other hands. */
function readBuiltHash(root: string): string | null {
  const [hash, buildId] = (readIfThere(stampFile(root)) ?? '').split('\n');
  return hash && buildId === readIfThere(buildIdFile(root)) ? hash : null;
}

/** Before a build null, after it its hash: one that was cut short is then known to be no build. */
export function markBuilt(root: string, hash: string | null): void {
  if (hash === null) rmSync(stampFile(root), { force: true });
  else writeFileSync(stampFile(root), `${hash}\n${readIfThere(buildIdFile(root)) ?? ''}`);
}

function stampFile(root: string): string {
  return join(root, '.next/paperboy-sources');
}

/** Next's own: another one for every build, and written last. */
function buildIdFile(root: string): string {
  return join(root, '.next/BUILD_ID');
}

function readIfThere(path: string): string | null {
  return existsSync(path) ? readFileSync(path, 'utf8') : null;
}
