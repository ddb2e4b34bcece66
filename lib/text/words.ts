/**
 * The words of a text, as search sees them: one reading for papers and queries, so that what a person typed meets what
 * an author wrote whatever the hyphens, accents, apostrophes and alphabets. Postgres's own parser is kept out of it: it
 * takes `ImageNet/CIFAR-10` for a file name, `-4` for a number, and a line of Chinese for one word.
 *
 * What joins words (`non-invasive`, `O'Brien`, `AT&T`, `x_2`) leaves two words side by side that can also be read as
 * one (`joint`): searching `non-invasive` finds "non-invasive", "non invasive" and "noninvasive".
 * Linear in the length of the text.
 */

import { foldWord } from './fold.ts';

export type Word = {
  /** Folded spellings, best first; at least one. Letters, digits and marks of any script; a point inside a number. */
  readonly forms: readonly string[];
  /** Where it stands in the text, in UTF-16 units. */
  readonly start: number;
  readonly end: number;
  /**
   * How it hangs on the word before: `joined` by a hyphen or the like, or part of the same unbroken `run` of Chinese,
   * Japanese or Korean, which is read in overlapping pairs of characters.
   */
  readonly joint: 'none' | 'joined' | 'run';
  /** The last character of such a run once more by itself, for searches of one character. */
  readonly isTail: boolean;
};

/** Longer ones are cut, in papers and queries alike. */
export const WORD_CHARS_MAX = 64;

const CJK =
  '\\u3005-\\u3007\\u3021-\\u3029\\u3038-\\u303b\\u3041-\\u3096\\u309d-\\u309f\\u30a1-\\u30fa\\u30fc-\\u30ff\\u3131-\\u318e\\u31f0-\\u31ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uac00-\\ud7a3\\uf900-\\ufaff\\uff66-\\uff9f\\u{20000}-\\u{3ffff}';
