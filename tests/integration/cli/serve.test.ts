import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { z } from 'zod';
import { startWeb } from '../../bench/site/web-server.ts';
import { freshDatabase } from '../../support/database.ts';
import { offlineVariables } from '../../support/offline-variables.ts';
import { json, startReplayServer } from '../../support/replay-server.ts';
import { canSeeProcesses, dataFolder, freePort, paperboy, processesNaming, start } from './support.ts';

/** A build where there is none; each start after it is a warm one. */
const BUILD_MS_MAX = 300_000;
const SERVE_MS_MAX = 180_000;
const STOP_MS_MAX = 10_000;

const READY = 'Paperboy is at ';

beforeAll(async () => {
  const built = await paperboy(['build']);
  if (built.code !== 0) throw new Error(built.stderr);
}, BUILD_MS_MAX);

async function instance() {
  const folder = dataFolder();
  const port = await freePort();
  const variables = { PAPERBOY_DIR: folder, PORT: String(port) };
  return { folder, url: `http://localhost:${port}`, variables };
}

const Health = z.object({ status: z.string(), newestEdition: z.string().nullish() });

async function healthOf(url: string) {
  return Health.parse(await (await fetch(`${url}/api/health`)).json());
}

test(
  'an instance serves the sample edition, keeps a second one out, and stops whole at SIGTERM',
  async () => {
    const { folder, url, variables } = await instance();
    const serving = start(['serve'], variables);
    await serving.says(`${READY}${url}\n`);
    expect(await healthOf(url)).toEqual({ status: 'ready', newestEdition: '2025-03-12' });
    expect((await fetch(url)).status).toBe(200);
    // The first search asks for the page around it, and must not do so by the way that its reader came.
    const found = await fetch(`${url}/search?q=learning`, { headers: { 'x-forwarded-proto': 'https' } });
    expect(found.status).toBe(200);
    expect(await found.text()).toMatch(
      /<link rel="canonical"[^>]*\/search\?q=learning".*<h1[^>]*><label for="q">Search/s,
    );

    const second = await paperboy(['serve'], variables);
    expect(second.code).toBe(1);
    expect(second.stderr).toContain(`already running at ${url}`);

    const stoppedAt = performance.now();
    serving.kill('SIGTERM');
    expect(await serving.finished).toMatchObject({ code: 0 });
    expect(performance.now() - stoppedAt).toBeLessThan(STOP_MS_MAX);
    if (canSeeProcesses) expect(processesNaming(folder)).toEqual([]);
  },
  SERVE_MS_MAX,
);

test.runIf(canSeeProcesses)(
  'what a kill -9 leaves behind ends by itself, and the next start finds the data whole',
  async () => {
    const { folder, url, variables } = await instance();
    const killed = start(['serve'], variables);
    await killed.says(READY);
    killed.kill('SIGKILL');
    await killed.finished;
    await vi.waitUntil(() => processesNaming(folder).length === 0, { timeout: STOP_MS_MAX, interval: 100 });

    const serving = start(['serve'], variables);
    await serving.says(READY);
    expect(await healthOf(url)).toEqual({ status: 'ready', newestEdition: '2025-03-12' });
    serving.kill('SIGINT');
    expect(await serving.finished).toMatchObject({ code: 0 });
  },
  SERVE_MS_MAX,
);

test.runIf(canSeeProcesses)(
  'a database that dies is opened again under a running site',
  async () => {
    const { folder, url, variables } = await instance();
    const serving = start(['serve'], variables);
    await serving.says(READY);
    const { pid } = z
      .object({ pid: z.number() })
      .parse(JSON.parse(readFileSync(join(folder, 'database.json'), 'utf8')));
    process.kill(pid, 'SIGKILL');
    await vi.waitUntil(() => !processesNaming(folder).includes(pid), { timeout: STOP_MS_MAX });
    await vi.waitUntil(async () => (await healthOf(url)).status === 'ready', {
      timeout: 60_000,
      interval: 250,
    });
    expect((await healthOf(url)).newestEdition).toBe('2025-03-12');
    serving.kill('SIGTERM');
    await serving.finished;
  },
  SERVE_MS_MAX,
);

test(
  'a scheduler’s call takes papers in, and the page that was read before shows them',
  async () => {
    const { url: databaseUrl } = await freshDatabase();
    const paper = {
      id: '2603.00001',
      title: 'Brought by a Scheduler',
      summary: 'We study calls.',
      authors: [],
    };
    const hub = await startReplayServer(() => json([{ paper: { ...paper, upvotes: 3 } }]));
    onTestFinished(() => hub.close());
    const secret = '0123456789abcdef';
    const own = { DATABASE_URL: databaseUrl, HUGGINGFACE_URL: hub.url, CRON_SECRET: secret };
    // A page is asked first, and opens the database; the route that is called next has loaded its modules apart.
    const web = await startWeb('127.0.0.1', { ...offlineVariables(), ...own }, '/');
    onTestFinished(() => web.stop());
    const before = await fetch(web.url);
    expect(before.status).toBe(200);
    expect(await before.text()).not.toContain(paper.title);

    const call = (job: string, bearer: string) =>
      fetch(`${web.url}/api/cron/${job}`, { method: 'POST', headers: { authorization: `Bearer ${bearer}` } });
    expect((await call('ingest-huggingface', 'another-secret-16')).status).toBe(401);
    expect((await call('no-such-job', secret)).status).toBe(404);
    const ran = await call('ingest-huggingface', secret);
    expect(await ran.json()).toMatchObject({ kind: 'ran', counts: { inserted: 1 } });
    const again = await call('ingest-huggingface', secret);
    expect(await again.json()).toMatchObject({ kind: 'already-done' });
    expect(await (await fetch(web.url)).text()).toContain(paper.title);
  },
  SERVE_MS_MAX,
);

test('a port that was asked for and is taken ends the start with a clear error', async () => {
  const { variables } = await instance();
  const server = createServer().listen(Number(variables.PORT), '127.0.0.1');
  onTestFinished(() => void server.close());
  const refused = await paperboy(['serve'], variables);
  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain(`Port ${variables.PORT} is taken`);
});

test('wrong settings end the start with one message that lists them all', async () => {
  const refused = await paperboy(['serve'], { PORT: 'abc', LOG_LEVEL: 'loud', CRON_SECRET: 'hunter2' });
  expect(refused.code).toBe(78);
  expect(refused.stderr).toMatch(
    /3 settings are wrong[\s\S]*PORT is[\s\S]*CRON_SECRET is[\s\S]*LOG_LEVEL is/,
  );
  expect(refused.stderr).not.toContain('hunter2');
});
