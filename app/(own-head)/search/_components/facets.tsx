import { countOf, formatCount } from '#components/ui/number.ts';
import { CATEGORY_GROUPS, categoryName } from '#lib/papers/category.ts';
import type { FacetGroup } from '#lib/search/facet.ts';
import { searchPath } from '#lib/search/search-address.ts';

const GROUP_WORDS: Readonly<Record<FacetGroup['kind'], string>> = {
  category: 'Field',
  year: 'Year',
  list: 'List',
  has: 'Code',
};

/** Names that more than one category has. */
const NAMESAKES = new Set(
  CATEGORY_GROUPS.flatMap(({ archives }) =>
    archives.flatMap(({ categories }) => categories.map(({ name }) => name)),
  ).filter((name, at, names) => names.indexOf(name) !== at),
);

/** What the papers found have in common, each a link that keeps only these. Always open on a wide screen (::details-content). */
export function Facets({ groups }: { groups: readonly FacetGroup[] }) {
  if (groups.length === 0) return null;
  return (
    <aside className="row-1 pt-2 text-[0.9rem] min-[56rem]:row-auto" aria-label="Narrow the search">
      <details className="min-[56rem]:details-content:[content-visibility:visible]">
        <summary className="disclosure min-[56rem]:supports-[selector(::details-content)]:hidden">
          Narrow the search
        </summary>
        {groups.map(({ kind, facets }) => (
          <section key={kind}>
            <h2 className="mt-[0.7rem] mb-0.5 font-text text-[0.74rem] tracking-[0.09em] text-accent uppercase">
              {GROUP_WORDS[kind]}
            </h2>
            <ul>
              {facets.map(({ name, papers, query, isChosen }) => (
                <li key={name} className="flex justify-between gap-3 leading-[1.3]">
                  <a
                    className="no-underline hover:underline py-[0.22rem]"
                    href={searchPath({ text: query })}
                    rel="nofollow"
                    {...(isChosen && { 'aria-current': 'true' as const })}
                  >
                    {kind === 'category' ? fieldName(name) : name}
                    {isChosen && ' ×'}
                    {isChosen && <span className="sr-only"> (remove)</span>}
                  </a>{' '}
                  <span
                    className="py-[0.22rem] text-[0.86em] text-faded tabular-nums"
                    title={countOf(papers, 'paper', 'papers')}
                  >
                    {formatCount(papers)}
                  </span>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </details>
    </aside>
  );
}

/** Some fields are named alike in two archives: Machine Learning is cs.LG and stat.ML. */
function fieldName(category: string): string {
  const name = categoryName(category);
  if (name === null) return category;
  return NAMESAKES.has(name) ? `${name} (${category.split('.')[0]})` : name;
}
