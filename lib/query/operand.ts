/**
 * What one chunk or phrase of a query means in its field: soft words, or a filter. Values that make no sense are left
 * out, or searched as words where they could be such, and said so.
 */

import { parseDates } from './dates.ts';
import type { NamedField } from './lexer.ts';
import { and, type Filter, foldKey, or, type Sort, type TextField } from './query.ts';
import { plainText, readSurfaces } from './surface.ts';
import {
  parseAsset,
  parseCategories,
  parseCounts,
  parseIdentifier,
  parseLast,
  parseList,
  parseSort,
} from './values.ts';
import { quoted, type Span, type Warning, warn } from './warning.ts';

export type Meaning = {
  /** Bare words, for best match. */
  readonly words: readonly string[];
  readonly filter: Filter | null;
  readonly sort: Sort | null;
  readonly warnings: readonly Warning[];
};

/** Fewer letters would match too many words to be worth it, and `A*` is an algorithm. */
export const PREFIX_LETTERS_MIN = 3;

const NOTHING: Meaning = { words: [], filter: null, sort: null, warnings: [] };

/** `field` null: a bare chunk. */
export function readChunk(text: string, field: NamedField | null, span: Span): Meaning {
  if (field === null) return readBare(text, span);
  if (field.field.kind === 'text') {
    return field.field.field === 'author'
      ? readName(text, span)
      : readFieldText(text, field.field.field, span);
  }
  return readValue(text, field, span);
}

export function readPhrase(text: string, field: NamedField | null, span: Span): Meaning {
  if (field !== null && field.field.kind !== 'text') return readValue(text, field, span);
  const textField = field?.field.kind === 'text' ? field.field.field : 'any';
  if (textField === 'author') return readName(text, span);
  const phrase = readSurfaces(plainText(text)).join(' ');
  const warnings = [
    ...(phrase === '' ? [warn('empty-phrase', 'An empty phrase was ignored.', span)] : []),
    ...(/[\p{L}\p{N}]\*/u.test(text)
      ? [warn('wildcard', 'Inside quotation marks, * has no meaning: phrases are exact.', span)]
      : []),
  ];
  const filter =
    phrase === '' ? null : ({ kind: 'text', field: textField, match: 'phrase', text: phrase } as const);
  return { ...NOTHING, filter, warnings };
}

