import { Tex } from '#components/paper/tex.tsx';
import { countOf } from '#components/ui/number.ts';
import { paperListPath } from '#lib/papers/paper-list.ts';
import { texToInlineHtml } from '#lib/tex/tex.ts';

/** A collaboration of thousands would fill the screen; past so many, names are unfolded, and not links. */
const LINKED_MAX = 60;

/** All authors in the paper's order, each with a way to what else is signed so. */
export function Authors({ authors }: { authors: readonly string[] }) {
  if (authors.length === 0) return null;
  const linked = authors.length <= LINKED_MAX + 1 ? authors : authors.slice(0, LINKED_MAX);
  const others = authors.slice(linked.length);
  return (
    <>
      <p
        className="mt-4.5 max-w-[62ch] font-italic text-[1.15rem]/[1.42] text-faded italic *:*:inline-block *:*:no-underline *:*:hover:underline"
        data-authors
      >
        {linked.map((name, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two authors may share a name, and their order is fixed.
          <span key={index}>
            {index > 0 && ', '}
            <a href={paperListPath({ kind: 'author', name })}>
              <Tex html={texToInlineHtml(name)} />
            </a>
          </span>
        ))}
      </p>
      {others.length > 0 && (
        <details className="mt-1 max-w-[62ch] font-italic text-faded italic">
          <summary className="disclosure">and {countOf(others.length, 'other', 'others')}</summary>
          <p>{others.join(', ')}</p>
        </details>
      )}
    </>
  );
}
