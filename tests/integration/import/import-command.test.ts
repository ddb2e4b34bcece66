/** The command itself, as a process: what it answers, and that it can be killed at any instant. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { openDatabase } from '#lib/cli/open-database.ts';
import { parseConfig } from '#lib/config/parse.ts';
import { createDb } from '#lib/db/client.ts';
import { migrate } from '#lib/db/migrate.ts';
import { offlineVariables } from '../../support/offline-variables.ts';
import { dataFolder, keepOpen, lastJson, paperboy, ROOT, sharedDataFolder, start } from '../cli/support.ts';

const PAPERBOY_DIR = sharedDataFolder();

beforeAll(async () => {
  expect(await paperboy(['migrate'], { PAPERBOY_DIR })).toMatchObject({ code: 0 });
  await keepOpen(PAPERBOY_DIR);
});

const lines = (count: number) =>
  Array.from({ length: count }, (_, n) =>
    JSON.stringify({
      id: `2503.${10_000 + n}`,
      title: `Paper ${n}`,
      abstract: `The abstract of paper ${n}, ${'which goes on and on, '.repeat(20)}to its end.`,
      authors: ['Ada Lovelace'],
      categories: ['cs.LG'],
      first_listed: '2025-03-18',
    }),
  );

test('answers in words and in JSON, and tells bad lines', async () => {
  const path = join(PAPERBOY_DIR, 'papers.jsonl');
  writeFileSync(path, [...lines(3), 'rubbish'].join('\n'));
  const told = await paperboy(['import', path], { PAPERBOY_DIR });
  expect(told).toMatchObject({ code: 0 });
  expect(told.stdout).toMatch(/^4 records: 3 inserted, 0 updated, 0 unchanged, 1 rejected; /);
  expect(told.stderr).toMatch(/^Rejected line 4: not JSON/m);
  const json = lastJson(await paperboy(['import', path, '--json'], { PAPERBOY_DIR }));
  expect(json).toMatchObject({
    file: 'papers.jsonl',
    format: 'json-lines',
    seen: 4,
    inserted: 0,
    updated: 0,
    unchanged: 3,
    rejectedCount: 1,
    rejected: [{ line: 4 }],
    brokenOff: null,
  });
});

test('reads standard input, packed or not', async () => {
  const child = spawn(process.execPath, [join(ROOT, 'bin/paperboy.mjs'), 'import', '-', '--json'], {
    cwd: ROOT,
    env: { ...process.env, NODE_ENV: 'production', ...offlineVariables(), PAPERBOY_DIR },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let stdout = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stdin.end(gzipSync(lines(50).join('\n')));
  const [code] = await once(child, 'close');
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ file: 'standard input', seen: 50, rejectedCount: 0 });
});

test('fails where there is nothing to read, and where nothing of it can be used', async () => {
  const missing = await paperboy(['import', join(PAPERBOY_DIR, 'missing')], { PAPERBOY_DIR });
  expect(missing).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/The file cannot be read: .*no such file/),
  });
  const page = join(PAPERBOY_DIR, 'page.html');
  writeFileSync(page, '<!doctype html>\n<p>Not found</p>\n');
  expect(await paperboy(['import', page, '--json'], { PAPERBOY_DIR })).toMatchObject({ code: 1 });
});

test('killed again and again, ends with what an undisturbed import would have', {
  timeout: 180_000,
}, async () => {
  const folder = dataFolder();
  const config = parseConfig({ PAPERBOY_DIR: folder }, ROOT);
  if (Array.isArray(config)) throw new Error('The settings are wrong.');
  const database = await openDatabase(config);
  await migrate(database.url);
  const db = createDb(database.url);
  onTestFinished(async () => {
    await db.$disconnect();
    await database.close();
  });
  const path = join(folder, 'papers.jsonl.gz');
  const total = 8_000;
  writeFileSync(path, gzipSync(lines(total).join('\n')));

  for (const papersBefore of [1, 3_000, 5_500]) {
    const running = start(['import', path], { PAPERBOY_DIR: folder });
    await vi.waitUntil(async () => (await db.paper.count()) >= papersBefore, {
      timeout: 60_000,
      interval: 10,
    });
    running.kill('SIGKILL');
    expect(await running.finished).toMatchObject({ code: null });
  }
  const known = await db.paper.count();
  const last = lastJson(await paperboy(['import', path, '--json'], { PAPERBOY_DIR: folder }));
  expect(last).toMatchObject({ inserted: total - known, updated: 0, rejectedCount: 0, brokenOff: null });
  // It went on, and did not begin again.
  expect(last).toHaveProperty('resumedAfter', expect.any(Number));
  const { resumedAfter, seen } = last as { resumedAfter: number; seen: number };
  expect(resumedAfter).toBeGreaterThan(0);
  expect(resumedAfter + seen).toBe(total);
  expect(await db.paper.count()).toBe(total);
  expect(await db.listing.count()).toBe(total);
  expect(await db.harvest.count()).toBe(0);
});
