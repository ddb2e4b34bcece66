import { formatDay } from '#components/edition/dateline.ts';
import { Byline } from '#components/paper/byline.tsx';
import { paperMark } from '#components/paper/marks.tsx';
import { ReferenceLine } from '#components/paper/reference-line.tsx';
import { categoryName } from '#lib/papers/category.ts';
import { type Paper, paperPath } from '#lib/papers/paper.ts';
import type { Segment } from '#lib/search/highlight.ts';
import type { Result } from '#lib/search/search-papers.ts';

const AUTHORS_MAX = 6;

/** One search result: title and best passage with the matches marked. Read papers fade here but are never hidden. */
export function FoundStory({ paper, title, passage }: Result) {
  return (
    <article
      className="flex min-w-0 flex-col border-b border-hairline py-[1.15rem] *:last:mt-1"
      data-paper={paperMark(paper)}
    >
      <Kicker paper={paper} />
      <h3 className="headline text-[clamp(1.3rem,1.15rem+0.5vw,1.5rem)]">
        <a href={paperPath(paper)}>
          <MarkedText pieces={title} otherwise={paper.titleText || paper.identifier} />
        </a>
      </h3>
      <Byline authors={paper.authors} most={AUTHORS_MAX} />
      {passage.length > 0 && (
        <p className="mt-1.5 max-w-[70ch] text-[0.97rem]/[1.48] text-pretty hyphens-auto">
          <MarkedText pieces={passage} />
        </p>
      )}
      <ReferenceLine paper={paper} />
    </article>
  );
}

/** The field, and the day of submission, by which searches order and filter. */
function Kicker({ paper }: { paper: Paper }) {
  const { primaryCategory } = paper;
  const day = paper.submittedAt?.toISOString().slice(0, 10) ?? paper.firstListedOn;
  if (primaryCategory === null && day === null) return null;
  return (
    <p className="kicker">
      {primaryCategory !== null && (categoryName(primaryCategory) ?? primaryCategory)}
      {primaryCategory !== null && day !== null && <span aria-hidden="true"> · </span>}
      {day !== null && <time dateTime={day}>{formatDay(day)}</time>}
    </p>
  );
}

/** Text with what matched in it marked; where nothing did, `otherwise`. */
function MarkedText({ pieces, otherwise = '' }: { pieces: readonly Segment[]; otherwise?: string }) {
  if (pieces.length === 0) return otherwise;
  return pieces.map(({ text, isMatch }, at) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text have no other name than their place
    isMatch ? <mark key={at}>{text}</mark> : <span key={at}>{text}</span>,
  );
}
