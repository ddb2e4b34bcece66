/**
 * The web server of an instance: Next, and in front of it the pages that went out a moment ago (recent-answers.ts).
 *
 *   node app/server.ts --port 3000 --hostname localhost
 *
 * Otherwise as `next start` does it: it listens at once and answers when Next is ready; what was being answered when it is
 * told to stop is answered; a request that goes wrong takes nothing else with it.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import next from 'next';
import { recentAnswers } from './recent-answers.ts';

const { values } = parseArgs({ options: { port: { type: 'string' }, hostname: { type: 'string' } } });
const port = Number(values.port);
const hostname = values.hostname ?? 'localhost';

const site = next({ dir: join(import.meta.dirname, '..'), dev: false, hostname, port });
const server = createServer(answer).listen(port, hostname);
const ready = site.prepare();
const makeAnswer = site.getRequestHandler();

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    await ready;
    if (request.url?.startsWith('/papers/')) saysThatFormsDiffer(response);
    await recentAnswers.answer(request, response, () => makeAnswer(request, response));
  } catch (error) {
    console.error(`The answer to ${request.method} ${request.url} failed:`, error);
    response.statusCode = 500;
    response.end('Internal Server Error');
  }
}

/**
 * A paper comes in several forms by its `Accept` (app/citations), and caches in front must know of it; Next writes a `Vary` of
 * its own over any that next.config.ts gives.
 */
function saysThatFormsDiffer(response: ServerResponse): void {
  const { setHeader } = response;
  response.setHeader = (name, value) =>
    setHeader.call(response, name, name.toLowerCase() === 'vary' ? withAccept(String(value)) : value);
}

function withAccept(vary: string): string {
  return /\baccept\b(?!-)/i.test(vary) ? vary : `Accept, ${vary}`;
}

let isStopping = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => {
    if (!isStopping) server.close(leave);
    isStopping = true;
  });

async function leave(): Promise<void> {
  await site.close();
  process.exit();
}

// Next has what nobody waited for written down and goes on; without an ear it had better not.
server.on('error', (error) => {
  console.error(error);
  process.exit(1);
});
ready.catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
