import { RunningHead } from '#components/edition/masthead.tsx';
import { explainQuery } from '#lib/query/explain.ts';
import { type SearchAddress, searchPath } from '#lib/search/search-address.ts';
import type { SearchAnswer } from '#lib/search/search-papers.ts';
import { Facets } from './facets.tsx';
import { FoundStory } from './found-story.tsx';
import { NothingFound } from './nothing-found.tsx';
import { Remarks } from './remarks.tsx';
import { SearchForm, SearchHelp } from './search-form.tsx';
import { Sorts } from './sorts.tsx';
import { Standfirst } from './standfirst.tsx';
import { Uses } from './uses.tsx';

export function SearchPage({ address, answer }: { address: SearchAddress; answer: SearchAnswer }) {
  // An order chosen by link is not part of the query text: it is changed where it was chosen.
  const explanation = explainQuery(
    address.sort === null ? answer.searched : { ...answer.searched, sort: null },
  );
  const isEmpty = answer.results.length === 0;
  return (
    <>
      <RunningHead hasSearch={false} />
      <main id="content" className="mx-auto max-w-5xl pt-[clamp(1.2rem,3vw,2.2rem)] pb-8">
        <SearchForm text={address.text} sort={address.sort} />
        <Standfirst address={address} answer={answer} explanation={explanation} />
        <Remarks address={address} answer={answer} />
        <SearchHelp isOpen={isEmpty} />
        {isEmpty ? (
          <NothingFound address={address} explanation={explanation} />
        ) : (
          <>
            <div className="mt-4 flex flex-wrap items-baseline justify-between gap-x-8 border-y border-rule py-1.5 text-note">
              <Sorts address={address} answer={answer} />
              <Uses text={address.text} />
            </div>
            <div className="grid gap-x-(--gutter) min-[56rem]:grid-cols-[minmax(0,1fr)_13rem]">
              <div>
                <h2 className="sr-only">Papers found</h2>
                <ol>
                  {answer.results.map((found) => (
                    <li key={found.paper.key}>
                      <FoundStory {...found} />
                    </li>
                  ))}
                </ol>
                <Pages address={address} next={answer.nextCursor} />
              </div>
              <Facets groups={answer.facets} />
            </div>
          </>
        )}
      </main>
    </>
  );
}

function Pages({ address, next }: { address: SearchAddress; next: string | null }) {
  if (address.cursor === null && next === null) return null;
  return (
    <nav className="flex flex-wrap justify-between gap-x-8 gap-y-1 py-3.5" aria-label="Pages of results">
      {address.cursor !== null && (
        <a className="py-1 no-underline" rel="start" href={searchPath({ ...address, cursor: null })}>
          <span aria-hidden="true">← </span>Back to the first page
        </a>
      )}
      {next !== null && (
        <a
          className="ms-auto py-1 no-underline"
          rel="next nofollow"
          href={searchPath({ ...address, cursor: next })}
        >
          More papers<span aria-hidden="true"> →</span>
        </a>
      )}
    </nav>
  );
}
