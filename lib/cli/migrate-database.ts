import { listPending, migrate } from '#lib/db/migrate.ts';
import type { Context } from './command.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { openDatabase } from './open-database.ts';
import { answer } from './print.ts';

/** Applies what is missing, or with `isStatus` only names it. */
export async function migrateDatabase(
  { config }: Context,
  options: { isStatus: boolean; isJson: boolean },
): Promise<ExitCode> {
  const database = await openDatabase(config);
  try {
    if (options.isStatus) {
      const pending = await listPending(database.url);
      answer(options.isJson, { pending }, formatNames(pending, 'pending', 'Nothing is pending.'));
    } else {
      const { applied } = await migrate(database.url);
      answer(options.isJson, { applied }, formatNames(applied, 'applied', 'Nothing to apply.'));
    }
    return EXIT.ok;
  } finally {
    await database.close();
  }
}

function formatNames(names: readonly string[], state: string, none: string): string {
  return names.length === 0 ? none : names.map((name) => `${state}  ${name}`).join('\n');
}
