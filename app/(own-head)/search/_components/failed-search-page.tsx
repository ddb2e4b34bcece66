import { RunningHead } from '#components/edition/masthead.tsx';
import type { SearchAddress } from '#lib/search/search-address.ts';
import { SearchForm } from './search-form.tsx';

/** When the search itself failed. */
export function FailedSearchPage({ address }: { address: SearchAddress }) {
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
