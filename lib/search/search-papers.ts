/**
 * Searches: what the page, the API and the feed show of one query. Never silently nothing: a word that no paper has is
 * read as the one that was meant, and where nothing matches, conditions are dropped one by one and named.
 */
import type { Clock } from '#lib/clock.ts';
import type { Db } from '#lib/db/client.ts';
import { type ListedPaper, listPapersByKey } from '#lib/papers/store.ts';
import { describeFilter } from '#lib/query/explain.ts';
import { printQuery } from '#lib/query/normal-form.ts';
import { parseQuery } from '#lib/query/parser.ts';
import { newQuery, type Query, type Sort } from '#lib/query/query.ts';
import type { Warning } from '#lib/query/warning.ts';
import { type Correction, correctQuery } from './correct-query.ts';
import { formatCursor } from './cursor.ts';
import { type FacetGroup, toFacets } from './facet.ts';
import { bestPassage, highlight, marksOf, type Segment } from './highlight.ts';
import type { KeptAnswers } from './kept-answers.ts';
import { type Cursor, FOUND_MAX, type Path, sortOf } from './search-input.ts';
import { toStatement } from './statement.ts';
import { type Found, findRanked, findStatistics } from './store.ts';
import { estimateTotal, readPlaces, type Statistics, weigh } from './weighting.ts';

export type SearchDeps = {
  readonly db: Db;
  readonly clock: Clock;
  readonly path: Path;
  /** Without, every search is made anew. */
  readonly kept?: KeptAnswers;
};
export type SearchRequest = {
  /** As typed. */
  readonly query: string;
  /** Overrides the order that the query names. */
  readonly sort?: Sort | null;
  readonly cursor?: Cursor | null;
  readonly limit: number;
};

export type Result = {
  readonly paper: ListedPaper;
  readonly title: readonly Segment[];
  /** Empty for a paper without an abstract. */
  readonly passage: readonly Segment[];
};

export type SearchAnswer = {
  /** As it was read, before anything was corrected or dropped. */
  readonly query: Query;
  readonly warnings: readonly Warning[];
  /** What the results answer. */
  readonly searched: Query;
  readonly normalForm: string;
  readonly sort: Sort;
  readonly corrections: readonly Correction[];
  /** The query spelt otherwise, where that is only a guess. */
  readonly didYouMean: string | null;
  /** Conditions that would have left nothing, in words. */
  readonly dropped: readonly string[];
  readonly results: readonly Result[];
  readonly total: number;
  /** Beyond 1,000 it is an estimate. */
  readonly isTotalExact: boolean;
  readonly facets: readonly FacetGroup[];
  readonly nextCursor: string | null;
};

/** Each is a search of its own. */
const RELAXATIONS_MAX = 5;
/** A filter that leaves fewer of the best thousand may have more behind them. */
const FEW_FOUND = 200;

type Round = {
  readonly query: Query;
  readonly statistics: Statistics;
  readonly found: Found;
  readonly total: number;
  readonly isTotalExact: boolean;
};

export async function searchPapers(deps: SearchDeps, request: SearchRequest): Promise<SearchAnswer> {
  const parsed = parseQuery(request.query);
  const query =
    request.sort === undefined || request.sort === null
      ? parsed.query
      : { ...parsed.query, sort: request.sort };
  const statistics = await findStatistics(deps.db, stemsOf(query));
  const answer = () => answerQuery(deps, request, { query, warnings: parsed.warnings, statistics });
  if (deps.kept === undefined) return answer();
  // Dates are reckoned from the day.
  const day = deps.clock.now().toISOString().slice(0, 10);
  const key = JSON.stringify([request.query, request.sort, request.cursor, request.limit, deps.path, day]);
  return deps.kept.take(key, statistics.snapshot, answer);
}

async function answerQuery(
  deps: SearchDeps,
  request: SearchRequest,
  { query, warnings, statistics }: Pick<SearchAnswer, 'query' | 'warnings'> & { statistics: Statistics },
): Promise<SearchAnswer> {
  const { isSure, ...corrected } = await correctQuery(deps, { query, statistics });
  const corrections = isSure ? corrected.corrections : [];
  const first = await search(
    deps,
    request,
    corrections.length === 0
      ? { query, statistics }
      : { query: corrected.query, statistics: await findStatistics(deps.db, stemsOf(corrected.query)) },
  );
  const isEmpty = first.found.total === 0;
  const { round, dropped } = isEmpty ? await relax(deps, request, first) : { round: first, dropped: [] };
  const page = round.found.page.slice(0, request.limit);
  const last = page.at(-1);
  return {
    query,
    warnings,
    searched: round.query,
    normalForm: printQuery(round.query),
    sort: sortOf(round.query),
    corrections,
    didYouMean: isSure ? null : printQuery(corrected.query),
    dropped,
    results: await toResults(deps.db, round, page),
    total: round.total,
    isTotalExact: round.isTotalExact,
    facets: toFacets(round.query, round.found.facets),
    nextCursor: round.found.page.length > request.limit && last !== undefined ? formatCursor(last) : null,
  };
}

