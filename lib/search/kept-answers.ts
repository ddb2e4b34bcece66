/**
 * Answers given a moment ago, kept for as long as the database is the same: many ask for what is talked about today, and
 * whoever turns back asks again. What is the same is said by `pg_current_snapshot()`: as long as it is, no transaction
 * has written anything that this one could see, and the answer would be the same to the letter. So a paper is found by
 * the first search after the ingest that wrote it, here as without.
 */
import { createBoundedCache } from '#lib/cache.ts';
import type { SearchAnswer } from './search-papers.ts';

export type KeptAnswers = {
  /** The answer kept under `key`, or that of `answer`. Those who ask at the same time share one. */
  take(key: string, snapshot: string, answer: () => Promise<SearchAnswer>): Promise<SearchAnswer>;
};

/** In papers of their results: some 5 KB each, and 4 KB more where they stand in a page that was written. */
const PAPERS_MAX = 16_000;
/** What an answer without results counts for. */
const PAPERS_MIN = 2;

export function createKeptAnswers(papersMax = PAPERS_MAX): KeptAnswers {
  const kept = createBoundedCache<Promise<SearchAnswer>>(papersMax);
  let current = '';

  function make(key: string, answer: () => Promise<SearchAnswer>): Promise<SearchAnswer> {
    const made = answer();
    kept.put(key, made, PAPERS_MIN);
    made.then(
      ({ results }) => {
        if (kept.holds(key, made)) kept.put(key, made, PAPERS_MIN + results.length);
      },
      () => {
        if (kept.holds(key, made)) kept.forget(key);
      },
    );
    return made;
  }

  return {
    take(key, snapshot, answer) {
      if (snapshot !== current) {
        kept.clear();
        current = snapshot;
      }
      return kept.take(key) ?? make(key, answer);
    },
  };
}
