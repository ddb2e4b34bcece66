/**
 * One entry of a day's list: the API sends an object; archives also hold texts of objects, in JSON or as Python
 * printed them, and objects inside wrappers.
 */
import { parseTextValue, readBrokenValue } from './text-value.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

export type Entry =
  | {
      readonly kind: 'found';
      /** 0-based place in the body. */
      readonly position: number;
      readonly value: JsonObject;
      /** What it was in place of an object in a plain array; null when it was as the API sends it. */
      readonly repair: string | null;
    }
  | {
      readonly kind: 'lost';
      /** Null when the body as a whole is meant. */
      readonly position: number | null;
      readonly reason: string;
    };

/** Where a value stood and what it took to get there. */
type Place = { readonly position: number; readonly repair: string | null; readonly depth?: number };

/** More are not looked for: the API sends at most 100 a page, the fullest day so far held about 60. */
export const ENTRIES_MAX = 10_000;
/** Lists in texts in lists; nothing real has more than two. */
const DEPTH_MAX = 4;
/** A paper with 3,000 authors takes about 400,000 characters. */
const PAPER_CHARS_MAX = 1_000_000;

/** Names under which wrappers keep their list, surest first. */
const LIST_KEYS = ['data', 'papers', 'dailyPapers', 'items', 'results'];

const PAPER_KEY = /(["'])paper\1\s*:\s*(?=\{)/g;
const TEXT_OF_LIST = /^\s*[[{(]/;

/** The entries a member of the list stands for: one, or several where the member is a list of its own. */
export function toEntries(member: unknown, place: Place): Entry[] {
  const { position, depth = 0 } = place;
  if (depth > DEPTH_MAX) return [{ kind: 'lost', position, reason: 'lists inside lists inside lists' }];
  if (typeof member === 'string') return entriesOfText(member, place);
  if (Array.isArray(member)) return toListEntries(member, { ...place, repair: 'a list inside the list' });
  if (!isObject(member)) return [{ kind: 'lost', position, reason: `${member} is no paper` }];
  const list = isEntry(member) ? undefined : namedList(member);
  if (list !== undefined) return toListEntries(list, { ...place, repair: 'a wrapper inside the list' });
  return [toFound(member, place)];
}

export function toListEntries(members: readonly unknown[], place: Place): Entry[] {
  const entries: Entry[] = [];
  const depth = (place.depth ?? 0) + 1;
  for (const member of members) {
    entries.push(...toEntries(member, { ...place, position: place.position + entries.length, depth }));
  }
  return entries;
}

/**
 * The papers named in a text that makes no sense as a whole: each `paper` object in it, without what stood beside it.
 * @param failedAt character of the body at which sense ended, for the report
 */
export function salvageEntries(text: string, position: number, failedAt: number): Entry[] {
  const entries: Entry[] = [];
  for (const match of text.matchAll(PAPER_KEY)) {
    const from = match.index + match[0].length;
    const read = readBrokenValue(text.slice(from, from + PAPER_CHARS_MAX));
    if (read.kind === 'unreadable' || !isObject(read.value)) continue;
    const repair = `an entry that is ill-formed from character ${failedAt} on`;
    entries.push(toFound({ paper: read.value }, { position: position + entries.length, repair }));
    if (entries.length >= ENTRIES_MAX) break;
  }
  const reason = `neither JSON nor a Python literal from character ${failedAt} on`;
  return entries.length > 0 ? entries : [{ kind: 'lost', position, reason }];
}

/** The list of papers in a body's value: itself, what a wrapper holds, or the one paper that the value is. */
export function findList(value: unknown, wrappers = 0): readonly unknown[] | null {
  if (Array.isArray(value)) return value;
  if (!isObject(value) || wrappers > DEPTH_MAX) return null;
  if (isEntry(value)) return [value];
  const members = Object.values(value);
  const list = namedList(value) ?? members.map(unwrap).find(isListOfEntries);
  if (list !== undefined) return list;
  // Keyed by identifier or by row number, as data frames are written.
  if (members.length > 0 && members.every((member) => isObject(member) && isEntry(member))) return members;
  for (const member of members.map(unwrap).filter(isObject)) {
    const inner = findList(member, wrappers + 1);
    if (inner !== null) return inner;
  }
  return null;
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function namedList(value: JsonObject): readonly unknown[] | undefined {
  return LIST_KEYS.map((key) => value[key]).find((member) => Array.isArray(member));
}

function isEntry(value: JsonObject): boolean {
  return isObject(value.paper) || typeof value.paper === 'string' || ('id' in value && 'title' in value);
}

function isListOfEntries(value: unknown): value is readonly unknown[] {
  return Array.isArray(value) && value.some(canBeEntry);
}

function canBeEntry(member: unknown): boolean {
  return typeof member === 'string' ? TEXT_OF_LIST.test(member) : isObject(member) && isEntry(member);
}

function entriesOfText(text: string, place: Place): Entry[] {
  const read = parseTextValue(text);
  if (read.kind === 'unreadable') return salvageEntries(text, place.position, read.failedAt);
  const repair = `${read.repair ?? 'JSON inside a string'} in place of an object`;
  const { value } = read;
  if (isObject(value) || Array.isArray(value))
    return toEntries(value, { ...place, repair, depth: (place.depth ?? 0) + 1 });
  return [{ kind: 'lost', position: place.position, reason: 'text that is no paper' }];
}

/** Unwraps the members of an entry that have become text on their own. */
function toFound(value: JsonObject, { position, repair }: Place): Entry {
  const paper = unwrap(value.paper);
  if (!isObject(paper)) return { kind: 'found', position, value, repair };
  const authors = unwrap(paper.authors);
  if (paper === value.paper && authors === paper.authors) return { kind: 'found', position, value, repair };
  const unwrapped = { ...value, paper: { ...paper, authors } };
  return { kind: 'found', position, value: unwrapped, repair: repair ?? 'members that are text' };
}

/** What the text of an object or a list says; anything else as it is. */
function unwrap(member: unknown): unknown {
  if (typeof member !== 'string' || !TEXT_OF_LIST.test(member)) return member;
  const read = parseTextValue(member);
  return read.kind === 'value' ? read.value : member;
}
