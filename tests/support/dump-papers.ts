/** Everything that ingest wrote of papers, without surrogate keys and in a fixed order: two such dumps can be compared. */
import type { Db } from '#lib/db/client.ts';

const QUERIES = [
  ['papers', `SELECT to_jsonb(paper) - 'key' AS row FROM paper ORDER BY archive, identifier`],
  [
    'versions',
    `SELECT identifier, to_jsonb(paper_version) - 'paper_key' AS row
     FROM paper_version JOIN paper ON key = paper_key ORDER BY archive, identifier, version`,
  ],
  [
    'links',
    `SELECT identifier, to_jsonb(paper_link) - 'paper_key' AS row
     FROM paper_link JOIN paper ON key = paper_key ORDER BY archive, identifier, url`,
  ],
  [
    'listings',
    `SELECT identifier, to_jsonb(listing) - 'paper_key' AS row
     FROM listing JOIN paper ON key = paper_key ORDER BY archive, identifier, listed_on, list`,
  ],
] as const;

/** Rows by table. */
export type Dump = ReadonlyMap<string, readonly unknown[]>;

export async function dumpPapers(db: Db): Promise<Dump> {
  const dump = new Map<string, readonly unknown[]>();
  for (const [table, query] of QUERIES) dump.set(table, await db.$queryRawUnsafe<unknown[]>(query));
  return dump;
}
