/** Papers like one, by the words that say most about it. */
import type { Db } from '#lib/db/client.ts';
import { type ListedPaper, listPapersByKey } from '#lib/papers/store.ts';
import { compileQuery } from '#lib/query/compiled-query.ts';
import { newQuery } from '#lib/query/query.ts';
import { toSearchable } from '#lib/search/index/searchable.ts';
import { countTerms } from '#lib/search/index/vocabulary.ts';
import { stem } from '#lib/text/lexemes.ts';
import { toStatement } from './statement.ts';
import { findPath, findRanked, findStatistics } from './store.ts';
import { weighTerms } from './weighting.ts';

export type RelatedPaper = {
  readonly paper: ListedPaper;
  /** Words that both have, the weightiest first. */
  readonly shared: readonly string[];
};

/** As many as tell a subject apart (the "more like this" of Lucene takes 25). */
const TERMS = 16;
const SHARED_SHOWN = 4;
/** The paper itself and another. */
const PAPERS_MIN = 2;

/** The nearest first; empty for an unknown paper. `now` decides nothing: there is no preference for the new. */
export async function searchRelated(db: Db, paperKey: number, limit: number): Promise<RelatedPaper[]> {
  const [paper] = await listPapersByKey(db, [paperKey]);
  if (paper === undefined) return [];
  const [path, terms] = await Promise.all([findPath(db), weightiestTerms(db, paper)]);
  if (terms.length === 0) return [];
  const compiled = compileQuery(
    newQuery(
      terms.map(({ word }) => word),
      [],
      'relevance',
    ),
  );
  const statistics = await findStatistics(
    db,
    terms.map((term) => term.stem),
  );
  const weighting = { ...weighTerms(compiled, statistics), pairs: [] };
  const input = {
    compiled,
    path,
    now: new Date(0),
    cursor: null,
    limit: limit + 1,
    needed: 'any',
    hasWaiting: statistics.hasWaiting,
  } as const;
  const { page } = await findRanked(db, toStatement(input, weighting));
  const related = await listPapersByKey(
    db,
    page.map(({ key }) => key).filter((key) => key !== paperKey),
  );
  return related.slice(0, limit).map((found) => {
    const words = new Set(countTerms([found]).map((term) => term.stem));
    return {
      paper: found,
      shared: terms
        .filter((term) => words.has(term.stem))
        .slice(0, SHARED_SHOWN)
        .map(({ written }) => written),
    };
  });
}

async function weightiestTerms(
  db: Db,
  paper: ListedPaper,
): Promise<{ stem: string; word: string; written: string }[]> {
  const { words } = toSearchable(paper);
  const own = countTerms([paper]);
  const statistics = await findStatistics(
    db,
    own.map((term) => term.stem),
  );
  const counts = new Map<string, number>();
  const [title = '', abstract = ''] = words.split('|');
  for (const word of `${title}${title}${abstract}`.split(' '))
    counts.set(stem(word), (counts.get(stem(word)) ?? 0) + 1);
  return own
    .flatMap((term) => {
      const papers = statistics.frequencies.get(term.stem) ?? 0;
      if (papers < PAPERS_MIN || /^\d/.test(term.word)) return [];
      const frequency = counts.get(term.stem) ?? 1;
      const idf = Math.log(1 + (statistics.papers - papers + 0.5) / (papers + 0.5));
      const { stem: found, word, written } = term;
      return [{ stem: found, word, written: written ?? word, weight: (idf * frequency) / (frequency + 1.5) }];
    })
    .sort((one, other) => other.weight - one.weight)
    .slice(0, TERMS);
}
