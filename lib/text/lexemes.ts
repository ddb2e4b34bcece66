/** Lexemes of the full-text index, which the writer of the index and the query planner must form in the same way. */

import { stemWord } from './stem.ts';
import type { Word } from './words.ts';

/** Places of the sections in `words`, as SQL's split_part counts them. */
export const SECTIONS = { title: 1, abstract: 2, spellings: 3, author: 4, comment: 5, journal: 6 } as const;
export const SECTION_MARK = '|';

/** Spellings of a word, and, last, of it with the word that a hyphen ties it to, at the place of the second. */
export function allForms(word: Word, before: Word | undefined): readonly string[] {
  const joined = joinedForm(word, before);
  return joined === null ? word.forms : [...word.forms, joined];
}

/** `noninvasive` for `non-invasive`; null where nothing is joined. */
export function joinedForm(word: Word, before: Word | undefined): string | null {
  return word.joint === 'joined' && before !== undefined ? `${before.forms[0]}${word.forms[0]}` : null;
}

const stems = new Map<string, string>();
const CACHED_STEMS_MAX = 50_000;

/** As stemWord, cached: a text repeats its words (4 times faster over abstracts). */
export function stem(word: string): string {
  const known = stems.get(word);
  if (known !== undefined) return known;
  if (stems.size >= CACHED_STEMS_MAX) stems.clear();
  const found = stemWord(word);
  stems.set(word, found);
  return found;
}

/** Postgres takes 2,046 bytes; compounds and prefixes of fields are longer than a word. */
const LEXEME_CHARS_MAX = 200;

const TO_ESCAPE = /['\\]/;

/** As `::tsvector` and `::tsquery` read it, whatever it holds. */
export function quoteLexeme(lexeme: string): string {
  const cut = lexeme.length > LEXEME_CHARS_MAX ? lexeme.slice(0, LEXEME_CHARS_MAX).toWellFormed() : lexeme;
  return TO_ESCAPE.test(cut) ? `'${cut.replace(/['\\]/g, '$&$&')}'` : `'${cut}'`;
}
