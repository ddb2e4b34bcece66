/** The words of a set of papers, counted: for weights of words, and for spellings to suggest. */

import { allForms, stem } from '#lib/text/lexemes.ts';
import { isStopWord, readWords, type Word } from '#lib/text/words.ts';

export type TermSource = { readonly titleText: string; readonly abstractText: string };
export type TermCount = {
  readonly stem: string;
  readonly papers: number;
  /** Folded: what is compared with a word that was typed. */
  readonly word: string;
  /** As papers write it most often; null where they have it only inside of longer compounds (`state-of-the-art`). */
  readonly written: string | null;
  /** How often it is written so. */
  readonly lead: number;
};

/** Longer ones are formulas and addresses that nobody will look for by mistake. */
const TERM_CHARS_MAX = 40;

type Writings = Map<string, { readonly word: string; times: number }>;
type Count = {
  papers: number;
  lastPaper: number;
  readonly word: string;
  /** Where a capital letter belongs to the word; and where it may belong to the title or to the sentence. */
  readonly inside: Writings;
  readonly capitalised: Writings;
};

/** In how many of the papers each stem stands, title or abstract. */
export function countTerms(papers: readonly TermSource[]): TermCount[] {
  const counts = new Map<string, Count>();
  for (const [paper, { titleText, abstractText }] of papers.entries()) {
    countText(counts, paper, titleText, true);
    countText(counts, paper, abstractText, false);
  }
  // One order for everybody who counts up the same rows at once.
  return [...counts]
    .map(([found, count]) => ({ stem: found, papers: count.papers, word: count.word, ...writingOf(count) }))
    .sort((one, other) => (one.stem < other.stem ? -1 : 1));
}

function countText(counts: Map<string, Count>, paper: number, text: string, isTitle: boolean): void {
  const words = readWords(text);
  for (const [index, word] of words.entries()) {
    for (const [number, form] of allForms(word, words[index - 1]).entries()) {
      if (form.length > TERM_CHARS_MAX || isStopWord(form)) continue;
      const count = countOf(counts, stem(form), form);
      if (count.lastPaper !== paper) count.papers++;
      count.lastPaper = paper;
      const first = number < word.forms.length ? index : index - 1;
      const written = asWritten(text, words, first, index);
      const place = isTitle || isAtStart(text, words, first) ? 'capitalised' : 'inside';
      if (written !== null) addWriting(count[place], written, form);
    }
  }
}

function countOf(counts: Map<string, Count>, found: string, word: string): Count {
  const known = counts.get(found);
  if (known !== undefined) return known;
  const count = { papers: 0, lastPaper: -1, word, inside: new Map(), capitalised: new Map() };
  counts.set(found, count);
  return count;
}

/** Words `first` to `last`: one, or a compound of two with its hyphen. Null for two out of a longer one, no word. */
function asWritten(text: string, words: readonly Word[], first: number, last: number): string | null {
  const [start, end] = [words[first], words[last]];
  if (start === undefined || end === undefined) return null;
  const isPart = first < last && (start.joint === 'joined' || words[last + 1]?.joint === 'joined');
  const written = text.slice(start.start, end.end);
  return isPart || /\s/.test(written) ? null : written;
}

/** Of the text, or of a sentence. */
function isAtStart(text: string, words: readonly Word[], index: number): boolean {
  const before = words[index - 1];
  return before === undefined || /[.!?:]/.test(text.slice(before.end, words[index]?.start));
}

function addWriting(writings: Writings, written: string, word: string): void {
  const writing = writings.get(written);
  if (writing === undefined) writings.set(written, { word, times: 1 });
  else writing.times++;
}

/** What is capitalised for its place has the say only where the word stands nowhere else. */
function writingOf({ inside, capitalised }: Count): { word?: string; written: string | null; lead: number } {
  const found = commonest(inside);
  if (found !== null) return found;
  const other = commonest(capitalised);
  if (other === null) return { written: null, lead: 0 };
  return { ...other, written: other.written.replace(CAPITALISED, (word) => word.toLowerCase()), lead: 1 };
}
const CAPITALISED = /^\p{Lu}\P{Lu}*$/u;

/** Of several the one that was met first. */
function commonest(writings: Writings): { word: string; written: string; lead: number } | null {
  let best: { word: string; written: string; lead: number } | null = null;
  for (const [written, { word, times }] of writings)
    if (best === null || times > best.lead) best = { word, written, lead: times };
  return best;
}
