import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { systemClock } from '#lib/clock.ts';
import { EMBEDDED_EXTENSIONS } from '#lib/db/embedded-server.ts';
import { migrate, schemaDifference } from '#lib/db/migrate.ts';
import { serveWire } from '#lib/db/wire-server.ts';
import type { Context } from './command.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { answer, say } from './print.ts';

/** Writes prisma/migrations/TIME_NAME/migration.sql with what the schema has and the migrations have not. */
export async function writeMigration({ root }: Context, name: string): Promise<ExitCode> {
  if (!/^[a-z][a-z0-9_]*$/.test(name)) {
    say('A migration is named in snake_case for what it does, for example add_suppression_reason.');
    return EXIT.usage;
  }
  const sql = await differenceFromMigrations();
  if (sql === '') {
    answer(false, {}, 'The migrations agree with prisma/schema.prisma; there is nothing to write.');
    return EXIT.ok;
  }
  const time = systemClock.now().toISOString().replace(/\D/g, '').slice(0, 14);
  const folder = join('prisma/migrations', `${time}_${name}`);
  mkdirSync(join(root, folder));
  writeFileSync(join(root, folder, 'migration.sql'), `${sql}\n`);
  answer(false, {}, `Wrote ${folder}/migration.sql. Read it before you apply it.`);
  return EXIT.ok;
}

/** Against a database in memory that has every migration and nothing else, so that no real one is needed or touched. */
async function differenceFromMigrations(): Promise<string> {
  const scratch = await PGlite.create({ extensions: EMBEDDED_EXTENSIONS });
  const server = await serveWire(scratch, 0);
  try {
    const url = `postgresql://postgres@127.0.0.1:${server.port}/postgres`;
    await migrate(url);
    return await schemaDifference(url);
  } finally {
    await server.close();
    await scratch.close();
  }
}
