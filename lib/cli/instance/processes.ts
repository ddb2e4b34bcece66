/** The processes of an instance: how each is started, and the worker kept running. */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Config, childEnvironment } from '#lib/config/parse.ts';
import { say } from '../command.ts';
import { type Child, startChild } from './child-process.ts';
import type { Claim } from './claim-instance.ts';

export type InstanceInput = {
  readonly config: Config;
  /** The project folder. */
  readonly root: string;
  readonly isDev: boolean;
  readonly port: number;
  readonly claim: Claim;
  /** Aborts when the instance is to stop. */
  readonly signal: AbortSignal;
};

export function startWeb(input: InstanceInput, databaseUrl: string): Child {
  const { config, root, port, isDev } = input;
  const place = ['--port', String(port), '--hostname', nameOf(config.host)];
  return startChild(join(root, isDev ? 'node_modules/next/dist/bin/next' : 'server/main.ts'), {
    args: isDev ? ['dev', ...place] : place,
    nodeArgs: ['--dns-result-order=ipv4first'],
    cwd: root,
    env: childEnvironment({
      ...variablesOf(input, databaseUrl),
      NODE_ENV: isDev ? 'development' : 'production',
    }),
    show: isDev ? 'all' : 'errors',
  });
}

/**
 * Next writes `localhost` for 127.0.0.1 into URLs that proxy.ts rewrites. If it listens on 127.0.0.1 by number, it takes
 * `localhost` for another host and fetches the page from itself, which halves the searches per second. `ipv4first` makes
 * the name resolve to that number.
 */
function nameOf(host: string): string {
  return host === '127.0.0.1' ? 'localhost' : host;
}

/**
 * Node 24 lets the young generation grow to 200 MB. A sending worker allocates many short-lived objects; with 16 MB
 * half-spaces it uses 320 MB instead of 390 at the same speed. 8 MB would save 20 MB more and cost an eighth of the speed.
 */
export const WORKER_NODE_ARGS = ['--max-semi-space-size=16'] as const;

export function startWorker(input: InstanceInput, databaseUrl: string): Child {
  return startChild(join(input.root, 'bin/paperboy.mjs'), {
    args: ['worker'],
    nodeArgs: WORKER_NODE_ARGS,
    cwd: input.root,
    env: childEnvironment(variablesOf(input, databaseUrl)),
    show: 'errors',
  });
}

/** Settings that the instance decides for its processes. */
function variablesOf({ config, port, claim }: InstanceInput, databaseUrl: string) {
  return {
    DATABASE_URL: databaseUrl,
    PORT: String(port),
    PAPERBOY_DIR: config.dataDirectory,
    PAPERBOY_INSTANCE_SECRET: claim.secret,
  };
}

const PAUSE_MS = 30_000;
/** A worker that ends this often is broken; the instance ends with it, so that somebody notices. */
const STARTS_MAX = 20;

/** Restarts a worker that ends, since readers can use the site without one. Resolves when it gives up, with the reason. */
export async function keepWorkerRunning(start: () => Child, signal: AbortSignal): Promise<string> {
  for (let starts = 1; starts <= STARTS_MAX; starts += 1) {
    const { reason } = await start().ended;
    if (signal.aborted) break;
    say(`The worker ended (${reason}); restarting it in ${PAUSE_MS / 1000} seconds.`);
    await sleep(PAUSE_MS, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) break;
  }
  return signal.aborted ? 'stopped' : `The worker ended ${STARTS_MAX} times.`;
}
