/** Transactions past Prisma: all or nothing, and a connection that broke is used by nobody else. */
import { expect, onTestFinished, test } from 'vitest';
import { createDb, type Queryable, transact } from '#lib/db/client.ts';
import { migrate } from '#lib/db/migrate.ts';
import { freshDatabase } from '../../support/database.ts';
import { startNativePostgres } from '../../support/native-postgres.ts';

const INSERT = `INSERT INTO source_response (url, fetched_at) VALUES ($1, now())`;

const insert = (statements: Queryable, url: string) => statements.$executeRawUnsafe(INSERT, url);

test('what a transaction wrote is there once it ends, and its result is returned', async () => {
  const { db } = await freshDatabase();
  const rows = await transact(db, async (statements) => {
    expect(await insert(statements, 'a')).toBe(1);
    return statements.$queryRawUnsafe<{ url: string }[]>('SELECT url FROM source_response');
  });
  expect(rows).toEqual([{ url: 'a' }]);
  expect(await db.sourceResponse.count()).toBe(1);
});

test('one that fails, in the database or beside it, leaves nothing, and the next is well', async () => {
  const { db } = await freshDatabase();
  await expect(
    transact(db, async (statements) => {
      await insert(statements, 'a');
      await insert(statements, 'a');
    }),
  ).rejects.toThrow('duplicate key');
  await expect(
    transact(db, async (statements) => {
      await insert(statements, 'b');
      throw new Error('changed my mind');
    }),
  ).rejects.toThrow('changed my mind');
  expect(await db.sourceResponse.count()).toBe(0);
  await transact(db, (statements) => insert(statements, 'c'));
  expect(await db.sourceResponse.count()).toBe(1);
});

test('a statement that fails and is passed over does not pass for a transaction that was written', async () => {
  const { db } = await freshDatabase();
  await expect(
    transact(db, async (statements) => {
      await insert(statements, 'a');
      await insert(statements, 'a').catch(() => 0);
    }),
  ).rejects.toThrow('rolled back');
  expect(await db.sourceResponse.count()).toBe(0);
});

test('a connection that breaks in the middle fails its transaction and no other', async () => {
  const native = await startNativePostgres();
  onTestFinished(() => native.stop());
  const url = await native.createDatabase('paperboy');
  await migrate(url);
  const db = createDb(url, 2);
  const broken = Promise.withResolvers<void>();
  const other = transact(db, async (statements) => {
    await insert(statements, 'other');
    await broken.promise;
    return insert(statements, 'after');
  });
  await expect(
    transact(db, async (statements) => {
      await insert(statements, 'a');
      await statements.$queryRawUnsafe('SELECT pg_terminate_backend(pg_backend_pid())');
    }),
  ).rejects.toThrow(/terminat/);
  broken.resolve();
  expect(await other).toBe(1);
  await Promise.all(['b', 'c'].map((url) => transact(db, (statements) => insert(statements, url))));
  expect((await db.sourceResponse.findMany()).map((row) => row.url).sort()).toEqual([
    'after',
    'b',
    'c',
    'other',
  ]);
  await db.$disconnect();
});

test('no connection is left by a database that only such transactions used', async () => {
  const { db: observer, url } = await freshDatabase();
  const db = createDb(url);
  await transact(db, (statements) => insert(statements, 'a'));
  await db.$disconnect();
  await expect(transact(db, (statements) => insert(statements, 'b'))).rejects.toThrow();
  expect(await observer.sourceResponse.count()).toBe(1);
});

test('a database that is not there is an error to tell', async () => {
  const db = createDb('postgresql://postgres@127.0.0.1:1/none');
  await expect(transact(db, (statements) => insert(statements, 'a'))).rejects.toThrow('ECONNREFUSED');
  await db.$disconnect();
});
