/**
 * What somebody meant who typed a word that no paper has. Of words that begin alike, the one that is fewest slips away;
 * of several, the one in most papers.
 */

export type Spelling = {
  /** Folded, as the word it is compared with. */
  readonly word: string;
  readonly written: string;
  readonly papers: number;
};

/** A word in fewer papers may itself be a slip. */
export const PAPERS_MIN = 3;
const WORD_CHARS_MIN = 4;
const WORD_CHARS_MAX = 30;

/** Whether a word is one that can be misspelt: letters alone, neither short nor a formula. */
export function isSpellable(word: string): boolean {
  return word.length >= WORD_CHARS_MIN && word.length <= WORD_CHARS_MAX && /^\p{Ll}+$/u.test(word);
}

export function slipsAllowed(word: string): number {
  return word.length <= 5 ? 1 : 2;
}

/** How the intended word can begin: as typed, or with one slip in its first three letters but the very first. */
export function startsOf(word: string): string[] {
  const [a = '', b = '', c = '', d = ''] = word;
  return [...new Set([a + b, a + c, b + a, a + c + d, b + c + d])];
}

/** Null where nothing is near. */
export function chooseSpelling(word: string, candidates: readonly Spelling[]): Spelling | null {
  let best: Spelling | null = null;
  let bestRank = Number.NEGATIVE_INFINITY;
  for (const candidate of candidates) {
    if (candidate.papers < PAPERS_MIN || candidate.word === word) continue;
    const slips = countSlips(word, candidate.word, slipsAllowed(word));
    if (slips === null) continue;
    // A slip more is likelier than a word a thousand times rarer (Church & Gale 1991 weigh the two alike).
    const rank = Math.log10(candidate.papers) - 3 * slips;
    if (rank > bestRank) {
      best = candidate;
      bestRank = rank;
    }
  }
  return best;
}

/**
 * Letters to put in, take out, change or swap with the next (optimal string alignment, Damerau 1964); null for more
 * than `most`.
 */
export function countSlips(one: string, other: string, most: number): number | null {
  if (Math.abs(one.length - other.length) > most) return null;
  let before: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let row = 1; row <= one.length; row++) {
    const next = [row];
    for (let column = 1; column <= other.length; column++) {
      const isSame = one[row - 1] === other[column - 1];
      let least = Math.min(
        (last[column] ?? 0) + 1,
        (next[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (isSame ? 0 : 1),
      );
      const isSwapped =
        row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      if (isSwapped) least = Math.min(least, (before[column - 2] ?? 0) + 1);
      next.push(least);
    }
    if (Math.min(...next) > most) return null;
    before = last;
    last = next;
  }
  const slips = last[other.length] ?? 0;
  return slips <= most ? slips : null;
}
