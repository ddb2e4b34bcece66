/**
 * Builds the site into .next, and knows whether that build is of the current sources: by content, since git and copies
 * change times at will.
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { childEnvironment } from '#lib/config/parse.ts';
import { say } from '../command.ts';
import { startChild } from './child-process.ts';

export type BuildOutcome =
  | { readonly kind: 'built' }
  | { readonly kind: 'stopped' }
  /** `reason` includes the output of the build. */
  | { readonly kind: 'failed'; readonly reason: string };

/** Builds the site into .next. A build that was stopped or killed does not count as one. */
export async function buildSite(root: string, signal: AbortSignal): Promise<BuildOutcome> {
  say('Building the site (about half a minute, only after a change) …');
  const hash = hashSources(root);
  markBuilt(root, null);
  const child = startChild(join(root, 'node_modules/next/dist/bin/next'), {
    args: ['build'],
    cwd: root,
    env: childEnvironment({ NODE_ENV: 'production' }),
    show: 'collected',
  });
  const stop = () => void child.stop();
  signal.addEventListener('abort', stop, { once: true });
  const end = await child.ended;
  signal.removeEventListener('abort', stop);
  if (signal.aborted) return { kind: 'stopped' };
  if (!end.hasSucceeded) {
    return { kind: 'failed', reason: `The site could not be built (${end.reason}):\n\n${end.output}` };
  }
  markBuilt(root, hash);
  return { kind: 'built' };
}

/** Everything a build reads. The command line is not part of the site; the generated client depends on the schema only. */
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
  'server/cache-policy.ts',
  'tsconfig.json',
];
const NOT_SOURCES = new Set(['lib/cli', 'lib/db/generated']);

/** Whether .next holds a complete build of the current sources. */
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

/** The hash of the sources that .next was last built from; null if there is no complete build, or one by `next build`. */
function readBuiltHash(root: string): string | null {
  const [hash, buildId] = (readIfThere(stampFile(root)) ?? '').split('\n');
  return hash && buildId === readIfThere(buildIdFile(root)) ? hash : null;
}

/** Called before a build with null and after it with its hash, so that an interrupted build does not count. */
export function markBuilt(root: string, hash: string | null): void {
  if (hash === null) rmSync(stampFile(root), { force: true });
  else writeFileSync(stampFile(root), `${hash}\n${readIfThere(buildIdFile(root)) ?? ''}`);
}

function stampFile(root: string): string {
  return join(root, '.next/paperboy-sources');
}

/** Next's own: different for every build, and written last. */
function buildIdFile(root: string): string {
  return join(root, '.next/BUILD_ID');
}

function readIfThere(path: string): string | null {
  return existsSync(path) ? readFileSync(path, 'utf8') : null;
}
