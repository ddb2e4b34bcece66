/**
 * The names a query may put before a colon: ours, arXiv's (https://info.arxiv.org/help/api/user-manual.html, section 5.1,
 * and its search page), SciRate's and what else people try. Case does not matter.
 */

import type { SignalKind } from '#lib/papers/paper.ts';
import type { DateKind, TextField } from './query.ts';

export type Field =
  | { readonly kind: 'text'; readonly field: TextField }
  | { readonly kind: 'category' | 'identifier' | 'last' | 'has' | 'list' | 'sort' }
  | { readonly kind: 'date'; readonly of: DateKind; readonly comparison: '' | '>=' | '<=' | '>' | '<' }
  | { readonly kind: 'signal'; readonly signal: SignalKind };

const text = (field: TextField): Field => ({ kind: 'text', field });
const date = (of: DateKind, comparison: '' | '>=' | '<=' | '>' | '<' = ''): Field => ({
  kind: 'date',
  of,
  comparison,
});
const signal = (kind: SignalKind): Field => ({ kind: 'signal', signal: kind });

/** Names of one meaning, the one that print uses first. */
const NAMES: readonly (readonly [string, Field])[] = [
  ['all any text', text('any')],
  ['ti title', text('title')],
  ['abs abstract', text('abstract')],
  ['au author authors by', text('author')],
  ['co comment', text('comment')],
  ['jr journal journal_ref journal_reference', text('journal')],
  ['cat category categories in subject cross_list_category', { kind: 'category' }],
  ['id doi arxiv paper paper_id id_list', { kind: 'identifier' }],
  ['date submitted submitteddate submitted_date year', date('submitted')],
  ['since from', date('submitted', '>=')],
  ['until', date('submitted', '<=')],
  ['after', date('submitted', '>')],
  ['before', date('submitted', '<')],
  ['updated lastupdateddate last_updated', date('updated')],
  ['announced listed announced_date', date('announced')],
  ['last', { kind: 'last' }],
  ['has', { kind: 'has' }],
  ['list', { kind: 'list' }],
  ['sort order sortby sort_by order_by', { kind: 'sort' }],
  ['upvotes upvote votes likes scites', signal('upvotes')],
  ['stars', signal('stars')],
  ['forks', signal('forks')],
  ['citations cites cited', signal('citations')],
  ['comments', signal('comments')],
];

const FIELDS: ReadonlyMap<string, Field> = new Map(
  NAMES.flatMap(([names, field]) => names.split(' ').map((name) => [name, field] as const)),
);
/** Only these may be followed by a space (`ti: graphs`): no sentence holds them, while many hold "Abstract: we …". */
const ABBREVIATIONS = new Set(['ti', 'au', 'abs', 'cat', 'co', 'jr', 'id']);
/** Shorter names have too many neighbours to be guessed from a misspelling. */
const GUESSED_CHARS_MIN = 5;

export function findField(name: string): Field | null {
  return FIELDS.get(name.toLowerCase()) ?? null;
}

export function isAbbreviation(name: string): boolean {
  return ABBREVIATIONS.has(name);
}

/** The one name that `misspelt` is a single slip away from; null when there is none. */
export function guessFieldName(misspelt: string): string | null {
  const name = misspelt.toLowerCase();
  if (name.length < GUESSED_CHARS_MIN) return null;
  return (
    [...FIELDS.keys()].find((known) => known.length >= GUESSED_CHARS_MIN && isOneSlipAway(name, known)) ??
    null
  );
}

/** One letter wrong, missing or too many, or two neighbours swapped. */
function isOneSlipAway(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  const [restA, restB] = [a.slice(at), b.slice(at)];
  return (
    restA.slice(1) === restB.slice(1) ||
    restA.slice(1) === restB ||
    restA === restB.slice(1) ||
    (restA[0] === restB[1] && restA[1] === restB[0] && restA.slice(2) === restB.slice(2))
  );
}

/** The name print uses for a text field; bare words have none. */
export const TEXT_FIELD_NAMES: Readonly<Record<TextField, string>> = {
  any: 'all',
  title: 'ti',
  abstract: 'abs',
  author: 'au',
  comment: 'co',
  journal: 'jr',
};
