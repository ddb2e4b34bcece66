import 'server-only';
import { cache } from 'react';
import { countPapersByDay, countPapersBySubject, findDayRange } from '#lib/papers/catalogue-store.ts';
import { listCategoriesWithin, type Subject } from '#lib/papers/category.ts';
import {
  countCategoriesOfList,
  findNeighbourLists,
  type ListPage,
  listPapers,
} from '#lib/papers/list-store.ts';
import { type ListView, listViewPath } from '#lib/papers/list-view.ts';
import { type PaperList, rangeOfList } from '#lib/papers/paper-list.ts';
import type { DayRange } from '#lib/papers/period.ts';
import { runtime } from '#lib/runtime.ts';

/** 25 of them weigh some 30 KB compressed. */
const PAPERS_OF_LIST = 50;
const CATEGORIES_MAX = 14;

export type CategoryCount = { readonly subject: Subject; readonly papers: number };

/** All that a list's page shows. */
export type ListContent = ListPage & {
  readonly view: ListView;
  readonly previous: PaperList | null;
  readonly next: PaperList | null;
  /** What it could be narrowed to. */
  readonly categories: readonly CategoryCount[];
};

/** Shared between a page and its metadata, which name the same list by two objects. */
const listsOfRequest = cache(() => new Map<string, Promise<ListContent>>());

export function getList(view: ListView): Promise<ListContent> {
  const lists = listsOfRequest();
  const path = listViewPath(view);
  const content = lists.get(path) ?? findList(view);
  lists.set(path, content);
  return content;
}

async function findList(view: ListView): Promise<ListContent> {
  const { list, sort, filters, after } = view;
  const [page, neighbours, categories] = await Promise.all([
    listPapers(runtime.db, list, { sort, filters, after, limit: PAPERS_OF_LIST }),
    findNeighbourLists(runtime.db, list),
    countCategories(list),
  ]);
  return { view, ...page, ...neighbours, categories };
}

/** All of an archive's or a group's, which the index of subjects has counted; of other lists the most frequent ones. */
async function countCategories(list: PaperList): Promise<CategoryCount[]> {
  if (list.kind !== 'subject' || list.day !== null || list.subject.scope === 'category')
    return countCategoriesOfList(runtime.db, list, CATEGORIES_MAX);
  const volume = await getVolumeOfSubjects();
  return listCategoriesWithin(list.subject)
    .map((subject) => ({ subject, papers: volume.get(subject.id) ?? 0 }))
    .filter(({ papers }) => papers > 0)
    .toSorted((one, other) => other.papers - one.papers);
}

export const getDayRange = cache((): Promise<DayRange | null> => findDayRange(runtime.db));

export async function getVolumeOfYear(year: string): Promise<ReadonlyMap<string, number>> {
  return countPapersByDay(runtime.db, { first: `${year}-01-01`, last: `${year}-12-31` });
}

/** For a list of days without papers: whether it lies between the first edition and the newest. */
export async function liesWithinEditions(list: PaperList): Promise<boolean> {
  const [range, editions] = [rangeOfList(list), await getDayRange()];
  return range !== null && editions !== null && range.last >= editions.first && range.first <= editions.last;
}

/** By subject code. */
export const getVolumeOfSubjects = cache(
  (): Promise<ReadonlyMap<string, number>> => countPapersBySubject(runtime.db),
);
