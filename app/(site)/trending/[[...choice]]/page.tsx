import type { Metadata } from 'next';
import { getBaseUrl } from '#app/_data/site.ts';
import { getTrending } from '#app/_data/trending.ts';
import { describePage } from '#app/metadata.ts';
import { Missing } from '#app/missing.tsx';
import { StaticMarkup } from '#app/static-markup.tsx';
import { Notice } from '#components/edition/notice.tsx';
import { TrendingPage } from '../_components/trending-page.tsx';
import { WINDOW_WORDS } from '../_components/window-words.ts';
import { parseTrendingPath, trendingHref } from '../trending-address.ts';

/** Made when first asked for, then kept, and made anew in the background: the ranking is an hour's. */
export const revalidate = 60;
export const generateStaticParams = () => [];

/** `/trending` itself, too, without a rule that leads there: it is asked for as often as the day. */
type Props = { params: Promise<{ choice?: string[] }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const choice = parseTrendingPath((await params).choice);
  if (choice === null) return { title: 'Not found' };
  const { papers } = await getTrending(choice.window, choice.category, choice.hasCode);
  const about = choice.category === null ? '' : ` in ${choice.category}`;
  return describePage({
    baseUrl: getBaseUrl(),
    path: trendingHref(choice),
    title: `Rising ${WINDOW_WORDS[choice.window].title}${about}`,
    description: `Papers that gain more attention than usual, and why: ${papers
      .map(({ paper }) => paper.titleText)
      .join(' · ')}`,
    type: 'website',
  });
}

export default async function TrendingList({ params }: Props) {
  const choice = parseTrendingPath((await params).choice);
  if (choice !== null) {
    const trending = await getTrending(choice.window, choice.category, choice.hasCode);
    return (
      <StaticMarkup>
        <TrendingPage choice={choice} {...trending} />
      </StaticMarkup>
    );
  }
  return (
    <Missing>
      <Notice kicker="Trending" title="There is no such list">
        <p>
          There are trending lists for the day, the week and the month:{' '}
          <a href="/trending">see trending papers</a>.
        </p>
      </Notice>
    </Missing>
  );
}
