import type { Warning } from '#lib/query/warning.ts';
import { type SearchAddress, searchPath } from '#lib/search/search-address.ts';
import type { SearchAnswer } from '#lib/search/search-papers.ts';

/** Corrections, ignored conditions and warnings about the query. */
export function Remarks({ address, answer }: { address: SearchAddress; answer: SearchAnswer }) {
  const { warnings, dropped, corrections, didYouMean, results } = answer;
  if (warnings.length + dropped.length + corrections.length === 0 && didYouMean === null) return null;
  return (
    <ul
      className="mt-3 grid max-w-[68ch] gap-1 border-s-2 border-accent ps-3.5 text-[0.97rem] wrap-anywhere"
      aria-label="Notes on this search"
    >
      {corrections.map(({ from, to }) => (
        <li key={from}>
          No paper contains <em>{from}</em>. Showing results for <strong>{to}</strong>.
        </li>
      ))}
      {didYouMean !== null && (
        <li>
          Did you mean <a href={searchPath({ text: didYouMean, sort: address.sort })}>{didYouMean}</a>?
        </li>
      )}
      {dropped.length > 0 && results.length > 0 && (
        <li>No paper matches the whole query. Ignored: {dropped.join('; ')}.</li>
      )}
      {warnings.map((warning) => (
        <li key={`${warning.code} ${warning.position}`}>
          <span className="text-faded">{placeOf(warning, address.text)}:</span> {warning.message}
        </li>
      ))}
    </ul>
  );
}

const EXCERPT_CHARS_MAX = 24;

/** `At character 9, “foo:”`. Counted from 1 and in characters as a reader counts them. */
function placeOf({ position, length }: Warning, text: string): string {
  if (position >= text.length) return 'At the end';
  const excerpt = [...text.slice(position, position + length)];
  const quoted = excerpt.slice(0, EXCERPT_CHARS_MAX).join('').trim();
  const place = `At character ${[...text.slice(0, position)].length + 1}`;
  if (!/[\p{L}\p{N}]/u.test(quoted)) return place;
  return `${place}, “${quoted}${excerpt.length > EXCERPT_CHARS_MAX ? '…' : ''}”`;
}
