import type { Metadata } from 'next';
import { describeEdition, EditionPage } from '#app/_components/edition-page.tsx';
import { Missing } from '#app/_components/missing.tsx';
import { QuietDay } from '#app/_components/quiet-day.tsx';
import { UnknownDay } from '#app/_components/unknown-day.tsx';
import { getEdition } from '#app/_data/papers.ts';
import { getCoverage } from '#app/_data/status.ts';
import { formatDayLong } from '#components/edition/dateline.ts';
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
