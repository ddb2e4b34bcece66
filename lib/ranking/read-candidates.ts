/**
 * The candidates of a ranking as of an instant: papers announced within RANKED_DAYS before it, and papers observed
 * within them. All others have stood still for so long that they come after, and need not be read. On an instance to
 * which nothing new has come, the days before its newest announcement take their place.
 */
import type { Db } from '#lib/db/client.ts';
import { addDays, toDay } from '#lib/papers/day.ts';
import { SIGNAL_KINDS } from '#lib/papers/paper.ts';
import { DAY_MS } from '#lib/time.ts';
import { type Candidate, listingInstant, toCandidate } from './candidate.ts';
import {
  type Facts,
  findNewestAnnouncement,
  listAnnouncedKeys,
  listFacts,
  listObservedKeys,
  listRememberedSeries,
  type SignalTable,
} from './candidate-store.ts';
import { toCurve } from './curve.ts';
import { RANKED_DAYS, RHYTHM_DAYS } from './ranked-days.ts';
import { holdStill, lastHeardAt, type ReadingsByKind, withOwnStars } from './readings.ts';
import { HOURS_PER_WEEK, type Rhythm, rhythmOf, TALLY_GAP_MAX_MS, tallyGrowth } from './rhythm.ts';

export type ReadCandidate = Candidate & { readonly paperKey: number };
type Known = { readonly facts: Facts; readonly listedAtMs: number | null; readonly series: ReadingsByKind };

/** Signals later than `at` are as good as unknown. Ordered by paper key. */
export async function readCandidates(db: Db, at: Date, table: SignalTable): Promise<ReadCandidate[]> {
  const atMs = at.getTime();
  const known = await listKnown(db, at, table);
  const heardAt = lastHeardAt(known.map(({ series }) => series));
  const rhythm = learnRhythm(known, atMs);
  return known.map(({ facts, listedAtMs, series }) => {
    const { key: paperKey, ...named } = facts;
    const held = holdStill(withOwnStars(series), { heardAt, listedAtMs });
    return { ...toCandidate({ ...named, listedAtMs }, held, atMs, rhythm), paperKey };
  });
}

async function listKnown(db: Db, at: Date, table: SignalTable): Promise<Known[]> {
  const sinceMs = at.getTime() - RANKED_DAYS * DAY_MS;
  const today = toDay(at);
  const announcedSince = await findAnnouncedSince(db, at);
  const [announced, observed] = await Promise.all([
    listAnnouncedKeys(db, { since: announcedSince, until: today }),
    listObservedKeys(db, table, { since: new Date(sinceMs), until: at }),
  ]);
  const keys = [...new Set([...announced, ...observed])].sort((one, other) => one - other);
  // Side by side, so that the database finds the one while the other is read.
  const [facts, seriesOf] = await Promise.all([
    listFacts(db, keys, today),
    listRememberedSeries(db, table, { keys, at }),
  ]);
  return facts
    .map((fact): Known => {
      const series = seriesOf.get(fact.key) ?? {};
      return { facts: fact, listedAtMs: listedInstant(fact, series), series };
    })
    .filter(({ facts: { listedOn }, series }) => {
      const isNew = listedOn !== null && listedOn >= announcedSince;
      return isNew || isObservedAfter(series, sinceMs);
    });
}

/** The first day whose announcements are ranked as of `at`. */
export async function findAnnouncedSince(db: Db, at: Date): Promise<string> {
  const today = toDay(at);
  const newest = (await findNewestAnnouncement(db, today)) ?? today;
  return addDays(newest < addDays(today, -RANKED_DAYS) ? newest : today, -RANKED_DAYS);
}

/**
 * When a paper's age begins. Votes on Hugging Face begin with the listing, of which only the day is known; arXiv
 * announces as its day begins.
 */
export function listedInstant(
  { listedOn, list, submittedAtMs }: Pick<Facts, 'listedOn' | 'list' | 'submittedAtMs'>,
  series: ReadingsByKind,
): number | null {
  if (listedOn === null) return submittedAtMs;
  return listingInstant(listedOn, list === 'huggingface' ? (series.upvotes?.timesMs[0] ?? null) : null);
}

function isObservedAfter(series: ReadingsByKind, sinceMs: number): boolean {
  return SIGNAL_KINDS.some((kind) => (series[kind]?.timesMs.at(-1) ?? 0) > sinceMs);
}

/** From signals read about hourly; of the others the curve need not be drawn again. */
function learnRhythm(known: readonly Known[], atMs: number): Rhythm {
  const tally = new Float64Array(HOURS_PER_WEEK);
  const sinceMs = atMs - RHYTHM_DAYS * DAY_MS;
  for (const { series } of known) {
    for (const kind of ['upvotes', 'comments', 'stars'] as const) {
      const readings = series[kind];
      if (readings === undefined || !isReadOften(readings.timesMs, sinceMs)) continue;
      const curve = toCurve(readings, atMs, null);
      if (curve !== null) tallyGrowth(tally, curve, sinceMs);
    }
  }
  return rhythmOf(tally);
}

function isReadOften(timesMs: readonly number[], sinceMs: number): boolean {
  for (let index = timesMs.length - 1; index > 0; index -= 1) {
    const startMs = timesMs[index - 1] ?? 0;
    if (startMs < sinceMs) return false;
    if ((timesMs[index] ?? 0) - startMs <= TALLY_GAP_MAX_MS) return true;
  }
  return false;
}
