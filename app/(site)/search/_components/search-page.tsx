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
  // An order chosen by link is no part of the words: it is taken back where it was chosen.
  const explanation = explainQuery(
    address.sort === null ? answer.searched : { ...answer.searched, sort: null },
  );
  const isEmpty = answer.results.length === 0;
  return (
    <>
      <RunningHead hasSearch={false} />
      <main id="content" className="search-page">
        <SearchForm text={address.text} sort={address.sort} />
        <Standfirst address={address} answer={answer} explanation={explanation} />
        <Remarks address={address} answer={answer} />
        <SearchHelp isOpen={isEmpty} />
        {isEmpty ? (
          <NothingFound address={address} explanation={explanation} />
        ) : (
          <>
            <div className="search-line">
              <Sorts address={address} answer={answer} />
              <Uses text={address.text} />
            </div>
            <div className="found">
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
    <nav className="found-pages" aria-label="Pages of papers found">
      {address.cursor !== null && (
        <a rel="start" href={searchPath({ ...address, cursor: null })}>
          <span aria-hidden="true">← </span>Back to the first
        </a>
      )}
      {next !== null && (
        <a rel="next nofollow" href={searchPath({ ...address, cursor: next })}>
          More papers<span aria-hidden="true"> →</span>
        </a>
      )}
    </nav>
  );
}
