import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { embeddedEnded, openEmbedded } from '#lib/db/embedded.ts';

function folder(directory = mkdtempSync(join(tmpdir(), 'paperboy-embedded-'))): string {
  onTestFinished(async () => {
    await embeddedEnded(directory, 10_000);
    rmSync(directory, { recursive: true, force: true });
  });
  return directory;
}

async function client(url: string): Promise<pg.Client> {
  const opened = new pg.Client({ connectionString: url });
  opened.on('error', () => {});
  await opened.connect();
  return opened;
}

test('two that open the same folder at once share one database, and it ends after the last leaves', async () => {
  const directory = folder();
  const [one, other] = await Promise.all([openEmbedded(directory), openEmbedded(directory)]);
  expect(other).toBe(one);
  const holder = await client(one);
  await holder.query('CREATE TABLE kept (text text)');
  await holder.end();
  expect(await embeddedEnded(directory, 10_000)).toBe(true);

  const again = await client(await openEmbedded(directory));
  expect((await again.query('SELECT count(*)::int AS count FROM kept')).rows).toEqual([{ count: 0 }]);
  await again.end();
});

test('a database killed in the middle of writing opens again with every acknowledged row', async () => {
  const directory = folder();
  const writer = await client(await openEmbedded(directory));
  await writer.query('CREATE TABLE kept (number int)');
  let acknowledged = 0;
  const { pid } = JSON.parse(readFileSync(join(directory, 'database.json'), 'utf8'));
  const writing = (async () => {
    for (let number = 0; number < 10_000; number += 1) {
      await writer.query('INSERT INTO kept VALUES ($1)', [number]);
      acknowledged += 1;
      if (acknowledged === 200) process.kill(pid, 'SIGKILL');
    }
  })();
  await expect(writing).rejects.toThrow();

  const reader = await client(await openEmbedded(directory));
  const { rows } = await reader.query('SELECT count(*)::int AS count FROM kept');
  expect(rows[0].count).toBeGreaterThanOrEqual(acknowledged);
  await reader.end();
});

test.skipIf(process.platform !== 'linux')(
  'a lock left by a killed database whose process number another program of Node has now does not bar the way',
  async () => {
    const directory = folder();
    writeFileSync(join(directory, 'database.lock'), `${process.pid} started-long-ago 1`);
    const opened = await client(await openEmbedded(directory));
    expect((await opened.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
    await opened.end();
  },
);

test('a copied folder has a database of its own, while the original runs and after', async () => {
  const original = folder();
  const first = await client(await openEmbedded(original));
  await first.query("CREATE TABLE kept AS SELECT 'original' AS text");
  await first.query('CHECKPOINT');
  const copy = folder(`${original}-copy`);
  cpSync(original, copy, { recursive: true });

  const second = await client(await openEmbedded(copy));
  await second.query("INSERT INTO kept VALUES ('copy')");
  expect((await first.query('SELECT text FROM kept')).rows).toEqual([{ text: 'original' }]);
  await second.end();
  await first.end();
});

test('the database asks for the password of its folder, and its files are closed to others', async () => {
  const directory = folder();
  const url = await openEmbedded(directory);
  const holder = await client(url);
  const stranger = new pg.Client({ connectionString: url.replace(/:[^:@]*@/, ':guess@') });
  await expect(stranger.connect()).rejects.toThrow('password');
  const open = readdirSync(directory).filter((name) => (statSync(join(directory, name)).mode & 0o077) !== 0);
  expect(open).toEqual([]);
  await holder.end();
});

test('a commit is flushed to the disk', async () => {
  const holder = await client(await openEmbedded(folder()));
  expect((await holder.query('SHOW fsync')).rows).toEqual([{ fsync: 'on' }]);
  expect((await holder.query('SHOW synchronous_commit')).rows).toEqual([{ synchronous_commit: 'on' }]);
  // The file system reports each flush to Postgres, which counts them.
  await holder.query('CREATE TABLE kept (number int)');
  await holder.query('SELECT pg_stat_force_next_flush()');
  const flushes = async () =>
    (await holder.query("SELECT sum(fsyncs)::int AS count FROM pg_stat_io WHERE object = 'wal'")).rows[0]
      .count;
  const before = await flushes();
  for (let number = 0; number < 10; number += 1) await holder.query('INSERT INTO kept VALUES ($1)', [number]);
  await holder.query('SELECT pg_stat_force_next_flush()');
  expect((await flushes()) - before).toBeGreaterThanOrEqual(10);
  await holder.end();
});
