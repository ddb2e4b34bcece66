import type { Metadata } from 'next';
import { Missing } from '#app/_components/missing.tsx';
import { getDayRange, getVolumeOfYear } from '#app/_data/lists.ts';
import { getBaseUrl } from '#app/_data/site.ts';
import { describePage } from '#app/metadata.ts';
import { FolioLine } from '#components/edition/folio.tsx';
import { LIST_STANDFIRST } from '#components/edition/list-standfirst.tsx';
import { UnknownList } from '#components/edition/unknown-list.tsx';
import { countOf } from '#components/ui/number.ts';
import { YearOfDays } from './_components/year-of-days.tsx';

type Props = { params: Promise<{ year: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { year } = await params;
  if ((await spanOf(year)) === null) return { title: 'Not found' };
  return describePage({
    baseUrl: getBaseUrl(),
    path: `/calendar/${year}`,
    title: `Calendar of ${year}`,
    description: `Every day of ${year} and how many papers came out on it.`,
    type: 'website',
  });
}

export default async function CalendarPage({ params }: Props) {
  const { year } = await params;
  const span = await spanOf(year);
  if (span === null)
    return (
      <Missing>
        <UnknownList />
      </Missing>
    );
  const volume = await getVolumeOfYear(year);
  const total = [...volume.values()].reduce((sum, papers) => sum + papers, 0);
  const step = (to: number) =>
    to < span.first || to > span.last ? null : { href: `/calendar/${to}`, label: String(to) };
  return (
    <div>
      <FolioLine
        title={year}
        previous={step(Number(year) - 1)}
        next={step(Number(year) + 1)}
        label="Other years"
      />
      <p className={LIST_STANDFIRST}>
        Every day and how many papers came out on it: the deeper its colour, the more ·{' '}
        {countOf(total, 'listing', 'listings')}
      </p>
      <YearOfDays year={year} volume={volume} />
    </div>
  );
}

/** The years that have editions, where `year` is one of them; else null. */
async function spanOf(year: string): Promise<{ first: number; last: number } | null> {
  const range = /^[1-9]\d{3}$/.test(year) ? await getDayRange() : null;
  if (range === null) return null;
  const [first, last] = [Number(range.first.slice(0, 4)), Number(range.last.slice(0, 4))];
  return Number(year) >= first && Number(year) <= last ? { first, last } : null;
}
