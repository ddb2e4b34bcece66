/** Papers made up for the browser tests, as lines of a file that `paperboy import` reads. */
import { DAY_MS } from '#lib/time.ts';
import { listHostileStrings } from './hostile-strings.ts';

/** A day longer than a page, in two categories; the last paper came out the day before. */
export const LONG_DAY = '2025-02-20';
export const LONG_DAY_PAPERS = 230;

/** Days far from all others hold the papers that mean harm. */
const FIRST_HOSTILE_DAY = Date.UTC(2019, 0, 1);
const HOSTILE_PAPERS_A_DAY = 400;

type Line = Record<string, string | readonly string[]>;

/** `day`: of which it is, as in `/date/2019-01-01`. */
export type HostilePaper = { readonly id: string; readonly day: string; readonly text: string };

/**
 * Every naughty string and every payload, each a paper of its own. The first `sampled` are the naughty strings and a
 * fourth of the payloads, which vary few themes.
 */
export function listHostilePapers(): { papers: HostilePaper[]; sampled: number } {
  const isTitle = (text: string) => text.trim() !== '';
  const sample = new Set(listHostileStrings(4).filter(isTitle));
  const texts = [...sample.union(new Set(listHostileStrings(1).filter(isTitle)))];
  const papers = texts.map((text, at) => ({
    id: `1901.${String(at + 1).padStart(5, '0')}`,
    day: new Date(FIRST_HOSTILE_DAY + Math.floor(at / HOSTILE_PAPERS_A_DAY) * DAY_MS)
      .toISOString()
      .slice(0, 10),
    text,
  }));
  return { papers, sampled: sample.size };
}

export function listGeneratedPapers(): Line[] {
  const ordinary = Array.from({ length: LONG_DAY_PAPERS + 1 }, (_, index) => ({
    id: `2502.${String(10_000 + index)}`,
    title: `Measurements of newsprint, part ${index}`,
    abstract:
      'We weigh newsprint and find that it weighs what the formula $E = m c^2$ lets one expect. '.repeat(4),
    authors: ['Ada Lovelace', `Author ${index % 7}`],
    categories: index % 3 === 0 ? ['cs.DL', 'econ.TH'] : ['econ.TH'],
    comment: '12 pages',
    first_listed: index === LONG_DAY_PAPERS ? '2025-02-19' : LONG_DAY,
  }));
  const hostile = listHostilePapers().papers.map(({ id, day, text }) => ({
    id,
    title: text,
    abstract: `${text}\n\nAnd again: ${text}`,
    authors: [text, `${text} Smith`],
    categories: ['cs.CR', text.slice(0, 40)],
    comment: text,
    'journal-ref': text,
    first_listed: day,
  }));
  return [...ordinary, ...hostile];
}
