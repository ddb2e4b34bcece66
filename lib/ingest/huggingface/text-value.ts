/** The value of a text that should be JSON, but may be nearly JSON, or what Python printed of the value. */
import { parseJson } from '#lib/text/json.ts';
import {
  type Cursor,
  type Dialect,
  matchAt,
  readLiteral,
  type StringRole,
  skipWhitespace,
} from './literal.ts';
import { PYTHON } from './python-literal.ts';

const NAMES: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['null', null],
  ['true', true],
  ['false', false],
  ['undefined', null],
  ['None', null],
  ['True', true],
  ['False', false],
  ['NaN', Number.NaN],
  ['nan', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
]);

const NAME = /-?[A-Za-z]+/y;
const STRING_START = /"/y;
const PLAIN_TEXT = /[^\\"]+/y;
const CODE_ESCAPE = /\\u([\da-f]{4})/iy;
const SHORT_ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  "'": "'",
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

/** What must follow a quote for it to end a value's string; another quote is part of the text. */
const VALUE_END = /"\s*(?:[}\]]|$|,\s*(?:["{[}\]\d-]|$|(?:null|true|false|None|True|False|NaN)\b))/y;
/** A key's end. Met inside a value, it shows that the value's own end is lost: the text would swallow what follows. */
const KEY_END = /"\s*:/y;

export const LOOSE_JSON: Dialect = {
  stringStart: STRING_START,
  sequences: { '[': ']' },
  readString: readJsonString,
  readName,
};

/** What a JSON string says as far as it goes: for strings whose end was cut off. @param text after the first quote. */
export function decodeCutString(text: string): string {
  const cursor = { text, at: 0 };
  const parts: string[] = [];
  while (cursor.at < text.length && text[cursor.at] !== '"') parts.push(readPart(cursor));
  return parts.join('');
}

function readJsonString(cursor: Cursor, role: StringRole): string | undefined {
  const parts: string[] = [];
  cursor.at += 1;
  while (cursor.at < cursor.text.length) {
    if (cursor.text[cursor.at] !== '"') {
      parts.push(readPart(cursor));
      continue;
    }
    const isEnd = matchAt(role === 'key' ? KEY_END : VALUE_END, cursor) !== null;
    if (!isEnd && (role === 'key' || matchAt(KEY_END, cursor) !== null)) return undefined;
    cursor.at += 1;
    if (isEnd) return parts.join('');
    parts.push('"');
  }
  return undefined;
}

/** The text up to the next quote or backslash, or what one escape stands for. */
function readPart(cursor: Cursor): string {
  const plain = matchAt(PLAIN_TEXT, cursor)?.[0];
  if (plain !== undefined) {
    cursor.at += plain.length;
    return plain;
  }
  const code = matchAt(CODE_ESCAPE, cursor);
  if (code !== null) {
    cursor.at += code[0].length;
    return String.fromCharCode(Number.parseInt(code[1] ?? '', 16));
  }
  const escaped = cursor.text.slice(cursor.at, cursor.at + 2);
  cursor.at += escaped.length;
  return SHORT_ESCAPES[escaped.slice(1)] ?? escaped;
}

function readName(cursor: Cursor): unknown {
  const name = matchAt(NAME, cursor)?.[0];
  if (name === undefined || !NAMES.has(name)) return undefined;
  cursor.at += name.length;
  return NAMES.get(name);
}

export type TextValue =
  | {
      readonly kind: 'value';
      readonly value: unknown;
      /** What the text was in place of JSON; null when it was JSON. */
      readonly repair: string | null;
      /** Where the value ends in the text. */
      readonly end: number;
    }
  /** `failedAt`: the character at which the better of the readings stopped making sense. */
  | { readonly kind: 'unreadable'; readonly failedAt: number };

/** How often a value may be wrapped in text: JSON in a string, a string in JSON, and so on. */
const WRAPS_MAX = 4;

const DIALECTS: readonly { dialect: Dialect; repair: string }[] = [
  { dialect: LOOSE_JSON, repair: 'ill-formed JSON' },
  { dialect: PYTHON, repair: 'a Python literal' },
];

/** Reads the whole of `text`. A value that is itself the text of a value is read in turn. */
export function parseTextValue(text: string, wraps = 0): TextValue {
  const strict = parseJson(text);
  const read: TextValue =
    strict === undefined
      ? readWith(text, { isWhole: true })
      : { kind: 'value', value: strict, repair: null, end: text.length };
  if (read.kind === 'unreadable' || typeof read.value !== 'string' || wraps >= WRAPS_MAX) return read;
  const inner = parseTextValue(read.value, wraps + 1);
  return inner.kind === 'value'
    ? { ...inner, repair: inner.repair ?? 'JSON inside a string', end: read.end }
    : inner;
}

/** Reads the value that `text` begins with, in whichever dialect makes sense of it. */
export function readLeadingValue(text: string): TextValue {
  return readWith(text, {});
}

/** As readLeadingValue; an object that breaks off keeps the members before the break. */
export function readBrokenValue(text: string): TextValue {
  const whole = readLeadingValue(text);
  return whole.kind === 'value' ? whole : readWith(text, { keepsPartial: true });
}

function readWith(text: string, options: { isWhole?: true; keepsPartial?: true }): TextValue {
  let best: TextValue = { kind: 'unreadable', failedAt: 0 };
  let furthest = -1;
  for (const { dialect, repair } of DIALECTS) {
    const cursor = { text, at: 0, keepsPartial: options.keepsPartial === true };
    const value = readLiteral(cursor, dialect);
    if (options.isWhole) skipWhitespace(cursor);
    const isRead = value !== undefined && (!options.isWhole || cursor.at === text.length);
    if (isRead && !cursor.keepsPartial) return { kind: 'value', value, repair, end: cursor.at };
    // A broken value: the dialect that understood more of it is the right one.
    if (cursor.at <= furthest) continue;
    furthest = cursor.at;
    best = isRead
      ? { kind: 'value', value, repair: `broken off at character ${cursor.at}`, end: cursor.at }
      : { kind: 'unreadable', failedAt: cursor.at };
  }
  return best;
}
