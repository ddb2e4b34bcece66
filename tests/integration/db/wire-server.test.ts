import { connect } from 'node:net';
import { PGlite } from '@electric-sql/pglite';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest';
import { serveWire, type WireServer } from '#lib/db/wire-server.ts';

let database: PGlite;
let server: WireServer;
const settings = () => ({ host: '127.0.0.1', port: server.port, user: 'postgres', database: 'postgres' });

beforeAll(async () => {
  database = await PGlite.create();
  await database.exec('CREATE TABLE note (text text)');
  server = await serveWire(database, 0);
});
afterAll(async () => {
  await server.close();
  await database.close();
});
beforeEach(() => database.exec('TRUNCATE note'));

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
