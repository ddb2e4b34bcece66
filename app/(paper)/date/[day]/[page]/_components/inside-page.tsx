import type { Edition } from '#app/_data/papers.ts';
import { formatDayLong } from '#components/edition/dateline.ts';
import { FolioLine } from '#components/edition/folio.tsx';
import { PageNumbers } from '#components/edition/page-numbers.tsx';
import { Story } from '#components/paper/story.tsx';
import { SectionHeading } from '#components/ui/section-heading.tsx';

/** A further page of a day that does not fit on its front page. */
export function InsidePage({ edition }: { edition: Edition }) {
  const { day, page, pages, papers } = edition;
  return (
    <div>
      <FolioLine
        title={
          <>
            <time dateTime={day}>{formatDayLong(day)}</time>, page {page}
          </>
        }
        previous={{
          href: page === 2 ? `/date/${day}` : `/date/${day}/${page - 1}`,
          label: `Page ${page - 1}`,
        }}
        next={page < pages ? { href: `/date/${day}/${page + 1}`, label: `Page ${page + 1}` } : null}
        label="Pages before and after"
      />
      <section aria-labelledby="in-brief">
        <SectionHeading id="in-brief">In brief</SectionHeading>
        <div className="story-grid briefs">
          {papers.map((paper) => (
            <Story key={paper.key} paper={paper} place="brief" />
          ))}
        </div>
      </section>
      <PageNumbers day={day} page={page} pages={pages} />
    </div>
  );
}
