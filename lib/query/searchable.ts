/**
 * What is stored of a paper for searching: its folded words in one text, and the lexemes of a tsvector.
 *
 *     words     ` title | abstract |  joined  spellings  | ; author ; author ; | comment | journal `
 *               ranked by BM25 (title said twice), and looked into to make sure of exact phrases and names
 *     lexemes   stem:positions, A in the title and B in the abstract    any word, in any inflection
 *               t/stem  a/word  c/stem  j/stem                          in title, an author's name, comment, journal
 *               g/cs.lg  g/cs.*  g/physics#                             category, archive, group
 *
 * Lexemes of their own for fields, because a GIN index knows no weights: every paper with the word would have to be read
 * to see where it stands. search-plan.ts asks for exactly these.
 */

import { CATEGORY_GROUPS, parseCategory } from '#lib/papers/category.ts';
import type { Paper } from '#lib/papers/paper.ts';
import { stemWord } from './stem.ts';
import { isStopWord } from './stop-words.ts';
import { readWords, type Word } from './words.ts';

export type Searchable = { readonly words: string; readonly lexemes: string };
export type SearchableSource = Pick<
  Paper,
  'titleText' | 'abstractText' | 'authors' | 'comment' | 'journalReference' | 'categories'
>;

/** Places of the sections in `words`, as SQL's split_part counts them. */
export const SECTIONS = { title: 1, abstract: 2, spellings: 3, author: 4, comment: 5, journal: 6 } as const;
export const SECTION_MARK = '|';

/** The greatest position a tsvector can hold. */
const POSITION_MAX = 16_383;
/** Keeps phrases from running out of the title into the abstract. */
const SECTION_GAP = 8;

const GROUP_OF_ARCHIVE: ReadonlyMap<string, string> = new Map(
  CATEGORY_GROUPS.flatMap(({ id, archives }) => archives.map((archive) => [archive.id, id] as const)),
);

/** About 0.1 ms for an abstract. Linear in the length of the texts. */
export function toSearchable(source: SearchableSource): Searchable {
  const title = readWords(source.titleText);
  const abstract = readWords(source.abstractText);
  const names = source.authors.map(readWords);
  const comment = readWords(source.comment ?? '');
  const journal = readWords(source.journalReference ?? '');
  const lexemes = new Set<string>();
  const next = addBody(lexemes, title, 1, 'A');
  addBody(lexemes, abstract, next + SECTION_GAP, 'B');
  addField(lexemes, 't/', title, stem);
  addField(lexemes, 'c/', comment, stem);
  addField(lexemes, 'j/', journal, stem);
  for (const name of names) addField(lexemes, 'a/', name, (word) => word);
  for (const category of source.categories) addCategory(lexemes, category);
  const sections = [
    running(title),
    running(abstract),
    spellings([...title, ...abstract]),
    `; ${names.map((name) => `${running(name).trim()} ${spellings(name).trim()} `).join('; ')};`,
    running(comment),
    running(journal),
  ];
  return { words: sections.join(SECTION_MARK), lexemes: [...lexemes].join(' ') };
}

function addBody(lexemes: Set<string>, words: readonly Word[], from: number, weight: 'A' | 'B'): number {
  let position = from;
  for (const [index, word] of words.entries()) {
    const at = Math.min(position, POSITION_MAX);
    for (const form of allForms(word, words[index - 1]))
      if (!isStopWord(form)) lexemes.add(`${quoteLexeme(stem(form))}:${at}${weight}`);
    position++;
  }
  return position;
}

function addField(
  lexemes: Set<string>,
  prefix: string,
  words: readonly Word[],
  toLexeme: (form: string) => string,
): void {
  for (const [index, word] of words.entries())
    for (const form of allForms(word, words[index - 1])) lexemes.add(quoteLexeme(prefix + toLexeme(form)));
}

function addCategory(lexemes: Set<string>, category: string): void {
  const { id, archive } = parseCategory(category) ?? {
    id: category,
    archive: category.split('.', 1)[0] ?? category,
  };
  for (const lexeme of [id, `${archive}.*`, `${GROUP_OF_ARCHIVE.get(archive) ?? archive}#`])
    lexemes.add(quoteLexeme(`g/${lexeme.toLowerCase()}`));
}

/** Spellings of a word, and of it with the word that a hyphen ties it to, at the place of the second. */
function allForms(word: Word, before: Word | undefined): readonly string[] {
  const joined = joinedForm(word, before);
  return joined === null ? word.forms : [...word.forms, joined];
}

/** `noninvasive` for `non-invasive`; null where nothing is joined. */
export function joinedForm(word: Word, before: Word | undefined): string | null {
  return word.joint === 'joined' && before !== undefined ? `${before.forms[0]}${word.forms[0]}` : null;
}

/** Each word once, in order, so that a phrase can be looked for as it stands. */
function running(words: readonly Word[]): string {
  return ` ${words.map(({ forms }) => forms[0]).join(' ')} `;
}

/** The other forms, two spaces apart, so that no phrase is found in them. */
function spellings(words: readonly Word[]): string {
  const others = words.flatMap((word, index) => allForms(word, words[index - 1]).slice(1));
  return ` ${others.join('  ')} `;
}

const stems = new Map<string, string>();
const STEMS_KEPT_MAX = 50_000;

/** As stemWord; remembers, because a text stems the same words again and again (4 times faster over abstracts). */
export function stem(word: string): string {
  const known = stems.get(word);
  if (known !== undefined) return known;
  if (stems.size >= STEMS_KEPT_MAX) stems.clear();
  const found = stemWord(word);
  stems.set(word, found);
  return found;
}

/** Postgres takes 2,046 bytes; compounds and prefixes of fields are longer than a word. */
const LEXEME_CHARS_MAX = 200;

/** As `::tsvector` and `::tsquery` read it, whatever it holds. */
export function quoteLexeme(lexeme: string): string {
  const cut = lexeme.length > LEXEME_CHARS_MAX ? lexeme.slice(0, LEXEME_CHARS_MAX).toWellFormed() : lexeme;
  return `'${cut.replace(/['\\]/g, '$&$&')}'`;
}
