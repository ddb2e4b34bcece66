/**
 * `instance.json` in the data folder names the running `paperboy serve`, so that other commands find it and a second one
 * does not start. Only its owner can read it: the secret allows its holder to refresh the pages.
 */
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { processIdentity } from '#lib/db/process-identity.ts';
import type { Random } from '#lib/random.ts';

const Instance = z.object({
  pid: z.number().int().positive(),
  /** See lib/db/process-identity.ts. */
  identity: z.string(),
  /** Null until it serves. */
  url: z.string().nullable(),
  secret: z.string(),
});
export type Instance = Readonly<z.infer<typeof Instance>>;

function instanceFile(dataDirectory: string): string {
  return join(dataDirectory, 'instance.json');
}

/** The instance that runs on this folder; null if none does, even if a killed one left its file. */
export function findInstance(dataDirectory: string): Instance | null {
  const instance = readInstance(dataDirectory);
  return instance !== null && processIdentity(instance.pid) === instance.identity ? instance : null;
}

function readInstance(dataDirectory: string): Instance | null {
  try {
    return Instance.parse(JSON.parse(readFileSync(instanceFile(dataDirectory), 'utf8')));
  } catch {
    // Missing, or truncated by a crash: no instance runs on it either way.
    return null;
  }
}

export type ClaimOutcome =
  | { readonly kind: 'running'; readonly instance: Instance }
  | { readonly kind: 'claimed'; readonly claim: Claim };

export type Claim = {
  readonly secret: string;
  /** Writes where this instance serves, for other commands. */
  publish(url: string): void;
  release(): void;
};

/** Longer than another starting process takes between reading the file and writing it. */
const SETTLE_MS = 50;

/** Makes this process the one instance of a data folder. Of several that start at the same time, one succeeds. */
export async function claimInstance(
  deps: { random: Pick<Random, 'token'> },
  dataDirectory: string,
): Promise<ClaimOutcome> {
  mkdirSync(dataDirectory, { recursive: true });
  const running = findInstance(dataDirectory);
  if (running !== null) return { kind: 'running', instance: running };

  const own: Instance = {
    pid: process.pid,
    identity: processIdentity(process.pid) ?? '',
    url: null,
    secret: deps.random.token(24),
  };
  write(dataDirectory, own);
  await sleep(SETTLE_MS);
  const winner = findInstance(dataDirectory);
  if (winner !== null && winner.secret !== own.secret) return { kind: 'running', instance: winner };
  return {
    kind: 'claimed',
    claim: {
      secret: own.secret,
      publish: (url) => write(dataDirectory, { ...own, url }),
      release: () => rmSync(instanceFile(dataDirectory), { force: true }),
    },
  };
}

/** Replaced atomically, so that nobody reads half a file. */
function write(dataDirectory: string, instance: Instance): void {
  const path = instanceFile(dataDirectory);
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(instance)}\n`, { mode: 0o600 });
  renameSync(draft, path);
}
