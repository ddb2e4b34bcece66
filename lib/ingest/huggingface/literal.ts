/**
 * Reads nested literals (objects, arrays, strings, numbers, names) out of text in one of two dialects: Python's own
 * (python-literal.ts) and JSON as it comes out of broken writers (text-value.ts). A recursive descent over a cursor,
 * bounded in depth, that never evaluates anything.
 */

/** Deepest nesting accepted; a daily paper has 6 levels. */
const DEPTH_MAX = 64;

export type Cursor = {
  readonly text: string;
  /** Next character; after a failure, where the text stopped making sense. */
  at: number;
  /**
   * Objects that end badly then keep the members read before that. Sequences and strings still fail as a whole: half
   * a list of authors or half an abstract would pass for a whole one.
   */
  readonly keepsPartial?: boolean;
};

/** What a string stands for: only a value can be followed by `,`, only a key by `:`. */
export type StringRole = 'key' | 'value';

/** Readers move the cursor and return the value, or `undefined` when the text is not one. */
export type Dialect = {
  readString(cursor: Cursor, role: StringRole): string | undefined;
  /** A name such as `None`, or a call such as `datetime.date(2024, 5, 27)`. */
  readName(cursor: Cursor, depth: number): unknown;
  readonly stringStart: RegExp;
  /** Opening brackets of sequences, with what closes them. */
  readonly sequences: Readonly<Record<string, string>>;
};

const WHITESPACE = /[\s\ufeff]*/y;
const NUMBER =
  /([+-]?)(0x[\da-f_]+|0o[0-7_]+|0b[01_]+|(?:\d[\d_]*(?:\.[\d_]*)?|\.\d[\d_]*)(?:e[+-]?\d+)?)(?![\w.])/iy;

export function readLiteral(
  cursor: Cursor,
  dialect: Dialect,
  depth = 0,
  role: StringRole = 'value',
): unknown {
  skipWhitespace(cursor);
  const opening = cursor.text[cursor.at];
  if (opening === undefined || depth > DEPTH_MAX) return undefined;
  if (opening === '{') return readBraces(cursor, dialect, depth);
  const closing = dialect.sequences[opening];
  if (closing !== undefined) return readSequence(cursor, dialect, depth, closing);
  if (matchAt(dialect.stringStart, cursor)) return dialect.readString(cursor, role);
  return readNumber(cursor) ?? dialect.readName(cursor, depth);
}

/** An object; in a dialect whose keys need not be strings, also a set, which becomes an array. */
function readBraces(cursor: Cursor, dialect: Dialect, depth: number): unknown {
  cursor.at += 1;
  const { entries, members, isWhole } = readMembers(cursor, dialect, depth);
  if (!isWhole && cursor.keepsPartial !== true) return undefined;
  if (members.length > 0) return isWhole && entries.length === 0 ? members : undefined;
  // Not by assignment: a key `__proto__` must become a property like any other.
  return Object.fromEntries(entries);
}

/** Pairs `key: value` and lone values up to the closing brace; not whole when that is never met. */
function readMembers(cursor: Cursor, dialect: Dialect, depth: number) {
  const entries: [string, unknown][] = [];
  const members: unknown[] = [];
  while (!skipSymbol(cursor, '}')) {
    const key = readLiteral(cursor, dialect, depth + 1, 'key');
    if (key === undefined) return { entries, members, isWhole: false };
    if (skipSymbol(cursor, ':')) {
      const value = readLiteral(cursor, dialect, depth + 1);
      if (value === undefined || (typeof key === 'object' && key !== null))
        return { entries, members, isWhole: false };
      entries.push([String(key), value]);
    } else members.push(key);
    if (!skipSymbol(cursor, ',') && !isAtSymbol(cursor, '}')) return { entries, members, isWhole: false };
  }
  return { entries, members, isWhole: true };
}

function readSequence(cursor: Cursor, dialect: Dialect, depth: number, closing: string): unknown {
  const members: unknown[] = [];
  let commas = 0;
  cursor.at += 1;
  while (!skipSymbol(cursor, closing)) {
    const member = readLiteral(cursor, dialect, depth + 1);
    if (member === undefined) return undefined;
    members.push(member);
    if (skipSymbol(cursor, ',')) commas += 1;
    else if (!isAtSymbol(cursor, closing)) return undefined;
  }
  // `(1)` is 1 in brackets, `(1,)` a tuple.
  return closing === ')' && members.length === 1 && commas === 0 ? members[0] : members;
}

function readNumber(cursor: Cursor): number | undefined {
  const match = matchAt(NUMBER, cursor);
  if (match === null) return undefined;
  const value = Number((match[2] ?? '').replaceAll('_', ''));
  if (Number.isNaN(value)) return undefined;
  cursor.at += match[0].length;
  return match[1] === '-' ? -value : value;
}

export function skipWhitespace(cursor: Cursor): void {
  cursor.at += matchAt(WHITESPACE, cursor)?.[0].length ?? 0;
}

/** Moves past white space and the symbol; stays before the symbol's place when it is another. */
export function skipSymbol(cursor: Cursor, symbol: string): boolean {
  const isThere = isAtSymbol(cursor, symbol);
  if (isThere) cursor.at += symbol.length;
  return isThere;
}

function isAtSymbol(cursor: Cursor, symbol: string): boolean {
  skipWhitespace(cursor);
  return cursor.text.startsWith(symbol, cursor.at);
}

/** @param pattern must be sticky. */
export function matchAt(pattern: RegExp, cursor: Cursor): RegExpExecArray | null {
  pattern.lastIndex = cursor.at;
  return pattern.exec(cursor.text);
}
