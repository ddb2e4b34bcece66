import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '#lib/random.ts';
import { processIdentity } from '../../db/process-identity.ts';
import { findInstance, type Instance, instanceFile } from './instance.ts';

export type ClaimOutcome =
  | { readonly kind: 'running'; readonly instance: Instance }
  | { readonly kind: 'claimed'; readonly claim: Claim };

export type Claim = {
  readonly secret: string;
  /** Tells other commands where this instance serves. */
  publish(url: string): void;
  release(): void;
};

/** Longer than it takes another starter to get from its look at the file to its own write. */
const SETTLE_MS = 50;

/** Makes this process the one instance of a data folder. Of several that start at once, one wins. */
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

/** Replaced as a whole, so that no reader finds half a file. */
function write(dataDirectory: string, instance: Instance): void {
  const path = instanceFile(dataDirectory);
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(instance)}\n`, { mode: 0o600 });
  renameSync(draft, path);
}
