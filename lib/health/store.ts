/** The state of the database. */
import { z } from 'zod';
import type { Db } from '#lib/db/client.ts';

/** How keyword search ranks: with the BM25 extension, or on a Postgres without it in plain SQL. */
export type SearchKind = 'pg_textsearch' | 'plain';

const MigratedRow = z.object({ is_migrated: z.boolean() });
const MigrationRow = z.object({ migration_name: z.string() });
const SearchRow = z.object({ has_extension: z.boolean() });

/** Names of applied migrations; none in a database that was never migrated. */
export async function listAppliedMigrations(db: Db): Promise<string[]> {
  const rows = await db.$queryRaw<unknown[]>`
    SELECT to_regclass('_prisma_migrations') IS NOT NULL AS is_migrated`;
  if (!MigratedRow.parse(rows[0]).is_migrated) return [];
  const applied = await db.$queryRaw<unknown[]>`
    SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL`;
  return z
    .array(MigrationRow)
    .parse(applied)
    .map((row) => row.migration_name);
}

export async function findSearchKind(db: Db): Promise<SearchKind> {
  const rows = await db.$queryRaw<unknown[]>`
    SELECT EXISTS (SELECT FROM pg_extension WHERE extname = 'pg_textsearch') AS has_extension`;
  return SearchRow.parse(rows[0]).has_extension ? 'pg_textsearch' : 'plain';
}
