/**
 * Reads a query from text. Every string is a query: what makes no sense is read the most sensible way and said so.
 *
 * - Words side by side are a best match. Everything else side by side must hold: phrases, fields, exclusions.
 * - Beside AND or OR, and inside parentheses, words must hold, too. NOT binds tightest, then AND and side by side, then OR.
 * - Where an OR joins things of one kind, things of another kind around them hold for the whole (level.ts):
 *   `graphs OR trees cat:cs` is `(graphs OR trees) cat:cs`.
 */

import { isStopWord } from '#lib/text/words.ts';
import { type Element, type Item, readLevel } from './level.ts';
import { type ChunkToken, isShouted, type NamedField, readTokens, type Sign, type Token } from './lexer.ts';
import { isGuessedName, NAME_PARTS_MAX, nameLength } from './name.ts';
import { printQuery } from './normal-form.ts';
import { type Meaning, readChunk, readPhrase } from './operand.ts';
import { type Filter, foldKey, newQuery, not, type Query, RANKED_WORDS_MAX, type Sort } from './query.ts';
import { parseIdentifier } from './values.ts';
import { quoted, type Span, type Warning, warn } from './warning.ts';

export type ParsedQuery = { readonly query: Query; readonly warnings: readonly Warning[] };

/** Longer than an abstract; a query string that every server on the way accepts. */
export const QUERY_CHARS_MAX = 4_000;
/** Bare words. */
export const WORDS_MAX = 1_000;
/** Conditions; each word of a phrase counts. */
export const TERMS_MAX = 64;
/** A text of so many bare words, and such a share of stop words among them, is a question in prose. */
const PROSE_WORDS_MIN = 10;
const PROSE_STOP_WORDS_SHARE = 0.25;
const SENTENCE_PUNCTUATION = /[\p{L}\p{N}][.,;:?!]$/u;
/** Parentheses in parentheses. */
export const NESTING_MAX = 8;

type Parser = {
  readonly tokens: readonly Token[];
  at: number;
  readonly warnings: Warning[];
  sort: Sort | null;
  wordsLeft: number;
  termsLeft: number;
};

/** Linear in the length of `text`, of which the first QUERY_CHARS_MAX characters are read. */
export function parseQuery(text: string): ParsedQuery {
  const whole = parseIdentifier(text.slice(0, QUERY_CHARS_MAX));
  if (whole !== null) return { query: newQuery([], [whole], null), warnings: [] };
  const { kept, warnings } = cut(text);
  const lexed = readTokens(kept);
  if (isProse(lexed.tokens)) return parseProse(kept, lexed.tokens, warnings);
  const shouted = isShouted(kept, lexed.tokens) ? lexed.tokens.filter(({ kind }) => kind === 'operator') : [];
  const parser: Parser = {
    tokens: shouted.length === 0 ? lexed.tokens : lexed.tokens.map((token) => asWord(token, kept)),
    at: 0,
    warnings: [...warnings, ...lexed.warnings, ...shouted.slice(0, 1).map(capitals)],
    sort: null,
    wordsLeft: WORDS_MAX,
    termsLeft: TERMS_MAX,
  };
  const elements = readElements(parser, 0, null);
  const level = readLevel(elements, { isRoot: true });
  parser.warnings.push(...level.warnings);
  const query = shortened(newQuery(level.words, level.filters, parser.sort), parser.warnings, kept.length);
  return { query, warnings: parser.warnings.sort((a, b) => a.position - b.position) };
}

/**
 * Whether a text reads as sentences: many words, stop words among them, and punctuation, which no normal form has. Then
 * quotation marks, parentheses, signs and operators are part of its prose; only a field with its value, which no sentence
 * holds by chance, is still a filter.
 */
function isProse(tokens: readonly Token[]): boolean {
  const bare = tokens.flatMap((token) =>
    token.kind === 'chunk' && token.field === null ? [token.text] : [],
  );
  const stopWords = bare.filter((text) => isStopWord(foldKey(text).trim())).length;
  return (
    bare.length >= PROSE_WORDS_MIN &&
    stopWords >= PROSE_STOP_WORDS_SHARE * bare.length &&
    bare.some((text) => SENTENCE_PUNCTUATION.test(text))
  );
}

