import { compileQuery } from '#lib/query/compiled-query.ts';
import { parseQuery } from '#lib/query/parser.ts';
import type { Sort } from '#lib/query/query.ts';
import { SEARCH_SORTS, type SearchAddress, searchPath } from '#lib/search/search-address.ts';
import type { SearchAnswer } from '#lib/search/search-papers.ts';

const SORT_WORDS: Readonly<Record<Sort, string>> = {
  relevance: 'Best match',
  new: 'Newest',
  trending: 'Rising',
  upvotes: 'Most upvoted',
};

/** The orders to choose from. Without words there is nothing to match best. */
export function Sorts({ address, answer }: { address: SearchAddress; answer: SearchAnswer }) {
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
