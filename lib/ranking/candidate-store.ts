/**
 * What a ranking reads: which papers are in it, what is known of them, and their signals up to an instant.
 *
 * Every statement goes by keys, and what hangs on a row of one is looked up by an index: the plan of a join of two large
 * tables would hang on statistics that an embedded database does not renew by itself.
 */
import { z } from 'zod';
import type { Db, Queryable } from '#lib/db/client.ts';
import { SIGNAL_KINDS, type SignalKind } from '#lib/papers/paper.ts';
import { DAY_MS } from '#lib/time.ts';
import { parseReadings, type Readings, type ReadingsByKind } from './readings.ts';
import { fetchedDays } from './velocity.ts';

/** Keys a statement is given: as many series as fit into a moment, so that others get their turn between. */
const KEYS_MAX = 4_000;

/** Milliseconds are exact: a timestamp of this scale is a whole number of them. */
const READINGS = `string_agg(round(date_part('epoch', observed_at) * 1000)::bigint || ' ' || value, ','
  ORDER BY observed_at)`;

/** Whence a ranking as of `at` reads the series of `latest.kind`. In hours, since days are the session's. */
const fetchedFrom = (at: string) =>
  `${at}::timestamptz - make_interval(hours => CASE latest.kind ${SIGNAL_KINDS.map(
    (kind) => `WHEN '${kind}' THEN ${24 * fetchedDays(kind)}`,
  ).join(' ')} END)`;

/**
 * What a ranking as of `at` reads of the papers `keys`: of each series the readings within its memory and a margin
 * (velocity.ts), and the one before. Looked up series by series, since most readings of most papers are older.
 */
const remembered = ({ keys, at }: { keys: string; at: string }) =>
  `(SELECT latest.paper_key, latest.kind, recent.* FROM latest_signal AS latest, LATERAL (
      SELECT max(observed_at) AS last_at, ${READINGS} AS readings FROM signal
      WHERE signal.paper_key = latest.paper_key AND signal.kind = latest.kind
        AND observed_at <= ${at}::timestamptz
        AND observed_at >= coalesce((
          SELECT max(observed_at) FROM signal AS older
          WHERE older.paper_key = latest.paper_key AND older.kind = latest.kind
            AND older.observed_at < ${fetchedFrom(at)}), '-infinity')) AS recent
    WHERE latest.paper_key = ANY(${keys}::int[]) AND recent.readings IS NOT NULL) AS remembered`;

/** The keys that a statement names `key`, as one text: as rows, tens of thousands take ten times as long. */
async function readKeys(db: Db, sql: string, parameters: readonly unknown[]): Promise<number[]> {
  const text = await readText(
    db,
    `SELECT string_agg(key::text, ',') AS text FROM (${sql}) AS found`,
    parameters,
  );
  return text === '' ? [] : text.split(',').map(Number);
}

/** Keys of papers observed after `since`. */
async function listKeysObservedAfter(db: Db, since: Date): Promise<number[]> {
  return readKeys(db, `SELECT DISTINCT paper_key AS key FROM signal WHERE observed_at > $1::timestamptz`, [
    since,
  ]);
}

/** Makes the copies in `signal_series` anew for papers observed after `since`; returns how many papers. */
export async function refreshSeries(db: Db, asOf: Date, since: Date): Promise<number> {
  const keys = await listKeysObservedAfter(db, since);
  await copySeries(db, asOf, keys);
  return keys.length;
}

/** Makes copies for those of the papers that have been observed and have none; returns how many papers. */
export async function insertMissingSeries(db: Db, asOf: Date, keys: readonly number[]): Promise<number> {
  const missing = await readKeys(
    db,
    `SELECT DISTINCT paper_key AS key FROM latest_signal latest WHERE paper_key = ANY($1::int[])
       AND NOT EXISTS (SELECT FROM signal_series copy WHERE copy.paper_key = latest.paper_key)`,
    [arrayOf(keys)],
  );
  await copySeries(db, asOf, missing);
  return missing.length;
}

