import type { PaperSurroundings } from '#app/_data/papers.ts';
import { RunningHead } from '#components/edition/masthead.tsx';
import { Marks, paperMark } from '#components/paper/marks.tsx';
import { Tex } from '#components/paper/tex.tsx';
import { parseSubject } from '#lib/papers/category.ts';
import { paperListPath } from '#lib/papers/paper-list.ts';
import type { ListedPaper } from '#lib/papers/store.ts';
import { texToHtml, texToInlineHtml } from '#lib/tex/tex.ts';
import { Authors } from './authors.tsx';
import { Citations } from './citations.tsx';
import { Neighbours } from './neighbours.tsx';
import { Particulars } from './particulars.tsx';
import { ReadingList } from './reading-list.tsx';
import { Related } from './related.tsx';

type Props = { paper: ListedPaper; surroundings: PaperSurroundings };

export function PaperPage({ paper, surroundings }: Props) {
  const field = paper.primaryCategory === null ? null : parseSubject(paper.primaryCategory);
  const { day, previous, next, series, related } = surroundings;
  return (
    <>
      <RunningHead />
      <main id="content" className="paper-page">
        <article data-paper={paperMark(paper)}>
          {field !== null && (
            <p className="kicker">
              <a href={paperListPath({ kind: 'subject', subject: field, day: null })}>{field.name}</a>
            </p>
          )}
          <h1>
            <Tex html={texToInlineHtml(paper.title)} />
          </h1>
          {paper.isWithdrawn && <p className="withdrawn">Withdrawn by its authors or by arXiv.</p>}
          <Authors authors={paper.authors} />
          <Marks as="div" />
          <h2 className="sr-only">Abstract</h2>
          <div className="abstract" dangerouslySetInnerHTML={{ __html: texToHtml(paper.abstract) }} />
          {day !== null && <Neighbours day={day} previous={previous} next={next} />}
          <Related papers={related} />
        </article>
        <aside aria-label="About this paper">
          <ReadingList paper={paper} series={series} />
          <Citations paper={paper} />
          <Particulars paper={paper} />
        </aside>
      </main>
    </>
  );
}
