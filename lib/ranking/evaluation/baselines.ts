/**
 * How others order what is rising, for comparison in replay.ts and simulation.ts. Each takes the votes known at an
 * instant and gives a number, larger first. Formulas as their sites published them, moderation and penalties apart;
 * where a site counts votes since a submission, these count growth since the curve begins.
 */
import { DAY_MS, HOUR_MS } from '#lib/time.ts';
import { type Curve, valueAt } from '../curve.ts';

export type VoteHistory = {
  readonly submittedAtMs: number;
  readonly curve: Curve;
};

export type Baseline = (history: VoteHistory, atMs: number) => number;

export type BaselineName =
  | 'newest'
  | 'windowCount'
  | 'hackerNews'
  | 'reddit'
  | 'lobsters'
  | 'starsPerHour'
  | 'ewmaRate';

/** SciRate's order has this shape: the count inside the reader's range. Ours is the replay's horizon. */
export const COUNT_WINDOW_DAYS = 7;
/**
 * Of half-lives from a quarter of a day to ten days, a quarter foresees stars best up to June 2025, where it is no
 * better than stars per hour, and one to two days best after it. With both listed the best of the family is among them.
 */
export const EWMA_HALF_LIFE_DAYS = 1;

/** Forty half-lives: less than a millionth of a millionth is left. */
const EWMA_FORGOTTEN_DAYS = 40 * EWMA_HALF_LIFE_DAYS;

export const BASELINES: Readonly<Record<BaselineName, Baseline>> = {
  newest: ({ submittedAtMs }) => submittedAtMs,
  windowCount: ({ curve }, atMs) => gainedSince(curve, atMs - COUNT_WINDOW_DAYS * DAY_MS),
  hackerNews,
  reddit,
  lobsters,
  starsPerHour,
  ewmaRate,
};

export const BASELINE_LABEL: Readonly<Record<BaselineName, string>> = {
  newest: 'Newest first',
  windowCount: `Count of ${COUNT_WINDOW_DAYS} days (SciRate)`,
  hackerNews: 'Hacker News',
  reddit: 'Reddit hot',
  lobsters: 'Lobsters',
  starsPerHour: 'Stars per hour (Papers with Code)',
  ewmaRate: `EWMA rate, half-life ${EWMA_HALF_LIFE_DAYS} day`,
};

/**
 * (points − 1)^0.8 / (hours + 2)^1.8: `frontpage-rank` in news.arc (arclanguage.org, arc3.1), the submitter's own vote
 * taken off; see also K. Shirriff, "How Hacker News ranking really works" (righto.com, 2013).
 */
function hackerNews({ submittedAtMs, curve }: VoteHistory, atMs: number): number {
  const base = gainedSince(curve, submittedAtMs) - 1;
  const hours = Math.max(0, atMs - submittedAtMs) / HOUR_MS;
  return (base > 0 ? base ** 0.8 : base) / (hours + 2) ** 1.8;
}

/** log10(max(|s|, 1)) · sign(s) + t / 45000: `_hot` in r2/r2/lib/db/_sorts.pyx of reddit-archive/reddit. */
function reddit({ submittedAtMs, curve }: VoteHistory): number {
  const votes = gainedSince(curve, submittedAtMs);
  return Math.log10(Math.max(votes, 1)) + submittedAtMs / 1000 / 45_000;
}

/**
 * log10(max(|score + 1| + comment points, 1)) · sign(score) + base + t / 22 h: `calculated_hotness` in
 * lobsters/lobsters/app/models/story.rb, negated there because it sorts upwards. Without tags and comments.
 */
function lobsters({ submittedAtMs, curve }: VoteHistory): number {
  const votes = gainedSince(curve, submittedAtMs);
  return (votes > 0 ? Math.log10(votes + 1) : 0) + submittedAtMs / 1000 / (22 * 3600);
}

/**
 * Papers with Code showed "stars / hour" and never said over which time. Taken over the last day of observations: the
 * reading that does best on the data of replay.ts.
 */
function starsPerHour({ curve }: VoteHistory): number {
  const lastMs = curve.timesMs.at(-1) ?? 0;
  const fromMs = Math.max(curve.timesMs[0] ?? lastMs, lastMs - DAY_MS);
  return lastMs === fromMs ? 0 : gainedSince(curve, fromMs) / ((lastMs - fromMs) / HOUR_MS);
}

/** Growth weighed by 2^(−age / half-life), divided by the weight of the time observed: votes per day. */
function ewmaRate({ curve }: VoteHistory, atMs: number): number {
  const weightBefore = (timeMs: number) => 2 ** (-(atMs - timeMs) / (EWMA_HALF_LIFE_DAYS * DAY_MS));
  let weighed = 0;
  let observed = 0;
  for (let index = curve.timesMs.length - 1; index > 0; index -= 1) {
    const endMs = curve.timesMs[index] ?? 0;
    if (endMs < atMs - EWMA_FORGOTTEN_DAYS * DAY_MS) break;
    const startMs = curve.timesMs[index - 1] ?? 0;
    const weight = weightBefore(endMs) - weightBefore(startMs);
    const gained = (curve.values[index] ?? 0) - (curve.values[index - 1] ?? 0);
    weighed += (weight * gained) / ((endMs - startMs) / DAY_MS);
    observed += weight;
  }
  return observed === 0 ? 0 : weighed / observed;
}

function gainedSince(curve: Curve, fromMs: number): number {
  const firstMs = curve.timesMs[0] ?? fromMs;
  return (curve.values.at(-1) ?? 0) - valueAt(curve, Math.max(fromMs, firstMs))[0];
}
