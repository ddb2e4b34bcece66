/** Authors by name. */

import { quoteLexeme } from '#lib/text/lexemes.ts';
import type { Word } from '#lib/text/words.ts';
import { allOf, anyOf, type Forms, lexemeMatch, readingsOf, type TextMatch } from './text-match.ts';
import { fieldQuery } from './word-match.ts';

/** Longer names are looked for word by word. */
const NAME_WORDS_MAX = 6;

/**
 * A name: every word in the name of one author, in any order. An initial stands for every name it begins, and a name
 * for its initial, except the surname: the last word, or the first where initials follow (`lecun y`).
 * Null without words.
 */
export function nameMatch(words: readonly Word[]): TextMatch | null {
  const names = readingsOf(words).map(narrowed);
  if (names.length === 0) return null;
  const known = names.filter((name) => name !== null);
  if (words.length === 1 || words.length > NAME_WORDS_MAX || known.length < names.length) {
    const tsquery = fieldQuery(words, 'a/', 'author');
    return tsquery === null ? null : lexemeMatch(tsquery);
  }
  return {
    kind: 'text',
    tsquery: anyOf(known.map(({ tsquery }) => tsquery)),
    contains: [],
    pattern: `;(?:${known.map(({ pattern }) => pattern).join('|')})`,
    section: 'author',
  };
}

/** Null for initials alone. */
function narrowed(parts: readonly Forms[]): { tsquery: string; pattern: string } | null {
  const isLastInitial = isInitial(parts.at(-1) ?? []);
  const surname = isLastInitial ? parts.findIndex((forms) => !isInitial(forms)) : parts.length - 1;
  if (surname < 0) return null;
  const lexemes = parts.flatMap((forms, index) => {
    if (index === surname) return [nameLexemes(forms)];
    return isInitial(forms) || isInitials(forms) ? [] : [nameLexemes([...forms, initialOf(forms)])];
  });
  const looks = parts.map((forms, index) => {
    const written = index === surname ? forms.map(escapePattern).join('|') : givenName(forms);
    return `(?=[^;]* (?:${written}) )`;
  });
  return { tsquery: allOf(lexemes), pattern: looks.join('') };
}

const isInitial = (forms: Forms) => [...(forms[0] ?? '')].length === 1;
function nameLexemes(forms: Forms): string {
  return anyOf(forms.map((form) => quoteLexeme(`a/${form}`)));
}

const initialOf = (forms: Forms) => [...(forms[0] ?? '')][0] ?? '';
/** `GE Hinton`: two letters may be two initials. */
const isInitials = (forms: Forms) => /^[a-z]{2}$/.test(forms[0] ?? '');

function givenName(forms: Forms): string {
  const [form = ''] = forms;
  const letters = [...form];
  if (letters.length === 1) return `${form}[^ ;]*`;
  const whole = [...forms, initialOf(forms)].map(escapePattern).join('|');
  return isInitials(forms) ? `${whole}|${letters.map((letter) => `${letter}[^ ;]*`).join(' ')}` : whole;
}

/** Words hold points inside numbers, and nothing else that a pattern could misread. */
function escapePattern(form: string): string {
  return form.replace(/[^\p{L}\p{N}\p{M}]/gu, '\\$&');
}
