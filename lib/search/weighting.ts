/**
 * Weights of the words of a query, and what two of them side by side add.
 *
 * BM25 (Robertson & Zaragoza, "The Probabilistic Relevance Framework", 2009) with the idf of Lucene,
 * ln(1 + (N − n + ½) / (n + ½)), times how often the query says the word: without that factor nDCG@10 on CISI, whose
 * questions are paragraphs, falls from .39 to .32. K1, B and the weight of pairs have the best mean over SciFact, Cranfield,
 * CISI, NPL and CACM of a grid around the literature's values; on none of the five is the order below that of plain BM25.
 * The title counts twice. Words side by side in query and paper add two fifths of the weight of the rarer one (the ordered
 * part of the sequential dependence model, Metzler & Croft, SIGIR 2005).
 */

import type { CompiledQuery, RankedWord } from '#lib/query/compiled-query.ts';
import { RANKED_WORDS_MAX } from '#lib/query/query.ts';
import { quoteLexeme } from '#lib/text/lexemes.ts';

export const K1 = 1.4;
export const B = 0.65;
export const PAIR_WEIGHT = 0.4;
/** Words of a query with more stop words between them than this say nothing together. */
const PAIR_GAP_MAX = 6;
const PAIRS_MAX = 24;
/**
 * So many keep 96 of 100 of the first ten that all words of a title would have (8,000 of three words keep 91), in half the
 * time: over 160,000 papers p95 is 20 ms and not 55.
 */
const LEADING_PAPERS_MIN = 20_000;
const LEADING_STEMS_MIN = 4;

export type Statistics = {
  /** Papers, and words in all of them. */
  readonly papers: number;
  readonly words: number;
  /** Papers with this stem; absent for none. */
  readonly frequencies: ReadonlyMap<string, number>;
  /** Whether papers wait in the inbox, not counted in these. */
  readonly hasWaiting: boolean;
  /** What could be seen when these were read: the same for as long as nothing is written. */
  readonly snapshot: string;
};

export type WeightedTerm = {
  readonly tsquery: string;
  readonly stem: string;
  readonly weight: number;
  readonly papers: number;
};
export type Weighting = {
  /** Rarest first. */
  readonly terms: readonly WeightedTerm[];
  readonly pairs: readonly { readonly tsquery: string; readonly weight: number }[];
  /** Words of an average paper, as `length` counts them; never 0. */
  readonly averageLength: number;
};

export function weighTerms({ ranked }: CompiledQuery, statistics: Statistics): Weighting {
  const idf = (found: string) => {
    const n = Math.min(statistics.frequencies.get(found) ?? 0, statistics.papers);
    return Math.log(1 + (statistics.papers - n + 0.5) / (n + 0.5));
  };
  const counts = new Map<string, number>();
  for (const { stem } of ranked) counts.set(stem, (counts.get(stem) ?? 0) + 1);
  const terms = [...counts]
    .map(([found, count]) => ({
      stem: found,
      tsquery: quoteLexeme(found),
      weight: count * idf(found),
      papers: statistics.frequencies.get(found) ?? 0,
    }))
    .sort((one, other) => other.weight - one.weight)
    .slice(0, RANKED_WORDS_MAX)
    .sort((one, other) => one.papers - other.papers);
  return {
    terms,
    pairs: pairsOf(ranked, idf),
    averageLength: statistics.papers === 0 ? 1 : Math.max(1, statistics.words / statistics.papers),
  };
}

function pairsOf(ranked: readonly RankedWord[], idf: (stem: string) => number): Weighting['pairs'] {
  const pairs = new Map<string, number>();
  const distinct = [...new Map(ranked.map((word) => [word.position, word])).values()];
  for (const [index, word] of distinct.entries()) {
    const before = distinct[index - 1];
    if (before === undefined || before.stem === word.stem) continue;
    const gap = word.position - before.position;
    if (gap > PAIR_GAP_MAX) continue;
    const tsquery = `${quoteLexeme(before.stem)} <${gap}> ${quoteLexeme(word.stem)}`;
    pairs.set(tsquery, PAIR_WEIGHT * Math.min(idf(before.stem), idf(word.stem)));
  }
  return [...pairs].slice(0, PAIRS_MAX).map(([tsquery, weight]) => ({ tsquery, weight }));
}

/**
 * The stems that the index is asked for where only its best are wanted: the rarest, until together they are in so many
 * papers, and at least so many. What all papers have decides among those, not which they are; a word that half the papers
 * have makes the index read half of itself.
 */
export function leadingStems({ terms }: Weighting): ReadonlySet<string> {
  const leading = new Set<string>();
  let papers = 0;
  for (const term of terms) {
    if (papers >= LEADING_PAPERS_MIN && leading.size >= LEADING_STEMS_MIN) break;
    leading.add(term.stem);
    papers += term.papers;
  }
  return leading;
}

/** Papers that may be scored one by one without the help of a BM25 index. */
const CANDIDATES_MAX = 1_000;

export type Candidates = {
  readonly tsquery: string;
  /** Whether these are all papers with any of the words. */
  readonly areAll: boolean;
};

/**
 * Which papers to score where no BM25 index finds the best: those with any of the rarest words, as many as together
 * are in few enough papers. A paper with none of them seldom comes near the top. Where already the rarest is common, its
 * papers that also have the next; null without words.
 */
export function chooseCandidates({ terms }: Weighting): Candidates | null {
  const [first, ...others] = terms.filter(({ papers }) => papers > 0);
  if (first === undefined) {
    const [unknown] = terms;
    return unknown === undefined ? null : { tsquery: unknown.tsquery, areAll: true };
  }
  if (first.papers > CANDIDATES_MAX) {
    const [second] = others;
    return second === undefined
      ? { tsquery: first.tsquery, areAll: true }
      : { tsquery: `(${first.tsquery} & ${second.tsquery})`, areAll: false };
  }
  const chosen = [first];
  let sum = first.papers;
  for (const term of others) {
    sum += term.papers;
    if (sum > CANDIDATES_MAX) break;
    chosen.push(term);
  }
  return {
    tsquery: chosen.map(({ tsquery }) => tsquery).join(' | '),
    areAll: chosen.length === others.length + 1,
  };
}

/**
 * How many papers have any of the words, if words fell into papers independently, and all that must be there: of those no
 * more than have its rarest word.
 */
export function estimateTotal(
  { requiredStems }: CompiledQuery,
  { terms }: Weighting,
  papers: number,
): number {
  if (papers === 0) return 0;
  const without = terms.reduce((share, term) => share * (1 - Math.min(1, term.papers / papers)), 1);
  const required = new Set(requiredStems);
  const most = terms.filter(({ stem: found }) => required.has(found)).map((term) => term.papers);
  return Math.min(...most, Math.round(papers * (1 - without)));
}
