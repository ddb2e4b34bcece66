import { countOf } from '#components/ui/number.ts';
import type { Explanation } from '#lib/query/explain.ts';
import { type SearchAddress, searchPath } from '#lib/search/search-address.ts';
import type { SearchAnswer } from '#lib/search/search-papers.ts';

type Props = { address: SearchAddress; answer: SearchAnswer; explanation: Explanation };

/** The number of results, the query in words, each part with a link that removes it, and its normal form. */
export function Standfirst({ address, answer, explanation: { parts } }: Props) {
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
