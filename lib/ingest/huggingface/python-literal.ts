/**
 * Python literals, as `repr()` and `str()` write them: archives of API answers hold them where somebody saved a
 * dictionary's text in place of its JSON. Grammar: The Python Language Reference, 2.4 "Literals" and 6.2.
 * Nothing is evaluated; of calls, only those that `repr()` writes for dates and identifiers are known.
 */
import { type Cursor, type Dialect, matchAt, readLiteral, skipSymbol, skipWhitespace } from './literal.ts';

const NAMES: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['None', null],
  ['True', true],
  ['False', false],
  ['nan', Number.NaN],
  ['inf', Number.POSITIVE_INFINITY],
  ['-inf', Number.NEGATIVE_INFINITY],
  // Time zones stand for their offset in seconds.
  ['datetime.timezone.utc', 0],
  ['datetime.UTC', 0],
  ['UTC', 0],
]);

type Arguments = { readonly positional: readonly unknown[]; readonly named: ReadonlyMap<string, unknown> };

const CALLS: ReadonlyMap<string, (given: Arguments) => unknown> = new Map([
  ['datetime.datetime', toInstant],
  ['datetime', toInstant],
  ['datetime.date', toInstant],
  ['datetime.timedelta', toSeconds],
  ['datetime.timezone', firstArgument],
  ['tzutc', () => 0],
  ['TzInfo', firstArgument],
  ['zoneinfo.ZoneInfo', (given) => (given.named.get('key') === 'UTC' ? 0 : undefined)],
  ['ObjectId', firstArgument],
  ['UUID', firstArgument],
  ['Decimal', firstArgument],
]);

const NAME = /-?[A-Za-z_][\w.]*/y;
const KEYWORD = /([a-z_]+)\s*=(?!=)/y;
const STRING_START = /(rb|br|[rbu])?('''|"""|'|")/iy;
const PLAIN_TEXT = { "'": /[^\\']+/y, '"': /[^\\"]+/y } as const;
const ESCAPE = /\\(?:(\r\n|[\s\S])|$)/y;
const CODE_ESCAPE = /\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|([0-7]{1,3}))/y;
const SHORT_ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  // A backslash before the end of a line joins the lines.
  '\n': '',
  '\r\n': '',
};

export const PYTHON: Dialect = {
  stringStart: STRING_START,
  sequences: { '[': ']', '(': ')' },
  readString: readStrings,
  readName,
};

/** The value of a text that is one Python literal and nothing else; `undefined` when it is not. */
export function parsePythonLiteral(text: string): unknown {
  const cursor = { text, at: 0 };
  const value = readLiteral(cursor, PYTHON);
  skipWhitespace(cursor);
  return cursor.at === text.length ? value : undefined;
}

/** One string, or several in a row, which Python joins. */
function readStrings(cursor: Cursor): string | undefined {
  let joined = readOneString(cursor);
  while (joined !== undefined) {
    skipWhitespace(cursor);
    if (matchAt(STRING_START, cursor) === null) return joined;
    const next = readOneString(cursor);
    joined = next === undefined ? undefined : joined + next;
  }
  return undefined;
}

function readOneString(cursor: Cursor): string | undefined {
  const start = matchAt(STRING_START, cursor);
  const quotes = start?.[2];
  if (start === null || quotes === undefined) return undefined;
  cursor.at += start[0].length;
  const prefix = start[1]?.toLowerCase() ?? '';
  const plain = PLAIN_TEXT[quotes.startsWith("'") ? "'" : '"'];
  const parts: string[] = [];
  while (!cursor.text.startsWith(quotes, cursor.at)) {
    const part = matchAt(plain, cursor)?.[0] ?? cursor.text[cursor.at];
    if (part === undefined) return undefined;
    if (part === '\\') parts.push(readEscape(cursor, prefix.includes('r')));
    else {
      parts.push(part);
      cursor.at += part.length;
    }
  }
  cursor.at += quotes.length;
  const text = parts.join('');
  return prefix.includes('b') ? Buffer.from(text, 'latin1').toString('utf8') : text;
}

function readEscape(cursor: Cursor, isRaw: boolean): string {
  const code = isRaw ? null : matchAt(CODE_ESCAPE, cursor);
  if (code !== null) {
    const hex = code[1] ?? code[2] ?? code[3];
    const point = hex === undefined ? Number.parseInt(code[4] ?? '', 8) : Number.parseInt(hex, 16);
    cursor.at += code[0].length;
    return point <= 0x10ffff ? String.fromCodePoint(point) : '\ufffd';
  }
  const whole = matchAt(ESCAPE, cursor);
  cursor.at += whole?.[0].length ?? 1;
  const short = isRaw ? undefined : SHORT_ESCAPES[whole?.[1] ?? ''];
  // An unknown escape keeps its backslash; so do `\N{…}` names, which would need the Unicode name table.
  return short ?? whole?.[0] ?? '\\';
}

function readName(cursor: Cursor, depth: number): unknown {
  const name = matchAt(NAME, cursor)?.[0];
  if (name === undefined) return undefined;
  const call = CALLS.get(name);
  if (call === undefined && !NAMES.has(name)) return undefined;
  cursor.at += name.length;
  if (call === undefined) return NAMES.get(name);
  const given = readArguments(cursor, depth);
  return given === undefined ? undefined : call(given);
}

function readArguments(cursor: Cursor, depth: number): Arguments | undefined {
  const positional: unknown[] = [];
  const named = new Map<string, unknown>();
  if (!skipSymbol(cursor, '(')) return undefined;
  while (!skipSymbol(cursor, ')')) {
    const keyword = matchAt(KEYWORD, cursor);
    cursor.at += keyword?.[0].length ?? 0;
    const value = readLiteral(cursor, PYTHON, depth + 1);
    if (value === undefined) return undefined;
    if (keyword?.[1] === undefined) positional.push(value);
    else named.set(keyword[1], value);
    skipSymbol(cursor, ',');
  }
  return { positional, named };
}

function firstArgument(given: Arguments): unknown {
  return given.positional[0];
}

function toSeconds(given: Arguments): number {
  const days = given.named.get('days') ?? given.positional[0] ?? 0;
  const seconds = given.named.get('seconds') ?? given.positional[1] ?? 0;
  return Number(days) * 86_400 + Number(seconds);
}

/** ISO 8601 in UTC; a date without a time is that day's beginning, a time without a zone is read as UTC. */
function toInstant(given: Arguments): string | undefined {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, microsecond = 0] =
    given.positional.map(Number);
  const offsetSeconds = Number(given.named.get('tzinfo') ?? 0);
  const instantMs = Date.UTC(year, month - 1, day, hour, minute, second - offsetSeconds, microsecond / 1000);
  return Number.isNaN(instantMs) || year < 1000 ? undefined : new Date(instantMs).toISOString();
}
