import { formatDay } from '#components/edition/dateline.ts';
import { RunningHead } from '#components/edition/masthead.tsx';
import { Marks, paperMark } from '#components/paper/marks.tsx';
import { Tex } from '#components/paper/tex.tsx';
import { categoryName } from '#lib/papers/category.ts';
import type { ListedPaper } from '#lib/papers/store.ts';
import { texToHtml, texToInlineHtml } from '#lib/papers/tex.ts';
import { Particulars } from './particulars.tsx';
import { ReadingList } from './reading-list.tsx';

export function PaperPage({ paper }: { paper: ListedPaper }) {
  const field = paper.primaryCategory === null ? null : categoryName(paper.primaryCategory);
  const day = paper.listings.at(-1)?.listedOn;
  return (
    <>
      <RunningHead />
      <main id="content" className="paper-page">
        <article data-paper={paperMark(paper)}>
          {field !== null && <p className="kicker">{field}</p>}
          <h1>
            <Tex html={texToInlineHtml(paper.title)} />
          </h1>
          {paper.isWithdrawn && <p className="withdrawn">Withdrawn by its authors or by arXiv.</p>}
          {paper.authors.length > 0 && <p className="authors">{paper.authors.join(', ')}</p>}
          <Marks as="div" />
          <h2 className="sr-only">Abstract</h2>
          <div className="abstract" dangerouslySetInnerHTML={{ __html: texToHtml(paper.abstract) }} />
          {day !== undefined && (
            <p className="back">
              <a href={`/date/${day}`}>
                <span aria-hidden="true">← </span>
                The edition of {formatDay(day)}
              </a>
            </p>
          )}
        </article>
        <aside aria-label="About this paper">
          <ReadingList paper={paper} />
          <Particulars paper={paper} />
        </aside>
      </main>
    </>
  );
}
