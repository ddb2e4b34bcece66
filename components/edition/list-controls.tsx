import { countOf } from '#components/ui/number.ts';
import { type Subject, subjectCode } from '#lib/papers/category.ts';
import { LIST_SORTS, type ListSort, type ListView, listViewPath } from '#lib/papers/list-view.ts';
import { paperListPath } from '#lib/papers/paper-list.ts';

export const SORT_NAME: Record<ListSort, string> = {
  trending: 'Rising',
  newest: 'Newest',
  upvotes: 'Most upvoted',
};

type Props = {
  view: ListView;
  categories: readonly { readonly subject: Subject; readonly papers: number }[];
};

/** Order and filters of a list as links, for they are pages of their own. */
export function ListControls({ view, categories }: Props) {
  const top = { ...view, after: null };
  const { hasCode = false, subject = null } = view.filters;
  return (
    <nav className="list-controls" aria-label="Order and filters">
      <ul>
        {LIST_SORTS.map((sort) => (
          <li key={sort}>
            <Choice isChosen={sort === view.sort} href={listViewPath({ ...top, sort })}>
              {SORT_NAME[sort]}
            </Choice>
          </li>
        ))}
      </ul>
      <ul>
        <li>
          <Choice
            isChosen={hasCode}
            href={listViewPath({ ...top, filters: { ...view.filters, hasCode: !hasCode } })}
          >
            With code
          </Choice>
        </li>
        {subject !== null && (
          <li>
            <Choice isChosen href={listViewPath({ ...top, filters: { ...view.filters, subject: null } })}>
              {subject.name}
            </Choice>
          </li>
        )}
      </ul>
      <Categories view={top} categories={categories} />
    </nav>
  );
}

/** Chosen filters are taken back by the same link. */
function Choice(props: { isChosen: boolean; href: string; children: string }) {
  return (
    <a href={props.href} {...(props.isChosen && { 'aria-current': true, className: 'chosen' })}>
      {props.children}
      {props.isChosen && <span className="sr-only"> (chosen)</span>}
    </a>
  );
}

function Categories({ view, categories }: Props) {
  const own = view.list.kind === 'subject' ? subjectCode(view.list.subject) : null;
  const others = categories.filter(({ subject }) => subject.id !== own);
  if (others.length === 0) return null;
  return (
    <details>
      <summary>By category</summary>
      <ul>
        {others.map(({ subject, papers }) => (
          <li key={subject.id}>
            <a href={categoryPath(view, subject)}>{subject.name}</a>{' '}
            <span className="count" title={countOf(papers, 'paper', 'papers')}>
              {papers}
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}

/** A category within its own archive is a list of its own; elsewhere it narrows the list at hand. */
function categoryPath(view: ListView, subject: Subject): string {
  const { list } = view;
  if (list.kind === 'subject' && list.subject.scope !== 'category')
    return paperListPath({ ...list, subject });
  return listViewPath({ ...view, filters: { ...view.filters, subject } });
}
