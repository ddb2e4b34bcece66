/**
 * One spelling for what people write in several: case, accents, ligatures, full-width and mathematical letters,
 * subscripts, Greek letters and their names. Search folds papers and queries alike, so that either finds the other.
 */

/** Letters that Unicode does not decompose (TR 39 and DIN 5007 are the model, not the source). */
const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ħ: 'h',
  ı: 'i',
  ŋ: 'ng',
  ŧ: 't',
  ə: 'e',
  ʼ: '',
  ς: 'σ',
};
/** What languages write where the letter is not at hand: Schroedinger, Mueller, Aarhus, Soerensen. */
const SPELLED_OUT: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', å: 'aa', ø: 'oe' };

const GREEK_NAMES: ReadonlyMap<string, string> = new Map(
  `α alpha β beta γ gamma δ delta ε epsilon ζ zeta η eta θ theta ι iota κ kappa λ lambda μ mu ν nu ξ xi ο omicron
   π pi ρ rho σ sigma τ tau υ upsilon φ phi χ chi ψ psi ω omega`
    .trim()
    .split(/\s+/)
    .reduce<[string, string][]>((pairs, word, index, all) => {
      if (index % 2 === 0) pairs.push([word, all[index + 1] ?? '']);
      return pairs;
    }, []),
);
/** From here on a run of Greek letters is a Greek word; shorter ones are symbols, `λ` or `αβ`. */
const GREEK_WORD_LETTERS_MIN = 3;

const ASCII = /^[\x20-\x7e]*$/;
const COMBINING = /[\u0300-\u036f]/g;
const FOLDABLE = /[ßæœøłđðþħıŋŧəʼς]/g;
const SPELLABLE = /[äöüåø]/g;
const GREEK = /[α-ω]/g;
const GREEK_WORD = new RegExp(`^[α-ω]{${GREEK_WORD_LETTERS_MIN},}$`);
const NOT_WORD = /[^\p{L}\p{N}\p{M}.]/gu;

/**
 * The folded spellings of one word, best first; empty when nothing of it remains. Two only where the word has a
 * letter that is also written as two: `Müller` gives muller and mueller.
 */
export function foldWord(word: string): string[] {
  if (ASCII.test(word)) return word === '' ? [] : [word.toLowerCase()];
  const composed = word.normalize('NFKC').toLowerCase();
  const folded = foldLetters(composed);
  if (folded === '') return [];
  const spelledOut = composed.replace(SPELLABLE, (letter) => SPELLED_OUT[letter] ?? letter);
  return spelledOut === composed ? [folded] : [...new Set([folded, foldLetters(spelledOut)])];
}

function foldLetters(lowerCased: string): string {
  const plain = lowerCased
    .normalize('NFKD')
    .replace(COMBINING, '')
    .normalize('NFC')
    .replace(FOLDABLE, (letter) => LETTERS[letter] ?? letter)
    .replace(NOT_WORD, '');
  return GREEK_WORD.test(plain) ? plain : plain.replace(GREEK, (letter) => GREEK_NAMES.get(letter) ?? letter);
}