/** In order of keys, as every writer of these rows, so that no two of them wait for each other. */
async function copySeries(db: Queryable, asOf: Date, keys: readonly number[]): Promise<void> {
  for (const some of chunksOf(keys)) {
    await db.$executeRawUnsafe(
      `INSERT INTO signal_series (paper_key, kind, last_at, readings)
       SELECT paper_key, kind, last_at, readings FROM ${remembered({ keys: '$1', at: '$2' })} ORDER BY paper_key, kind
       ON CONFLICT (paper_key, kind) DO UPDATE SET last_at = excluded.last_at, readings = excluded.readings
         WHERE signal_series.readings <> excluded.readings AND signal_series.last_at <= excluded.last_at`,
      some,
      asOf,
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
  return readKeys(db, sql, [since, until]);
}

/** Keys of papers that a list announced in [since, until], days `YYYY-MM-DD`. */
export async function listAnnouncedKeys(
  db: Db,
  { since, until }: { since: string; until: string },
): Promise<number[]> {
  return readKeys(
    db,
    `SELECT DISTINCT paper_key AS key FROM listing
     WHERE listed_on >= $1::date AND listed_on <= $2::date AND kind <> 'replacement'`,
    [since, until],
  );
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

/** The signals of the papers by key, all there are up to `until`. */
export async function listSeries(
  db: Db,
  { keys, until }: { keys: readonly number[]; until: Date },
): Promise<Map<number, ReadingsByKind>> {
  const whole = `(SELECT paper_key, kind, ${READINGS} AS readings FROM signal
    WHERE paper_key = ANY($1::int[]) AND observed_at <= $2::timestamptz GROUP BY paper_key, kind) AS whole`;
  return readSeries(db, whole, { keys, until, parse: (text) => parseReadings(text, until.getTime()) });
}

/** The signals of the papers by key, as far as a ranking as of `at` remembers them. */
export async function listRememberedSeries(
  db: Db,
  table: SignalTable,
  { keys, at }: { keys: readonly number[]; at: Date },
): Promise<Map<number, ReadingsByKind>> {
  const atMs = at.getTime();
  const copied = `(SELECT paper_key, kind, readings FROM signal_series
    WHERE paper_key = ANY($1::int[]) AND $2::timestamptz IS NOT NULL) AS copied`;
  const from = table === 'signal' ? remembered({ keys: '$1', at: '$2' }) : copied;
  return readSeries(db, from, {
    keys,
    until: at,
    parse: (text, kind) => parseReadings(text, atMs, atMs - fetchedDays(kind) * DAY_MS),
  });
}

/**
 * A chunk of papers comes as one text of lines `key kind readings`: as rows, tens of thousands took several times as long
 * on their way as to be found.
 */
async function readSeries(
  db: Db,
  from: string,
  {
    keys,
    until,
    parse,
  }: { keys: readonly number[]; until: Date; parse: (text: string, kind: SignalKind) => Readings | null },
): Promise<Map<number, ReadingsByKind>> {
  const found = new Map<number, { [kind in SignalKind]?: Readings }>();
  for (const some of chunksOf(keys)) {
    const lines = await readLines(
      db,
      `SELECT string_agg(paper_key || ' ' || kind || ' ' || readings, E'\\n') AS text FROM ${from}`,
      [some, until],
    );
    for (const line of lines) {
      const keyEnd = line.indexOf(' ');
      const kindEnd = line.indexOf(' ', keyEnd + 1);
      const kind = line.slice(keyEnd + 1, kindEnd) as SignalKind;
      const readings = parse(line.slice(kindEnd + 1), kind);
      if (readings === null) continue;
      const key = Number(line.slice(0, keyEnd));
      const series = found.get(key);
      if (series === undefined) found.set(key, { [kind]: readings });
      else series[kind] = readings;
    }
  }
  return found;
}

async function readLines(db: Db, sql: string, parameters: readonly unknown[]): Promise<string[]> {
  const text = await readText(db, sql, parameters);
  return text === '' ? [] : text.split('\n');
}

const TextRow = z.object({ text: z.string().nullable() });

async function readText(db: Db, sql: string, parameters: readonly unknown[]): Promise<string> {
  const rows = await db.$queryRawUnsafe<unknown[]>(sql, ...parameters);
  return TextRow.parse(rows[0]).text ?? '';
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

/**
 * Facts of the papers, without those withdrawn, as of the day `until`, by key. Of several lists the curated one counts,
 * since it is what votes hang on; of several days the first. Chunk by chunk as lines, as `readSeries`.
 */
export async function listFacts(db: Db, keys: readonly number[], until: string): Promise<Facts[]> {
  const facts: Facts[] = [];
  for (const some of chunksOf(keys)) {
    const [listings, papers] = await Promise.all([
      readLines(
        db,
        `SELECT string_agg(paper_key || E'\\t' || list || E'\\t' || listed_on, E'\\n') AS text FROM (
         SELECT DISTINCT ON (paper_key) paper_key, list, listed_on FROM listing
         WHERE paper_key = ANY($1::int[]) AND listed_on <= $2::date AND kind <> 'replacement'
         ORDER BY paper_key, list = 'huggingface' DESC, listed_on, list) AS chosen`,
        [some, until],
      ),
      readLines(
        db,
        `SELECT string_agg(key || E'\\t' || archive || ':' || identifier || E'\\t' || coalesce(primary_category, '') || E'\\t'
           || coalesce(round(date_part('epoch', submitted_at) * 1000)::bigint::text, ''), E'\\n' ORDER BY key) AS text
         FROM paper WHERE key = ANY($1::int[]) AND NOT is_withdrawn`,
        [some],
      ),
    ]);
    const listingOf = new Map(
      listings.map((line) => {
        const [key = '', list = '', listedOn = ''] = line.split('\t');
        return [key, { list, listedOn }] as const;
      }),
    );
    for (const line of papers) {
      const [key = '', id = '', category = '', submittedAtMs = ''] = line.split('\t');
      const { list, listedOn } = listingOf.get(key) ?? UNLISTED;
      facts.push({
        key: Number(key),
        id,
        category: category === '' ? null : category,
        submittedAtMs: submittedAtMs === '' ? null : Number(submittedAtMs),
        list,
        listedOn,
      });
    }
  }
  return facts;
}

const UNLISTED = { list: null, listedOn: null };

/** The keys as an array of Postgres, KEYS_MAX at a time: as one text, since each element would be escaped by itself. */
function chunksOf(keys: readonly number[]): string[] {
  return Array.from({ length: Math.ceil(keys.length / KEYS_MAX) }, (_, index) =>
    arrayOf(keys.slice(index * KEYS_MAX, (index + 1) * KEYS_MAX)),
  );
}

function arrayOf(numbers: readonly number[]): string {
  return `{${numbers.join(',')}}`;
}