function stemsOf(query: Query): string[] {
  return [...new Set(readPlaces(query).map((place) => place.stem))];
}

async function search(
  { db, clock, path }: SearchDeps,
  { cursor, limit }: SearchRequest,
  { query, statistics }: { query: Query; statistics: Statistics },
): Promise<Round> {
  const weighting = weigh(query, statistics);
  const input = { query, now: clock.now(), cursor: cursor ?? null, limit, hasWaiting: statistics.hasWaiting };
  const run = async (by: Path, needed: 'any' | 'all') => {
    const statement = toStatement({ ...input, path: by, needed }, weighting);
    return { ...(await findRanked(db, statement)), isPartial: statement.isPartial };
  };
  const isRelevance = sortOf(query) === 'relevance';
  let found = await run(path, 'all');
  // Among the best thousand of the index a narrow filter leaves few; then the filter goes first.
  if (found.scanned > FOUND_MAX && query.filters.length > 0 && found.total < FEW_FOUND) {
    const behind = await run('plain', 'all');
    const isWhole = behind.total <= FOUND_MAX && !behind.isPartial;
    // Where there are too many to score them all, the best of the index are better, if they fill a page.
    if (isWhole ? behind.total >= found.total : behind.total > found.total && found.total <= limit)
      found = behind;
  }
  // Whatever the page: totals are counted without regard to it.
  if (!isRelevance && found.total === 0 && query.words.length > 1) found = await run(path, 'any');
  const isTotalExact = found.total <= FOUND_MAX && found.scanned <= FOUND_MAX && !found.isPartial;
  if (isTotalExact) return { query, statistics, found, total: found.total, isTotalExact };
  const estimate = isRelevance ? estimateTotal(query, weighting, statistics.papers) : 0;
  // A filter is taken to leave the same share of all as of the best; where those were not looked at, nothing is known of it.
  const shareOfAll = query.filters.length === 0 ? 1 : 0;
  const share = found.scanned > FOUND_MAX ? Math.min(1, found.total / found.scanned) : shareOfAll;
  const total = Math.max(found.total, Math.round(estimate * share));
  return { query, statistics, found, total, isTotalExact };
}

/** Without each condition in turn, then without any; the first that finds something. */
async function relax(
  deps: SearchDeps,
  request: SearchRequest,
  empty: Round,
): Promise<{ round: Round; dropped: readonly string[] }> {
  const { words, filters, sort } = empty.query;
  const attempts = [
    ...filters.map((filter, index) => ({
      query: newQuery(words, filters.toSpliced(index, 1), sort),
      dropped: [describeFilter(filter)],
    })),
    ...(words.length > 0 && filters.length > 0
      ? [{ query: newQuery([], filters, sort), dropped: words.map((word) => `“${word}”`) }]
      : []),
    ...looser(empty.query),
  ];
  for (const { query, dropped } of attempts.slice(0, RELAXATIONS_MAX)) {
    if (query.words.length === 0 && query.filters.length === 0) continue;
    const statistics = await findStatistics(deps.db, stemsOf(query));
    const round = await search(deps, request, { query, statistics });
    if (round.found.total > 0) return { round, dropped };
  }
  return { round: empty, dropped: [] };
}

/** All that filters ask for in the text, as words of which any will do. */
function looser({ words, filters, sort }: Query): { query: Query; dropped: string[] }[] {
  const texts = filters.flatMap((filter) => (filter.kind === 'text' ? filter.text.split(/\s+/) : []));
  if (texts.length === 0) return [];
  const dropped = filters.map(describeFilter);
  return [{ query: newQuery([...words, ...texts], [], sort), dropped }];
}

async function toResults(db: Db, { query, statistics }: Round, page: readonly Cursor[]): Promise<Result[]> {
  const weights = new Map(weigh(query, statistics).terms.map((term) => [term.stem, term.weight]));
  const marks = marksOf(query, weights);
  const papers = await listPapersByKey(
    db,
    page.map(({ key }) => key),
  );
  return papers.map((paper) => ({
    paper,
    title: highlight(paper.titleText, marks),
    passage: bestPassage(paper.abstractText, marks),
  }));
}