function parseProse(text: string, tokens: readonly Token[], cutWarnings: readonly Warning[]): ParsedQuery {
  const warnings = [...cutWarnings];
  const words: string[] = [];
  const filters: Filter[] = [];
  let hasMarks = false;
  let sort: Sort | null = null;
  for (const token of tokens) {
    if (token.kind === 'open' || token.kind === 'close') hasMarks = true;
    else if (token.kind === 'operator') words.push(token.name.toLowerCase());
    else if (token.field !== null) {
      const meaning = readMeaning(token, token.field);
      warnings.push(...meaning.warnings);
      words.push(...meaning.words);
      if (meaning.filter !== null) filters.push(token.sign === '-' ? not(meaning.filter) : meaning.filter);
      sort = meaning.sort ?? sort;
    } else {
      hasMarks ||= token.kind === 'phrase' || token.sign !== '';
      const meaning = readChunk(token.text.replaceAll('*', ' '), null, token);
      words.push(...meaning.words);
      if (meaning.filter !== null) filters.push(meaning.filter);
    }
  }
  const ranked = new Set(words.map(foldKey).filter((word) => !isStopWord(word.trim()))).size;
  const notes = [
    ...(hasMarks ? ['quotation marks, parentheses and signs are part of its prose'] : []),
    ...(ranked > RANKED_WORDS_MAX ? [`it is ranked by its ${RANKED_WORDS_MAX} most telling words`] : []),
  ];
  if (notes.length > 0)
    warnings.push(
      warn('prose', `This was read as a question: ${notes.join(', and ')}.`, { start: 0, end: text.length }),
    );
  const query = newQuery(words.slice(0, WORDS_MAX), filters, sort);
  return { query: shortened(query, warnings, text.length), warnings };
}

function readMeaning(token: Token & { kind: 'chunk' | 'phrase' }, field: NamedField | null): Meaning {
  return token.kind === 'phrase' ? readPhrase(token.text, field, token) : readChunk(token.text, field, token);
}

function cut(text: string): { kept: string; warnings: Warning[] } {
  if (text.length <= QUERY_CHARS_MAX) return { kept: text, warnings: [] };
  const head = text.slice(0, QUERY_CHARS_MAX);
  const space = head.search(/\s\S*$/);
  const end = space > QUERY_CHARS_MAX / 2 ? space : QUERY_CHARS_MAX;
  const message = `Only the first ${end} characters were read; a query can have ${QUERY_CHARS_MAX}.`;
  return {
    kept: text.slice(0, end),
    warnings: [warn('too-long', message, { start: end, end: text.length })],
  };
}

/** The normal form must be readable whole, too: rare queries are longer when spelled out. */
function shortened(query: Query, warnings: Warning[], end: number): Query {
  let short = query;
  while (!isReadable(printQuery(short))) {
    short =
      short.words.length > 0
        ? { ...short, words: short.words.slice(0, -1) }
        : { ...short, filters: short.filters.slice(0, -1) };
  }
  if (short !== query)
    warnings.push(
      warn('too-long', 'The query is too long; its last parts were left out.', { start: end, end }),
    );
  return short;
}

function isReadable(text: string): boolean {
  let depth = 0;
  let deepest = 0;
  for (const letter of text) {
    depth += letter === '(' ? 1 : letter === ')' ? -1 : 0;
    deepest = Math.max(deepest, depth);
  }
  return text.length <= QUERY_CHARS_MAX && deepest <= NESTING_MAX;
}

function asWord(token: Token, text: string): Token {
  if (token.kind !== 'operator') return token;
  return { ...token, kind: 'chunk', sign: '', field: null, text: text.slice(token.start, token.end) };
}

function capitals(token: Token): Warning {
  return warn('capitals', 'All is in capitals, so AND, OR and NOT were read as words.', token);
}

/** One level, up to its closing parenthesis. */
function readElements(parser: Parser, depth: number, field: NamedField | null): Element[] {
  const elements: Element[] = [];
  for (let token = parser.tokens[parser.at]; token !== undefined; token = parser.tokens[parser.at]) {
    parser.at++;
    if (token.kind === 'operator') elements.push({ kind: 'operator', name: token.name, span: token });
    else if (token.kind === 'open') elements.push(...readGroup(parser, token, depth, field));
    else if (token.kind !== 'close') elements.push(...readOperand(parser, token, field));
    else if (depth > 0) return elements;
    else
      parser.warnings.push(
        warn('unbalanced-parenthesis', 'A closing parenthesis without an opening one was ignored.', token),
      );
  }
  return elements;
}

function readGroup(
  parser: Parser,
  open: Token & { kind: 'open' },
  depth: number,
  outer: NamedField | null,
): Element[] {
  if (depth >= NESTING_MAX) {
    parser.warnings.push(
      warn('too-deep', `Parentheses can be ${NESTING_MAX} deep; deeper ones were ignored.`, open),
    );
    skipGroup(parser);
    return [];
  }
  const field = open.field ?? outer;
  const isEmpty = parser.tokens[parser.at]?.kind === 'close';
  const elements = readElements(parser, depth + 1, field);
  const close = parser.tokens[parser.at - 1];
  const span = { start: open.start, end: close?.end ?? open.end };
  if (close?.kind !== 'close')
    parser.warnings.push(
      warn('unbalanced-parenthesis', 'A parenthesis that is never closed was ignored.', open),
    );
  if (elements.length === 0) {
    // Parentheses around signs, as in `alpha(+)-thalassemia`, are no mistake.
    if (isEmpty || open.field !== null)
      parser.warnings.push(warn('empty-group', 'Empty parentheses were ignored.', span));
    return [];
  }
  const isPlain = !elements.some(({ kind }) => kind === 'operator');
  if (isPlain && open.sign === '') return [{ kind: 'group', of: elements, span }];
  const level = readLevel(elements, { isRoot: false });
  parser.warnings.push(...level.warnings);
  return level.filters.map((filter) => item(open.sign === '-' ? not(filter) : filter, span));
}

