/** A whole instance for benchmarks of the digest: an embedded database with papers and many subscriptions. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { createDb, type Db } from '#lib/db/client.ts';
import { embeddedEnded, openEmbedded } from '#lib/db/embedded.ts';
import { migrate } from '#lib/db/migrate.ts';
import { insertPapers } from './subscriptions.ts';

export type DigestInstance = {
  readonly db: Db;
  readonly url: string;
  readonly databasePid: number;
  close(): Promise<void>;
};

export async function openInstance(directory: string): Promise<DigestInstance> {
  const url = await openEmbedded(directory);
  // The database ends with its last client, which between two killed workers may be so.
  const keeper = new pg.Client({ connectionString: url });
  await keeper.connect();
  await migrate(url);
  const db = createDb(url);
  return {
    db,
    url,
    databasePid: Number(JSON.parse(readFileSync(join(directory, 'database.json'), 'utf8')).pid),
    close: async () => {
      await db.$disconnect();
      await keeper.end();
      await embeddedEnded(directory, 20_000);
    },
  };
}

/** What the papers of fillPapers are about, by turns. */
export const SUBJECTS = [
  'graph',
  'diffusion',
  'protein',
  'robot',
  'language',
  'vision',
  'speech',
  'market',
  'climate',
  'galaxy',
];

/** Papers of one day whose titles and abstracts hold a few hundred different words. */
export async function fillPapers(db: Db, day: string, count: number, from = 1): Promise<void> {
  for (let start = 0; start < count; start += 100) {
    const title = `On ${SUBJECTS[(start / 100) % SUBJECTS.length]} models`;
    await insertPapers(db, { day, count: Math.min(100, count - start), from: from + start, title });
  }
}

/** `addressOf` names each reader; `queryOf` null: papers of cs.LG. All are due at `dueAt`. */
export async function fillSubscriptions(
  db: Db,
  plan: {
    count: number;
    dueAt: Date;
    addressOf: (reader: number) => string;
    queryOf: ((reader: number) => string) | null;
    papersMax: number;
  },
): Promise<void> {
  const BATCH = 5_000;
  for (let start = 0; start < plan.count; start += BATCH) {
    const readers = Array.from(
      { length: Math.min(BATCH, plan.count - start) },
      (_, index) => start + index + 1,
    );
    const addresses = readers.map(plan.addressOf);
    const queries = readers.map((reader) => plan.queryOf?.(reader) ?? '');
    await db.$executeRaw`
      WITH given AS (
        SELECT * FROM unnest(${addresses}::text[], ${queries}::text[]) WITH ORDINALITY AS given (address, query, place)
      ),
      person AS (
        INSERT INTO subscriber (folded, created_at) SELECT address, ${plan.dueAt} FROM given RETURNING id, folded
      )
      INSERT INTO subscription (subscriber_id, address, domain, state, has_trending, categories, queries, muted_words,
        cadence, hour, zone, papers_max, send_when_empty, created_at, confirmed_at, next_due_at, covered_until)
      SELECT id, address, split_part(address, '@', 2), 'active', false,
        CASE query WHEN '' THEN ARRAY['cs.LG'] ELSE '{}' END, CASE query WHEN '' THEN '{}' ELSE ARRAY[query] END, '{}',
        'daily', extract(hour FROM ${plan.dueAt}::timestamptz AT TIME ZONE 'UTC'), 'UTC', ${plan.papersMax}::smallint,
        true, ${plan.dueAt}, ${plan.dueAt}, ${plan.dueAt}, ${plan.dueAt}::timestamptz - interval '1 day'
      FROM given JOIN person ON person.folded = given.address ORDER BY place`;
  }
}
