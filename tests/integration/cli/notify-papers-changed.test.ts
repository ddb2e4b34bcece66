import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { claimInstance } from '#lib/cli/instance/claim-instance.ts';
import { notifyPapersChanged } from '#lib/cli/notify-papers-changed.ts';
import { parseConfig } from '#lib/config/parse.ts';
import { seededRandom } from '#lib/random.ts';

const CRON_SECRET = '0123456789abcdef';

function configOf(variables: Record<string, string>) {
  const folder = mkdtempSync(join(tmpdir(), 'paperboy-notify-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const config = parseConfig({ PAPERBOY_DIR: folder, ...variables }, '/');
  if (Array.isArray(config)) throw new Error('The settings of this test are wrong.');
  return config;
}

/** A web server that answers every request with `status`, and what it was asked. */
async function webServer(status: number) {
  const requests: Pick<IncomingMessage, 'method' | 'url' | 'headers'>[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    response.writeHead(status).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { url: `http://127.0.0.1:${port}`, requests };
}

test('the instance on the same folder is told, with its own secret', async () => {
  const { url, requests } = await webServer(204);
  const config = configOf({ CRON_SECRET, BASE_URL: 'http://127.0.0.1:2' });
  const outcome = await claimInstance({ random: seededRandom(1) }, config.dataDirectory);
  if (outcome.kind !== 'claimed') throw new Error('The folder was taken.');
  outcome.claim.publish(url);

  expect(await notifyPapersChanged(config)).toEqual({ kind: 'notified' });
  expect(requests).toHaveLength(1);
  expect(requests[0]).toMatchObject({ method: 'POST', url: '/api/papers-changed' });
  expect(requests[0]?.headers.authorization).toBe(`Bearer ${outcome.claim.secret}`);
});

test('one on another machine is told by BASE_URL and CRON_SECRET', async () => {
  const { url, requests } = await webServer(204);
  expect(await notifyPapersChanged(configOf({ CRON_SECRET, BASE_URL: url }))).toEqual({ kind: 'notified' });
  expect(requests[0]?.headers.authorization).toBe(`Bearer ${CRON_SECRET}`);
});

test('nobody is told where nobody is known, and a refusal is an outcome', async () => {
  expect(await notifyPapersChanged(configOf({}))).toEqual({ kind: 'nobody-to-notify' });
  const { url } = await webServer(401);
  expect(await notifyPapersChanged(configOf({ CRON_SECRET, BASE_URL: url }))).toEqual({
    kind: 'failed',
    reason: 'status 401',
  });
  const nowhere = configOf({ CRON_SECRET, BASE_URL: 'http://127.0.0.1:2' });
  expect(await notifyPapersChanged(nowhere)).toMatchObject({ kind: 'failed' });
});
