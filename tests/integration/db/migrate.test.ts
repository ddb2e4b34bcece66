import { PGlite } from '@electric-sql/pglite';
import pg from 'pg';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { EMBEDDED_EXTENSIONS } from '#lib/db/embedded-server.ts';
import { listPending, migrate, schemaDifference } from '#lib/db/migrate.ts';
import { serveWire } from '#lib/db/wire-server.ts';
import { type NativePostgres, startNativePostgres } from '../../support/native-postgres.ts';

let native: NativePostgres;
beforeAll(async () => {
  native = await startNativePostgres();
});
afterAll(() => native.stop());

async function embeddedUrl(): Promise<string> {
  const database = await PGlite.create({ extensions: EMBEDDED_EXTENSIONS });
  const server = await serveWire(database);
  onTestFinished(async () => {
    await server.close();
    await database.close();
  });
  return `postgresql://postgres@127.0.0.1:${server.port}/postgres`;
}

const KINDS = [
  { kind: 'embedded', open: embeddedUrl },
  { kind: 'native', open: () => native.createDatabase(`migrate_${Math.floor(performance.now() * 1000)}`) },
];

test.each(KINDS)(
  'three processes that migrate one $kind database at once apply each migration once',
  async ({ open }) => {
    const url = await open();
    const pending = await listPending(url);
    expect(pending.length).toBeGreaterThan(0);
    const reports = await Promise.all([migrate(url), migrate(url), migrate(url)]);
    expect(reports.flatMap((report) => report.applied)).toEqual(pending);
    expect(await listPending(url)).toEqual([]);
    expect(await migrate(url)).toEqual({ applied: [] });
  },
);

test.each(KINDS)('schema.prisma and the migrations agree on a $kind database', async ({ open }) => {
  const url = await open();
  await migrate(url);
  expect(await schemaDifference(url)).toBe('');
});

test('a difference between schema and database is told as SQL', async () => {
  const url = await embeddedUrl();
  await migrate(url);
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query('ALTER TABLE paper DROP COLUMN comment');
  await client.end();
  expect(await schemaDifference(url)).toContain('ADD COLUMN     "comment" TEXT');
});
