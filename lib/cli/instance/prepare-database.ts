import type { Config } from '#lib/config/config.ts';
import { migrate } from '#lib/db/migrate.ts';
import { loadSample } from '#lib/ingest/load-sample.ts';
import { createRuntime } from '#lib/runtime.ts';
import { say } from '../print.ts';

/** Brings the database to the newest schema, and gives an empty one something to read. */
export async function prepareDatabase(config: Config, databaseUrl: string): Promise<void> {
  const { applied } = await migrate(databaseUrl);
  if (applied.length > 0) say(`Applied ${applied.length} migrations to the database.`);
  const { db } = createRuntime({ ...config, databaseUrl });
  try {
    const count = await loadSample(db);
    if (count > 0) say(`Loaded the sample edition, ${count} papers.`);
  } finally {
    await db.$disconnect();
  }
}
