/**
 * Brings a database to the newest schema by the SQL files under prisma/migrations, with Prisma's own engine and its
 * `_prisma_migrations` table. Several processes may start at once: a lease row lets one migrate while the others wait
 * (an advisory lock belongs to a session, and the embedded database has one session for all).
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { systemRandom } from '#lib/random.ts';
import { withEngine } from './schema-engine.ts';

const PRISMA_DIRECTORY = fileURLToPath(new URL('../../prisma', import.meta.url));
const MIGRATIONS_DIRECTORY = join(PRISMA_DIRECTORY, 'migrations');

/** Longer than any migration of ours; a holder that died leaves the lease to the next one after this. */
const LEASE_SECONDS = 120;
const WAIT_MS_MAX = 300_000;
const POLL_MS = 200;

/** Tables that are not Prisma's to know. */
const FILTERS = { externalTables: ['public.migration_lease'], externalEnums: [] };

export type MigrationReport = { readonly applied: readonly string[] };

/** Applies what is missing; names it, oldest first. Throws when a migration fails, with Postgres's own words. */
export async function migrate(url: string): Promise<MigrationReport> {
  if ((await listPending(url)).length === 0) return { applied: [] };
  return withLease(url, () =>
    withEngine(url, readSchema(), async (engine) => {
      const migrationsList = readMigrations();
      const { appliedMigrationNames } = await engine.applyMigrations({ migrationsList, filters: FILTERS });
      return { applied: appliedMigrationNames };
    }),
  );
}

/** Names of migrations that the database at `url` has not got, oldest first. */
export async function listPending(url: string): Promise<string[]> {
  return withClient(url, async (client) => {
    const { rows } = await client.query<{ there: boolean }>(
      `SELECT to_regclass('_prisma_migrations') IS NOT NULL AS there`,
    );
    if (rows[0]?.there !== true) return migrationNames();
    const done = await client.query<{ migration_name: string }>(
      'SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL',
    );
    const applied = new Set(done.rows.map((row) => row.migration_name));
    return migrationNames().filter((name) => !applied.has(name));
  });
}

/**
 * SQL that leads from the database at `url` (which must have every migration applied) to prisma/schema.prisma.
 * Empty when they agree. What only SQL can say (generated columns, special indexes) is not Prisma's to see.
 */
export async function schemaDifference(url: string): Promise<string> {
  const files = [{ path: 'schema.prisma', content: readSchema() }];
  return withEngine(url, readSchema(), async (engine) => {
    const { stdout } = await engine.diff({
      from: { tag: 'schemaDatasource', files, configDir: PRISMA_DIRECTORY },
      to: { tag: 'schemaDatamodel', files },
      script: true,
      exitCode: null,
      filters: FILTERS,
    });
    const sql = (stdout ?? '').trim();
    return sql === '-- This is an empty migration.' ? '' : sql;
  });
}

function readSchema(): string {
  return readFileSync(join(PRISMA_DIRECTORY, 'schema.prisma'), 'utf8');
}

function migrationNames(): string[] {
  return readdirSync(MIGRATIONS_DIRECTORY, { withFileTypes: true })
    .filter((found) => found.isDirectory())
    .map((found) => found.name)
    .sort();
}

function readMigrations() {
  return {
    baseDir: MIGRATIONS_DIRECTORY,
    lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' },
    shadowDbInitScript: '',
    migrationDirectories: migrationNames().map((name) => ({
      path: name,
      migrationFile: {
        path: 'migration.sql',
        content: {
          tag: 'ok' as const,
          value: readFileSync(join(MIGRATIONS_DIRECTORY, name, 'migration.sql'), 'utf8'),
        },
      },
    })),
  };
}

async function withLease<Result>(url: string, work: () => Promise<Result>): Promise<Result> {
  const holder = systemRandom.token(16);
  await takeLease(url, holder);
  try {
    return await work();
  } finally {
    await withClient(url, (client) =>
      client.query('DELETE FROM migration_lease WHERE holder = $1', [holder]),
    );
  }
}

async function takeLease(url: string, holder: string): Promise<void> {
  for (let waitedMs = 0; waitedMs < WAIT_MS_MAX; waitedMs += POLL_MS) {
    const isTaken = await withClient(url, async (client) => {
      await createLeaseTable(client);
      const { rowCount } = await client.query(
        `INSERT INTO migration_lease (one, holder, expires_at)
         VALUES (1, $1, now() + make_interval(secs => $2))
         ON CONFLICT (one) DO UPDATE SET holder = excluded.holder, expires_at = excluded.expires_at
         WHERE migration_lease.expires_at < now()`,
        [holder, LEASE_SECONDS],
      );
      return rowCount === 1;
    });
    if (isTaken) return;
    await sleep(POLL_MS);
  }
  throw new Error('Another process has been migrating the database for five minutes; look at its log.');
}

async function createLeaseTable(client: pg.Client): Promise<void> {
  try {
    await client.query(
      'CREATE TABLE IF NOT EXISTS migration_lease (one int PRIMARY KEY CHECK (one = 1), holder text NOT NULL, expires_at timestamptz NOT NULL)',
    );
  } catch (error) {
    // IF NOT EXISTS is no protection from another session creating it in the same instant (unique_violation in pg_type).
    if (!(error instanceof pg.DatabaseError) || (error.code !== '23505' && error.code !== '42P07'))
      throw error;
  }
}

async function withClient<Result>(
  url: string,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
