/** `next start` for a benchmark: without the worker, whose jobs would be measured with it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { childEnvironment } from '#lib/config.ts';
import { findFreePort } from '../../e2e/free-port.ts';

export const ROOT = join(import.meta.dirname, '../../..');
export const NEXT = join(ROOT, 'node_modules/next/dist/bin/next');
const READY_MS_MAX = 60_000;
const POLL_MS = 100;

export type NextServer = { readonly url: string; readonly stop: () => Promise<void> };

/** On a free port of `host`, once it is healthy. Of the site that is built; `variables` are set beside this process's own. */
export async function startNext(
  host: string,
  variables: Readonly<Record<string, string>>,
): Promise<NextServer> {
  const port = await findFreePort();
  const url = `http://${host}:${port}`;
  const server = spawn(process.execPath, [NEXT, 'start', '-p', String(port)], {
    cwd: ROOT,
    env: childEnvironment({ ...variables, NODE_ENV: 'production', BASE_URL: url }),
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const stop = async () => {
    if (server.exitCode !== null) return;
    server.kill('SIGTERM');
    await once(server, 'exit');
  };
  const until = performance.now() + READY_MS_MAX;
  while (performance.now() < until && server.exitCode === null) {
    const response = await fetch(`${url}/api/health`).catch(() => null);
    await response?.body?.cancel();
    if (response?.status === 200) return { url, stop };
    await sleep(POLL_MS);
  }
  await stop();
  throw new Error('The site did not get ready.');
}
