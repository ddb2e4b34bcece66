import { formatDay } from '#components/edition/dateline.ts';
import { Tex } from '#components/paper/tex.tsx';
import type { PaperTitle } from '#lib/papers/list-store.ts';
import { paperPath } from '#lib/papers/paper.ts';
import { texToInlineHtml } from '#lib/tex/tex.ts';

/** Links to the edition of the day and to the papers before and after this one in it. */
export function Neighbours(props: { day: string; previous: PaperTitle | null; next: PaperTitle | null }) {
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
