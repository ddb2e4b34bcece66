import type { CSSProperties, ReactNode } from 'react';
import { formatDay } from '#components/edition/dateline.ts';
import { categoryName } from '#lib/papers/category.ts';
import { cameOutOn, type Paper, paperPath } from '#lib/papers/paper.ts';
import { texToHtml, texToInlineHtml } from '#lib/tex/tex.ts';
import { Byline } from './byline.tsx';
import { paperMark } from './marks.tsx';
import { ReferenceLine } from './reference-line.tsx';
import { Tex } from './tex.tsx';

/** A story's place in the edition decides its size; `brief` stands under a heading of its own. */
export type Place = 'lead' | 'second' | 'feature' | 'brief';

const AUTHORS_MAX: Record<Place, number> = { lead: 9, second: 4, feature: 4, brief: 2 };

/** A shorter abstract is shown whole in every place and on every screen. */
const UNFOLDED_CHARS_MAX = 160;

type Props = {
  paper: Paper;
  place: Place;
  /** A class for what the place leaves open: size of the headline, columns. */
  look?: string | undefined;
  /** Says the day on which the paper came out; for lists of more than one day. */
  isDated?: boolean;
  /** Lines of the abstract to show before one reads on, where they differ from the place's own. */
  lines?: number;
  /** What a list has to say of the paper, under its authors. */
  children?: ReactNode;
};

export function Story({ paper, place, look, lines, isDated = false, children }: Props) {
  const Heading = place === 'brief' ? 'h3' : 'h2';
  return (
    <article
      data-paper={paperMark(paper)}
      className={look === undefined ? `story ${place}` : `story ${place} ${look}`}
      {...(lines !== undefined && { style: { '--lines': lines } as CSSProperties })}
    >
      <Kicker paper={paper} day={isDated ? cameOutOn(paper) : null} />
      <Heading className="headline">
        <a href={paperPath(paper)}>
          <Tex html={texToInlineHtml(paper.title)} />
        </a>
      </Heading>
      <Byline authors={paper.authors} most={AUTHORS_MAX[place]} />
      {children}
      <div className="abstract" dangerouslySetInnerHTML={{ __html: texToHtml(paper.abstract) }} />
      {place !== 'lead' && paper.abstractText.length > UNFOLDED_CHARS_MAX && <Fold />}
      <ReferenceLine paper={paper} />
    </article>
  );
}

/** What the paper is about in a word or two: its field where arXiv names one, else its first keyword. */
function Kicker({ paper, day }: { paper: Paper; day: string | null }) {
  const field = paper.primaryCategory === null ? null : categoryName(paper.primaryCategory);
  const kicker = field ?? paper.keywords[0];
  if (kicker === undefined && day === null) return null;
  return (
    <p className="kicker">
      {kicker}
      {kicker !== undefined && day !== null && <span aria-hidden="true"> · </span>}
      {day !== null && <time dateTime={day}>{formatDay(day)}</time>}
    </p>
  );
}

/** Opens and closes the abstract above it, by style alone (story.css): there is no script to wait for. */
function Fold() {
  return (
    <details className="fold">
      <summary>
        <span className="when-closed">Read on</span>
        <span className="when-open">Fold</span>
      </summary>
    </details>
  );
}
