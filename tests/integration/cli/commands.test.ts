import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { keepOpen, lastJson, paperboy, sharedDataFolder } from './support.ts';

// Some of these make a database and migrate it, each command in a process of its own.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const PAPERBOY_DIR = sharedDataFolder();

/** One entry as the Hub's daily list has it. */
const entryOf = (id: string) => ({
  paper: {
    id,
    title: 'A paper',
    summary: 'An abstract.',
    authors: [{ name: 'Ada Lovelace' }],
    publishedAt: '2025-12-30T12:00:00.000Z',
    upvotes: 7,
  },
  publishedAt: '2025-12-31T00:00:00.000Z',
});

/** The folder's database is made and migrated here, by the first command. */
beforeAll(async () => {
  const status = await paperboy(['migrate', '--status', '--json'], { PAPERBOY_DIR });
  expect(lastJson(status)).toEqual({ pending: expect.arrayContaining([expect.stringMatching(/^\d{14}_/)]) });
  expect(await paperboy(['migrate'], { PAPERBOY_DIR })).toMatchObject({ code: 0 });
  await keepOpen(PAPERBOY_DIR);
});

function folderOf(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'paperboy-bodies-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

describe('ingest huggingface', () => {
  test('accounts for recorded bodies, and a second run changes nothing', async () => {
    const from = folderOf({
      '2025-12-31.json': JSON.stringify([entryOf('2512.00001')]),
      '2026-01-01.json': 'not json',
    });
    const command = ['ingest', 'huggingface', '--from', from, '--json'];

    const first = await paperboy(command, { PAPERBOY_DIR });
    expect(first.code).toBe(0);
    expect(lastJson(first)).toMatchObject({ seen: 2, inserted: 1, updated: 0, unchanged: 0 });
    expect(lastJson(first)).toMatchObject({ rejected: [{ file: '2026-01-01.json' }] });

    const second = lastJson(await paperboy(command, { PAPERBOY_DIR }));
    expect(second).toMatchObject({ seen: 2, inserted: 0, updated: 0, unchanged: 1 });
  });

  test('asks the Hub for the day that is named', async () => {
    const asked: string[] = [];
    const hub = createServer((request, response) => {
      asked.push(request.url ?? '');
      response.setHeader('content-type', 'application/json').end(JSON.stringify([entryOf('2512.00002')]));
    });
    await new Promise<void>((resolve) => hub.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void hub.close());
    const address = hub.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;

    const command = ['ingest', 'huggingface', '--date', '2025-12-31', '--json'];
    const variables = { PAPERBOY_DIR, HUGGINGFACE_URL: `http://127.0.0.1:${port}/` };
    const finished = await paperboy(command, variables);
    expect(finished.code).toBe(0);
    expect(lastJson(finished)).toMatchObject({ seen: 1, inserted: 1 });
    expect(asked).toEqual([expect.stringMatching(/^\/api\/daily_papers\?date=2025-12-31&/)]);
  });

  test('says that the Hub cannot be reached, with an exit code of its own', async () => {
    const command = ['ingest', 'huggingface', '--date', '2025-12-31', '--json'];
    const finished = await paperboy(command, { PAPERBOY_DIR });
    expect(finished.code).toBe(69);
    expect(lastJson(finished)).toMatchObject({ seen: 0, missed: [{ day: '2025-12-31' }] });
    expect(finished.stderr).toContain('ECONNREFUSED');
  });

  test('fails for a folder that is not there', async () => {
    const command = ['ingest', 'huggingface', '--from', '/nowhere/at/all', '--json'];
    const finished = await paperboy(command, { PAPERBOY_DIR });
    expect(finished.code).toBe(1);
    expect(finished.stderr).toContain('/nowhere/at/all');
  });
});

describe('migrate and doctor', () => {
  test('find nothing wrong with a migrated database but that its newest edition is old', async () => {
    const variables = { PAPERBOY_DIR };
    expect(lastJson(await paperboy(['migrate', '--json'], variables))).toEqual({ applied: [] });
    expect(lastJson(await paperboy(['migrate', '--status', '--json'], variables))).toEqual({ pending: [] });

    const from = folderOf({ '2025-12-31.json': JSON.stringify([entryOf('2512.00001')]) });
    await paperboy(['ingest', 'huggingface', '--from', from], variables);
    const checked = await paperboy(['doctor', '--json'], variables);
    const { findings } = lastJson(checked) as { findings: { name: string; state: string }[] };
    // All works, except that nothing has come since.
    expect(findings.filter(({ state }) => state === 'fail').map(({ name }) => name)).toEqual([
      'newest edition',
    ]);
    expect(findings).toContainEqual(expect.objectContaining({ name: 'search', state: 'ok' }));
    expect(checked.code).toBe(1);
  });

  test('a database that cannot be reached is a failure, and its password is not shown', async () => {
    const DATABASE_URL = 'postgresql://me:hunter2@127.0.0.1:9/papers';
    const sick = await paperboy(['doctor'], { PAPERBOY_DIR, DATABASE_URL });
    expect(sick.code).toBe(1);
    expect(sick.stdout).toMatch(/^fail {2}database .*ECONNREFUSED/m);
    expect(sick.stdout + sick.stderr).not.toContain('hunter2');
  });

  test('a migration is written only where the schema differs', async () => {
    const agreed = await paperboy(['migrate', 'new', 'nothing_at_all']);
    expect(agreed).toMatchObject({ code: 0, stdout: expect.stringContaining('nothing to write') });
  });
});

describe('the command line', () => {
  test.each([
    { args: ['--help'], code: 0, says: 'Usage: paperboy' },
    { args: ['ingest', 'huggingface', '--help'], code: 0, says: '--from <folder>' },
    { args: ['--version'], code: 0, says: /^\d+\.\d+\.\d+\n/ },
  ])('$args answers on standard output', async ({ args, code, says }) => {
    const finished = await paperboy(args);
    expect(finished.code).toBe(code);
    expect(finished.stdout).toMatch(says);
  });

  test.each([
    [['no-such-command']],
    [['serve', '--no-such-option']],
    [['ingest', 'huggingface', '--date', '2025-02-30']],
    [['ingest', 'huggingface', '--date', '2025-02-01', '--from', 'folder']],
    [['ingest', 'huggingface', '--since', '2025-02-02', '--until', '2025-02-01']],
    [['migrate', 'new', 'Not A Name']],
  ])('%j is wrong usage', async (args) => {
    const finished = await paperboy(args, { PAPERBOY_DIR });
    expect(finished.code).toBe(2);
    expect(finished.stderr).not.toBe('');
  });
});
