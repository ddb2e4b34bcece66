/**
 * How much attention a paper can expect at an age, and how long the page remembers it.
 *
 * Interest in a new paper fades by itself. A paper of three days that gains half of what it gained on its first is not
 * falling, and one put up before midnight must not lose to one put up after breakfast. Velocities are therefore measured
 * per day of *attention*: a day at age a counts for 2^(−a / half-life of the kind), as an hour at night counts for less
 * than one at noon (rhythm.ts). So measured, a paper has about one velocity all its days, known sooner or later.
 *
 * What the page is to show is another matter, and said in one half-life per window: what a paper gained in its first
 * days counts for less with age, until half of what it gains *now* is more.
 */
import type { SignalKind } from '#lib/papers/paper.ts';
import type { TrendingWindow } from '#lib/papers/paper-list.ts';
import { DAY_MS } from '#lib/time.ts';
import { SIGNAL } from './signal.ts';

/** Age at which a velocity counts half. */
export const HALF_LIFE_DAYS: Readonly<Record<TrendingWindow, number>> = { day: 1.5, week: 7, month: 30 };

/** Share at which an old paper's present velocity counts: it has to rise twice as fast as a new one. */
export const OLD_SHARE = 0.5;

/** Interest fades to no less than this: some papers are read for decades. */
const INTEREST_MIN = 1 / 32;
const HALVINGS_MAX = Math.log2(1 / INTEREST_MIN);

/** Expected interest at an age, of a new paper's; 1 before the listing and where no age is known. */
export function interestAt(kind: SignalKind, ageDays: number | null): number {
  if (ageDays === null || ageDays <= 0) return 1;
  const halvings = ageDays / SIGNAL[kind].halfLifeDays;
  return halvings >= HALVINGS_MAX ? INTEREST_MIN : 2 ** -halvings;
}

/** What a velocity per day of attention counts for on the page, from 1 for a new paper downwards. */
export function fadeAt(kind: SignalKind, window: TrendingWindow, ageDays: number | null): number {
  if (ageDays === null) return 1;
  return Math.max(
    2 ** (-Math.max(0, ageDays) / HALF_LIFE_DAYS[window]),
    OLD_SHARE * interestAt(kind, ageDays),
  );
}

/** Mean of `interestAt` between two instants, exactly. */
export function meanInterest(
  kind: SignalKind,
  listedAtMs: number | null,
  fromMs: number,
  toMs: number,
): number {
  if (listedAtMs === null) return 1;
  const from = (fromMs - listedAtMs) / DAY_MS;
  const to = (toMs - listedAtMs) / DAY_MS;
  if (Math.min(from, to) >= HALVINGS_MAX * SIGNAL[kind].halfLifeDays) return INTEREST_MIN;
  return to <= from
    ? interestAt(kind, to)
    : (interestUntil(kind, to) - interestUntil(kind, from)) / (to - from);
}

/** Integral of the interest from the listing to an age; negative before it. */
function interestUntil(kind: SignalKind, ageDays: number): number {
  const { halfLifeDays } = SIGNAL[kind];
  if (ageDays <= 0) return ageDays;
  const fading = Math.min(ageDays, HALVINGS_MAX * halfLifeDays);
  return (halfLifeDays / Math.LN2) * (1 - 2 ** (-fading / halfLifeDays)) + (ageDays - fading) * INTEREST_MIN;
}
