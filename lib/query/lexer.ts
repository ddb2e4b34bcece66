/**
 * Cuts a query into operators, parentheses, phrases and chunks, each with its sign and field. Knows what a field looks
 * like, and what only looks like one (`Attention: what`, `https://…`). One pass; looks ahead are bounded.
 */

import { CLOSE, endOfChunk, ISLAND_CHARS_MAX, NUMBER, OPEN, QUOTE, SPACE } from './chunk.ts';
import { type Field, findField, guessFieldName, isAbbreviation } from './fields.ts';
import { plainText } from './surface.ts';
import { quoted, type Span, type Warning, warn } from './warning.ts';

export type Operator = 'AND' | 'OR' | 'NOT' | 'ANDNOT';
export type Sign = '' | '+' | '-';
export type NamedField = { readonly name: string; readonly field: Field };

type Prefixed = Span & { readonly sign: Sign; readonly field: NamedField | null };
export type ChunkToken = Prefixed & { readonly kind: 'chunk'; readonly text: string };
export type PhraseToken = Prefixed & { readonly kind: 'phrase'; readonly text: string };
export type Token =
  | (Span & { readonly kind: 'operator'; readonly name: Operator })
  | (Prefixed & { readonly kind: 'open' })
  | (Span & { readonly kind: 'close' })
  | PhraseToken
  | ChunkToken;

type Scan = { readonly text: string; at: number; readonly tokens: Token[]; readonly warnings: Warning[] };

/** As far as it matters whether letters follow. */
const NUMBER_CHARS_MAX = 20;
const MINUS = /[-−－–]/;
const ALPHANUMERIC = /[\p{L}\p{N}]/u;
const OPERATOR = /^(?:AND|OR|NOT|ANDNOT)$/;
const NAME = /^([a-z][a-z_]{1,29}):(.*)$/is;
/** `~5` after a phrase, `^2` after anything: other engines' proximity and boost. */
const AFTER_PHRASE = /[~^]\d+(?:\.\d+)?/y;

export function readTokens(text: string): { tokens: Token[]; warnings: Warning[] } {
  const scan: Scan = { text, at: 0, tokens: [], warnings: [] };
  while (scan.at < text.length) {
    const start = scan.at;
    readToken(scan);
    // Whatever a branch made of it, the scan moves on.
    if (scan.at === start) scan.at++;
  }
  return { tokens: scan.tokens, warnings: scan.warnings };
}

function readToken(scan: Scan): void {
  if (isAt(scan, SPACE)) {
    scan.at++;
    return;
  }
  const start = scan.at;
  if (isAt(scan, CLOSE)) {
    scan.at++;
    scan.tokens.push({ kind: 'close', start, end: scan.at });
    return;
  }
  const sign = readSign(scan);
  readOperand(scan, { sign, field: null, start });
}

