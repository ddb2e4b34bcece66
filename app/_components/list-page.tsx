import type { Metadata } from 'next';
import { Missing } from '#app/_components/missing.tsx';
import { getList, type ListContent, liesWithinEditions } from '#app/_data/lists.ts';
import { getBaseUrl } from '#app/_data/site.ts';
import { getCoverage } from '#app/_data/status.ts';
import { describePage } from '#app/metadata.ts';
import { readSearchParams, type SearchParams } from '#app/search-params.ts';
import { feedTitle } from '#components/edition/feed-links.tsx';
import { formatWeekDays, listTitle } from '#components/edition/list-title.ts';
import { NoPapers } from '#components/edition/no-papers.tsx';
import { PaperListPage } from '#components/edition/paper-list-page.tsx';
import { UnknownList } from '#components/edition/unknown-list.tsx';
import { countOf } from '#components/ui/number.ts';
import { feedPathOf } from '#lib/feeds/feed-address.ts';
import { type ListView, listViewPath, parseListView, wholeView } from '#lib/papers/list-view.ts';
import { type PaperList, paperListPath } from '#lib/papers/paper-list.ts';

type Props = {
  /** Null where the address names no list. */
  readonly list: PaperList | null;
  readonly searchParams: SearchParams;
};

/** The page of any list but a day's own, in the order and with the filters of its query string. */
export async function ListPage({ list, searchParams }: Props) {
  if (list === null)
    return (
      <Missing>
        <UnknownList />
      </Missing>
    );
  const view = await viewOf(list, searchParams);
  return <ListContentPage content={await getList(view)} />;
}

export async function describeList(list: PaperList | null, searchParams: SearchParams): Promise<Metadata> {
  if (list === null) return { title: 'Not found' };
  const view = await viewOf(list, searchParams);
  if (listViewPath(view) !== listViewPath(wholeView(list))) return describeView(view);
  const { total, papers } = await getList(view);
  const title = listTitle(list);
  if (total === 0) return { title, robots: { index: false } };
  const titles = papers.map((paper) => paper.titleText).join(' · ');
  const span = list.kind === 'week' ? ` of ${formatWeekDays(list.week)}` : '';
  return describePage({
    baseUrl: getBaseUrl(),
    path: paperListPath(list),
    title,
    description: `${countOf(total, 'paper', 'papers')}${span}. ${titles}`,
    type: 'website',
    feed: { path: feedPathOf(list), title: feedTitle(list) },
  });
}

/** Ways to look at a list are many and say nothing that the list itself does not. */
function describeView(view: ListView): Metadata {
  return {
    metadataBase: new URL(getBaseUrl()),
    title: listTitle(view.list),
    alternates: { canonical: paperListPath(view.list) },
    robots: { index: false },
  };
}

async function viewOf(list: PaperList, searchParams: SearchParams): Promise<ListView> {
  const fields = await readSearchParams(searchParams);
  return parseListView(list, (name) => fields.get(name));
}

async function ListContentPage({ content }: { content: ListContent }) {
  const { view, total, previous, next } = content;
  if (total > 0) return <PaperListPage {...content} />;
  const { list } = view;
  const isNarrowed = listViewPath({ ...view, after: null }) !== listViewPath(wholeView(list));
  const notice = (
    <NoPapers
      view={view}
      isNarrowed={isNarrowed}
      why={await reasonOf(list)}
      previous={previous}
      next={next}
    />
  );
  // A day of a subject has neighbours of its own; weeks and months without papers are pages only between editions.
  const exists =
    isNarrowed || (list.kind === 'subject' && (list.day === null || previous !== null || next !== null));
  return exists || (await liesWithinEditions(list)) ? notice : <Missing>{notice}</Missing>;
}

/** Why a day has nothing, as far as anybody knows. */
async function reasonOf(list: PaperList): Promise<string | null> {
  const day = list.kind === 'day' || list.kind === 'subject' ? list.day : null;
  return day === null ? null : (await getCoverage(day)).sentence;
}
