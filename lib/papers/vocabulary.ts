/** The words of a set of papers, counted: for weights of words and for spellings to suggest. */
import { SECTION_MARK, stem } from './searchable.ts';
import { isStopWord } from './stop-words.ts';

export type TermCount = { readonly stem: string; readonly papers: number; readonly word: string };

/** Longer ones are formulas and addresses that nobody will look for by mistake. */
const TERM_CHARS_MAX = 40;

/** In how many of the texts each stem stands, title or abstract; `texts` are as searchable.ts writes `words`. */
export function countTerms(texts: readonly string[]): TermCount[] {
  const counts = new Map<string, { papers: number; word: string }>();
  for (const text of texts) {
    const [title = '', abstract = '', spellings = ''] = text.split(SECTION_MARK, 3);
    const met = new Set<string>();
    for (const word of `${title}${abstract}${spellings}`.split(' ')) {
      if (word === '' || word.length > TERM_CHARS_MAX || isStopWord(word)) continue;
      const found = stem(word);
      if (met.has(found)) continue;
      met.add(found);
      const count = counts.get(found);
      if (count === undefined) counts.set(found, { papers: 1, word });
      else count.papers++;
    }
  }
  // One order for everybody who counts up the same rows at once.
  return [...counts]
    .map(([found, count]) => ({ stem: found, ...count }))
    .sort((one, other) => (one.stem < other.stem ? -1 : 1));
}
