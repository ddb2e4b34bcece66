import 'server-only';
import { cache } from 'react';
import type { TrendingWindow } from '#lib/papers/paper-list.ts';
import { type ListedPaper, listPapersByKey } from '#lib/papers/store.ts';
import { listRememberedSeries } from '#lib/ranking/candidate-store.ts';
import {
  findNewestSnapshot,
  listTrending,
  listTrendingCategories,
  type TrendingEntry,
} from '#lib/ranking/store.ts';
import { runtime } from '#lib/runtime.ts';
import { type SignalSeries, toSparklines } from './sparklines.ts';

const PAPERS_MAX = 40;
/** Categories offered are those of so many first papers. */
const CATEGORY_DEPTH = 300;
const CATEGORIES_MAX = 10;

export type TrendingPaper = {
  readonly entry: TrendingEntry;
  readonly paper: ListedPaper;
  readonly series: readonly SignalSeries[];
};

export type Trending = {
  /** Null before the first ranking. */
  readonly snapshot: { readonly asOf: Date; readonly ranked: number } | null;
  readonly papers: readonly TrendingPaper[];
  readonly categories: readonly string[];
};

/** `cache` shares the answer between a page and its metadata. Arguments are compared one by one. */
export const getTrending = cache(
  async (window: TrendingWindow, category: string | null, hasCode: boolean): Promise<Trending> => {
    const { db } = runtime;
    const [snapshot, entries, categories] = await Promise.all([
      findNewestSnapshot(db, window),
      listTrending(db, window, { limit: PAPERS_MAX, category, hasCode }),
      listTrendingCategories(db, window, { depth: CATEGORY_DEPTH, limit: CATEGORIES_MAX }),
    ]);
    const keys = entries.map(({ paperKey }) => paperKey);
    const [papers, seriesOf] = await Promise.all([
      listPapersByKey(db, keys),
      listRememberedSeries(db, 'signal_series', { keys, at: runtime.clock.now() }),
    ]);
    const paperOf = new Map(papers.map((paper) => [paper.key, paper]));
    const shown = entries.flatMap((entry): TrendingPaper[] => {
      const paper = paperOf.get(entry.paperKey);
      return paper === undefined
        ? []
        : [{ entry, paper, series: toSparklines(seriesOf.get(entry.paperKey) ?? {}) }];
    });
    return { snapshot, papers: shown, categories };
  },
);
