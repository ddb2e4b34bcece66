/** The papers of feeds. A feed holds the newest papers of a list; of the day stream, whole days. */
import 'server-only';
import type { FeedPaper } from '#lib/feeds/feed.ts';
import type { FeedSource } from '#lib/feeds/feed-address.ts';
import { listPapers } from '#lib/papers/list-store.ts';
import { defaultSort } from '#lib/papers/list-view.ts';
import type { PaperList } from '#lib/papers/paper-list.ts';
import { findNeighbourDays, findNewestDay, type ListedPaper } from '#lib/papers/store.ts';
import { runtime } from '#lib/runtime.ts';

const PAPERS_MAX = 100;
/** A reader who looks once a day must miss none. */
const PAPERS_OF_DAY_MAX = 2_000;
/** Readers that look once a week, or a weekend later. */
const DAYS_MAX = 7;

/** In the order of the day's page. */
async function listPapersOfDay(day: string): Promise<readonly ListedPaper[]> {
  const list: PaperList = { kind: 'day', day };
  const { papers } = await listPapers(runtime.db, list, {
    sort: defaultSort(list),
    limit: PAPERS_OF_DAY_MAX,
  });
  return papers;
}

/** The newest days, whole, until there are papers enough; each paper once, on the newest of its days. */
async function listDailyPapers(): Promise<FeedPaper[]> {
  const papers: FeedPaper[] = [];
  let day = await findNewestDay(runtime.db);
  for (let days = 0; day !== null && days < DAYS_MAX && papers.length < PAPERS_MAX; days += 1) {
    const listedOn = day;
    const found = await listPapersOfDay(day);
    papers.push(...found.map((paper) => ({ paper, listedOn })));
    ({ previous: day } = await findNeighbourDays(runtime.db, day));
  }
  return papers;
}

export async function listFeedPapers(list: Exclude<FeedSource, 'issues'>): Promise<FeedPaper[]> {
  if (list === 'daily') return listDailyPapers();
  if (list.kind === 'day') {
    const papers = await listPapersOfDay(list.day);
    return papers.map((paper) => ({ paper, listedOn: list.day }));
  }
  const sort = list.kind === 'trending' ? 'trending' : 'newest';
  const { papers } = await listPapers(runtime.db, list, { sort, limit: PAPERS_MAX });
  return papers.map(toFeedPaper);
}

/** For lists whose papers count for the day on which they first came out. */
export function toFeedPaper(paper: ListedPaper): FeedPaper {
  return { paper, listedOn: paper.firstListedOn };
}
