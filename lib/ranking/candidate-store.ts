/**
 * What a ranking reads: which papers are in it, what is known of them, and their signals up to an instant.
 *
 * Every statement goes by keys and none joins two large tables: the plan of a join would hang on statistics that an
 * embedded database does not renew by itself.
 */
import { z } from 'zod';
import type { Db } from '#lib/db/client.ts';
import { SIGNAL_KINDS } from '#lib/papers/paper.ts';
import type { Queryable } from '#lib/papers/record-store.ts';
import { parseReadings, type ReadingsByKind } from './readings.ts';

/** Keys a statement is given: as many series as fit into a moment, so that others get their turn between. */
const KEYS_MAX = 4_000;

/** Milliseconds are exact: a timestamp of this scale is a whole number of them. */
const READINGS = `string_agg(round(date_part('epoch', observed_at) * 1000)::bigint || ' ' || value, ','
  ORDER BY observed_at)`;

const KeyRow = z.object({ key: z.number() });
const keysOf = (rows: readonly unknown[]) => rows.map((row) => KeyRow.parse(row).key);

/** Keys of papers observed after `since`. */
async function listKeysObservedAfter(db: Db, since: Date): Promise<number[]> {
  return keysOf(
    await db.$queryRawUnsafe<unknown[]>(
      `SELECT DISTINCT paper_key AS key FROM signal WHERE observed_at > $1::timestamptz`,
      since,
    ),
  );
}

/** Makes the copies in `signal_series` anew for papers observed after `since`; returns how many papers. */
export async function refreshSeries(db: Db, since: Date): Promise<number> {
  const keys = await listKeysObservedAfter(db, since);
  await copySeries(db, keys);
  return keys.length;
}

/** Makes copies for those of the papers that have been observed and have none; returns how many papers. */
export async function insertMissingSeries(db: Db, keys: readonly number[]): Promise<number> {
  const rows = await db.$queryRawUnsafe<unknown[]>(
    `SELECT DISTINCT paper_key AS key FROM latest_signal latest WHERE paper_key = ANY($1::int[])
       AND NOT EXISTS (SELECT FROM signal_series copy WHERE copy.paper_key = latest.paper_key)`,
    keys,
  );
  const missing = keysOf(rows);
  await copySeries(db, missing);
  return missing.length;
}

/** In order of keys, as every writer of these rows, so that no two of them wait for each other. */
async function copySeries(db: Queryable, keys: readonly number[]): Promise<void> {
  for (const some of chunksOf(keys)) {
    await db.$executeRawUnsafe(
      `INSERT INTO signal_series (paper_key, kind, last_at, readings)
       SELECT paper_key, kind, max(observed_at), ${READINGS}
       FROM signal WHERE paper_key = ANY($1::int[]) GROUP BY paper_key, kind ORDER BY paper_key, kind
       ON CONFLICT (paper_key, kind) DO UPDATE SET last_at = excluded.last_at, readings = excluded.readings
         WHERE signal_series.readings <> excluded.readings`,
      some,
    );
  }
}

/**
 * Drops copies of papers not observed since: they are no candidates, unless they come back. Not by NOT IN, which compares
 * every row with every other once they no longer fit into work_mem: two minutes for 60,000.
 */
export async function purgeSeries(db: Queryable, before: Date): Promise<void> {
  await db.$executeRawUnsafe(
    `DELETE FROM signal_series AS old WHERE last_at <= $1::timestamptz AND NOT EXISTS (
       SELECT FROM signal_series AS other WHERE other.paper_key = old.paper_key AND other.last_at > $1::timestamptz)`,
    before,
  );
}

/** Where signals are read: the history itself, or the copies that `refreshSeries` has made of it. */
export type SignalTable = 'signal' | 'signal_series';

/** Keys of papers with an observation in (since, until], or possibly so: copies only say when the last one was. */
export async function listObservedKeys(
  db: Db,
  table: SignalTable,
  { since, until }: { since: Date; until: Date },
): Promise<number[]> {
  const sql =
    table === 'signal'
      ? `SELECT DISTINCT paper_key AS key FROM signal
         WHERE observed_at > $1::timestamptz AND observed_at <= $2::timestamptz`
      : `SELECT DISTINCT paper_key AS key FROM signal_series
         WHERE last_at > $1::timestamptz AND $2::timestamptz IS NOT NULL`;
  return keysOf(await db.$queryRawUnsafe<unknown[]>(sql, since, until));
}

