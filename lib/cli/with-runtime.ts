import type { Config } from '#lib/config/parse.ts';
import { migrate } from '#lib/db/migrate.ts';
import { createRuntime, type Runtime } from '#lib/runtime.ts';
import { openDatabase } from './open-database.ts';

/** Runs a command's `work` on an open and migrated database, and closes it afterwards. */
export async function withRuntime<Result>(
  config: Config,
  work: (runtime: Runtime) => Promise<Result>,
): Promise<Result> {
  const database = await openDatabase(config);
  try {
    await migrate(database.url);
    const runtime = createRuntime({ ...config, databaseUrl: database.url });
    try {
      return await Promise.race([work(runtime), database.lost]);
    } finally {
      await runtime.db.$disconnect();
    }
  } finally {
    await database.close();
  }
}
