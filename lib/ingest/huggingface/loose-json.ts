/**
 * JSON as broken writers leave it: trailing commas, NaN and Infinity, Python's names for constants, raw line breaks
 * inside strings, and double quotes that nobody escaped (what `str(value).replace("'", '"')` makes of "don't").
 */
import {
  type Cursor,
  type Dialect,
  matchAt,
  readLiteral,
  type StringRole,
  skipWhitespace,
} from './literal.ts';

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

/** The value of a text that is one JSON value, well formed or nearly, and nothing else; `undefined` when it is not. */
export function parseLooseJson(text: string): unknown {
  const cursor = { text, at: 0 };
  const value = readLiteral(cursor, LOOSE_JSON);
  skipWhitespace(cursor);
  return cursor.at === text.length ? value : undefined;
}

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
