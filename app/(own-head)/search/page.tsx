import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { StatusOf } from '#app/_components/missing.tsx';
import { findNamedPaper, getSearch } from '#app/_data/search.ts';
import { getBaseUrl } from '#app/_data/site.ts';
import { describePage } from '#app/metadata.ts';
import { readSearchParams, type SearchParams } from '#app/search-params.ts';
import { RunningHead } from '#components/edition/masthead.tsx';
import { paperPath } from '#lib/papers/paper.ts';
import { parseSearchAddress, type SearchAddress, searchPath } from '#lib/search/search-address.ts';
import { SearchForm, SearchHelp } from './_components/search-form.tsx';
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

/** The search page without a query. */
function EmptySearchPage() {
  return (
    <>
      <RunningHead hasSearch={false} />
      <main id="content" className="mx-auto max-w-5xl pt-[clamp(1.2rem,3vw,2.2rem)] pb-8">
        <SearchForm text="" sort={null} />
        <p className="standfirst mt-3.5 mb-0 max-w-[68ch]">
          Search titles and abstracts by words, phrases, authors, fields and dates. Paste an arXiv identifier,
          a link or a DOI to open that paper.
        </p>
        <SearchHelp isOpen />
      </main>
    </>
  );
}

/** When the search itself failed. */
function FailedSearchPage({ address }: { address: SearchAddress }) {
  return (
    <>
      <RunningHead hasSearch={false} />
      <main id="content" className="mx-auto max-w-5xl pt-[clamp(1.2rem,3vw,2.2rem)] pb-8">
        <SearchForm text={address.text} sort={address.sort} />
        <p className="standfirst mt-3.5 mb-0 max-w-[68ch]" role="alert">
          The search failed because of an error on our side, which has been logged. Try again in a moment, or
          go to <a href="/">the newest edition</a>.
        </p>
      </main>
    </>
  );
}
