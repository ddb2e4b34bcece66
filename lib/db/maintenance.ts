/**
 * What a Postgres server's own processes do (checkpointer, autovacuum) and single-user Postgres does not: here it is done
 * between the turns of clients. A step that took long last time waits for a quiet moment, so that nobody waits for it.
 *
 * Pages that hold only rows visible to all are skipped by VACUUM, so a large table that is cleaned after every few thousand
 * rows takes little each time; its indexes are cleaned only in quiet moments (`INDEX_CLEANUP`).
 */
import { statfs } from 'node:fs/promises';
import type { PGlite } from '@electric-sql/pglite';
import { z } from 'zod';
import { MINUTE_MS, SECOND_MS } from '#lib/time.ts';

/** Replaying a log of this size takes one to two seconds; it also bounds what a checkpoint has to write. */
const CHECKPOINT_BYTES = 48 * 2 ** 20;
const CHECKPOINT_MS_MAX = 5 * MINUTE_MS;
/** How long others may wait for one step. */
const STEP_MS_MAX = 250;
/** Between two looks at the tables. */
const LOOK_MS = 5 * SECOND_MS;
/** Quiet is when clients used the session for less than `QUIET_BUSY_MS` of the last `QUIET_WINDOW_MS`. */
const QUIET_WINDOW_MS = 10 * SECOND_MS;
const QUIET_BUSY_MS = 200;
/** Past this many times its threshold a table is cleaned, however busy the database is. */
const OVERDUE = 5;
/** In a quiet moment the log is closed even when it is short, so that the next start has nothing to replay. */
const QUIET_CHECKPOINT_BYTES = 2 ** 20;
const FREE_BYTES_LOW = 512 * 2 ** 20;
const FREE_SPACE_MS = 30 * SECOND_MS;

/** Parameters that keep the log small: segments are written over again after a checkpoint. */
export const LOG_PARAMETERS = ['-c', 'max_wal_size=160MB', '-c', 'min_wal_size=80MB'];

type Place = {
  between<Result>(work: (database: PGlite) => Promise<Result>): Promise<Result>;
};

type MaintenanceDeps = {
  readonly session: Place;
  /** Milliseconds of a clock that only goes forward. */
  readonly now: () => number;
  /** For how long clients have used the session since the start, in milliseconds. */
  readonly busyMs: () => number;
  /** The data folder, whose free space is watched. */
  readonly directory: string;
  readonly say: (line: string) => void;
};

const TableRow = z.object({
  name: z.string(),
  rows: z.number(),
  dead: z.number(),
  changed: z.number(),
  inserted: z.number(),
  gin_indexes: z.array(z.string()),
  can_truncate: z.boolean(),
});
type Table = z.infer<typeof TableRow>;

export type Maintenance = {
  /** To be called once or twice a second; does at most one step. Rejects when the database fails. */
  step(): Promise<void>;
};

export function createMaintenance(deps: MaintenanceDeps): Maintenance {
  const { session, now, busyMs } = deps;
  /** What each step took last time. */
  const tookMs = new Map<string, number>();
  const window: { readonly at: number; readonly busyMs: number }[] = [];
  let checkpointAt = now();
  let lookAt = 0;
  let spaceAt = 0;
  let wasLow = false;
  /** `busyMs` when a quiet look found nothing to do: until clients come back there is nothing new. */
  let doneAtBusyMs = -1;

  function isQuiet(): boolean {
    window.push({ at: now(), busyMs: busyMs() });
    while (window.length > 1 && (window[1]?.at ?? 0) <= now() - QUIET_WINDOW_MS) window.shift();
    const first = window[0];
    if (first === undefined || now() - first.at < QUIET_WINDOW_MS) return false;
    return busyMs() - first.busyMs < QUIET_BUSY_MS;
  }

  async function run({ name, statements }: Step): Promise<void> {
    const beganAt = now();
    for (const statement of statements) await session.between((database) => database.exec(statement));
    tookMs.set(name, now() - beganAt);
  }

  async function checkpoint(quiet: boolean): Promise<boolean> {
    const bytes = await session.between(readLogBytes);
    const isDue =
      bytes >= (quiet ? QUIET_CHECKPOINT_BYTES : CHECKPOINT_BYTES) ||
      (bytes > 0 && now() - checkpointAt >= CHECKPOINT_MS_MAX);
    if (!isDue) return false;
    await run({ name: 'checkpoint', statements: ['CHECKPOINT'], urgency: 1 });
    checkpointAt = now();
    return true;
  }

  /** Does one step for one table; false where none needs any. */
  async function cleanTable(quiet: boolean): Promise<boolean> {
    lookAt = now();
    for (const table of await session.between(listTables)) {
      const step = stepsOf(table, quiet).find(
        ({ name, urgency }) => quiet || urgency >= OVERDUE || (tookMs.get(name) ?? 0) <= STEP_MS_MAX,
      );
      if (step === undefined) continue;
      await run(step);
      // There may be more: the next look is at once.
      lookAt = 0;
      return true;
    }
    return false;
  }

  async function watchSpace(): Promise<void> {
    if (now() - spaceAt < FREE_SPACE_MS) return;
    spaceAt = now();
    const { bavail, bsize } = await statfs(deps.directory);
    const freeBytes = bavail * bsize;
    const isLow = freeBytes < FREE_BYTES_LOW;
    if (isLow && !wasLow)
      deps.say(`Only ${Math.floor(freeBytes / 2 ** 20)} MB are free on the disk of ${deps.directory}.`);
    wasLow = isLow;
  }

  return {
    step: async () => {
      await watchSpace();
      const quiet = isQuiet();
      if (busyMs() === doneAtBusyMs) return;
      if (await checkpoint(quiet)) return;
      if (now() - lookAt < LOOK_MS) return;
      const hasCleaned = await cleanTable(quiet);
      if (quiet && !hasCleaned) doneAtBusyMs = busyMs();
    },
  };
}

