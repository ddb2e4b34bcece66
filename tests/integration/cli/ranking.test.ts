import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { keepOpen, lastJson, paperboy, sharedDataFolder } from './support.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const PAPERBOY_DIR = sharedDataFolder();

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'paperboy-ranking-'));
  onTestFinished(() => rmSync(path, { recursive: true }));
  return path;
}

const entryOf = (id: string, upvotes: number) => ({
  paper: { id, title: `Paper ${id}`, summary: 'An abstract.', authors: [], upvotes },
  publishedAt: '2025-12-31T00:00:00.000Z',
});

describe('rank', () => {
  beforeAll(async () => {
    const from = mkdtempSync(join(tmpdir(), 'paperboy-bodies-'));
    const entries = [entryOf('2512.00001', 4), entryOf('2512.00002', 90), entryOf('2512.00003', 15)];
    writeFileSync(join(from, '2025-12-31.json'), JSON.stringify(entries));
    expect(await paperboy(['ingest', 'huggingface', '--from', from], { PAPERBOY_DIR })).toMatchObject({
      code: 0,
    });
    rmSync(from, { recursive: true });
    await keepOpen(PAPERBOY_DIR);
  });

  test('lists the order now, and keeps it', async () => {
    const ranked = await paperboy(['rank', '--limit', '2', '--json'], { PAPERBOY_DIR });
    expect(ranked.code).toBe(0);
    expect(lastJson(ranked)).toMatchObject({
      window: 'day',
      ranked: 3,
      papers: [
        {
          rank: 1,
          registry: 'arxiv',
          identifier: expect.any(String),
          reason: expect.any(String),
          parts: [{}],
        },
        { rank: 2 },
      ],
    });
  });

  test('a moment before anything was announced has no order', async () => {
    const ranked = await paperboy(['rank', '--at', '2020-01-01', '--json'], { PAPERBOY_DIR });
    expect(lastJson(ranked)).toEqual({
      asOf: '2020-01-01T00:00:00.000Z',
      window: 'day',
      ranked: 0,
      papers: [],
    });
  });

  test.each(['yesterday', '2026-02-30', '2026-11-24T10:00'])('%s is not an instant', async (at) => {
    const ranked = await paperboy(['rank', '--at', at], { PAPERBOY_DIR });
    expect(ranked).toMatchObject({ code: 2, stderr: expect.stringContaining('Expected: an instant') });
  });
});

describe('eval trending', () => {
  /** Ten weeks of 40 repositories, each growing at its own pace. */
  const csv = [
    'date,repo,stars,forks',
    ...Array.from({ length: 70 }, (_, day) => {
      const date = new Date(Date.UTC(2025, 4, 20 + day)).toISOString().slice(0, 10);
      return Array.from({ length: 40 }, (_, repo) => `${date},o/r${repo},${1000 + repo * day},1`);
    }).flat(),
    'not a row',
  ].join('\n');

  test('replays a packed file, tells the parts apart, and writes what it found', async () => {
    const path = folder();
    writeFileSync(join(path, 'stars.csv.gz'), gzipSync(csv));
    const file = join(path, 'out.json');
    const args = ['eval', 'trending', '--stars', join(path, 'stars.csv.gz'), '--worlds', '0', '--every', '3'];
    const found = await paperboy([...args, '--write', file, '--json'], { PAPERBOY_DIR });
    expect(found.code).toBe(0);
    expect(lastJson(found)).toMatchObject({
      source: 'stars',
      rows: { all: 2801, skipped: 1 },
      replay: { paperCount: 40, all: { formulas: { paperboy: { ndcg: expect.closeTo(1, 1) } } } },
      simulation: null,
    });
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(lastJson(found));
  });

  test('a file without the columns says which one is missing', async () => {
    const path = folder();
    writeFileSync(join(path, 'stars.csv'), 'date,name,stars\n2025-01-01,a,1\n');
    const found = await paperboy(['eval', 'trending', '--stars', join(path, 'stars.csv'), '--worlds', '0'], {
      PAPERBOY_DIR,
    });
    expect(found).toMatchObject({ code: 1, stderr: expect.stringContaining('no column named repo') });
  });

  test('recorded signals of a single day can be judged on none', async () => {
    const found = await paperboy(['eval', 'trending', '--signals', '--worlds', '0', '--json'], {
      PAPERBOY_DIR,
    });
    expect(found).toMatchObject({ code: 0, stderr: expect.stringContaining('No day can be judged') });
    expect(lastJson(found)).toMatchObject({ source: 'signals', replay: { all: null } });
  });
});
