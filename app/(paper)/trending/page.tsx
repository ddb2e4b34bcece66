import type { Metadata } from 'next';
import { getBaseUrl } from '#app/_data/site.ts';
import { getTrending } from '#app/_data/trending.ts';
import { describePage } from '#app/metadata.ts';
import { readSearchParams, type SearchParams } from '#app/search-params.ts';
import { TrendingPage } from './_components/trending-page.tsx';
import { WINDOW_WORDS } from './_components/window-words.ts';
import { parseTrendingChoice, trendingHref } from './trending-address.ts';

type Props = { searchParams: SearchParams };

const choiceOf = async (searchParams: SearchParams) =>
  parseTrendingChoice(await readSearchParams(searchParams));

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const choice = await choiceOf(searchParams);
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

export default async function Page({ searchParams }: Props) {
  const choice = await choiceOf(searchParams);
  const trending = await getTrending(choice.window, choice.category, choice.hasCode);
  return <TrendingPage choice={choice} {...trending} />;
}
