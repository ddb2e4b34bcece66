import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { systemClock } from '#lib/clock.ts';
import { listPending, migrate, schemaDifference } from '#lib/db/migrate.ts';
import { answer, type Context, EXIT, type ExitCode, JSON_OPTION, type Run, say } from '../command.ts';
import { openDatabase } from '../open-database.ts';

type MigrateFlags = { readonly status: boolean; readonly json: boolean };

export function defineMigrate(command: Command, run: Run): void {
  command
    .option('--status', 'only list pending migrations', false)
    .option('--json', JSON_OPTION, false)
    .action(run(migrateDatabase));
  command
    .command('new')
    .description('write a new migration: the difference between prisma/schema.prisma and the migrations')
    .argument('<name>', 'what it does, in snake_case: add_suppression_reason')
    .action(run(writeMigration));
}

/** Applies pending migrations, or with `--status` only lists them. */
async function migrateDatabase({ config }: Context, flags: MigrateFlags): Promise<ExitCode> {
  const database = await openDatabase(config);
  try {
    if (flags.status) {
      const pending = await listPending(database.url);
      answer(flags.json, { pending }, formatNames(pending, 'pending', 'Nothing is pending.'));
    } else {
      const { applied } = await migrate(database.url);
      answer(flags.json, { applied }, formatNames(applied, 'applied', 'Nothing to apply.'));
    }
    return EXIT.ok;
  } finally {
    await database.close();
  }
}

function formatNames(names: readonly string[], state: string, none: string): string {
  return names.length === 0 ? none : names.map((name) => `${state}  ${name}`).join('\n');
}

/** Writes prisma/migrations/TIME_NAME/migration.sql with the difference between the migrations and the schema. */
async function writeMigration({ root }: Context, name: string): Promise<ExitCode> {
  if (!/^[a-z][a-z0-9_]*$/.test(name)) {
    say('The name of a migration says what it does, in snake_case: add_suppression_reason.');
    return EXIT.usage;
  }
  const sql = await differenceFromMigrations();
  if (sql === '') {
    answer(false, {}, 'The migrations match prisma/schema.prisma; there is nothing to write.');
    return EXIT.ok;
  }
  const time = systemClock.now().toISOString().replace(/\D/g, '').slice(0, 14);
  const folder = join('prisma/migrations', `${time}_${name}`);
  mkdirSync(join(root, folder));
  writeFileSync(join(root, folder, 'migration.sql'), `${sql}\n`);
  answer(false, {}, `Wrote ${folder}/migration.sql. Review it before you apply it.`);
  return EXIT.ok;
}

/** Compared with an in-memory database that has every migration and nothing else, so no real one is needed or touched. */
async function differenceFromMigrations(): Promise<string> {
  // Loaded only here: applying migrations needs none of them.
  const { PGlite } = await import('@electric-sql/pglite');
  const { EMBEDDED_EXTENSIONS } = await import('#lib/db/embedded-server.ts');
  const { serveWire } = await import('#lib/db/wire-server.ts');
  const scratch = await PGlite.create({ extensions: EMBEDDED_EXTENSIONS });
  const server = await serveWire(scratch);
  try {
    const url = `postgresql://postgres@127.0.0.1:${server.port}/postgres`;
    await migrate(url);
    return await schemaDifference(url);
  } finally {
    await server.close();
    await scratch.close();
  }
}
