/** What somebody who has typed so far may be about to ask: subjects, words of the vocabulary, authors, titles. */
import type { Db } from '#lib/db/client.ts';
import { CATEGORY_GROUPS } from '#lib/papers/category.ts';
import { paperPath } from '#lib/papers/paper.ts';
import { quoteLexeme, stem } from '#lib/text/lexemes.ts';
import { isStopWord, readWords } from '#lib/text/words.ts';
import { listAuthorsByName, listTermsByStart, listTitles } from './store.ts';

export type Suggestion = {
  readonly kind: 'query' | 'author' | 'title' | 'category';
  readonly text: string;
  /** Where it leads: a search, or a paper. */
  readonly href: string;
};

const TYPED_CHARS_MAX = 200;
const EACH_MAX = 3;
/**
 * Fewer letters begin too many words to say anything, and the index gathers every paper with any of them: for three letters
 * that takes 75 ms among 160,000 papers.
 */
const START_CHARS_MIN = 2;
const NAME_CHARS_MIN = 3;
const NAME_START_CHARS_MIN = 4;
const TITLE_START_CHARS_MIN = { ofFirstWord: 5, ofOthers: 4 };

const CATEGORIES = CATEGORY_GROUPS.flatMap(({ archives }) =>
  archives.flatMap(({ categories }) => categories),
);

export async function suggestQueries({ db }: { db: Db }, typed: string): Promise<Suggestion[]> {
  const text = typed.slice(0, TYPED_CHARS_MAX).toWellFormed().replaceAll('\u0000', ' ').trimStart();
  const words = readWords(text);
  const last = words.at(-1);
  // A field, an operator or a quotation mark: the rest is a query's business.
  if (last === undefined || /[:"()*]/.test(text)) return [];
  const start = last.forms[0] ?? '';
  const isBegun = last.end === text.length && start.length >= START_CHARS_MIN;
  const [terms, authors, titles] = await Promise.all([
    isBegun ? listTermsByStart(db, [start], { limit: EACH_MAX + 1 }) : [],
    isBegun && start.length >= NAME_CHARS_MIN && words.length <= 3
      ? listAuthorsByName(
          db,
          words.map(({ forms }) => forms[0] ?? ''),
          { isLastBegun: start.length >= NAME_START_CHARS_MIN, limit: EACH_MAX },
        )
      : [],
    isBegun && start.length >= TITLE_START_CHARS_MIN[words.length === 1 ? 'ofFirstWord' : 'ofOthers']
      ? listTitles(db, toTitleQuery(words), EACH_MAX)
      : [],
  ]);
  const before = text.slice(0, last.start);
  return [
    ...matchingCategories(text).map(({ id, name }) => ({
      kind: 'category' as const,
      text: `${name} (${id})`,
      href: toSearch(`cat:${id}`),
    })),
    ...terms
      .map(({ written }) => before + written)
      .filter((query) => query.toLowerCase() !== text.toLowerCase())
      .slice(0, EACH_MAX)
      .map((query) => ({ kind: 'query' as const, text: query, href: toSearch(query) })),
    ...authors.map((name) => ({
      kind: 'author' as const,
      text: name,
      href: toSearch(`au:"${name.replaceAll('"', '')}"`),
    })),
    ...titles.map((paper) => ({ kind: 'title' as const, text: paper.title, href: paperPath(paper) })),
  ];
}

function toSearch(query: string): string {
  return `/search?q=${encodeURIComponent(query)}`;
}

function matchingCategories(text: string): { id: string; name: string }[] {
  const typed = text.trim().toLowerCase();
  if (typed.length < START_CHARS_MIN) return [];
  return CATEGORIES.filter(
    ({ id, name }) => id.toLowerCase().startsWith(typed) || name.toLowerCase().startsWith(typed),
  ).slice(0, EACH_MAX);
}

/** Titles with all the words, the last one begun. */
function toTitleQuery(words: readonly { readonly forms: readonly string[] }[]): string {
  const forms = words.map((word) => word.forms[0] ?? '').filter((form) => form !== '');
  const whole = forms.slice(0, -1).filter((form) => !isStopWord(form));
  return [
    ...whole.map((form) => quoteLexeme(`t/${stem(form)}`)),
    `${quoteLexeme(`t/${forms.at(-1)}`)}:*`,
  ].join(' & ');
}
