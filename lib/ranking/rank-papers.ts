/** The recurring run: ranks every window as of an instant and keeps the result. */
import type { Clock } from '#lib/clock.ts';
import type { Db } from '#lib/db/client.ts';
import { toDay } from '#lib/papers/day.ts';
import { TRENDING_WINDOWS } from '#lib/papers/paper-list.ts';
import { DAY_MS, HOUR_MS } from '#lib/time.ts';
import {
  insertMissingSeries,
  listAnnouncedKeys,
  purgeSeries,
  refreshSeries,
  type SignalTable,
} from './candidate-store.ts';
import { RANKED_DAYS } from './ranked-days.ts';
import { findAnnouncedSince, readCandidates } from './read-candidates.ts';
import { ENTRIES_MAX, findNewestSnapshotTime, recordSnapshots, type Snapshot } from './store.ts';
import { rankCandidates } from './trending.ts';
import { usualOf } from './usual.ts';

/**
 * Observations are on record at most so long after they were made: no job that makes any may run longer than an hour
 * (lib/jobs). What an import brings of days gone by, the daily whole run finds.
 */
const LATE_MS_MAX = 3 * HOUR_MS;

export type RankReport = {
  /** Papers in the order of each window. */
  readonly ranked: number;
  /** Papers whose signals were gathered anew. */
  readonly gathered: number;
  /** Snapshots that were not there before. */
  readonly inserted: number;
};

/**
 * Ranks as of `asOf` by the signals known then, whatever has been observed since. A second run for the same instant, or
 * one that follows a killed one, changes nothing that is there already. Throws only when the database does.
 */
export async function rankPapers(deps: { db: Db; clock: Clock }, asOf: Date): Promise<RankReport> {
  const { table, gathered } = await gather(deps.db, asOf);
  const candidates = await readCandidates(deps.db, asOf, table);
  const atMs = asOf.getTime();
  const usual = usualOf(candidates, atMs);
  const rankedAt = deps.clock.now();
  const snapshots = TRENDING_WINDOWS.map(
    (window): Snapshot => ({
      window,
      asOf,
      rankedAt,
      ranked: candidates.length,
      first: rankCandidates(candidates, usual, atMs, { window, limit: ENTRIES_MAX }),
    }),
  );
  const inserted = await recordSnapshots(deps.db, snapshots);
  return { ranked: candidates.length, gathered, inserted };
}

/**
 * By what has come since the last run; by everything in the first run of a day. A slot that is made up for late reads
 * the history itself: the copies are of papers that are candidates now.
 */
async function gather(db: Db, asOf: Date): Promise<{ table: SignalTable; gathered: number }> {
  const newest = await findNewestSnapshotTime(db);
  if (newest !== null && newest > asOf) return { table: 'signal', gathered: 0 };
  const midnightMs = asOf.getTime() - (asOf.getTime() % DAY_MS);
  let gathered = 0;
  if (newest === null || newest.getTime() < midnightMs) {
    const since = new Date(asOf.getTime() - RANKED_DAYS * DAY_MS);
    gathered += await refreshSeries(db, asOf, since);
    await purgeSeries(db, since);
  } else {
    gathered += await refreshSeries(db, asOf, new Date(newest.getTime() - LATE_MS_MAX));
  }
  const announced = { since: await findAnnouncedSince(db, asOf), until: toDay(asOf) };
  gathered += await insertMissingSeries(db, asOf, await listAnnouncedKeys(db, announced));
  return { table: 'signal_series', gathered };
}
