/**
 * Which papers an issue may choose from, and in which order: the *pool* of a set of topics in a window. Subscriptions
 * with the same topics and days share it; what each has received already is taken out when its issue is composed.
 */

import { addDays, toDay } from '#lib/papers/day.ts';
import type { TrendingWindow } from '#lib/papers/paper-list.ts';
import { type Topics, topicsKey } from '#lib/subscriptions/subscription.ts';

/** The days whose listings count, both included. */
export type Days = { readonly first: string; readonly last: string };

/** Lists grow after their day has begun, and the newest issue may have been sent before that. */
const LATE_DAYS = 1;
/** No issue reaches further back, whatever was refused or paused. */
const WINDOW_DAYS_MAX = 31;
/** Of a pool; enough for the fifty of an issue after many weeks of what a subscription has had. */
export const POOL_MAX = 1_000;
/** Of the trending papers. */
export const TRENDING_MAX = 300;

/** The listing days of a window [from, to). */
export function daysOf(window: { from: Date; to: Date }): Days {
  const last = toDay(window.to);
  const first = addDays(toDay(window.from), -LATE_DAYS);
  const earliest = addDays(last, -WINDOW_DAYS_MAX);
  const isTooFar = first < earliest;
  return { first: isTooFar ? earliest : first, last };
}

export type PoolRequest = Topics & {
  readonly days: Days;
  /** Trending papers count also where they were announced before `days`: an older paper may rise now. */
  readonly trendingWindow: TrendingWindow;
};

/** Equal for requests with the same pool. */
export function poolKey(request: PoolRequest): string {
  return `${request.trendingWindow} ${request.days.first} ${request.days.last} ${topicsKey(request)}`;
}

/** A paper listed in the days, with what decides its place. */
export type DigestCandidate = {
  readonly key: number;
  readonly categories: readonly string[];
  /** 1 for the most trending; null where it is not ranked. */
  readonly rank: number | null;
  readonly upvotes: number;
};

/**
 * Most trending first; papers without a rank follow, by upvotes and then newest first. `candidates` are in that order
 * already, which the database makes; here it is only kept.
 */
export function choosePool(
  request: Topics,
  given: {
    candidates: readonly DigestCandidate[];
    /** Keys of trending papers, most trending first. */
    trending: readonly number[];
    /** For each query, the keys among `candidates` that match. */
    matches: ReadonlyMap<string, ReadonlySet<number>>;
    muted: ReadonlySet<number>;
  },
): number[] {
  const categories = new Set(request.categories);
  const queries = request.queries.flatMap((query) => given.matches.get(query) ?? []);
  const wanted = given.candidates.filter(
    ({ key, categories: own }) =>
      own.some((category) => categories.has(category)) || queries.some((keys) => keys.has(key)),
  );
  // A trending paper that a topic has as well keeps its trending place, and is there once.
  const ranked = wanted.filter(({ rank }) => rank !== null);
  const unranked = wanted.filter(({ rank }) => rank === null);
  const trending = request.hasTrending ? given.trending : [];
  // Before a first ranking, the order by upvotes is the best that is known of what trends.
  const instead = request.hasTrending && trending.length === 0 ? given.candidates : [];
  const order = [
    ...new Set([...mergeByRank(trending, ranked), ...[...unranked, ...instead].map(({ key }) => key)]),
  ];
  return order.filter((key) => !given.muted.has(key)).slice(0, POOL_MAX);
}

/** Both are in rising rank; the place in `trending` is the rank. */
function mergeByRank(trending: readonly number[], ranked: readonly DigestCandidate[]): number[] {
  const places = new Map(trending.map((key, index) => [key, index + 1]));
  for (const { key, rank } of ranked) if (rank !== null) places.set(key, rank);
  return [...places].sort(([, one], [, other]) => one - other).map(([key]) => key);
}
