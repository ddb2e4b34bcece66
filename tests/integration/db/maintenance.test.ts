import { PGlite } from '@electric-sql/pglite';
import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { createMaintenance } from '#lib/db/maintenance.ts';
import { serveWire } from '#lib/db/wire-server.ts';

/** A database with a client, and maintenance whose clock the test moves. */
async function maintained() {
  const database = await PGlite.create();
  const server = await serveWire(database);
  const client = new pg.Client({
    host: '127.0.0.1',
    port: server.port,
    user: 'postgres',
    database: 'postgres',
  });
  await client.connect();
  onTestFinished(async () => {
    await client.end();
    await server.close();
    await database.close();
  });
  let nowMs = 0;
  let busyMs = 0;
  const said: string[] = [];
  const maintenance = createMaintenance({
    session: server,
    now: () => nowMs,
    busyMs: () => busyMs,
    directory: '/',
    say: (line) => said.push(line),
  });
  return {
    client,
    /** Steps of maintenance over so many seconds, one a second, with clients that use the session for `busy` of each. */
    pass: async (seconds: number, busy: number) => {
      for (let second = 0; second < seconds; second += 1) {
        nowMs += 1_000;
        busyMs += busy * 1_000;
        await maintenance.step();
      }
    },
  };
}

const logBytes = `SELECT (pg_current_wal_insert_lsn() - redo_lsn)::float8 AS bytes FROM pg_control_checkpoint()`;

test('the log is closed by a checkpoint once it has grown, while clients are busy', async () => {
  const { client, pass } = await maintained();
  await client.query(
    "SELECT pg_logical_emit_message(false, 'test', repeat('x', 1048576)) FROM generate_series(1, 50)",
  );
  expect((await client.query(logBytes)).rows[0].bytes).toBeGreaterThan(48 * 2 ** 20);
  await pass(2, 0.9);
  expect((await client.query(logBytes)).rows[0].bytes).toBeLessThan(2 ** 20);
});

test('after many rows came in the planner knows how many there are, though clients never pause', async () => {
  const { client, pass } = await maintained();
  await client.query('CREATE TABLE kept (number int PRIMARY KEY)');
  await client.query('INSERT INTO kept SELECT generate_series(1, 20000)');
  await pass(20, 0.9);
  const { rows } = await client.query("SELECT reltuples::int AS rows FROM pg_class WHERE relname = 'kept'");
  expect(rows).toEqual([{ rows: 20_000 }]);
});

test('replaced rows are freed, and a table that was emptied gives its space back', async () => {
  const { client, pass } = await maintained();
  await client.query(
    "CREATE TABLE inbox AS SELECT n, repeat('x', 500) AS text FROM generate_series(1, 5000) n",
  );
  await client.query('CREATE TABLE kept AS SELECT n FROM generate_series(1, 1000) n');
  await client.query('UPDATE kept SET n = n + 1');
  await client.query('DELETE FROM inbox');
  await pass(60, 0);
  const { rows } = await client.query(
    "SELECT pg_relation_size('inbox')::int AS inbox, pg_stat_get_dead_tuples('kept'::regclass)::int AS dead",
  );
  expect(rows).toEqual([{ inbox: 0, dead: 0 }]);
});
