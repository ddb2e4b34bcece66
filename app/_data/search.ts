import 'server-only';
import type { FeedPaper } from '#lib/feeds/feed.ts';
import { describeError } from '#lib/log.ts';
import type { PaperId } from '#lib/papers/list-view.ts';
import { directMatch } from '#lib/query/direct-match.ts';
import { parseQuery } from '#lib/query/parser.ts';
import type { Sort } from '#lib/query/query.ts';
import { runtime } from '#lib/runtime.ts';
import { createResultCache } from '#lib/search/result-cache.ts';
import type { SearchAddress } from '#lib/search/search-address.ts';
import type { Path } from '#lib/search/search-input.ts';
import { parseCursor } from '#lib/search/search-input.ts';
import { type SearchAnswer, searchPapers } from '#lib/search/search-papers.ts';
import { findPath } from '#lib/search/store.ts';
import { toFeedPaper } from './feeds.ts';

export type Asked = {
  /** As typed. */
  readonly text: string;
  readonly sort: Sort | null;
  /** As a page of results gave it; what is none begins at the first. */
  readonly cursor: string | null;
  readonly limit: number;
};

/** Migrations make the index, and none runs while the site does. */
let path: Path | undefined;

const cache = createResultCache<SearchAnswer>();

export async function search({ text, sort, cursor, limit }: Asked): Promise<SearchAnswer> {
  path ??= await findPath(runtime.db);
  const { db, clock } = runtime;
  return searchPapers(
    { db, clock, path, cache },
    { query: text, sort, cursor: cursor === null ? null : parseCursor(cursor), limit },
  );
}

/** As many as weigh some 20 KB compressed. */
const PAPERS_OF_PAGE = 25;

/** A page of what is found. A search that fails has its own page, with the query to try again. */
export async function getSearch({ text, sort, cursor }: SearchAddress): Promise<SearchAnswer | 'failed'> {
  try {
    return await search({ text, sort, cursor, limit: PAPERS_OF_PAGE });
  } catch (error) {
    runtime.log.error('search-failed', { reason: describeError(error) });
    return 'failed';
  }
}

/**
 * The paper that a pasted identifier or address names; null where the query is none. A DOI may be the one that a paper on
 * arXiv was published under. Of a paper that is not here, its page says so, and where it may be found.
 */
export async function findNamedPaper({ text, sort, cursor }: SearchAddress): Promise<PaperId | null> {
  const named = sort === null && cursor === null ? directMatch(parseQuery(text).query) : null;
  if (named === null) return null;
  const { results, dropped } = await search({ text, sort: null, cursor: null, limit: 1 });
  return (dropped.length === 0 && results[0]?.paper) || named;
}

const PAPERS_OF_FEED = 100;

/**
 * The newest that a query finds, in the order it names itself where it names one. Only what it asks for: a feed that waits
 * for the first paper with a new word must not be filled with what comes near it.
 */
export async function listSearchFeedPapers(text: string): Promise<FeedPaper[]> {
  const sort = parseQuery(text).query.sort ?? 'new';
  const { results, corrections, dropped } = await search({ text, sort, cursor: null, limit: PAPERS_OF_FEED });
  if (corrections.length > 0 || dropped.length > 0) return [];
  return results.map(({ paper }) => toFeedPaper(paper));
}
