/**
 * The entries of a body of `GET /api/daily_papers`: a plain array of objects from the API itself, in archives
 * whatever a script made of it. Every entry is found or reported with its position, and a bad entry never affects another.
 */
import { ENTRIES_MAX, type Entry, findList, salvageEntries, toEntries, toListEntries } from './entry.ts';
import { decodeCutString, parseTextValue, readLeadingValue } from './text-value.ts';

export function parseBody(body: string): Entry[] {
  const text = withoutPadding(body);
  if (text === '') return [{ kind: 'lost', position: null, reason: 'empty body' }];
  const whole = parseTextValue(text);
  if (whole.kind === 'unreadable') return recoverEntries(text);
  const list = findList(whole.value);
  if (list === null) return [{ kind: 'lost', position: null, reason: 'no list of papers' }];
  const wrapper = list === whole.value ? null : 'a wrapper in place of a plain array';
  const entries = toListEntries(list.slice(0, ENTRIES_MAX), { position: 0, repair: whole.repair ?? wrapper });
  if (list.length <= ENTRIES_MAX) return entries;
  return [
    ...entries,
    { kind: 'lost', position: ENTRIES_MAX, reason: `${list.length - ENTRIES_MAX} more entries` },
  ];
}

/** Without white space at its ends, an editor's byte order mark, and the NULs of a file system that lost a block. */
function withoutPadding(body: string): string {
  // Not by a regular expression: one that looks for the end from each white space is quadratic on long runs.
  let end = body.length;
  while (end > 0 && isPadding(body[end - 1])) end -= 1;
  let start = 0;
  while (start < end && isPadding(body[start])) start += 1;
  return body.slice(start, end);
}

function isPadding(character: string | undefined): boolean {
  return character === '\0' || character?.trim() === '';
}

const DECODES_MAX = 4;

/** Where an entry begins: its first member is the paper, in every body the API has sent. */
const ENTRY_START = /["']?\{\s*\\*["']paper\\*["']\s*:\s*\\*["']?\{/g;
const LIST_START = /["'](?:data|papers|dailyPapers|items|results)["']\s*:\s*\[/;
const BETWEEN_ENTRIES = /[\s,;[(\ufeff\x1e]*/y;

/** The beginning of an entry, and of what follows its opening. */
type Start = { readonly at: number; readonly end: number };

export function recoverEntries(text: string, decodes = 0): Entry[] {
  const starts = [...text.matchAll(ENTRY_START)].map(({ index, 0: found }) => ({
    at: index,
    end: index + found.length,
  }));
  const first = firstPlace(text, starts);
  if (first === null) return [{ kind: 'lost', position: null, reason: 'neither JSON nor a Python literal' }];
  if (first === 'inside-string') {
    if (decodes < DECODES_MAX) return recoverEntries(decodeCutString(text.slice(1)), decodes + 1);
    return [{ kind: 'lost', position: null, reason: 'text inside text inside text' }];
  }
  return readEntries(text, starts, first);
}

function readEntries(text: string, starts: readonly Start[], first: number): Entry[] {
  const entries: Entry[] = [];
  let upcoming = 0;
  let at = first;
  const nextStart = (from: number) => {
    while ((starts[upcoming]?.at ?? text.length) < from) upcoming += 1;
    return starts[upcoming];
  };
  while (at < text.length) {
    if (entries.length >= ENTRIES_MAX) {
      const reason = `more than ${ENTRIES_MAX} entries: the rest was not read`;
      return [...entries, { kind: 'lost', position: entries.length, reason }];
    }
    BETWEEN_ENTRIES.lastIndex = at;
    at += BETWEEN_ENTRIES.exec(text)?.[0].length ?? 0;
    // The end of a list, or what a wrapper says after it: only another entry is of interest.
    if (/[\])}]/.test(text[at] ?? '')) at = nextStart(at)?.at ?? text.length;
    if (at >= text.length) break;
    // Never past the beginning of the next entry: one lost quote would otherwise swallow all that follow.
    const own = nextStart(at);
    const limit = nextStart(own?.at === at ? own.end : at + 1)?.at ?? text.length;
    at = readEntry(text, at, limit, entries);
  }
  return entries;
}

/** Reads the entry between `at` and `limit`, adds what it found or lost, and returns where to go on: always further. */
function readEntry(text: string, at: number, limit: number, entries: Entry[]): number {
  const fragment = text.slice(at, limit);
  const read = readLeadingValue(fragment);
  if (read.kind === 'value') {
    const repair = `${read.repair ?? 'JSON'} in a body that is ill-formed`;
    entries.push(...toEntries(read.value, { position: entries.length, repair }));
    return at + read.end;
  }
  // The text of an entry whose closing quote is missing: its escapes have to be undone first.
  const plain = /^"\s*\{/.test(fragment) ? decodeCutString(fragment.slice(1)) : fragment;
  entries.push(...salvageEntries(plain, entries.length, at + read.failedAt));
  return limit;
}

function firstPlace(text: string, starts: readonly Start[]): number | 'inside-string' | null {
  const first = starts[0]?.at;
  const list = LIST_START.exec(text);
  if (text[0] === '[' || text[0] === '(') return 1;
  if (list !== null && list.index < (first ?? text.length)) return list.index + list[0].length;
  if (text[0] === '"' && first !== 0) return 'inside-string';
  return first ?? (text[0] === '{' ? 0 : null);
}
