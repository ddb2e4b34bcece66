import { Story } from '#components/paper/story.tsx';
import { SectionHeading } from '#components/ui/section-heading.tsx';
import type { Subject } from '#lib/papers/category.ts';
import type { ListPage } from '#lib/papers/list-store.ts';
import { type ListView, listViewPath } from '#lib/papers/list-view.ts';
import { cameOutOn } from '#lib/papers/paper.ts';
import { type PaperList, paperListPath } from '#lib/papers/paper-list.ts';
import { formatDayLong } from './dateline.ts';
import { FeedLinks } from './feed-links.tsx';
import { FolioLine } from './folio.tsx';
import { ListControls, SORT_NAME } from './list-controls.tsx';
import { ListStandfirst } from './list-standfirst.tsx';
import { toListStep } from './list-step.ts';
import { listTitle } from './list-title.ts';

type Props = ListPage & {
  view: ListView;
  previous: PaperList | null;
  next: PaperList | null;
  categories: readonly { readonly subject: Subject; readonly papers: number }[];
};

type ListedPaper = ListPage['papers'][number];

/** A page of any list but a day's own, which is a front page. */
export function PaperListPage({ view, papers, total, hasMore, previous, next, categories }: Props) {
  const last = papers.at(-1);
  return (
    <div>
      <FolioLine
        title={listTitle(view.list)}
        previous={previous && toListStep(previous)}
        next={next && toListStep(next)}
        label="Lists before and after"
      />
      <ListStandfirst list={view.list} total={total} />
      <ListControls view={view} categories={categories} />
      {toSections(view, papers).map(({ heading, href, stories }) => (
        <section key={heading}>
          <SectionHeading>{href === null ? heading : <a href={href}>{heading}</a>}</SectionHeading>
          <div className="story-grid briefs">
            {stories.map((paper) => (
              <Story key={paper.key} paper={paper} place="brief" isDated={href === null} />
            ))}
          </div>
        </section>
      ))}
      {hasMore && last !== undefined && (
        <p className="mt-8 border-y border-rule py-[0.6rem] text-center print:hidden">
          <a rel="next" className="py-[0.3rem] no-underline" href={listViewPath({ ...view, after: last })}>
            {view.sort === 'newest' ? 'Older papers' : 'More papers'}
            <span aria-hidden="true"> →</span>
          </a>
        </p>
      )}
      <FeedLinks source={view.list} withMail className="mt-4 text-center" />
    </div>
  );
}

/** What is new in a subject stands by days; everything else is one section, named for its order. */
function toSections({ list, sort }: ListView, papers: readonly ListedPaper[]) {
  if (list.kind !== 'subject' || list.day !== null || sort !== 'newest')
    return [{ heading: SORT_NAME[sort], href: null, stories: papers }];
  return [...Map.groupBy(papers, (paper) => cameOutOn(paper) ?? '')].map(([day, stories]) => ({
    heading: formatDayLong(day),
    href: paperListPath({ ...list, day }),
    stories,
  }));
}
