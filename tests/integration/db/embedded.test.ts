import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { embeddedEnded, openEmbedded } from '#lib/db/embedded.ts';

function folder(): string {
  const directory = mkdtempSync(join(tmpdir(), 'paperboy-embedded-'));
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