function readBare(text: string, span: Span): Meaning {
  const identifier = parseIdentifier(trimmed(text));
  if (identifier !== null) return { ...NOTHING, filter: identifier };
  const plain = plainText(text).replace(/^\p{L}{2,10}:\/\//u, '');
  const { words, prefix, warnings } = readWildcard(plain, span);
  const inside = words.map((word) => parseIdentifier(word));
  const identifiers = or(inside.filter((found) => found !== null));
  const filters: Filter[] = identifiers === null ? [] : [identifiers];
  if (prefix !== null) filters.push({ kind: 'text', field: 'any', match: 'prefix', text: prefix });
  return {
    ...NOTHING,
    words: words.filter((_, index) => inside[index] === null),
    filter: and(filters),
    warnings,
  };
}

/** The punctuation that sentences put around an identifier. */
function trimmed(text: string): string {
  return text.replace(/^[[{<'‘]+|[\]}>'’,;:.!?]+$/g, '');
}

function readFieldText(text: string, field: TextField, span: Span): Meaning {
  const { words, prefix, warnings } = readWildcard(plainText(text), span);
  const filters: Filter[] = words.map((word) => ({ kind: 'text', field, match: 'word', text: word }));
  if (prefix !== null) filters.push({ kind: 'text', field, match: 'prefix', text: prefix });
  const empty = filters.length === 0 ? [wordless(text, span)] : [];
  return { ...NOTHING, filter: and(filters), warnings: [...warnings, ...empty] };
}

function wordless(text: string, span: Span): Warning {
  return warn('empty-field', `There is no word in ${quoted(text)}, so it was ignored.`, span);
}

/** The last word of a chunk may end in a star. One inside a word widens it to what stands before; others are noise. */
function readWildcard(
  plain: string,
  span: Span,
): { words: string[]; prefix: string | null; warnings: Warning[] } {
  const [, before = plain, after] =
    /^([^*]*[\p{L}\p{N}\p{M}])\*+([\p{L}\p{N}*]*)[^\p{L}\p{N}]*$/u.exec(plain) ?? [];
  const hasLeading = /^\*+[\p{L}\p{N}]/u.test(plain);
  const words = readSurfaces(before);
  if (after === undefined) {
    const message = '* works only at the end of a word; it was ignored.';
    return { words, prefix: null, warnings: hasLeading ? [warn('wildcard', message, span)] : [] };
  }
  const last = words.at(-1) ?? '';
  if (!/[\p{L}\p{N}\p{M}]$/u.test(last) || [...foldKey(last)].length - 1 < prefixLettersMin(last)) {
    const message = `${quoted(`${last}*`)} is too short to stand for all words that begin so: it was searched as a word.`;
    return {
      words: readSurfaces(`${before} ${after}`),
      prefix: null,
      warnings: [warn('wildcard', message, span)],
    };
  }
  const message = `* works only at the end of a word: this was read as ${quoted(`${last}*`)}.`;
  const warnings = after === '' ? [] : [warn('wildcard', message, span)];
  return { words: words.slice(0, -1), prefix: last, warnings };
}

function prefixLettersMin(word: string): number {
  return /^[\x20-\u024f]*$/.test(word) ? PREFIX_LETTERS_MIN : 1;
}

/** `Y. LeCun`, `LeCun, Yann` (turned round), `lecun_y` as arXiv's API has it. */
function readName(text: string, span: Span): Meaning {
  const plain = plainText(text).replace(/_/g, ' ');
  const star = /\*\s*$/.test(plain);
  const [, last, first] = /^([^,]+),(?:\s+([^,]+))?$/.exec(plain) ?? [];
  const ordered = last === undefined || first === undefined ? plain : `${first} ${last}`;
  const surfaces = readSurfaces(ordered.replace(/\./g, '. '));
  const [only] = surfaces;
  if (only === undefined) return { ...NOTHING, warnings: [wordless(text, span)] };
  const isPrefix = star && surfaces.length === 1 && [...only].length >= prefixLettersMin(only);
  const match = isPrefix ? 'prefix' : surfaces.length === 1 ? 'word' : 'phrase';
  return { ...NOTHING, filter: { kind: 'text', field: 'author', match, text: surfaces.join(' ') } };
}

function readValue(text: string, named: NamedField, span: Span): Meaning {
  const value = text.normalize('NFKC').trim();
  const { field } = named;
  if (field.kind === 'category') return readCategories(value, span);
  if (field.kind === 'identifier') return readIdentifiers(value, span);
  if (field.kind === 'date') return readDates(value, field, span);
  if (field.kind === 'signal') return readCounts(value, named, span);
  if (field.kind === 'sort') return readSort(value, span);
  if (field.kind === 'last') return orBad(parseLast(value), LAST_HELP, 'bad-date', value, span);
  if (field.kind === 'has') {
    const what = parseAsset(value);
    return orBad(what && { kind: 'has', what }, HAS_HELP, 'bad-value', value, span);
  }
  const list = parseList(value);
  return orBad(list && { kind: 'list', list }, LIST_HELP, 'bad-value', value, span);
}

const LAST_HELP = 'is no length of time like 7d, 2w, 3m or 1y';
const HAS_HELP = 'is nothing a paper can be asked for (code, project, doi, journal, comment)';
const LIST_HELP = 'is no list here (hf, arxiv)';

function orBad(
  filter: Filter | null,
  help: string,
  code: 'bad-date' | 'bad-value' | 'bad-number',
  value: string,
  span: Span,
): Meaning {
  if (filter !== null) return { ...NOTHING, filter };
  return { ...NOTHING, warnings: [warn(code, `${quoted(value)} ${help}; it was ignored.`, span)] };
}

function readCategories(value: string, span: Span): Meaning {
  const whole = or(parseCategories(value));
  if (whole !== null) return { ...NOTHING, filter: whole };
  const parts = value.split(/[,;|+]/);
  return readList(
    parts,
    (part) => or(parseCategories(part)),
    (part) =>
      warn('bad-category', `arXiv has no category ${quoted(part)}, so it was searched as words.`, span),
  );
}

function readIdentifiers(value: string, span: Span): Meaning {
  const whole = parseIdentifier(trimmed(value));
  if (whole !== null) return { ...NOTHING, filter: whole };
  return readList(
    value.split(/[,;|]/),
    (part) => parseIdentifier(trimmed(part)),
    (part) =>
      warn(
        'bad-identifier',
        `${quoted(part)} is no arXiv identifier or DOI, so it was searched as words.`,
        span,
      ),
  );
}

/** Any of the parts. One that is unknown is searched as words only where it must not narrow others down. */
function readList(
  texts: readonly string[],
  parse: (part: string) => Filter | null,
  warningFor: (part: string) => Warning,
): Meaning {
  const parts = texts.map((text) => text.trim()).filter(Boolean);
  const found = parts.map(parse);
  const unknown = parts.filter((_, index) => found[index] === null);
  const filter = or(found.filter((part) => part !== null));
  const warnings = unknown.map(warningFor);
  if (filter !== null) return { ...NOTHING, filter, warnings };
  const span = { start: 0, end: 0 };
  const meanings = unknown.map((part) => readBare(part, span));
  const filters = meanings.flatMap((meaning) => meaning.filter ?? []);
  return { ...NOTHING, words: meanings.flatMap(({ words }) => words), filter: and(filters), warnings };
}

function readDates(value: string, field: NamedField['field'] & { kind: 'date' }, span: Span): Meaning {
  const reading = parseDates(value, field.comparison);
  const help = 'is no date or range of dates like 2025, 2025-03, 2025-03-12, >2024 or 2025-01..2025-03';
  if (reading === null) {
    const recent = field.comparison === '' ? parseLast(value) : null;
    return orBad(field.of === 'submitted' ? recent : null, help, 'bad-date', value, span);
  }
  const warnings = reading.isSwapped
    ? [warn('swapped-range', 'The later date stood first; the two were swapped.', span)]
    : [];
  return { ...NOTHING, filter: { kind: 'date', of: field.of, ...reading.range }, warnings };
}

/** arXiv calls the author's comment `comments:`, which here is also how many readers commented. */
function readCounts(value: string, { field, name }: NamedField, span: Span): Meaning {
  if (field.kind !== 'signal') return NOTHING;
  const isText = field.signal === 'comments' && !/^[<>=≤≥]|\d\.\./.test(value);
  if (isText) {
    const phrase = /\s/.test(value);
    const comment: NamedField = { name, field: { kind: 'text', field: 'comment' } };
    return phrase ? readPhrase(value, comment, span) : readChunk(value, comment, span);
  }
  return orBad(
    parseCounts(value, field.signal),
    'is no number like 10, >10 or 10..50',
    'bad-number',
    value,
    span,
  );
}

function readSort(value: string, span: Span): Meaning {
  const sort = parseSort(value);
  if (sort !== null) return { ...NOTHING, sort };
  const message = `Results cannot be sorted by ${quoted(value)}, but by relevance, new, trending or upvotes.`;
  return { ...NOTHING, warnings: [warn('bad-sort', message, span)] };
}
