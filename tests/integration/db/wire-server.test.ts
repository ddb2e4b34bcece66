import { connect } from 'node:net';
import { PGlite } from '@electric-sql/pglite';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest';
import { changesSession } from '#lib/db/session.ts';
import { serveWire, type WireServer } from '#lib/db/wire-server.ts';

let database: PGlite;
let server: WireServer;
const settings = () => ({ host: '127.0.0.1', port: server.port, user: 'postgres', database: 'postgres' });

beforeAll(async () => {
  database = await PGlite.create();
  await database.exec('CREATE TABLE note (text text)');
  server = await serveWire(database);
});
afterAll(async () => {
  await server.close();
  await database.close();
});
beforeEach(() => server.between((inside) => inside.exec('TRUNCATE note')));

async function open(): Promise<pg.Client> {
  const client = new pg.Client(settings());
  client.on('error', () => {});
  await client.connect();
  onTestFinished(() => client.end().catch(() => {}));
  return client;
}

test('eight clients at once each get the answers to their own questions', async () => {
  const clients = await Promise.all(Array.from({ length: 8 }, open));
  const wrong: string[] = [];
  await Promise.all(
    clients.map(async (client, name) => {
      for (let turn = 0; turn < 60; turn += 1) {
        const { rows } = await client.query('SELECT $1::int AS a, $2::text AS b', [turn, `client ${name}`]);
        if (rows[0].a !== turn || rows[0].b !== `client ${name}`) wrong.push(`${name}/${turn}`);
      }
    }),
  );
  expect(wrong).toEqual([]);
});

test('a transaction is seen by others only once it is committed, and they wait for it', async () => {
  const writer = await open();
  const reader = await open();
  await writer.query('BEGIN');
  await writer.query("INSERT INTO note VALUES ('one')");
  const counted = reader.query('SELECT count(*)::int AS count FROM note');
  await writer.query("INSERT INTO note VALUES ('two')");
  await writer.query('COMMIT');
  expect((await counted).rows[0].count).toBe(2);
});

test('a client cut off inside a transaction is rolled back, and the others go on', async () => {
  const writer = await open();
  const reader = await open();
  await writer.query('BEGIN');
  await writer.query("INSERT INTO note VALUES ('lost')");
  const counted = reader.query('SELECT count(*)::int AS count FROM note');
  Reflect.get(writer, 'connection').stream.destroy();
  expect((await counted).rows[0].count).toBe(0);
});

test('a failed statement fails alone', async () => {
  const client = await open();
  await expect(client.query('SELEC 1')).rejects.toThrow('syntax error');
  await expect(client.query('SELECT $1::int', ['x'])).rejects.toThrow('invalid input syntax');
  expect((await client.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
});

test("a failed transaction stays its client's until it is rolled back", async () => {
  const failing = await open();
  const other = await open();
  await failing.query('BEGIN');
  await expect(failing.query('SELECT 1/0')).rejects.toThrow('division by zero');
  const asked = other.query('SELECT 1 AS one');
  await expect(failing.query('SELECT 1')).rejects.toThrow('aborted');
  await failing.query('ROLLBACK');
  expect((await asked).rows).toEqual([{ one: 1 }]);
});

test('a megabyte in one parameter and in one row passes whole', async () => {
  const client = await open();
  const text = 'paper '.repeat(200_000);
  const { rows } = await client.query('SELECT $1::text AS text', [text]);
  expect(rows[0].text).toBe(text);
});

test('what is no Postgres client is cut off without harm to others', async () => {
  const client = await open();
  const stranger = connect(server.port, '127.0.0.1');
  const closed = new Promise((resolve) => stranger.once('close', resolve));
  stranger.on('error', () => {});
  stranger.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
  await closed;
  expect((await client.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
});

test('what one client sets in the session is its own', async () => {
  const dumping = await open();
  const reading = await open();
  await dumping.query("SELECT pg_catalog.set_config('search_path', '', false)");
  await dumping.query("SET statement_timeout = '7s'");
  expect((await reading.query('SELECT count(*)::int AS count FROM note')).rows).toEqual([{ count: 0 }]);
  expect((await reading.query('SHOW statement_timeout')).rows).toEqual([{ statement_timeout: '0' }]);
  expect((await dumping.query('SHOW search_path')).rows).toEqual([{ search_path: '' }]);
  expect((await dumping.query('SHOW statement_timeout')).rows).toEqual([{ statement_timeout: '7s' }]);
});

test('what a client that left had set, prepared or locked is gone', async () => {
  const leaving = await open();
  await leaving.query("SET timezone = 'Asia/Tokyo'");
  await leaving.query('CREATE TEMP TABLE scratch (number int)');
  await leaving.query({ name: 'one', text: 'SELECT 1 AS one' });
  await leaving.query('SELECT pg_advisory_lock(7)');
  await leaving.end();
  const staying = await open();
  expect((await staying.query('SHOW timezone')).rows).not.toEqual([{ TimeZone: 'Asia/Tokyo' }]);
  await expect(staying.query('SELECT * FROM scratch')).rejects.toThrow('does not exist');
  expect((await staying.query({ name: 'one', text: 'SELECT 2 AS one' })).rows).toEqual([{ one: 2 }]);
  const { rows } = await staying.query(
    "SELECT count(*)::int AS count FROM pg_locks WHERE locktype = 'advisory'",
  );
  expect(rows).toEqual([{ count: 0 }]);
});

test.each([
  ['SET search_path = x', true],
  ['  set TimeZone to UTC', true],
  ['/* a */ SET x.y = 1', true],
  ['SELECT 1; RESET ALL', true],
  ["SELECT set_config('a.b', 'c', false)", true],
  ['CREATE TEMP TABLE t ()', true],
  ['SET LOCAL search_path = x', false],
  ['UPDATE note SET text = 1', false],
  ['BEGIN; SET TRANSACTION READ ONLY', false],
  ["SELECT 'reset' AS word", false],
])('%s: changes the session: %s', (statement, expected) => {
  const message = Buffer.concat([Buffer.from('Q'), Buffer.alloc(4), Buffer.from(`${statement}\0`)]);
  expect(changesSession(message)).toBe(expected);
});

test('work between turns waits for an open transaction', async () => {
  const writer = await open();
  await writer.query('BEGIN');
  await writer.query("INSERT INTO note VALUES ('one')");
  const counted = server.between((inside) => inside.query('SELECT count(*)::int AS count FROM note'));
  await writer.query('COMMIT');
  expect((await counted).rows).toEqual([{ count: 1 }]);
});

test('a wrong password is refused, and what asks nothing is let in by none', async () => {
  const guarded = await serveWire(database, { port: 0, password: 'right' });
  onTestFinished(() => guarded.close());
  const login = (password: string) =>
    new pg.Client({
      host: '127.0.0.1',
      port: guarded.port,
      user: 'postgres',
      database: 'postgres',
      password,
    });
  await expect(login('wrong').connect()).rejects.toThrow('password');
  const right = login('right');
  await right.connect();
  expect((await right.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
  await right.end();
});
