import { formatDay } from '#components/edition/dateline.ts';
import { Tex } from '#components/paper/tex.tsx';
import type { PaperTitle } from '#lib/papers/list-store.ts';
import { paperPath } from '#lib/papers/paper.ts';
import { texToInlineHtml } from '#lib/tex/tex.ts';

/** The day's edition, and the papers that stand there before and after this one. */
export function Neighbours(props: { day: string; previous: PaperTitle | null; next: PaperTitle | null }) {
  const { day, previous, next } = props;
  return (
    <nav className="neighbours" aria-label="In the same edition">
      <p className="back">
        <a href={`/date/${day}`}>
          <span aria-hidden="true">← </span>
          The edition of {formatDay(day)}
        </a>
      </p>
      {previous !== null && <Neighbour rel="prev" word="Before it" paper={previous} />}
      {next !== null && <Neighbour rel="next" word="After it" paper={next} />}
    </nav>
  );
}

function Neighbour({ rel, word, paper }: { rel: 'prev' | 'next'; word: string; paper: PaperTitle }) {
  return (
    <p>
      <span className="kicker">{word}</span>
      <a rel={rel} href={paperPath(paper)}>
        <Tex html={texToInlineHtml(paper.title)} />
      </a>
    </p>
  );
}