/** Keys of papers that a list announced in [since, until], days `YYYY-MM-DD`. */
export async function listAnnouncedKeys(
  db: Db,
  { since, until }: { since: string; until: string },
): Promise<number[]> {
  const rows = await db.$queryRawUnsafe<unknown[]>(
    `SELECT DISTINCT paper_key AS key FROM listing
     WHERE listed_on >= $1::date AND listed_on <= $2::date AND kind <> 'replacement'`,
    since,
    until,
  );
  return keysOf(rows);
}

/** The newest day up to `until` on which a list announced papers; null when there is none. */
export async function findNewestAnnouncement(db: Db, until: string): Promise<string | null> {
  const rows = await db.$queryRawUnsafe<unknown[]>(
    `SELECT listed_on::text AS day FROM listing
     WHERE listed_on <= $1::date AND kind <> 'replacement' ORDER BY listed_on DESC LIMIT 1`,
    until,
  );
  return z.array(z.object({ day: z.string() })).parse(rows)[0]?.day ?? null;
}

const SeriesRow = z.object({ paper_key: z.number(), kind: z.enum(SIGNAL_KINDS), readings: z.string() });

/**
 * The signals of the papers by key, nothing later than `until`.
 * Rows are not parsed by zod: there are tens of thousands, and the table's types say the same.
 */
export async function listSeries(
  db: Db,
  table: SignalTable,
  { keys, until }: { keys: readonly number[]; until: Date },
): Promise<Map<number, ReadingsByKind>> {
  const sql =
    table === 'signal'
      ? `SELECT paper_key, kind::text, ${READINGS} AS readings FROM signal
         WHERE paper_key = ANY($1::int[]) AND observed_at <= $2::timestamptz GROUP BY paper_key, kind`
      : `SELECT paper_key, kind::text, readings FROM signal_series
         WHERE paper_key = ANY($1::int[]) AND $2::timestamptz IS NOT NULL`;
  const found = new Map<number, ReadingsByKind>();
  for (const some of chunksOf(keys)) {
    const rows = await db.$queryRawUnsafe<z.infer<typeof SeriesRow>[]>(sql, some, until);
    for (const { paper_key: key, kind, readings } of rows) {
      const known = parseReadings(readings, until.getTime());
      if (known !== null) found.set(key, { ...found.get(key), [kind]: known });
    }
  }
  return found;
}

export type Facts = {
  readonly key: number;
  /** `arxiv:2603.00001`. */
  readonly id: string;
  readonly category: string | null;
  readonly submittedAtMs: number | null;
  /** The list that brought the paper, and the day on which it did. */
  readonly list: string | null;
  readonly listedOn: string | null;
};

type PaperRow = { key: number; id: string; category: string | null; submitted_at: Date | null };
type ListingRow = { paper_key: number; list: string; listed_on: string };

/**
 * Facts of the papers, without those withdrawn, as of the day `until`. Of several lists the curated one counts, since
 * it is what votes hang on; of several days the first.
 */
export async function listFacts(db: Db, keys: readonly number[], until: string): Promise<Facts[]> {
  const facts: Facts[] = [];
  for (const some of chunksOf(keys)) {
    const papers = await db.$queryRawUnsafe<PaperRow[]>(
      `SELECT key, archive || ':' || identifier AS id, primary_category AS category, submitted_at
       FROM paper WHERE key = ANY($1::int[]) AND NOT is_withdrawn`,
      some,
    );
    const listings = await db.$queryRawUnsafe<ListingRow[]>(
      `SELECT DISTINCT ON (paper_key) paper_key, list, listed_on::text FROM listing
       WHERE paper_key = ANY($1::int[]) AND listed_on <= $2::date AND kind <> 'replacement'
       ORDER BY paper_key, list = 'huggingface' DESC, listed_on, list`,
      some,
      until,
    );
    const listingOf = new Map(listings.map((listing) => [listing.paper_key, listing]));
    for (const { key, id, category, submitted_at: submittedAt } of papers) {
      const listing = listingOf.get(key);
      facts.push({
        key,
        id,
        category,
        submittedAtMs: submittedAt?.getTime() ?? null,
        list: listing?.list ?? null,
        listedOn: listing?.listed_on ?? null,
      });
    }
  }
  return facts;
}

function chunksOf(keys: readonly number[]): number[][] {
  return Array.from({ length: Math.ceil(keys.length / KEYS_MAX) }, (_, index) =>
    keys.slice(index * KEYS_MAX, (index + 1) * KEYS_MAX),
  );
}
