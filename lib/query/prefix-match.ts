/** Words that begin in a certain way. */

import { quoteLexeme } from '#lib/text/lexemes.ts';
import type { Word } from '#lib/text/words.ts';
import type { TextField } from './query.ts';
import {
  allOf,
  anyOf,
  lexemeMatch,
  lexemeQuery,
  SPACES,
  type Space,
  sequence,
  type TextMatch,
  WEIGHTS,
  withoutTail,
} from './text-match.ts';

/** Stems are this much shorter than their words at most; a test holds it against a vocabulary. */
const STEM_LOSS_CHARS_MAX = 12;

/**
 * One of the tests must hold: a word or stem that begins so; or, since the index has stems, a shorter stem in a paper
 * that turns out to have such a word.
 */
export function prefixMatches(words: readonly Word[], field: TextField): TextMatch[] {
  const prefix = words[0]?.forms[0];
  if (prefix === undefined) return [];
  if (words.length > 1) return [lexemeMatch(compoundQuery(withoutTail(words), field))];
  const longer = SPACES[field].map((space) => startOf(space, prefix, field));
  const stems = SPACES[field].flatMap((space) =>
    space === 'a/' ? [] : shorterStems(prefix).map((found) => wholeStem(space, found, field)),
  );
  if (stems.length === 0) return [lexemeMatch(anyOf(longer))];
  const section = field === 'any' ? null : field;
  return [
    lexemeMatch(anyOf(longer)),
    { kind: 'text', tsquery: anyOf(stems), contains: [` ${prefix}`], pattern: null, section },
  ];
}

function startOf(space: Space, prefix: string, field: TextField): string {
  return `${quoteLexeme(space + prefix)}:*${space === '' ? WEIGHTS[field] : ''}`;
}

function wholeStem(space: Space, found: string, field: TextField): string {
  const weight = space === '' ? WEIGHTS[field] : '';
  return quoteLexeme(space + found) + (weight === '' ? '' : `:${weight}`);
}

/** `non-inv*`: the parts, the last one begun, or all of it as one word begun. */
function compoundQuery(words: readonly Word[], field: TextField): string {
  const forms = words.map((word) => word.forms[0] ?? '');
  const [first, last] = [forms.slice(0, -1), forms.at(-1) ?? ''];
  const queries = SPACES[field].flatMap((space) => {
    const parts =
      space === '' || space === 't/'
        ? [
            sequence(
              first.map((form) => [form]),
              WEIGHTS[field],
            ),
            startOf('', last, field),
          ]
            .filter((part) => part !== null)
            .join(' <-> ')
        : allOf([...first.map((form) => lexemeQuery(space, form)), startOf(space, last, field)]);
    return [`(${parts})`, startOf(space, forms.join(''), field)];
  });
  return anyOf(queries);
}

/**
 * Stems that a word beginning with `prefix` can have without beginning so: a shorter start (`generat` for `generativ`),
 * or one whose last letter the stemmer changed (`studi` for `study`, `scalabl` for `scalabili`).
 */
export function shorterStems(prefix: string): string[] {
  if (!/^[a-z]+$/.test(prefix)) return [];
  const stems = new Set<string>();
  for (let length = Math.max(2, prefix.length - STEM_LOSS_CHARS_MAX); length <= prefix.length; length++) {
    const start = prefix.slice(0, length);
    const changed = [start.replace(/y$/, 'i'), start.replace(/y$/, 'ie'), start.replace(/bi$/, 'bl')];
    for (const found of [start, `${start}e`, ...changed]) if (!found.startsWith(prefix)) stems.add(found);
  }
  return [...stems];
}
