import type { Metadata } from 'next';
import { type Edition, getCategoriesOfDay, getEdition, getNewestDay } from '#app/_data/papers.ts';
import { getBaseUrl } from '#app/_data/site.ts';
import { getCoverage } from '#app/_data/status.ts';
import { describePage, SITE_NAME } from '#app/metadata.ts';
import { Missing } from '#app/missing.tsx';
import { StaticMarkup } from '#app/static-markup.tsx';
import { formatDayLong } from '#components/edition/dateline.ts';
import { feedTitle } from '#components/edition/feed-links.tsx';
import { countOf } from '#components/ui/number.ts';
import { parseDay } from '#lib/papers/day.ts';
import { EditionPage } from './_components/edition-page.tsx';
import { NoEditionYet } from './_components/no-edition-yet.tsx';
import { QuietDay } from './_components/quiet-day.tsx';
import { UnknownDay } from './_components/unknown-day.tsx';

/** Made when first asked for, since a build has no database; then kept, and made anew in the background. */
export const revalidate = 60;
export const generateStaticParams = () => [];

/** What next.config.ts makes of `/`: the newest edition under an address that never changes. */
const NEWEST = 'newest';

type Props = { params: Promise<{ day: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { day } = await params;
  const edition = await editionOf(day);
  if (edition === null) return day === NEWEST ? {} : { title: 'Not found' };
  const long = formatDayLong(edition.day);
  if (edition.total === 0) return { title: long, robots: { index: false } };
  const isNewest = day === NEWEST;
  const titles = edition.papers.map((paper) => paper.titleText).join(' · ');
  return describePage({
    baseUrl: getBaseUrl(),
    path: isNewest ? '/' : `/date/${edition.day}`,
    title: isNewest ? SITE_NAME : long,
    description: `${countOf(edition.total, 'paper', 'papers')} of ${long}. ${titles}`,
    type: 'website',
    feed: { path: '/feeds/daily', title: feedTitle('daily') },
  });
}

export default async function DayPage({ params }: Props) {
  const { day } = await params;
  const edition = await editionOf(day);
  if (edition !== null && edition.total > 0) {
    const [categories, coverage] = await Promise.all([
      getCategoriesOfDay(edition.day),
      getCoverage(edition.day),
    ]);
    const gap = coverage.state === 'partial' ? coverage.sentence : null;
    return (
      <StaticMarkup>
        <EditionPage edition={edition} categories={categories} gap={gap} />
      </StaticMarkup>
    );
  }
  if (day === NEWEST) return <NoEditionYet />;
  const { previous = null, next = null } = edition ?? {};
  if (edition !== null && previous !== null && next !== null) {
    const { sentence } = await getCoverage(edition.day);
    return <QuietDay day={edition.day} why={sentence} previous={previous} next={next} />;
  }
  return (
    <Missing>
      <UnknownDay day={edition?.day ?? null} nearest={previous ?? next} />
    </Missing>
  );
}

/** Null for what is no day; for the newest, while there is none. */
async function editionOf(day: string): Promise<Edition | null> {
  const wanted = day === NEWEST ? await getNewestDay() : parseDay(day);
  return wanted === null ? null : getEdition(wanted);
}
