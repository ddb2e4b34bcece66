import { RunningHead } from '#components/edition/masthead.tsx';
import { SearchForm, SearchHelp } from './search-form.tsx';

/** Before anything was asked. */
export function EmptySearchPage() {
  return (
    <>
      <RunningHead hasSearch={false} />
      <main id="content" className="search-page">
        <SearchForm text="" sort={null} />
        <p className="standfirst">
          Titles and abstracts of every paper here, by words, phrases, authors, fields and dates. Paste an
          arXiv identifier, an address or a DOI to go to that paper.
        </p>
        <SearchHelp isOpen />
      </main>
    </>
  );
}
