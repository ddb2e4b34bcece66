import type { Metadata } from 'next';
import { describeEdition, EditionPage } from '#app/_components/edition-page.tsx';
import { Missing } from '#app/_components/missing.tsx';
import { UnknownDay } from '#app/_components/unknown-day.tsx';
import { getEdition } from '#app/_data/papers.ts';
import { getCoverage } from '#app/_data/status.ts';
import { formatDayLong } from '#components/edition/dateline.ts';
import { DaySteps } from '#components/edition/folio.tsx';
import { Notice } from '#components/edition/notice.tsx';
import { PageFrame } from '#components/edition/page-frame.tsx';
import { parseDay } from '#lib/papers/day.ts';

type Props = { params: Promise<{ day: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const day = parseDay((await params).day);
  if (day === null) return { title: 'Not found' };
  const edition = await getEdition(day);
  if (edition.total === 0) return { title: formatDayLong(day), robots: { index: false } };
  return describeEdition(edition, { path: `/date/${day}`, title: formatDayLong(day) });
}

export default async function DayPage({ params }: Props) {
  const day = parseDay((await params).day);
  const edition = day === null ? null : await getEdition(day);
  if (edition !== null && edition.total > 0) return <EditionPage edition={edition} />;
  return (
    <PageFrame>
      <NoEdition day={day} previous={edition?.previous ?? null} next={edition?.next ?? null} />
    </PageFrame>
  );
}

async function NoEdition(props: { day: string | null; previous: string | null; next: string | null }) {
  const { day, previous, next } = props;
  if (day !== null && previous !== null && next !== null) {
    const { sentence } = await getCoverage(day);
    return <QuietDay day={day} why={sentence} previous={previous} next={next} />;
  }
  return (
    <Missing>
      <UnknownDay day={day} nearest={previous ?? next} />
    </Missing>
  );
}

/** A day between two editions of which we hold no papers, and why, as far as anybody knows. */
function QuietDay(props: { day: string; why: string; previous: string; next: string }) {
  const { day, why, previous, next } = props;
  return (
    <Notice kicker="A gap" title={`No edition of ${formatDayLong(day)}`}>
      <p>
        We have no papers of that day. {why} <a href="/about/status">Is the paper complete?</a>
      </p>
      <p>The nearest editions before and after it:</p>
      <DaySteps
        previous={previous}
        next={next}
        label="Nearest editions"
        className="mt-6 flex flex-wrap gap-x-8 gap-y-1"
      />
    </Notice>
  );
}
