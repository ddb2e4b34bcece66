import type { Explanation } from '#lib/query/explain.ts';
import { type SearchAddress, searchPath } from '#lib/search/search-address.ts';

/** What to try when nothing was found, even with conditions ignored. */
export function NothingFound({ address, explanation }: { address: SearchAddress; explanation: Explanation }) {
  const looser = explanation.parts.filter(({ kind, without }) => kind !== 'sort' && without !== '');
  return (
    <section className="mt-6 max-w-[62ch] *:mt-2.5">
      <h2 className="text-[1.6rem]">{address.cursor === null ? 'No papers found' : 'No more papers'}</h2>
      {address.cursor !== null && (
        <p>
          <a href={searchPath({ ...address, cursor: null })}>Back to the first page</a>
        </p>
      )}
      {looser.length > 1 && (
        <>
          <p>Try the search without one of its parts:</p>
          <ul>
            {looser.map(({ text, without }) => (
              <li key={text}>
                without <em>{text}</em>: <a href={searchPath({ text: without })}>{without}</a>
              </li>
            ))}
          </ul>
        </>
      )}
      <p>
        Try fewer or more common words, or <a href="/list">browse by subject</a>.
      </p>
    </section>
  );
}
