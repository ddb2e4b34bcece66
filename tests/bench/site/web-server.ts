/** The web server of an instance for a benchmark, without the worker, whose jobs would be measured with it; or Next's own. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { childEnvironment } from '#lib/config/parse.ts';
import { findFreePort } from '../../e2e/free-port.ts';

export const ROOT = join(import.meta.dirname, '../../..');
export const NEXT = join(ROOT, 'node_modules/next/dist/bin/next');
const READY_MS_MAX = 60_000;
const POLL_MS = 100;

export type WebServer = { readonly url: string; readonly stop: () => Promise<void> };

/** On a free port of `host`, once `path` answers. Of the site that is built; `variables` are set beside this process's own. */
export function startWeb(
  host: string,
  variables: Readonly<Record<string, string>>,
  path?: string,
): Promise<WebServer> {
  return start(host, ['server/main.ts'], variables, path);
}

/** The same site by `next start`. */
export function startNext(host: string, variables: Readonly<Record<string, string>>): Promise<WebServer> {
  return start(host, [NEXT, 'start'], variables);
}

async function start(
  host: string,
  command: readonly string[],
  variables: Readonly<Record<string, string>>,
  path = '/api/health',
): Promise<WebServer> {
  const port = await findFreePort();
  const url = `http://${host}:${port}`;
  // By this name and this way to read it, as an instance has them (lib/cli/instance/processes.ts).
  const place = ['--port', String(port), '--hostname', 'localhost'];
  const server = spawn(process.execPath, ['--dns-result-order=ipv4first', ...command, ...place], {
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
    const response = await fetch(`${url}${path}`).catch(() => null);
    await response?.body?.cancel();
    if (response?.status === 200) return { url, stop };
    await sleep(POLL_MS);
  }
  await stop();
  throw new Error('The site did not get ready.');
}
