import type { PaperSurroundings } from '#app/_data/papers.ts';
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
    <div className="grid gap-x-[calc(var(--gutter)*1.6)] gap-y-10 pt-[clamp(1.75rem,4vw,3.5rem)] min-[62rem]:grid-cols-[minmax(0,2.3fr)_minmax(0,1fr)]">
      <article data-page="paper" data-paper={paperMark(paper)}>
        {field !== null && (
          <p className="kicker">
            <a
              className="no-underline hover:underline"
              href={paperListPath({ kind: 'subject', subject: field, day: null })}
            >
              {field.name}
            </a>
          </p>
        )}
        <h1 className="mt-1.5 text-[clamp(2.2rem,1.4rem+3.4vw,4rem)]/[1.02] tracking-[-0.02em]">
          <Tex html={texToInlineHtml(paper.title)} />
        </h1>
        {paper.isWithdrawn && <p className="mt-4 text-accent">Withdrawn by its authors or by arXiv.</p>}
        <Authors authors={paper.authors} />
        <Marks as="div" className="mt-[0.9rem] text-faded" />
        <h2 className="sr-only">Abstract</h2>
        <div
          className="abstract drop-cap mt-7 max-w-[64ch] text-[clamp(1.12rem,1rem+0.5vw,1.3rem)]/[1.58]"
          dangerouslySetInnerHTML={{ __html: texToHtml(paper.abstract) }}
        />
        {day !== null && <Neighbours day={day} previous={previous} next={next} />}
        <Related papers={related} />
      </article>
      <aside
        className="text-[0.94rem]/[1.45] *:not-first:mt-6 min-[62rem]:pt-2"
        aria-label="About this paper"
      >
        <ReadingList paper={paper} series={series} />
        <Citations paper={paper} />
        <Particulars paper={paper} />
      </aside>
    </div>
  );
}
