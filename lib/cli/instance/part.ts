/** The processes of an instance: what each is started with. */
import { join } from 'node:path';
import { type Config, childEnvironment } from '#lib/config/config.ts';
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
  return startChild(join(root, isDev ? 'node_modules/next/dist/bin/next' : 'app/server.ts'), {
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
 * Next writes `localhost` for 127.0.0.1 into what proxy.ts rewrites, takes that for another host where it listens by the
 * number, and fetches the page from itself: half as many searches per second. With `ipv4first` the name is that number.
 */
function nameOf(host: string): string {
  return host === '127.0.0.1' ? 'localhost' : host;
}

/**
 * Node 24 lets the young generation grow to 200 MB where it can. A worker that sends makes much that dies at once, and with
 * 16 MB half-spaces holds 320 MB in place of 390, at the same pace; 8 MB would save 20 MB more for an eighth of the pace.
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

/** What the instance has decided, as the settings of its processes. */
function variablesOf({ config, port, claim }: InstanceInput, databaseUrl: string) {
  return {
    DATABASE_URL: databaseUrl,
    PORT: String(port),
    PAPERBOY_DIR: config.dataDirectory,
    PAPERBOY_INSTANCE_SECRET: claim.secret,
  };
}