const ATOM = new RegExp(`[${CJK}]+|[[\\p{L}\\p{N}]--[${CJK}]][[\\p{L}\\p{N}\\p{M}\\p{Cf}]--[${CJK}]]*`, 'gv');
const STARTS_CJK = new RegExp(`^[${CJK}]`, 'v');
const JOINER = /^(?:[-‐‑‒–−﹣－]{1,2}|[-‐‑]\s*\n\s*|['’‘‛′`´＇_＿&＆.·^])$/;
const APOSTROPHE = /^['’‘‛′`´＇]$/;
const DIGITS = /^\p{Nd}+$/u;
const ENDS_IN_DIGIT = /\p{Nd}$/u;
const STARTS_WITH_DIGIT = /^\p{Nd}/u;
const THOUSANDS = /^\d{3}$/;
/** Names of one letter and a sign: C++, C#, F#. */
const SIGNED_NAME = /^(\+\+(?!\p{L})|#(?![\p{L}\p{N}]))/u;
const SIGN_NAMES: Readonly<Record<string, string>> = { '++': 'plusplus', '#': 'sharp' };

const BEYOND_ASCII = /[^\x00-\x7f]/;
/** By character code: 1 for letters and digits. */
const ASCII_ATOM = Uint8Array.from({ length: 128 }, (_, code) =>
  /[A-Za-z0-9]/.test(String.fromCharCode(code)) ? 1 : 0,
);
const SPACE = 0x20;

type Atom = { text: string; start: number; end: number; joint: 'none' | 'joined' };

export function readWords(text: string): Word[] {
  const words: Word[] = [];
  const isAscii = !BEYOND_ASCII.test(text);
  for (const atom of readAtoms(text, isAscii ? asciiSpans(text) : spansOf(text))) {
    if (!isAscii && STARTS_CJK.test(atom.text)) pushRun(words, atom);
    else pushWord(words, atom, text, isAscii);
  }
  return words;
}

/** Starts and ends of atoms, by turns. */
function spansOf(text: string): number[] {
  const spans: number[] = [];
  for (const found of text.matchAll(ATOM)) spans.push(found.index, found.index + found[0].length);
  return spans;
}

/** The same of text in ASCII, most of all there is, in a fraction of the time. */
function asciiSpans(text: string): number[] {
  const spans: number[] = [];
  let wasAtom = 0;
  for (let at = 0; at < text.length; at += 1) {
    const isAtom = ASCII_ATOM[text.charCodeAt(at)] ?? 0;
    if (isAtom !== wasAtom) spans.push(at);
    wasAtom = isAtom;
  }
  if (wasAtom === 1) spans.push(text.length);
  return spans;
}

function readAtoms(text: string, spans: readonly number[]): Atom[] {
  const atoms: Atom[] = [];
  let before: Atom | undefined;
  for (let index = 0; index < spans.length; index += 2) {
    const [start = 0, end = 0] = [spans[index], spans[index + 1]];
    const atom: Atom = { text: text.slice(start, end), start, end, joint: 'none' };
    const isApart =
      before === undefined || (start === before.end + 1 && text.charCodeAt(before.end) === SPACE);
    if (before !== undefined && !isApart) {
      const gap = text.slice(before.end, Math.min(start, before.end + 8));
      if (continuesNumber(before, gap, atom)) {
        before.text += gap === '.' ? `.${atom.text}` : atom.text;
        before.end = end;
        continue;
      }
      if (APOSTROPHE.test(gap) && /^s$/i.test(atom.text)) continue;
      if (JOINER.test(gap)) atom.joint = 'joined';
    }
    atoms.push(atom);
    before = atom;
  }
  return atoms;
}

/** `3.5`, `v1.2.3`, `12,000`. */
function continuesNumber(before: Atom, gap: string, atom: Atom): boolean {
  if (gap === '.') return ENDS_IN_DIGIT.test(before.text) && STARTS_WITH_DIGIT.test(atom.text);
  return gap === ',' && DIGITS.test(before.text) && THOUSANDS.test(atom.text);
}

function pushWord(words: Word[], atom: Atom, text: string, isAscii: boolean): void {
  const sign = atom.text.length === 1 ? SIGNED_NAME.exec(text.slice(atom.end, atom.end + 3))?.[1] : undefined;
  const written = atom.text + (sign === undefined ? '' : (SIGN_NAMES[sign] ?? ''));
  const forms = isAscii ? [written.toLowerCase()] : foldWord(written);
  if (forms.length === 0) return;
  words.push({
    forms: forms.map((form) => form.slice(0, WORD_CHARS_MAX)),
    start: atom.start,
    end: atom.end + (sign?.length ?? 0),
    joint: atom.joint,
    isTail: false,
  });
}

function pushRun(words: Word[], atom: Atom): void {
  const letters = [...(foldWord(atom.text)[0] ?? '')];
  // Half-width letters fold to fewer: then the run is as near as one can point.
  const isExact = letters.join('').length === atom.text.length;
  let start = atom.start;
  letters.forEach((letter, index) => {
    const pair = letter + (letters[index + 1] ?? '');
    words.push({
      forms: [pair],
      start: isExact ? start : atom.start,
      end: isExact ? start + pair.length : atom.end,
      joint: index === 0 ? 'none' : 'run',
      isTail: index > 0 && index === letters.length - 1,
    });
    start += letter.length;
  });
}

/** Words too common to search by: the list of Postgres's `english` configuration, which is Snowball's. */
const STOP_WORDS: ReadonlySet<string> = new Set(
  `i me my myself we our ours ourselves you your yours yourself yourselves he him his himself she her hers herself it
   its itself they them their theirs themselves what which who whom this that these those am is are was were be been
   being have has had having do does did doing a an the and but if or because as until while of at by for with about
   against between into through during before after above below to from up down in out on off over under again further
   then once here there when where why how all any both each few more most other some such no nor not only own same so
   than too very s t can will just don should now`.split(/\s+/),
);

export function isStopWord(folded: string): boolean {
  return STOP_WORDS.has(folded);
}
