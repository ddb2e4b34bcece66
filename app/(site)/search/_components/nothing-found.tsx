import type { Explanation } from '#lib/query/explain.ts';
import { type SearchAddress, searchPath } from '#lib/search/search-address.ts';

/** What to try where nothing was found even with conditions left out. */
export function NothingFound({ address, explanation }: { address: SearchAddress; explanation: Explanation }) {
  const looser = explanation.parts.filter(({ kind, without }) => kind !== 'sort' && without !== '');
  return (
    <section className="nothing-found">
      <h2>{address.cursor === null ? 'Nothing here answers that' : 'There are no more'}</h2>
      {address.cursor !== null && (
        <p>
          <a href={searchPath({ ...address, cursor: null })}>Back to the first of them</a>
        </p>
      )}
      {looser.length > 1 && (
        <>
          <p>Try it without a part of it:</p>
          <ul>
            {looser.map(({ text, without }) => (
              <li key={text}>
                not <em>{text}</em>: <a href={searchPath({ text: without })}>{without}</a>
              </li>
            ))}
          </ul>
        </>
      )}
      <p>
        Fewer or more common words find more; so does <a href="/list">looking through the subjects</a>.
      </p>
    </section>
  );
}
