import 'server-only';
import { cache } from 'react';
import {
  countCategoriesOfList,
  findNeighbourPapers,
  listPapers,
  type PaperTitle,
} from '#lib/papers/list-store.ts';
import { defaultSort } from '#lib/papers/list-view.ts';
import type { Registry } from '#lib/papers/paper.ts';
import type { PaperList } from '#lib/papers/paper-list.ts';
import { findNeighbourDays, findNewestDay, findPaper, type ListedPaper } from '#lib/papers/store.ts';
import { listSeries } from '#lib/ranking/candidate-store.ts';
import { runtime } from '#lib/runtime.ts';
import { type RelatedPaper, searchRelated } from '#lib/search/search-related.ts';
import { type SignalSeries, toSparklines } from './sparklines.ts';

/** So many weigh some 100 KB compressed. A day of a thousand is as many pages as it needs, and the last is as fast. */
const PAPERS_OF_PAGE = 100;
const CATEGORIES_MAX = 14;
const RELATED_MAX = 6;

/** All that a page of a day's edition shows. `papers` is empty on a day without any. */
export type Edition = {
  readonly day: string;
  readonly papers: readonly ListedPaper[];
  /** How many papers the day has, on this page or not. */
  readonly total: number;
  /** From 1. */
  readonly page: number;
  readonly pages: number;
  /** The nearest days that have papers. */
  readonly previous: string | null;
  readonly next: string | null;
  readonly newest: string | null;
};

/** `cache` shares the answer between a page and its metadata, which Next asks for one after the other. */
export const getNewestDay = cache((): Promise<string | null> => findNewestDay(runtime.db));

export const getEdition = cache(async (day: string, page = 1): Promise<Edition> => {
  const list: PaperList = { kind: 'day', day };
  const selection = { sort: defaultSort(list), skip: (page - 1) * PAPERS_OF_PAGE, limit: PAPERS_OF_PAGE };
  const [{ papers, total }, neighbours, newest] = await Promise.all([
    listPapers(runtime.db, list, selection),
    findNeighbourDays(runtime.db, day),
    getNewestDay(),
  ]);
  return { day, papers, total, page, pages: Math.ceil(total / PAPERS_OF_PAGE), newest, ...neighbours };
});

/** What a day could be narrowed to. */
export const getCategoriesOfDay = cache((day: string) =>
  countCategoriesOfList(runtime.db, { kind: 'day', day }, CATEGORIES_MAX),
);

export const getPaper = cache(
  (registry: Registry, identifier: string): Promise<ListedPaper | null> =>
    findPaper(runtime.db, registry, identifier),
);

/** What stands around a paper on its page. */
export type PaperSurroundings = {
  /** The newest edition that has the paper, and the papers before and after it there. */
  readonly day: string | null;
  readonly previous: PaperTitle | null;
  readonly next: PaperTitle | null;
  readonly series: readonly SignalSeries[];
  readonly related: readonly RelatedPaper[];
};

export async function getSurroundings(paper: ListedPaper): Promise<PaperSurroundings> {
  const { db, clock } = runtime;
  const day = paper.listings.at(-1)?.listedOn ?? null;
  const [neighbours, series, related] = await Promise.all([
    day === null
      ? { previous: null, next: null }
      : findNeighbourPapers(db, { kind: 'day', day }, 'trending', paper.key),
    listSeries(db, { keys: [paper.key], until: clock.now() }),
    searchRelated(db, paper.key, RELATED_MAX),
  ]);
  return { day, ...neighbours, series: toSparklines(series.get(paper.key) ?? {}), related };
}