/** Leaves out what is too deep, its own parentheses included. */
function skipGroup(parser: Parser): void {
  for (let depth = 1; depth > 0 && parser.at < parser.tokens.length; parser.at++) {
    const kind = parser.tokens[parser.at]?.kind;
    depth += kind === 'open' ? 1 : kind === 'close' ? -1 : 0;
  }
}

function readOperand(
  parser: Parser,
  token: Token & { kind: 'chunk' | 'phrase' },
  outer: NamedField | null,
): Element[] {
  const field = token.field ?? outer;
  const meaning =
    token.kind === 'phrase' ? readPhrase(token.text, field, token) : readChunkOrName(parser, token, field);
  parser.warnings.push(...meaning.warnings);
  setSort(parser, meaning.sort, token);
  const items: Item[] = [];
  for (const word of meaning.words) {
    if (!takeWord(parser, token)) break;
    items.push({ ...item({ kind: 'text', field: 'any', match: 'word', text: word }, token), word });
  }
  if (meaning.filter !== null) {
    const filter = fitting(meaning.filter, parser.termsLeft);
    if (takeTerms(parser, termsOf(filter), token)) items.push(item(filter, token));
    takeTerms(parser, termsOf(meaning.filter) - termsOf(filter), token);
  }
  return signed(items, token);
}

/** What was typed in one piece stays together, whatever operator stands before it. */
function signed(items: readonly Item[], { sign, start, end }: Span & { sign: Sign }): Element[] {
  const span = { start, end };
  if (sign === '-')
    return readLevel(items, { isRoot: false }).filters.map((filter) => item(not(filter), span));
  const kept = sign === '+' ? items.map(({ filter }) => item(filter, span)) : items;
  return kept.length > 1 ? [{ kind: 'group', of: kept, span }] : [...kept];
}

function readChunkOrName(parser: Parser, token: ChunkToken, field: NamedField | null): Meaning {
  const isName = field?.field.kind === 'text' && field.field.field === 'author' && token.field !== null;
  if (!isName) return readChunk(token.text, field, token);
  const following = plainChunks(parser.tokens, parser.at);
  const texts = [token, ...following].map(({ text }) => text);
  const name = texts.slice(0, nameLength(texts));
  const last = following[name.length - 2];
  parser.at += name.length - 1;
  if (last !== undefined && isGuessedName(name)) {
    const message = `${quoted(name.join(' '))} was read as one name.`;
    parser.warnings.push(warn('author-name', message, { start: token.start, end: last.end }));
  }
  return readChunk(name.join(' '), field, token);
}

/** The bare words from here on; no more of them than a name has. */
function plainChunks(tokens: readonly Token[], from: number): ChunkToken[] {
  const chunks: ChunkToken[] = [];
  for (const token of tokens.slice(from, from + NAME_PARTS_MAX)) {
    if (token.kind !== 'chunk' || token.sign !== '' || token.field !== null) break;
    chunks.push(token);
  }
  return chunks;
}

function setSort(parser: Parser, sort: Sort | null, span: Span): void {
  if (sort === null) return;
  if (parser.sort !== null && parser.sort !== sort)
    parser.warnings.push(
      warn('several-sorts', `Of several ways to sort, the last one counts: ${sort}.`, span),
    );
  parser.sort = sort;
}

function takeWord(parser: Parser, span: Span): boolean {
  parser.wordsLeft--;
  if (parser.wordsLeft === -1)
    parser.warnings.push(
      warn('too-many-terms', `A query can have ${WORDS_MAX} words; from here on it was not read.`, span),
    );
  return parser.wordsLeft >= 0;
}

/** A phrase that is too long is still one: of a quoted paragraph the first words say enough. */
function fitting(filter: Filter, termsLeft: number): Filter {
  if (filter.kind !== 'text' || filter.match !== 'phrase' || termsLeft <= 0) return filter;
  return { ...filter, text: filter.text.split(' ').slice(0, termsLeft).join(' ') };
}

function takeTerms(parser: Parser, count: number, span: Span): boolean {
  const isFirst = parser.termsLeft >= 0;
  parser.termsLeft -= count;
  if (parser.termsLeft >= 0) return true;
  // From here on everything is left out, however short: what comes later must not survive what came before.
  parser.termsLeft = -1;
  if (isFirst)
    parser.warnings.push(
      warn('too-many-terms', `A query can have ${TERMS_MAX} conditions; from here on it was not read.`, span),
    );
  return false;
}

function termsOf(filter: Filter): number {
  if (filter.kind === 'not') return termsOf(filter.of);
  if (filter.kind === 'and' || filter.kind === 'or')
    return filter.of.reduce((sum, part) => sum + termsOf(part), 0);
  return filter.kind === 'text' ? filter.text.split(' ').length : 1;
}

function item(filter: Filter, span: Span): Item {
  return { kind: 'item', word: null, filter, span };
}
