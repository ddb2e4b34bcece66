/**
 * The entries of a body of `GET /api/daily_papers`: a plain array of objects from the API itself, and in archives
 * whatever somebody's script made of it. Every entry is either found or reported with its place; one bad entry
 * never costs another.
 */
import { ENTRIES_MAX, type Entry, findList, toListEntries } from './entry.ts';
import { recoverEntries } from './recovery.ts';
import { parseTextValue } from './text-value.ts';

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
