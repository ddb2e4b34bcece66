import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { StatusOf } from '#app/_components/missing.tsx';
import { findNamedPaper, getSearch } from '#app/_data/search.ts';
import { getBaseUrl } from '#app/_data/site.ts';
import { describePage } from '#app/metadata.ts';
import { readSearchParams, type SearchParams } from '#app/search-params.ts';
import { paperPath } from '#lib/papers/paper.ts';
import { parseSearchAddress, searchPath } from '#lib/search/search-address.ts';
import { EmptySearchPage } from './_components/empty-search-page.tsx';
import { FailedSearchPage } from './_components/failed-search-page.tsx';
import { SearchPage } from './_components/search-page.tsx';

const TITLE_CHARS_MAX = 80;

type Props = { searchParams: SearchParams };

const addressOf = async (searchParams: SearchParams) =>
  parseSearchAddress(await readSearchParams(searchParams));

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const address = await addressOf(searchParams);
  const words = [...address.text].slice(0, TITLE_CHARS_MAX).join('');
  const query = new URLSearchParams({ q: address.text }).toString();
  const isEmpty = address.text === '';
  return {
    ...describePage({
      baseUrl: getBaseUrl(),
      path: searchPath(isEmpty ? {} : address),
      title: isEmpty ? 'Search' : `${words} · Search`,
      description: 'Search the titles and abstracts of research papers.',
      type: 'website',
      ...(!isEmpty && { feed: { path: '/feeds/search', query, title: `New papers: ${words}` } }),
    }),
    // Searches are endless in number, and each costs one: the papers themselves are in the site's map.
    ...(!isEmpty && { robots: { index: false, follow: true } }),
  };
}

export default async function Page({ searchParams }: Props) {
  const address = await addressOf(searchParams);
  if (address.text === '') return <EmptySearchPage />;
  const named = await findNamedPaper(address);
  if (named !== null) redirect(paperPath(named));
  const answer = await getSearch(address);
  if (answer !== 'failed') return <SearchPage address={address} answer={answer} />;
  return (
    <>
      <StatusOf status={500} />
      <FailedSearchPage address={address} />
    </>
  );
}
