/** Words and exact phrases. */

import type { Word } from '#lib/text/words.ts';
import { isStopWord } from '#lib/text/words.ts';
import type { TextField } from './query.ts';
import {
  allOf,
  anyOf,
  lexemeQuery,
  readingsOf,
  SPACES,
  type Space,
  sequence,
  type TextMatch,
  WEIGHTS,
  withoutTail,
} from './text-match.ts';

/** One word or compound, in any inflection. Null for stop words where the index leaves them out. */
export function wordQuery(words: readonly Word[], field: TextField): string | null {
  const body = bodyQuery(words, field);
  // A stop word is in the body of every paper: that it is in no author's name says nothing.
  if (SPACES[field].includes('') && body === null) return null;
  const queries = SPACES[field].map((space) => (space === '' ? body : fieldQuery(words, space, field)));
  const found = queries.filter((query) => query !== null);
  return found.length === 0 ? null : anyOf(found);
}

/** Title and abstract, where positions tell what stands side by side. */
function bodyQuery(words: readonly Word[], field: TextField): string | null {
  const readings = readingsOf(withoutTail(words)).map((parts) => sequence(parts, WEIGHTS[field]));
  const found = readings.filter((reading) => reading !== null);
  return found.length === 0 ? null : anyOf(found);
}

/** Fields of few words: all parts of a compound, or the compound as one; in the title side by side. */
export function fieldQuery(words: readonly Word[], space: Space, field: TextField): string | null {
  const readings = readingsOf(withoutTail(words)).map((parts) =>
    allOf(parts.map((forms) => anyOf(forms.map((form) => lexemeQuery(space, form))))),
  );
  if (readings.length === 0) return null;
  const sideBySide = space === 't/' && words.length > 1 ? bodyQuery(words, field) : null;
  return allOf([anyOf(readings), ...(sideBySide === null ? [] : [sideBySide])]);
}

/** The index narrows it down to papers with all its words in any inflection; `words` has the last say. */
export function phraseMatch(words: readonly Word[], field: TextField): TextMatch | null {
  const contained = withoutTail(words);
  const content = contained.filter(({ forms }) => !forms.every(isStopWord));
  // Not to read every paper for "to be or not to be": as a title it is worth finding.
  const isTitle = content.length === 0 && field === 'any';
  const spaces: readonly Space[] = isTitle ? ['t/'] : SPACES[field];
  const narrowing = (content.length > 0 || spaces.includes('') ? content : contained).map(({ forms }) =>
    anyOf(spaces.flatMap((space) => forms.map((form) => lexemeQuery(space, form, WEIGHTS[field])))),
  );
  const section = isTitle ? 'title' : field === 'any' ? null : field;
  const tsquery = narrowing.length === 0 ? null : allOf(narrowing);
  return { kind: 'text', tsquery, contains: writings(contained), pattern: null, section };
}

/** As it may stand in `words`: an umlaut there is one letter, whether the phrase spells it as one or two. */
function writings(words: readonly Word[]): string[] {
  const written = (form: (word: Word) => string) => ` ${words.map(form).join(' ')} `;
  const first = written(({ forms }) => forms[0] ?? '');
  const last = written(({ forms }) => forms.at(-1) ?? '');
  return [...new Set([first, last, first.replace(/([aou])e/g, '$1')])];
}
