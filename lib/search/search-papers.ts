/**
 * Searches: what the page, the API and the feed show of one query. Never silently nothing: a word that no paper has is
 * read as the one that was meant, and where nothing matches, conditions are dropped one by one and named.
 */
import type { Clock } from '#lib/clock.ts';
import type { Db } from '#lib/db/client.ts';
import { type ListedPaper, listPapersByKey } from '#lib/papers/store.ts';
import { type CompiledQuery, compileQuery } from '#lib/query/compiled-query.ts';
import { describeFilter } from '#lib/query/explain.ts';
import { printQuery } from '#lib/query/normal-form.ts';
import { parseQuery } from '#lib/query/parser.ts';
import { newQuery, type Query, type Sort } from '#lib/query/query.ts';
import type { Warning } from '#lib/query/warning.ts';
import { type Correction, correctQuery } from './correct-query.ts';
import { type FacetGroup, toFacets } from './facet.ts';
import { bestPassage, highlight, marksOf, type Segment } from './highlight.ts';
import type { ResultCache } from './result-cache.ts';
import { type Cursor, FOUND_MAX, formatCursor, type Path } from './search-input.ts';
import { toStatement } from './statement.ts';
import { type Found, findRanked, findStatistics } from './store.ts';
import { estimateTotal, type Statistics, type Weighting, weighTerms } from './weighting.ts';

export type SearchDeps = {
  readonly db: Db;
  readonly clock: Clock;
  readonly path: Path;
  /** Without it every search runs. */
  readonly cache?: ResultCache<SearchAnswer>;
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

/** A query with what is known of its words, which every step of a search needs. */
type Weighed = {
  readonly compiled: CompiledQuery;
  readonly statistics: Statistics;
  readonly weighting: Weighting;
};
type Round = Weighed & {
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
  const weighed = await weigh(deps.db, query);
  const answer = () => answerQuery(deps, request, { weighed, warnings: parsed.warnings });
  if (deps.cache === undefined) return answer();
  // Relative dates depend on the day.
  const day = deps.clock.now().toISOString().slice(0, 10);
  const key = JSON.stringify([request.query, request.sort, request.cursor, request.limit, deps.path, day]);
  return deps.cache.take(key, weighed.statistics.snapshot, answer);
}

async function answerQuery(
  deps: SearchDeps,
  request: SearchRequest,
  { weighed, warnings }: Pick<SearchAnswer, 'warnings'> & { weighed: Weighed },
): Promise<SearchAnswer> {
  const { query } = weighed.compiled;
  const { isSure, ...corrected } = await correctQuery(deps, { query, statistics: weighed.statistics });
  const corrections = isSure ? corrected.corrections : [];
  const first = await search(
    deps,
    request,
    corrections.length === 0 ? weighed : await weigh(deps.db, corrected.query),
  );
  const isEmpty = first.found.total === 0;
  const { round, dropped } = isEmpty ? await relax(deps, request, first) : { round: first, dropped: [] };
  const page = round.found.page.slice(0, request.limit);
  const last = page.at(-1);
  return {
    query,
    warnings,
    searched: round.compiled.query,
    normalForm: printQuery(round.compiled.query),
    sort: round.compiled.sort,
    corrections,
    didYouMean: isSure ? null : printQuery(corrected.query),
    dropped,
    results: await toResults(deps.db, round, page),
    total: round.total,
    isTotalExact: round.isTotalExact,
    facets: toFacets(round.compiled.query, round.found.facets),
    nextCursor: round.found.page.length > request.limit && last !== undefined ? formatCursor(last) : null,
  };
}

async function weigh(db: Db, query: Query): Promise<Weighed> {
  const compiled = compileQuery(query);
  const statistics = await findStatistics(db, [...new Set(compiled.ranked.map(({ stem }) => stem))]);
  return { compiled, statistics, weighting: weighTerms(compiled, statistics) };
}

async function search(
  { db, clock, path }: SearchDeps,
  { cursor, limit }: SearchRequest,
  weighed: Weighed,
): Promise<Round> {
  const { compiled, statistics, weighting } = weighed;
  const { query } = compiled;
  const input = {
    compiled,
    now: clock.now(),
    cursor: cursor ?? null,
    limit,
    hasWaiting: statistics.hasWaiting,
  };
  const run = async (by: Path, needed: 'any' | 'all') => {
    const statement = toStatement({ ...input, path: by, needed }, weighting);
    return { ...(await findRanked(db, statement)), isPartial: statement.isPartial };
  };
  const isRelevance = compiled.sort === 'relevance';
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
  if (isTotalExact) return { ...weighed, found, total: found.total, isTotalExact };
  const estimate = isRelevance ? estimateTotal(compiled, weighting, statistics.papers) : 0;
  // A filter is taken to leave the same share of all as of the best; where those were not looked at, nothing is known of it.
  const shareOfAll = query.filters.length === 0 ? 1 : 0;
  const share = found.scanned > FOUND_MAX ? Math.min(1, found.total / found.scanned) : shareOfAll;
  const total = Math.max(found.total, Math.round(estimate * share));
  return { ...weighed, found, total, isTotalExact };
}

/** Without each condition in turn, then without any; the first that finds something. */
async function relax(
  deps: SearchDeps,
  request: SearchRequest,
  empty: Round,
): Promise<{ round: Round; dropped: readonly string[] }> {
  const { words, filters, sort } = empty.compiled.query;
  const attempts = [
    ...filters.map((filter, index) => ({
      query: newQuery(words, filters.toSpliced(index, 1), sort),
      dropped: [describeFilter(filter)],
    })),
    ...(words.length > 0 && filters.length > 0
      ? [{ query: newQuery([], filters, sort), dropped: words.map((word) => `“${word}”`) }]
      : []),
    ...looser(empty.compiled.query),
  ];
  for (const { query, dropped } of attempts.slice(0, RELAXATIONS_MAX)) {
    if (query.words.length === 0 && query.filters.length === 0) continue;
    const round = await search(deps, request, await weigh(deps.db, query));
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

async function toResults(
  db: Db,
  { compiled: { query }, weighting }: Round,
  page: readonly Cursor[],
): Promise<Result[]> {
  const weights = new Map(weighting.terms.map((term) => [term.stem, term.weight]));
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
