import { FEED_LINKS, FEED_NAME } from '#components/edition/feed-links.tsx';
import { RunningHead } from '#components/edition/masthead.tsx';
import { EmailMeThis } from '#components/subscribe/email-me-this.tsx';
import { countOf } from '#components/ui/number.ts';
import { FEED_FORMATS, feedPath } from '#lib/feeds/feed-format.ts';
import { compileQuery } from '#lib/query/compiled-query.ts';
import { type Explanation, explainQuery } from '#lib/query/explain.ts';
import { parseQuery } from '#lib/query/parser.ts';
import type { Sort } from '#lib/query/query.ts';
import { SEARCH_SORTS, type SearchAddress, searchPath, toQueryString } from '#lib/search/search-address.ts';
import type { SearchAnswer } from '#lib/search/search-papers.ts';
import { Facets } from './facets.tsx';
import { FoundStory } from './found-story.tsx';
import { NothingFound } from './nothing-found.tsx';
import { Remarks } from './remarks.tsx';
import { SearchForm, SearchHelp } from './search-form.tsx';

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

/** The same query as a feed, as a digest by e-mail and as JSON. */
function Uses({ text }: { text: string }) {
  const query = new URLSearchParams({ q: text }).toString();
  return (
    <p className={FEED_LINKS}>
      Follow{' '}
      {FEED_FORMATS.map((format, at) => (
        <span key={format}>
          {at > 0 && <span aria-hidden="true"> · </span>}
          <a href={feedPath({ feedPath: '/feeds/search', query }, format)}>{FEED_NAME[format]}</a>
        </span>
      ))}
      <span aria-hidden="true"> · </span>
      <EmailMeThis q={text} />
      <span aria-hidden="true"> · </span>
      <a href={`/api/v1/search${toQueryString({ q: text })}`}>JSON</a>
    </p>
  );
}

const SORT_WORDS: Readonly<Record<Sort, string>> = {
  relevance: 'Best match',
  new: 'Newest',
  trending: 'Rising',
  upvotes: 'Most upvoted',
};

/** The orders to choose from. Without words there is nothing to match best. */
function Sorts({ address, answer }: { address: SearchAddress; answer: SearchAnswer }) {
  const hasWords = compileQuery(answer.searched).rankingText !== '';
  const own = parseQuery(address.text).query.sort ?? (hasWords ? 'relevance' : 'new');
  const offered = SEARCH_SORTS.filter((sort) => hasWords || sort !== 'relevance' || sort === answer.sort);
  return (
    <nav aria-label="Sort by">
      <ul className="flex flex-wrap gap-x-5 gap-y-0.5">
        {offered.map((sort) => (
          <li key={sort}>
            <a
              className="choice"
              href={searchPath({ text: address.text, sort: sort === own ? null : sort })}
              {...(sort === answer.sort && { 'aria-current': 'true' as const })}
            >
              {SORT_WORDS[sort]}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

type Props = { address: SearchAddress; answer: SearchAnswer; explanation: Explanation };

/** The number of results, the query in words, each part with a link that removes it, and its normal form. */
function Standfirst({ address, answer, explanation: { parts } }: Props) {
  return (
    <>
      <p className="standfirst mt-3.5 mb-0 max-w-[68ch]">
        <strong className="font-medium text-ink">
          {!answer.isTotalExact && 'About '}
          {answer.total === 0 ? 'No papers' : countOf(answer.total, 'paper', 'papers')}
        </strong>{' '}
        {parts.map(({ text, without }, at) => (
          <span key={text}>
            {at > 0 && ', '}
            {text}
            {parts.length > 1 && (
              <a
                className="inline-block min-w-[1.4em] py-0.5 text-center font-text not-italic no-underline"
                href={searchPath({ text: without, sort: address.sort })}
                aria-label={`Remove from the search: ${text}`}
              >
                ×
              </a>
            )}
          </span>
        ))}
      </p>
      <p className="mt-0.5 text-small text-faded wrap-anywhere">
        Searched for <code>{answer.normalForm}</code>
      </p>
    </>
  );
}