async function readLogBytes(database: PGlite): Promise<number> {
  const { rows } = await database.query<{ bytes: string }>(
    'SELECT (pg_current_wal_insert_lsn() - redo_lsn)::text AS bytes FROM pg_control_checkpoint()',
  );
  return Number(rows[0]?.bytes ?? 0);
}

/** A session counts what it did only from time to time; it is told to do so now. */
async function listTables(database: PGlite): Promise<Table[]> {
  await database.query('SELECT pg_stat_force_next_flush()');
  const { rows } = await database.query(`
    SELECT stat.relid::regclass::text AS name, greatest(class.reltuples, 0)::float8 AS rows,
      stat.n_dead_tup::float8 AS dead, stat.n_mod_since_analyze::float8 AS changed,
      stat.n_ins_since_vacuum::float8 AS inserted,
      ARRAY(SELECT index.indexrelid::regclass::text FROM pg_index index
        JOIN pg_class c ON c.oid = index.indexrelid JOIN pg_am am ON am.oid = c.relam
        WHERE index.indrelid = stat.relid AND am.amname = 'gin') AS gin_indexes,
      stat.n_live_tup <= 0 AND NOT EXISTS (SELECT FROM pg_constraint WHERE confrelid = stat.relid)
        AND NOT class.relhastriggers AS can_truncate
    FROM pg_stat_user_tables stat JOIN pg_class class ON class.oid = stat.relid
    ORDER BY stat.n_mod_since_analyze + stat.n_dead_tup DESC LIMIT 200`);
  return z.array(TableRow).parse(rows);
}

type Step = { readonly name: string; readonly statements: readonly string[]; readonly urgency: number };

/**
 * What a table needs, most urgent first; urgency 1 is due. Thresholds are autovacuum's (50 rows and 20 % dead, 50 and 10 %
 * changed: https://www.postgresql.org/docs/18/routine-vacuuming.html), but no more than some thousands of rows, so that
 * each step is short.
 */
export function stepsOf(table: Table, isQuiet: boolean): Step[] {
  const { name, rows, dead, changed, inserted } = table;
  const steps: Step[] = [];
  const add = (kind: string, urgency: number, statements: readonly string[]) => {
    if (urgency >= 1) steps.push({ name: `${kind} ${name}`, statements, urgency });
  };
  if (table.can_truncate && dead >= 1000)
    // First of all: what is swept of it instead is read once more by each search.
    add('empty', Number.POSITIVE_INFINITY, [
      `DO $$ BEGIN IF NOT EXISTS (SELECT FROM ${name}) THEN TRUNCATE ${name}; END IF; END $$`,
    ]);
  const analyze = [`ANALYZE ${name}`];
  add(
    isQuiet ? 'analyze' : 'sample',
    changed / (50 + 0.1 * rows),
    isQuiet ? analyze : ['SET default_statistics_target = 30', ...analyze, 'RESET default_statistics_target'],
  );
  if (isQuiet) add('vacuum', dead / (50 + 0.2 * rows), [`VACUUM ${name}`]);
  add(
    'sweep',
    Math.max(inserted / Math.min(5000, 1000 + 0.2 * rows), dead / Math.min(5000, 50 + 0.2 * rows)),
    [
      `VACUUM (INDEX_CLEANUP off, TRUNCATE off) ${name}`,
      ...table.gin_indexes.map((index) => `SELECT gin_clean_pending_list('${index}')`),
    ],
  );
  return steps.toSorted((a, b) => b.urgency - a.urgency);
}
