/**
 * What is asked of the text of a paper, and the pieces that tsqueries are made of. The lexemes are those of searchable.ts;
 * all are quoted, so no query can be a syntax error.
 */

import { joinedForm, quoteLexeme, type SECTIONS, stem } from '#lib/text/lexemes.ts';
import type { Word } from '#lib/text/words.ts';
import { isStopWord } from '#lib/text/words.ts';
import type { TextField } from './query.ts';

export type TextMatch = {
  readonly kind: 'text';
  /** For `lexemes @@ $1::tsquery`; null: nothing that the index could narrow down. */
  readonly tsquery: string | null;
  /** `words`, or this part of it (SECTIONS), has one of these in it; empty: needs no look. */
  readonly contains: readonly string[];
  /** A POSIX regular expression that `words` or the part matches; null: needs no look. */
  readonly pattern: string | null;
  readonly section: keyof typeof SECTIONS | null;
  /** Papers match by what they have not: the index answers it, and narrows nothing down. */
  readonly isNegative?: true;
};

/** A test that the index answers by itself. */
export function lexemeMatch(tsquery: string, isNegative = false): TextMatch {
  const match: TextMatch = { kind: 'text', tsquery, contains: [], pattern: null, section: null };
  return isNegative ? { ...match, isNegative } : match;
}

/** Prefixes of lexemes: title and abstract, title, author, comment, journal. */
export type Space = '' | 't/' | 'a/' | 'c/' | 'j/';
export const SPACES: Readonly<Record<TextField, readonly Space[]>> = {
  any: ['', 'a/', 'c/'],
  title: ['t/'],
  abstract: [''],
  author: ['a/'],
  comment: ['c/'],
  journal: ['j/'],
};

/** For lexemes of title and abstract, where one of the two is asked for. */
export const WEIGHTS: Readonly<Record<TextField, '' | 'A' | 'B'>> = {
  any: '',
  title: 'A',
  abstract: 'B',
  author: '',
  comment: '',
  journal: '',
};

const CJK_CHARACTER = /^[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}]$/u;

/** One form as a lexeme. Names are not inflected; one character of Chinese is found where a pair begins with it. */
export function lexemeQuery(space: Space, form: string, weight: '' | 'A' | 'B' = ''): string {
  const lexeme = quoteLexeme(space + (space === 'a/' ? form : stem(form)));
  const marks = (CJK_CHARACTER.test(form) ? '*' : '') + (space === '' ? weight : '');
  return marks === '' ? lexeme : `${lexeme}:${marks}`;
}

/** Spellings of one word. */
export type Forms = readonly string[];

/** The ways to write a compound: in parts, two neighbours as one, all as one. */
export function readingsOf(words: readonly Word[]): Forms[][] {
  if (words.length === 0) return [];
  const parts = words.map(({ forms }) => forms);
  const readings: Forms[][] = [parts];
  for (const [index, word] of words.entries()) {
    const joined = joinedForm(word, words[index - 1]);
    if (joined !== null) readings.push([...parts.slice(0, index - 1), [joined], ...parts.slice(index + 1)]);
  }
  if (words.length > 2 && words.slice(1).every(({ joint }) => joint === 'joined'))
    readings.push([[parts.map(([form]) => form).join('')]]);
  return readings;
}

/** In this order, side by side. Stop words leave a gap as wide as they are; null when nothing else is there. */
export function sequence(parts: readonly Forms[], weight: '' | 'A' | 'B'): string | null {
  let query = '';
  let gap = 1;
  for (const forms of parts) {
    const lexemes = forms.filter((form) => !isStopWord(form)).map((form) => lexemeQuery('', form, weight));
    if (lexemes.length === 0) gap++;
    else {
      query += (query === '' ? '' : ` <${gap}> `) + anyOf(lexemes);
      gap = 1;
    }
  }
  if (query === '') return null;
  return parts.length > 1 ? `(${query})` : query;
}

/** The last character of a Chinese run counts only where it is all there is. */
export function withoutTail(words: readonly Word[]): readonly Word[] {
  return words.at(-1)?.isTail ? words.slice(0, -1) : words;
}

export function anyOf(queries: readonly string[]): string {
  return grouped([...new Set(queries)], ' | ');
}

export function allOf(queries: readonly string[]): string {
  return grouped([...new Set(queries)], ' & ');
}

function grouped(queries: readonly string[], operator: string): string {
  return queries.length === 1 ? `${queries[0]}` : `(${queries.join(operator)})`;
}
