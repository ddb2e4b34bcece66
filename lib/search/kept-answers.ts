/**
 * Answers given a moment ago, kept for as long as the database is the same: many ask for what is talked about today, and
 * whoever turns back asks again. What is the same is said by `pg_current_snapshot()`: as long as it is, no transaction
 * has written anything that this one could see, and the answer would be the same to the letter. So a paper is found by
 * the first search after the ingest that wrote it, here as without.
 */
import type { SearchAnswer } from './search-papers.ts';

export type KeptAnswers = {
  /** The answer kept under `key`, or that of `answer`. Those who ask at the same time share one. */
  take(key: string, snapshot: string, answer: () => Promise<SearchAnswer>): Promise<SearchAnswer>;
};

/** In papers of their results: some 5 KB each. */
const PAPERS_MAX = 8_000;
/** What an answer without results counts for. */
const PAPERS_MIN = 2;

export function createKeptAnswers(papersMax = PAPERS_MAX): KeptAnswers {
  const kept = new Map<string, { readonly answer: Promise<SearchAnswer>; papers: number }>();
  let current = '';
  let papers = 0;

  function forget(key: string): void {
    papers -= kept.get(key)?.papers ?? 0;
    kept.delete(key);
  }

  function make(key: string, answer: () => Promise<SearchAnswer>): Promise<SearchAnswer> {
    const entry = { answer: answer(), papers: PAPERS_MIN };
    kept.set(key, entry);
    papers += entry.papers;
    entry.answer.then(
      ({ results }) => {
        if (kept.get(key) !== entry) return;
        papers += results.length;
        entry.papers += results.length;
        for (const oldest of kept.keys()) {
          if (papers <= papersMax) break;
          forget(oldest);
        }
      },
      () => {
        if (kept.get(key) === entry) forget(key);
      },
    );
    return entry.answer;
  }

  return {
    take(key, snapshot, answer) {
      if (snapshot !== current) {
        kept.clear();
        papers = 0;
        current = snapshot;
      }
      const found = kept.get(key);
      if (found === undefined) return make(key, answer);
      // The latest use goes last.
      kept.delete(key);
      kept.set(key, found);
      return found.answer;
    },
  };
}