/** A sign stands before something and after nothing: `-word`, not `- word`, `--word`, `non-word` or `-1`. */
function readSign(scan: Scan): Sign {
  const here = scan.text[scan.at] ?? '';
  const before = scan.text[scan.at - 1] ?? ' ';
  const next = scan.text.slice(scan.at + 1, scan.at + NUMBER_CHARS_MAX);
  if (!MINUS.test(here) && here !== '+') return '';
  if (!(SPACE.test(before) || OPEN.test(before))) return '';
  if (NUMBER.test(next) || !/^(?:[\p{L}\p{N}\\$]|["“”„‟«»＂(（])/u.test(next)) return '';
  scan.at++;
  return here === '+' ? '+' : '-';
}

function readOperand(scan: Scan, prefix: { sign: Sign; field: NamedField | null; start: number }): void {
  if (isAt(scan, OPEN)) {
    scan.at++;
    scan.tokens.push({ kind: 'open', ...prefix, end: scan.at });
  } else if (isAt(scan, QUOTE)) readPhrase(scan, prefix);
  else readChunk(scan, prefix);
}

function readPhrase(scan: Scan, prefix: { sign: Sign; field: NamedField | null; start: number }): void {
  const open = scan.at;
  const isMidWord = prefix.start === open && ALPHANUMERIC.test(scan.text[open - 1] ?? ' ');
  const close = isMidWord ? -1 : indexOf(scan.text, QUOTE, open + 1);
  if (close >= 0) {
    scan.at = close + 1;
    scan.tokens.push({ kind: 'phrase', ...prefix, text: scan.text.slice(open + 1, close), end: scan.at });
    skipAfterPhrase(scan);
    return;
  }
  // `5" wafers`: a measure, not a quotation.
  if (!/\d/.test(scan.text[open - 1] ?? ''))
    scan.warnings.push(warn('unbalanced-quote', unbalanced(isMidWord), { start: open, end: open + 1 }));
  if (isMidWord) {
    scan.at = open + 1;
    return;
  }
  scan.at = endOfUnclosed(scan.text, open + 1);
  scan.tokens.push({ kind: 'phrase', ...prefix, text: scan.text.slice(open + 1, scan.at), end: scan.at });
}

function unbalanced(isMidWord: boolean): string {
  return isMidWord
    ? 'A quotation mark inside a word was ignored.'
    : 'This quotation mark is never closed, so the words after it were read as one phrase.';
}

/** An unclosed phrase ends where something begins that is clearly no part of it. */
function endOfUnclosed(text: string, from: number): number {
  for (const found of text
    .slice(from)
    .matchAll(/[()（）]|\s(?:AND|OR|NOT|ANDNOT)(?=\s)|\s[-+]?([a-z_]{2,30}):(?=\S)/gi)) {
    const isOperator = /^\s(?:AND|OR|NOT|ANDNOT)$/.test(found[0]);
    const isField = found[1] !== undefined && findField(found[1]) !== null;
    if (isOperator || isField || /^[()（）]$/.test(found[0])) return from + found.index;
  }
  return text.length;
}

function skipAfterPhrase(scan: Scan): void {
  AFTER_PHRASE.lastIndex = scan.at;
  const found = AFTER_PHRASE.exec(scan.text)?.[0];
  if (found === undefined) return;
  const span = { start: scan.at, end: scan.at + found.length };
  scan.warnings.push(warn('proximity', `${quoted(found)} has no meaning here and was ignored.`, span));
  scan.at = span.end;
}

function readChunk(scan: Scan, prefix: { sign: Sign; field: NamedField | null; start: number }): void {
  const start = scan.at;
  scan.at = endOfChunk(scan.text, start);
  const typed = scan.text.slice(start, scan.at);
  const span = { start: prefix.start, end: scan.at };
  if (prefix.sign === '' && prefix.field === null && OPERATOR.test(typed)) {
    scan.tokens.push({ kind: 'operator', name: typed as Operator, ...span });
    return;
  }
  const [, name, value] = prefix.field === null ? (NAME.exec(typed.normalize('NFKC')) ?? []) : [];
  const colon = typed.search(/[:：﹕︓]/);
  if (name === undefined || value === undefined || colon < 0 || value.startsWith('//')) {
    if (typed !== '') scan.tokens.push({ kind: 'chunk', ...prefix, text: typed, end: scan.at });
    return;
  }
  readFielded(scan, { prefix, typed, name, value, colon: start + colon });
}

type Fielded = {
  prefix: { sign: Sign; field: NamedField | null; start: number };
  typed: string;
  name: string;
  value: string;
  colon: number;
};

function readFielded(scan: Scan, { prefix, typed, name, value, colon }: Fielded): void {
  const nameSpan = { start: prefix.start, end: colon + 1 };
  const next = scan.text[scan.at] ?? '';
  const hasValue = value !== '' || OPEN.test(next) || QUOTE.test(next);
  const field = findField(name) ?? (hasValue ? guessed(scan, name, nameSpan) : null);
  if (field !== null && value !== '') {
    scan.at = colon + 1;
    readOperandOfField(scan, { ...prefix, field: { name, field } });
    return;
  }
  if (field !== null && (OPEN.test(next) || QUOTE.test(next))) {
    readOperand(scan, { ...prefix, field: { name, field } });
    return;
  }
  if (field !== null && value === '' && startsValue(scan, name, field)) {
    scan.at += scan.text.slice(scan.at).search(/\S/);
    readOperandOfField(scan, { ...prefix, field: { name, field } });
    return;
  }
  const isLonely = value === '' && isAbbreviation(name);
  if (isLonely)
    scan.warnings.push(
      warn('empty-field', `Nothing follows ${quoted(`${name}:`)}, so it was ignored.`, nameSpan),
    );
  else if (hasValue && field === null && /^[a-z_]+$/.test(name) && !/^\d/.test(value))
    scan.warnings.push(
      warn(
        'unknown-field',
        `There is no field ${quoted(`${name}:`)}, so it was searched as words.`,
        nameSpan,
      ),
    );
  if (!isLonely) scan.tokens.push({ kind: 'chunk', ...prefix, text: typed, end: scan.at });
}

function guessed(scan: Scan, name: string, span: Span): Field | null {
  const guess = guessFieldName(name);
  if (guess === null) return null;
  scan.warnings.push(
    warn('misspelt-field', `${quoted(`${name}:`)} was read as ${quoted(`${guess}:`)}.`, span),
  );
  return findField(guess);
}

/** The value of a field may have a sign of its own, and dates may stand in brackets. */
function readOperandOfField(scan: Scan, prefix: { sign: Sign; field: NamedField; start: number }): void {
  const bracket = /^\[[^\]\n]{0,198}\]/.exec(scan.text.slice(scan.at, scan.at + ISLAND_CHARS_MAX))?.[0];
  if (prefix.field.field.kind === 'date' && bracket !== undefined) {
    scan.at += bracket.length;
    scan.tokens.push({ kind: 'chunk', ...prefix, text: bracket, end: scan.at });
    return;
  }
  if (
    prefix.field.field.kind === 'text' &&
    /^[-−－][\p{L}\p{N}"(]/u.test(scan.text.slice(scan.at, scan.at + 3))
  ) {
    scan.at++;
    readOperand(scan, { ...prefix, sign: prefix.sign === '-' ? '' : '-' });
    return;
  }
  const comparison = /^(?:[<>]=?|=)\s+(?=\S)/.exec(scan.text.slice(scan.at, scan.at + 8))?.[0];
  if (comparison !== undefined) {
    const from = scan.at;
    scan.at = endOfChunk(scan.text, from + comparison.length);
    scan.tokens.push({ kind: 'chunk', ...prefix, text: scan.text.slice(from, scan.at), end: scan.at });
    return;
  }
  readOperand(scan, prefix);
}

/** Whether the value may follow after a space: `ti: graphs`, `upvotes: >10`, but not `Title: graphs`. */
function startsValue(scan: Scan, name: string, field: Field): boolean {
  const rest = /^\s+(\S{1,40})/.exec(scan.text.slice(scan.at, scan.at + ISLAND_CHARS_MAX))?.[1];
  if (rest === undefined || CLOSE.test(rest[0] ?? '') || OPERATOR.test(rest)) return false;
  if (isAbbreviation(name)) return true;
  if (field.kind === 'identifier')
    return /^(?:\d{4}\.\d{4}|10\.\d{4}|[a-z-]+(?:\.[A-Z]{2})?\/\d{7})/.test(rest);
  const isMeasured = field.kind === 'date' || field.kind === 'signal' || field.kind === 'last';
  return isMeasured && name === name.toLowerCase() && /^[<>=≤≥]?=?\d|^[<>]=?$|^\[/.test(rest);
}

function isAt(scan: Scan, character: RegExp): boolean {
  return character.test(scan.text[scan.at] ?? '');
}

function indexOf(text: string, character: RegExp, from: number): number {
  for (let at = from; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (character.test(text[at] ?? '')) return at;
  }
  return -1;
}

/**
 * Whether a text in capitals throughout is a sentence rather than a formula of terms: then its ANDs and ORs are words.
 * `GPT AND BERT` is a formula; `ON THE ORIGIN OF SPECIES AND OTHER STORIES` is not.
 */
export function isShouted(text: string, tokens: readonly Token[]): boolean {
  if (
    /\p{Ll}/u.test(plainText(text)) ||
    tokens.some((token) => token.kind !== 'chunk' && token.kind !== 'operator')
  )
    return false;
  let run = 0;
  return tokens.some((token) => {
    run = token.kind === 'chunk' && token.field === null ? run + 1 : 0;
    return run >= SHOUTED_WORDS_MIN;
  });
}
const SHOUTED_WORDS_MIN = 3;
