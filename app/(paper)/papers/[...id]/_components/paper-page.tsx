import type { PaperSurroundings } from '#app/_data/papers.ts';
import { formatDay } from '#components/edition/dateline.ts';
import { CopyCitation, Marks, paperMark } from '#components/paper/marks.tsx';
import { Tex } from '#components/paper/tex.tsx';
import { parseSubject } from '#lib/papers/category.ts';
import type { PaperTitle } from '#lib/papers/list-store.ts';
import { type Paper, paperPath } from '#lib/papers/paper.ts';
import { paperListPath } from '#lib/papers/paper-list.ts';
import type { ListedPaper } from '#lib/papers/store.ts';
import type { RelatedPaper } from '#lib/search/search-related.ts';
import { texToHtml, texToInlineHtml } from '#lib/tex/tex.ts';
import { Authors } from './authors.tsx';
import { Particulars } from './particulars.tsx';
import { ReadingList } from './reading-list.tsx';

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

const FORMS = [
  { ending: 'bib', name: 'BibTeX' },
  { ending: 'ris', name: 'RIS' },
  { ending: 'json', name: 'CSL-JSON' },
  { ending: 'md', name: 'Markdown' },
  { ending: 'txt', name: 'Plain text' },
] as const;

/** Citation files. */
function Citations({ paper }: { paper: Paper }) {
  return (
    <section>
      <h2 className="border-t border-rule pt-1.5 text-[1.2rem] leading-[1.4]">Cite</h2>
      <ul className="flex flex-wrap gap-x-4.5 pt-1">
        {FORMS.map(({ ending, name }) => (
          <li key={ending}>
            <a className="inline-block py-1 decoration-hairline" href={`${paperPath(paper)}.${ending}`}>
              {name}
            </a>
          </li>
        ))}
        <CopyCitation paper={paper} />
      </ul>
    </section>
  );
}

/** Similar papers, each with the words it has in common with this one. */
function Related({ papers }: { papers: readonly RelatedPaper[] }) {
  if (papers.length === 0) return null;
  return (
    <section className="mt-9 border-t border-rule pt-2" aria-labelledby="related">
      <h2 className="text-[1.2rem] leading-[1.4]" id="related">
        Related papers
      </h2>
      <ul className="grid gap-x-(--gutter) sm:grid-cols-2">
        {papers.map(({ paper, shared }) => (
          <li key={paper.key} className="py-2 leading-[1.3]">
            <a className="block no-underline hover:underline" href={paperPath(paper)}>
              <Tex html={texToInlineHtml(paper.title)} />
            </a>
            {shared.length > 0 && (
              <span className="mt-0.5 block font-italic text-[0.9rem] text-faded italic">
                In common: {shared.join(', ')}
              </span>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Links to the edition of the day and to the papers before and after this one in it. */
function Neighbours(props: { day: string; previous: PaperTitle | null; next: PaperTitle | null }) {
  const { day, previous, next } = props;
  return (
    <nav
      className="mt-9 grid gap-x-(--gutter) gap-y-3 border-t border-rule pt-2.5 sm:grid-cols-2"
      aria-label="In the same edition"
    >
      <p className="sm:col-span-full print:hidden">
        <a className="inline-block py-1 no-underline" href={`/date/${day}`}>
          <span aria-hidden="true">← </span>
          The edition of {formatDay(day)}
        </a>
      </p>
      {previous !== null && <Neighbour rel="prev" word="Previous paper" paper={previous} />}
      {next !== null && <Neighbour rel="next" word="Next paper" paper={next} />}
    </nav>
  );
}

function Neighbour({ rel, word, paper }: { rel: 'prev' | 'next'; word: string; paper: PaperTitle }) {
  return (
    <p className={rel === 'next' ? 'sm:col-start-2' : ''}>
      <span className="kicker block">{word}</span>
      <a
        className="block py-0.5 font-display text-[1.15rem]/tight no-underline"
        rel={rel}
        href={paperPath(paper)}
      >
        <Tex html={texToInlineHtml(paper.title)} />
      </a>
    </p>
  );
}
