/**
 * Real databases for tests. `freshDatabase` opens a migrated, empty one: by default the embedded kind (PGlite behind
 * the same socket server as in production), or a native Postgres 18 where a test is about true concurrency.
 */

import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { fixedClock } from '#lib/clock.ts';
import { createDb, type Db } from '#lib/db/client.ts';
import { EMBEDDED_EXTENSIONS } from '#lib/db/embedded-server.ts';
import { migrate } from '#lib/db/migrate.ts';
import { serveWire } from '#lib/db/wire-server.ts';

const MIGRATIONS = new URL('../../prisma/migrations/', import.meta.url).pathname;

export type FreshDatabase = { db: Db; url: string; clock: ReturnType<typeof fixedClock> };

/**
 * A migrated, empty embedded database, and a clock that stands at `now`. The tests of a file run one after another and
 * share one process's worth of Postgres, emptied for each: opening a new one for every test took ten times as long.
 */
export async function freshDatabase(options: { now?: string } = {}): Promise<FreshDatabase> {
  opened ??= openDatabase();
  const { db, url } = await opened;
  await emptyAllTables(db);
  return { db, url, clock: fixedClock(options.now ?? '2026-03-02T07:00:00Z') };
}

let opened: Promise<{ db: Db; url: string }> | undefined;

async function openDatabase(): Promise<{ db: Db; url: string }> {
  const database = await PGlite.create({
    loadDataDir: new Blob([readFileSync(await templateFile())]),
    extensions: EMBEDDED_EXTENSIONS,
  });
  const server = await serveWire(database);
  const url = `postgresql://postgres@127.0.0.1:${server.port}/postgres`;
  return { db: createDb(url), url };
}

async function emptyAllTables(db: Db): Promise<void> {
  const tables = await db.$queryRaw<{ name: string }[]>`
    SELECT quote_ident(tablename) AS name FROM pg_tables
    WHERE schemaname = 'public' AND tablename NOT IN ('_prisma_migrations', 'migration_lease')`;
  await db.$executeRawUnsafe(
    `TRUNCATE ${tables.map((table) => table.name).join(', ')} RESTART IDENTITY CASCADE`,
  );
}

let template: Promise<string> | undefined;

/** Migrating takes a second, copying a migrated folder a third of that: made once per state of the migrations. */
function templateFile(): Promise<string> {
  template ??= makeTemplate();
  return template;
}

async function makeTemplate(): Promise<string> {
  const hash = createHash('sha256');
  for (const name of readdirSync(MIGRATIONS).sort()) {
    const file = join(MIGRATIONS, name, 'migration.sql');
    if (existsSync(file)) hash.update(name).update(readFileSync(file));
  }
  const path = join(tmpdir(), `paperboy-template-${hash.digest('hex').slice(0, 16)}.tar`);
  if (existsSync(path)) return path;
  const database = await PGlite.create({ extensions: EMBEDDED_EXTENSIONS });
  const server = await serveWire(database);
  await migrate(`postgresql://postgres@127.0.0.1:${server.port}/postgres`);
  const dump = await database.dumpDataDir('none');
  await server.close();
  await database.close();
  // Other test processes make the same file at the same time: each writes its own and the last one stays.
  const own = `${path}.${process.pid}`;
  writeFileSync(own, Buffer.from(await dump.arrayBuffer()));
  renameSync(own, path);
  return path;
}
