import type { Edition } from '#app/_data/papers.ts';
import { DayPicker } from '#components/edition/day-picker.tsx';
import { FeedLinks } from '#components/edition/feed-links.tsx';
import { DaySteps, Folio } from '#components/edition/folio.tsx';
import { FrontPage } from '#components/edition/front-page.tsx';
import { Masthead } from '#components/edition/masthead.tsx';

export function EditionPage({ edition }: { edition: Edition }) {
  const { day, previous, next } = edition;
  const listings = edition.papers.flatMap((paper) => paper.listings);
  const lists = new Set(
    listings.filter((listing) => listing.listedOn === day).map((listing) => listing.list),
  );
  return (
    <>
      <Masthead day={day} newest={edition.newest} papers={edition.total} lists={[...lists].sort()} />
      <main id="content">
        <Folio day={day} previous={previous} next={next} />
        <FrontPage papers={edition.papers} total={edition.total} />
        <div className="afterword">
          <DaySteps previous={previous} next={next} label="Other editions, again" />
          <DayPicker day={day} newest={edition.newest} />
        </div>
        <FeedLinks source="daily" />
      </main>
    </>
  );
}
