/** The picture that goes with a link to a paper, as messengers and social networks show it. */
import type { ReactElement } from 'react';
import { categoryName } from '#lib/papers/category.ts';
import type { Paper } from '#lib/papers/paper.ts';
import { toDrawable } from './glyphs.ts';

/** What Open Graph's readers expect: 1.91 : 1. */
export const CARD_SIZE = { width: 1200, height: 630 };
const TITLE_CHARS_MAX = 210;
const AUTHORS_MAX = 3;

export type CardText = {
  readonly kicker: string | null;
  /** Null where the fonts cannot show it. */
  readonly title: string | null;
  readonly authors: string;
  readonly reference: string;
};

type Shown = Pick<
  Paper,
  'registry' | 'identifier' | 'titleText' | 'authors' | 'primaryCategory' | 'keywords'
>;

export function toCardText(paper: Shown): CardText {
  const field = paper.primaryCategory === null ? null : categoryName(paper.primaryCategory);
  const kicker = field ?? paper.keywords[0] ?? null;
  return {
    kicker: kicker === null ? null : toDrawable(kicker),
    title: toDrawable(shorten(paper.titleText, TITLE_CHARS_MAX)),
    authors: toDrawable(shorten(nameAuthors(paper.authors), 90)) ?? '',
    reference: `${paper.registry === 'arxiv' ? 'arXiv' : 'DOI'}:${toDrawable(paper.identifier) ?? ''}`,
  };
}

/** In the paper's own colours by day. The renderer knows flex boxes and no style sheets. */
export function PaperCard({ text, site }: { text: CardText; site: string }): ReactElement {
  const { kicker, title, authors, reference } = text;
  return (
    <div
      style={{
        display: 'flex',
        flexDirection: 'column',
        width: '100%',
        height: '100%',
        padding: '44px 64px 48px',
        background: '#faf7f0',
        color: '#1c1a17',
        fontFamily: 'Text, Symbols',
        fontSize: 30,
      }}
    >
      <Head kicker={kicker} />
      <div style={{ display: 'flex', flexGrow: 1, flexDirection: 'column', justifyContent: 'center' }}>
        <div
          style={{
            display: 'block',
            fontFamily: 'Display, Symbols',
            fontSize: title === null ? 92 : titleSize(title),
            lineHeight: 1.06,
            letterSpacing: '-0.018em',
            lineClamp: 5,
            textWrap: 'balance',
          }}
        >
          {title ?? reference}
        </div>
        {authors !== '' && <div style={{ display: 'flex', marginTop: 26, color: '#625c52' }}>{authors}</div>}
      </div>
      <div style={{ display: 'flex', justifyContent: 'space-between', fontSize: 26, color: '#625c52' }}>
        <span>{reference}</span>
        <span>{site}</span>
      </div>
    </div>
  );
}

function Head({ kicker }: { kicker: string | null }) {
  return (
    <div style={{ display: 'flex', flexDirection: 'column' }}>
      <div style={{ display: 'flex', justifyContent: 'space-between', alignItems: 'flex-end' }}>
        <span style={{ fontFamily: 'Display', fontSize: 54, letterSpacing: '-0.035em', lineHeight: 1 }}>
          Paperboy
        </span>
        <span style={{ color: '#9c1f16', fontSize: 28 }}>{kicker ?? ''}</span>
      </div>
      <div style={{ display: 'flex', height: 2, marginTop: 16, background: '#1c1a17' }} />
      <div style={{ display: 'flex', height: 1, marginTop: 4, background: '#1c1a17' }} />
    </div>
  );
}

/** The largest at which a title of that length has at most four or five lines. */
function titleSize(title: string): number {
  const steps = [
    [36, 96],
    [60, 82],
    [95, 70],
    [140, 60],
  ] as const;
  return steps.find(([chars]) => title.length <= chars)?.[1] ?? 50;
}

function nameAuthors(authors: readonly string[]): string {
  const named = authors.slice(0, authors.length <= AUTHORS_MAX + 1 ? AUTHORS_MAX + 1 : AUTHORS_MAX);
  const others = authors.length - named.length;
  return named.join(', ') + (others > 0 ? ` and ${others} others` : '');
}

function shorten(text: string, charsMax: number): string {
  if (text.length <= charsMax) return text;
  const cut = text.slice(0, charsMax).toWellFormed();
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), charsMax - 30))}…`;
}
