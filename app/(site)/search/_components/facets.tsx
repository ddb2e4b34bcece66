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

/** What the papers found have in common, each a link that keeps only these. Open where there is room (search-page.css). */
export function Facets({ groups }: { groups: readonly FacetGroup[] }) {
  if (groups.length === 0) return null;
  return (
    <aside className="facets" aria-label="Narrow the search">
      <details>
        <summary>Narrow the search</summary>
        {groups.map(({ kind, facets }) => (
          <section key={kind}>
            <h2>{GROUP_WORDS[kind]}</h2>
            <ul>
              {facets.map(({ name, papers, query, isChosen }) => (
                <li key={name}>
                  <a
                    href={searchPath({ text: query })}
                    rel="nofollow"
                    {...(isChosen && { 'aria-current': 'true' as const })}
                  >
                    {kind === 'category' ? fieldName(name) : name}
                    {isChosen && ' ×'}
                    {isChosen && <span className="sr-only"> (take away)</span>}
                  </a>{' '}
                  <span className="count" title={countOf(papers, 'paper', 'papers')}>
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
