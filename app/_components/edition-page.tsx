import type { Metadata } from 'next';
import { type Edition, getCategoriesOfDay } from '#app/_data/papers.ts';
import { getBaseUrl } from '#app/_data/site.ts';
import { getCoverage } from '#app/_data/status.ts';
import { describePage } from '#app/metadata.ts';
import { formatDayLong } from '#components/edition/dateline.ts';
import { DayPicker } from '#components/edition/day-picker.tsx';
import { FeedLinks, feedTitle } from '#components/edition/feed-links.tsx';
import { DaySteps, Folio } from '#components/edition/folio.tsx';
import { FrontPage } from '#components/edition/front-page.tsx';
import { ListControls } from '#components/edition/list-controls.tsx';
import { Masthead } from '#components/edition/masthead.tsx';
import { PageNumbers } from '#components/edition/page-numbers.tsx';
import { countOf } from '#components/ui/number.ts';
import { wholeView } from '#lib/papers/list-view.ts';

/** What search engines and link previews are told of an edition at `path`. */
export function describeEdition(
  edition: Edition,
  { path, title }: { path: string; title: string },
): Metadata {
  const titles = edition.papers.map((paper) => paper.titleText).join(' · ');
  return describePage({
    baseUrl: getBaseUrl(),
    path,
    title,
    description: `${countOf(edition.total, 'paper', 'papers')} of ${formatDayLong(edition.day)}. ${titles}`,
    type: 'website',
    feed: { path: '/feeds/daily', title: feedTitle('daily') },
  });
}

/** The front page of a day that has papers. */
export async function EditionPage({ edition }: { edition: Edition }) {
  const [categories, coverage] = await Promise.all([
    getCategoriesOfDay(edition.day),
    getCoverage(edition.day),
  ]);
  // What is to be said of a day that is not all here; null of any other.
  const gap = coverage.state === 'partial' ? coverage.sentence : null;
  const { day, previous, next, papers, total, page, pages } = edition;
  const listings = papers.flatMap((paper) => paper.listings);
  const lists = new Set(
    listings.filter((listing) => listing.listedOn === day).map((listing) => listing.list),
  );
  return (
    <>
      <Masthead day={day} newest={edition.newest} papers={total} lists={[...lists].sort()} />
      <main id="content">
        <Folio day={day} previous={previous} next={next} />
        {gap !== null && (
          <p className="mt-3 border-l-2 border-accent pl-[0.9rem] text-[0.94rem]">
            {gap} <a href="/about/status">Is the paper complete?</a>
          </p>
        )}
        <ListControls view={wholeView({ kind: 'day', day })} categories={categories} />
        <FrontPage papers={papers} />
        <PageNumbers day={day} page={page} pages={pages} />
        <div className="mt-10 flex flex-wrap items-center justify-between gap-x-8 gap-y-2 border-y border-rule py-[0.6rem] print:hidden [nav+&]:mt-0 [nav+&]:border-t-0">
          <DaySteps
            previous={previous}
            next={next}
            label="Other editions, again"
            className="flex flex-1 flex-wrap justify-between gap-x-8 gap-y-1"
          />
          <DayPicker day={day} newest={edition.newest} />
        </div>
        <FeedLinks source="daily" withMail />
      </main>
    </>
  );
}
