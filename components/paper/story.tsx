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

/** `--clamp`: lines of the abstract that are shown. `--size`: of the lead's headline, by its length. */
const LOOK: Record<Place, { story: string; headline: string; abstract: string }> = {
  lead: {
    story: 'story lead',
    headline:
      'headline text-[clamp(2.3rem,0.9rem+var(--size)*0.72*(100vw/84rem)+1vw,var(--size))]/none tracking-[-0.022em] text-balance print:text-[26pt]',
    abstract:
      'abstract drop-cap mt-4 columns-[16rem_2] gap-x-(--gutter) text-[1.06rem]/[1.52] [column-rule:1px_solid_var(--color-hairline)] first-lines:line-clamp-3 first-lines:columns-auto',
  },
  second: {
    story: 'story second text-[0.97rem] [--clamp:5] xl:[--clamp:var(--lines,5)]',
    headline: 'headline text-[clamp(1.45rem,1.2rem+0.7vw,1.8rem)]',
    abstract: 'abstract clamped',
  },
  feature: {
    story: 'story text-[0.97rem] [--clamp:7]',
    headline: 'headline text-[clamp(1.35rem,1.2rem+0.5vw,1.6rem)]',
    abstract: 'abstract clamped max-w-[68ch]',
  },
  brief: {
    story: 'story text-[0.9rem] [--clamp:4]',
    headline: 'headline text-[1.16rem]/[1.18] tracking-normal',
    abstract: 'abstract clamped',
  },
};

type Props = {
  paper: Paper;
  place: Place;
  /** For what the place leaves open: columns, size of the headline. */
  className?: string | undefined;
  /** Says the day on which the paper came out; for lists of more than one day. */
  isDated?: boolean;
  /** Lines of the abstract shown in a second beside the lead. */
  lines?: number;
  /** What a list has to say of the paper, under its authors. */
  children?: ReactNode;
};

export function Story({ paper, place, className, lines, isDated = false, children }: Props) {
  const Heading = place === 'brief' ? 'h3' : 'h2';
  const look = LOOK[place];
  const isLead = place === 'lead';
  return (
    <article
      data-paper={paperMark(paper)}
      className={className ? `${look.story} ${className}` : look.story}
      {...(lines !== undefined && { style: { '--lines': lines } as CSSProperties })}
    >
      <Kicker paper={paper} day={isDated ? cameOutOn(paper) : null} />
      <Heading className={look.headline}>
        <a href={paperPath(paper)}>
          <Tex html={texToInlineHtml(paper.title)} />
        </a>
      </Heading>
      <Byline
        authors={paper.authors}
        most={AUTHORS_MAX[place]}
        className={isLead ? 'mt-[0.9rem] text-[1.12rem]' : ''}
      />
      {children}
      <div className={look.abstract} dangerouslySetInnerHTML={{ __html: texToHtml(paper.abstract) }} />
      {!isLead && paper.abstractText.length > UNFOLDED_CHARS_MAX && <Unfold />}
      <ReferenceLine paper={paper} className={isLead ? 'mt-[0.7rem] text-[0.95rem]' : ''} />
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

/** Shows and hides the whole of the abstract above it by CSS alone (reader.css), so it works before any script. */
function Unfold() {
  return (
    <details className="fold">
      <summary>
        <span className="when-closed">Show abstract</span>
        <span className="when-open">Hide abstract</span>
      </summary>
    </details>
  );
}
