import { RunningHead } from '#components/edition/masthead.tsx';
import { SearchForm, SearchHelp } from './search-form.tsx';

/** The search page without a query. */
export function EmptySearchPage() {
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
