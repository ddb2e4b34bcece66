import { RunningHead } from '#components/edition/masthead.tsx';
import type { SearchAddress } from '#lib/search/search-address.ts';
import { SearchForm } from './search-form.tsx';

/** Where the search could not be made at all. */
export function FailedSearchPage({ address }: { address: SearchAddress }) {
  return (
    <>
      <RunningHead hasSearch={false} />
      <main id="content" className="search-page">
        <SearchForm text={address.text} sort={address.sort} />
        <p className="standfirst" role="alert">
          This search could not be made just now. The fault is ours, and it is in the log. Try it again in a
          moment, or go to <a href="/">the newest edition</a>.
        </p>
      </main>
    </>
  );
}
