/** The value of a text that should be JSON, but may be nearly JSON, or what Python printed of the value. */
import { type Dialect, readLiteral, skipWhitespace } from './literal.ts';
import { LOOSE_JSON } from './loose-json.ts';
import { PYTHON } from './python-literal.ts';

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
  const strict = parseStrictJson(text);
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

function parseStrictJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
