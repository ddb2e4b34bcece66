import { countOf } from '#components/ui/number.ts';
import type { Explanation } from '#lib/query/explain.ts';
import { type SearchAddress, searchPath } from '#lib/search/search-address.ts';
import type { SearchAnswer } from '#lib/search/search-papers.ts';

type Props = { address: SearchAddress; answer: SearchAnswer; explanation: Explanation };

/** How many there are of what: the query in words, each of its parts with a link that takes it away, and its normal form. */
export function Standfirst({ address, answer, explanation: { parts } }: Props) {
  return (
    <div className="search-standfirst">
      <p className="standfirst">
        <strong>
          {!answer.isTotalExact && 'About '}
          {answer.total === 0 ? 'No papers' : countOf(answer.total, 'paper', 'papers')}
        </strong>{' '}
        {parts.map(({ text, without }, at) => (
          <span key={text}>
            {at > 0 && ', '}
            {text}
            {parts.length > 1 && (
              <a
                className="take-away"
                href={searchPath({ text: without, sort: address.sort })}
                aria-label={`Search without this: ${text}`}
              >
                ×
              </a>
            )}
          </span>
        ))}
      </p>
      <p className="searched">
        Searched for <code>{answer.normalForm}</code>
      </p>
    </div>
  );
}
