import { countOf } from '#components/ui/number.ts';
import { type Subject, subjectCode } from '#lib/papers/category.ts';
import { LIST_SORTS, type ListSort, type ListView, listViewPath } from '#lib/papers/list-view.ts';
import { paperListPath } from '#lib/papers/paper-list.ts';

export const SORT_NAME: Record<ListSort, string> = {
  trending: 'Rising',
  newest: 'Newest',
  upvotes: 'Most upvoted',
};

const CHOICES = 'flex flex-wrap gap-x-[1.1rem]';
const LINK = 'inline-block py-[0.3rem] no-underline hover:underline';

type Props = {
  view: ListView;
  categories: readonly { readonly subject: Subject; readonly papers: number }[];
};

/** Order and filters of a list as links, for they are pages of their own. */
export function ListControls({ view, categories }: Props) {
  const top = { ...view, after: null };
  const { hasCode = false, subject = null } = view.filters;
  return (
    <nav
      className="mt-2 flex flex-wrap justify-center gap-x-8 text-[0.86rem] text-faded print:hidden [&+div]:mt-2 [&+div]:border-t [&+div]:border-rule"
      aria-label="Order and filters"
    >
      <ul className={CHOICES}>
        {LIST_SORTS.map((sort) => (
          <li key={sort}>
            <Choice isChosen={sort === view.sort} href={listViewPath({ ...top, sort })}>
              {SORT_NAME[sort]}
            </Choice>
          </li>
        ))}
      </ul>
      <ul className={CHOICES}>
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
    <a
      href={props.href}
      className={props.isChosen ? `${LINK} text-ink shadow-[inset_0_-1px_0_var(--color-accent)]` : LINK}
      {...(props.isChosen && { 'aria-current': true })}
    >
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
    <details className="open:basis-full open:text-center">
      <summary className="inline-block py-[0.3rem]">By category</summary>
      <ul className="flex flex-wrap justify-center gap-x-[1.4rem] pt-[0.2rem] pb-2">
        {others.map(({ subject, papers }) => (
          <li key={subject.id}>
            <a href={categoryPath(view, subject)} className={LINK}>
              {subject.name}
            </a>{' '}
            <span className="text-[0.86em] tabular-nums" title={countOf(papers, 'paper', 'papers')}>
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
