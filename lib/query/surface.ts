/**
 * Words as a reader sees them, cut out of what was typed: without punctuation, TeX turned into Unicode, dashes and
 * quotes of all kinds made plain, but with capitals, accents and hyphens. A surface read again is the same surface.
 */

import { texToText } from '#lib/tex/tex.ts';
import { readWords, WORD_CHARS_MAX, type Word } from '#lib/text/words.ts';

/** Words joined by more hyphens than this are words of their own. */
const COMPOUND_WORDS_MAX = 8;
const OPERATOR = /^(?:AND|OR|NOT|ANDNOT)$/;
const DASHES = /[‐‑‒–−﹣－]/g;
const APOSTROPHES = /['’‘‛′`´＇]/g;

/** TeX, compatibility characters (full-width, ligatures, mathematical letters), dashes and apostrophes made plain. */
export function plainText(typed: string): string {
  const text = /[\\$]/.test(typed) ? texToText(typed) : typed;
  return text
    .replace(/\p{Cf}/gu, '')
    .normalize('NFKC')
    .replace(APOSTROPHES, "'")
    .replace(DASHES, '-')
    .replace(/-{2,}/g, (dashes) => (dashes.length === 2 ? '-' : ' '));
}

/** The surfaces in a text that plainText has been through, in order: `GPT-4`, `non-invasive`, `Schrödinger`, `C++`. */
export function readSurfaces(plain: string): string[] {
  const surfaces: string[] = [];
  for (const compound of compoundsOf(readWords(plain))) {
    const surface = plain.slice(compound[0]?.start, compound.at(-1)?.end);
    const isWhole = compound.length <= COMPOUND_WORDS_MAX && surface.length <= WORD_CHARS_MAX;
    const parts =
      isWhole || isRun(compound) ? [surface] : compound.map(({ start, end }) => plain.slice(start, end));
    surfaces.push(...parts.map((part) => safe(part)));
  }
  return surfaces;
}

function compoundsOf(words: readonly Word[]): Word[][] {
  const compounds: Word[][] = [];
  for (const word of words) {
    if (word.joint === 'none') compounds.push([word]);
    else compounds.at(-1)?.push(word);
  }
  return compounds;
}

const isRun = (compound: readonly Word[]) => compound.some(({ joint }) => joint === 'run');

/** Cut to a word's length between characters; never an operator. */
function safe(surface: string): string {
  const cut =
    surface.length > WORD_CHARS_MAX ? surface.slice(0, WORD_CHARS_MAX).replace(CUT_TAIL, '') : surface;
  return OPERATOR.test(cut) ? cut.toLowerCase() : cut;
}
/** Half a character, or a joiner with nothing after it. */
const CUT_TAIL = /[^\p{L}\p{N}\p{M}]+$/u;
