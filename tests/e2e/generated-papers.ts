/** Papers made up for the lists, as lines of a file that `paperboy import` reads. */
import { listHostileStrings } from './hostile-strings.ts';

/** A day longer than a page, in two categories; the last paper came out the day before. */
export const LONG_DAY = '2025-02-20';
export const LONG_DAY_PAPERS = 230;
/** A day whose papers mean harm; it has none where the strings for it are absent. */
export const HOSTILE_DAY = '2025-02-18';

type Line = Record<string, string | readonly string[]>;

/** Payloads of scripts, each a paper of its own: as title, abstract, author, category and comment. */
export function listHostileTexts(): string[] {
  return [...new Set(listHostileStrings(1))].filter((text) => text.trim() !== '' && text.length < 5_000);
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
  const hostile = listHostileTexts().map((text, index) => ({
    id: `2502.${String(20_000 + index).padStart(5, '0')}`,
    title: text,
    abstract: text,
    authors: [text],
    categories: ['cs.CR', text.slice(0, 40)],
    comment: text,
    first_listed: HOSTILE_DAY,
  }));
  return [...ordinary, ...hostile];
}
