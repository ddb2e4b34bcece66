import type { Metadata } from 'next';
import { getSearch } from '#app/_data/search.ts';
import { getBaseUrl } from '#app/_data/site.ts';
import { readAsked } from '#app/asked.ts';
import { describePage } from '#app/metadata.ts';
import { StaticMarkup } from '#app/static-markup.tsx';
import { parseSearchAddress, type SearchAddress, searchPath } from '#lib/search/search-address.ts';
import { EmptySearchPage } from '../../_components/empty-search-page.tsx';
import { SearchPage } from '../../_components/search-page.tsx';

/** Made for each reader: app/kept-pages.ts keeps none of these, and a cache in front is told the least that can be said. */
export const revalidate = 1;
export const generateStaticParams = () => [];

const PAPERS_OF_PAGE = 25;

type Props = { params: Promise<{ asked: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const address = await readAddress(params);
  const isEmpty = address.text === '';
  const words = [...address.text].slice(0, 80).join('');
  return {
    ...describePage({
      baseUrl: getBaseUrl(),
      path: searchPath(isEmpty ? {} : address),
      title: isEmpty ? 'Search' : `${words} · Search`,
      description: 'Search the titles and abstracts of research papers.',
      type: 'website',
      ...(!isEmpty && {
        feed: { path: '/feeds/search', query: searchQuery(address), title: `New papers: ${words}` },
      }),
    }),
    // Endless in number, and each costs a search: the papers themselves are in the site's map.
    robots: { index: false, follow: true },
  };
}

export default async function Search({ params }: Props) {
  const address = await readAddress(params);
  if (address.text === '') return <EmptySearchPage />;
  const { text, sort, cursor } = address;
  const answer = await getSearch(text, sort, cursor, PAPERS_OF_PAGE);
  return (
    <StaticMarkup>
      <SearchPage address={address} answer={answer} />
    </StaticMarkup>
  );
}

function searchQuery({ text }: SearchAddress): string {
  return new URLSearchParams({ q: text }).toString();
}

/** As proxy.ts wrote it. Whatever else stands there reads as something, too. */
async function readAddress(params: Props['params']): Promise<SearchAddress> {
  return parseSearchAddress(readAsked((await params).asked));
}
