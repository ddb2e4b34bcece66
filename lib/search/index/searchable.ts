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
 * to see where it stands. compiled-query.ts asks for exactly these.
 */

import { CATEGORY_GROUPS, parseCategory } from '#lib/papers/category.ts';
import type { Paper } from '#lib/papers/paper.ts';
import { allForms, quoteLexeme, SECTION_MARK, stem } from '#lib/text/lexemes.ts';
import { isStopWord, readWords, type Word } from '#lib/text/words.ts';

export type Searchable = {
  readonly words: string;
  readonly lexemes: string;
  /** Words of abstract and title, the title's counted twice, stop words left out. */
  readonly length: number;
};
export type SearchableSource = Pick<
  Paper,
  'titleText' | 'abstractText' | 'authors' | 'comment' | 'journalReference' | 'categories'
>;

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
  const body = new Map<string, string>();
  const titleLength = addBody(body, title, 1, 'A');
  const abstractLength = addBody(body, abstract, title.length + 1 + SECTION_GAP, 'B');
  const fields = new Set<string>();
  addField(fields, 't/', title, stem);
  addField(fields, 'c/', comment, stem);
  addField(fields, 'j/', journal, stem);
  for (const name of names) addField(fields, 'a/', name, (word) => word);
  for (const category of source.categories) addCategory(fields, category);
  let lexemes = '';
  for (const [lexeme, places] of body) lexemes += `${quoteLexeme(lexeme)}:${places} `;
  for (const field of fields) lexemes += `${quoteLexeme(field)} `;
  const sections = [
    running(title),
    running(abstract),
    spellings([...title, ...abstract]),
    `; ${names.map((name) => `${running(name).trim()} ${spellings(name).trim()} `).join('; ')};`,
    running(comment),
    running(journal),
  ];
  return {
    words: sections.join(SECTION_MARK),
    lexemes: lexemes.trimEnd(),
    length: 2 * titleLength + abstractLength,
  };
}

/** Returns how many words it took that are no stop words. */
function addBody(body: Map<string, string>, words: readonly Word[], from: number, weight: 'A' | 'B'): number {
  let position = from;
  let taken = 0;
  let before: Word | undefined;
  for (const word of words) {
    const place = `${Math.min(position, POSITION_MAX)}${weight}`;
    for (const form of allForms(word, before)) {
      if (isStopWord(form)) continue;
      const lexeme = stem(form);
      const places = body.get(lexeme);
      body.set(lexeme, places === undefined ? place : `${places},${place}`);
      taken++;
    }
    before = word;
    position++;
  }
  return taken;
}

function addField(
  fields: Set<string>,
  prefix: string,
  words: readonly Word[],
  toLexeme: (form: string) => string,
): void {
  for (const [index, word] of words.entries())
    for (const form of allForms(word, words[index - 1])) fields.add(prefix + toLexeme(form));
}

function addCategory(fields: Set<string>, category: string): void {
  const { id, archive } = parseCategory(category) ?? {
    id: category,
    archive: category.split('.', 1)[0] ?? category,
  };
  for (const lexeme of [id, `${archive}.*`, `${GROUP_OF_ARCHIVE.get(archive) ?? archive}#`])
    fields.add(`g/${lexeme.toLowerCase()}`);
}

/** Each word once, in order, so that a phrase can be looked for as it stands. */
function running(words: readonly Word[]): string {
  let text = ' ';
  for (const { forms } of words) text += `${forms[0]} `;
  return words.length === 0 ? '  ' : text;
}

/** The other forms, two spaces apart, so that no phrase is found in them. */
function spellings(words: readonly Word[]): string {
  const others: string[] = [];
  let before: Word | undefined;
  for (const word of words) {
    if (word.forms.length > 1 || word.joint === 'joined') others.push(...allForms(word, before).slice(1));
    before = word;
  }
  return ` ${others.join('  ')} `;
}
