/**
 * The HTTP server of an instance: a shared page cache in front of Next, in one process.
 *
 *   node server/main.ts --port 3000 --hostname localhost
 *
 * Next answers on connections in memory. Pages that cache-policy.ts names are read whole: made plain, compressed once and,
 * where they may be shared, stored. Everything else is streamed through. `next start` serves the same pages without it.
 */
import { createServer } from 'node:http';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import next from 'next';
import { systemClock } from '#lib/clock.ts';
import { createFrontServer } from './front-server.ts';

const { values } = parseArgs({ options: { port: { type: 'string' }, hostname: { type: 'string' } } });
const port = Number(values.port);
const hostname = values.hostname ?? 'localhost';
const dir = join(import.meta.dirname, '..');

const site = next({ dir, dev: false, hostname, port });
const ready = site.prepare();
const handle = site.getRequestHandler();
const inner = createServer((request, response) => void handle(request, response));
const server = createFrontServer({ inner, ready, clock: systemClock, buildFolder: join(dir, '.next') });

server.on('error', (error) => {
  console.error(error);
  process.exit(1);
});
ready.catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
server.listen(port, hostname);

let isStopping = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => {
    // Requests under way are answered first.
    if (!isStopping) server.close(() => void site.close().then(() => process.exit()));
    isStopping = true;
  });
