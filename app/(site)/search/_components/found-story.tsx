import { formatDay } from '#components/edition/dateline.ts';
import { Byline } from '#components/paper/byline.tsx';
import { paperMark } from '#components/paper/marks.tsx';
import { ReferenceLine } from '#components/paper/reference-line.tsx';
import { MarkedText } from '#components/search/marked-text.tsx';
import { categoryName } from '#lib/papers/category.ts';
import { type Paper, paperPath } from '#lib/papers/paper.ts';
import type { Result } from '#lib/search/search-papers.ts';

const AUTHORS_MAX = 6;

/** A paper found: its title and the passage that answers, with what matched marked. */
export function FoundStory({ paper, title, passage }: Result) {
  return (
    <article className="found-story" data-paper={paperMark(paper)}>
      <Kicker paper={paper} />
      <h3 className="headline">
        <a href={paperPath(paper)}>
          <MarkedText pieces={title} otherwise={paper.titleText || paper.identifier} />
        </a>
      </h3>
      <Byline authors={paper.authors} most={AUTHORS_MAX} />
      {passage.length > 0 && (
        <p className="passage">
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
