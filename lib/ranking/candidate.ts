/** A paper that may be ranked, with what was known of its signals at the instant of the ranking. */
import { SIGNAL_KINDS, type SignalKind } from '#lib/papers/paper.ts';
import { DAY_MS, HOUR_MS } from '#lib/time.ts';
import { type Series, toCurve } from './curve.ts';
import { EVEN_RHYTHM, type Rhythm } from './rhythm.ts';
import { SIGNAL } from './signal.ts';
import { type Velocity, velocityOf } from './velocity.ts';

export type PaperFacts = {
  /** What ties are broken by; unique. */
  readonly id: string;
  /** The list that brought the paper, for what is usual on it. */
  readonly list: string | null;
  readonly category: string | null;
  /** The age of the paper counts from here. Null where no date is known: it is then neither new nor old. */
  readonly listedAtMs: number | null;
  readonly submittedAtMs: number | null;
};

export type Velocities = { readonly [kind in SignalKind]?: Velocity };

export type Candidate = Omit<PaperFacts, 'submittedAtMs'> & {
  /** Absent for a kind that was never observed. */
  readonly velocities: Velocities;
};

/** Observations by kind, in any order; those later than the instant are ignored. */
export type SeriesByKind = { readonly [kind in SignalKind]?: Series };

/** A paper as of `atMs`. Depends on no other paper, so that an unchanged one need not be read again. */
export function toCandidate(
  { id, list, category, ...dates }: PaperFacts,
  series: SeriesByKind,
  atMs: number,
  rhythm: Rhythm = EVEN_RHYTHM,
): Candidate {
  const listedAtMs = finiteOrNull(dates.listedAtMs);
  const submittedAtMs = finiteOrNull(dates.submittedAtMs);
  const velocities: { [kind in SignalKind]?: Velocity } = {};
  for (const kind of SIGNAL_KINDS) {
    const readings = series[kind];
    if (readings === undefined) continue;
    const { countedFrom } = SIGNAL[kind];
    const zeroAtMs = countedFrom === 'submission' ? submittedAtMs : countedFrom && listedAtMs;
    const curve = toCurve(readings, atMs, zeroAtMs);
    if (curve !== null) velocities[kind] = velocityOf(curve, { kind, atMs, listedAtMs, rhythm });
  }
  return { id, list, category, listedAtMs, velocities };
}

/** An invalid date is no date. */
function finiteOrNull(timeMs: number | null): number | null {
  return timeMs !== null && Number.isFinite(timeMs) ? timeMs : null;
}

/** A list is read about once an hour, so a paper was put on it at most so long before its first observation. */
const READING_INTERVAL_MS = HOUR_MS;

/**
 * The instant of a listing of which only the day is known: shortly before the paper was first observed, when that was
 * on that day or the next, and else the start of the day. Without this a paper put up in the evening would count the
 * morning as hours without a vote.
 */
export function listingInstant(listedOn: string, firstObservedAtMs: number | null): number {
  const dayMs = Date.parse(`${listedOn}T00:00:00Z`);
  if (firstObservedAtMs === null || firstObservedAtMs > dayMs + 2 * DAY_MS) return dayMs;
  return Math.max(dayMs, firstObservedAtMs - READING_INTERVAL_MS);
}

/** Days since the listing at an instant; 0 when the listing is still to come, null when its date is not known. */
export function ageInDays(candidate: Pick<Candidate, 'listedAtMs'>, atMs: number): number | null {
  return candidate.listedAtMs === null ? null : Math.max(0, (atMs - candidate.listedAtMs) / DAY_MS);
}
