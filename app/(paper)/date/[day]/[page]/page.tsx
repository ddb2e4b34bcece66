import type { Metadata } from 'next';
import { Missing } from '#app/_components/missing.tsx';
import { UnknownDay } from '#app/_components/unknown-day.tsx';
import { type Edition, getEdition } from '#app/_data/papers.ts';
import { getBaseUrl } from '#app/_data/site.ts';
import { describePage } from '#app/metadata.ts';
import { formatDayLong } from '#components/edition/dateline.ts';
import { FolioLine } from '#components/edition/folio.tsx';
import { PageNumbers } from '#components/edition/page-numbers.tsx';
import { Story } from '#components/paper/story.tsx';
import { SectionHeading } from '#components/ui/section-heading.tsx';
import { parseDay } from '#lib/papers/day.ts';

type Props = { params: Promise<{ day: string; page: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const edition = await editionOf(await params);
  if (edition === null) return { title: 'Not found' };
  const { day, page, pages, papers } = edition;
  return describePage({
    baseUrl: getBaseUrl(),
    path: `/date/${day}/${page}`,
    title: `${formatDayLong(day)}, page ${page}`,
    description: `Page ${page} of ${pages}. ${papers.map((paper) => paper.titleText).join(' · ')}`,
    type: 'website',
  });
}

export default async function DayInsidePage({ params }: Props) {
  const { day, page } = await params;
  const edition = await editionOf({ day, page });
  if (edition !== null) return <InsidePage edition={edition} />;
  return (
    <Missing>
      <UnknownDay day={null} nearest={parseDay(day)} />
    </Missing>
  );
}

/** Null for a day or a page that there is not; page 1 has another address. */
async function editionOf({ day, page }: { day: string; page: string }): Promise<Edition | null> {
  const wanted = parseDay(day);
  if (wanted === null || !/^(?:[2-9]|[1-9]\d{1,3})$/.test(page)) return null;
  const edition = await getEdition(wanted, Number(page));
  return edition.papers.length === 0 ? null : edition;
}

/** A further page of a day that does not fit on its front page. */
function InsidePage({ edition }: { edition: Edition }) {
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
