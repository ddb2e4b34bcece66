/**
 * Caches answers of searches for as long as the database is unchanged. `pg_current_snapshot()` tells: while it stays the
 * same, no transaction has written anything that a new one could see, so the answer would be the same. A paper is
 * therefore found by the first search after the ingest that wrote it.
 */
import { createBoundedCache } from '#lib/cache.ts';

export type ResultCache<Answer> = {
  /** The cached answer for `key`, or that of `compute`. Concurrent requests for one key share a computation. */
  take(key: string, snapshot: string, compute: () => Promise<Answer>): Promise<Answer>;
};

/** In results, of some 5 KB each, and 4 KB more where a rendered page holds them. */
const RESULTS_MAX = 16_000;
/** What an answer without results counts for. */
const ANSWER_COST = 2;

export function createResultCache<Answer extends { readonly results: readonly unknown[] }>(
  resultsMax = RESULTS_MAX,
): ResultCache<Answer> {
  const cache = createBoundedCache<Promise<Answer>>(resultsMax);
  let currentSnapshot = '';

  function start(key: string, compute: () => Promise<Answer>): Promise<Answer> {
    const answer = compute();
    cache.put(key, answer, ANSWER_COST);
    answer.then(
      ({ results }) => {
        if (cache.holds(key, answer)) cache.put(key, answer, ANSWER_COST + results.length);
      },
      () => {
        if (cache.holds(key, answer)) cache.forget(key);
      },
    );
    return answer;
  }

  return {
    take(key, snapshot, compute) {
      if (snapshot !== currentSnapshot) {
        cache.clear();
        currentSnapshot = snapshot;
      }
      return cache.take(key) ?? start(key, compute);
    },
  };
}
