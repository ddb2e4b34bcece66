import 'server-only';
import { cache } from 'react';
import type { Archive } from '#lib/papers/paper.ts';
import {
  countPapersOfDay,
  findNeighbourDays,
  findNewestDay,
  findPaper,
  type ListedPaper,
  listPapersOfDay,
} from '#lib/papers/store.ts';
import { runtime } from '#lib/runtime.ts';

/** The page of so many weighs some 350 KB compressed; beyond them it says how many there are. */
const PAPERS_OF_DAY_MAX = 500;

/** All that a day's page shows. `papers` is empty on a day without any. */
export type Edition = {
  readonly day: string;
  readonly papers: readonly ListedPaper[];
  /** How many the day has, shown or not. */
  readonly total: number;
  /** The nearest days that have papers. */
  readonly previous: string | null;
  readonly next: string | null;
  readonly newest: string | null;
};

/** `cache` shares the answer between a page and its metadata, which Next asks for one after the other. */
export const getNewestDay = cache((): Promise<string | null> => findNewestDay(runtime.db));

export const getEdition = cache(async (day: string): Promise<Edition> => {
  const [papers, total, neighbours, newest] = await Promise.all([
    listPapersOfDay(runtime.db, day, PAPERS_OF_DAY_MAX),
    countPapersOfDay(runtime.db, day),
    findNeighbourDays(runtime.db, day),
    getNewestDay(),
  ]);
  return { day, papers, total, newest, ...neighbours };
});

export const getPaper = cache(
  (archive: Archive, identifier: string): Promise<ListedPaper | null> =>
    findPaper(runtime.db, archive, identifier),
);
