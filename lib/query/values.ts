/** What may stand after the colon of the fields that are not text: categories, identifiers, counts, names of things. */

import { parseArxivReference } from '#lib/papers/arxiv-id.ts';
import {
  archiveName,
  CATEGORY_GROUPS,
  isArchive,
  listCategories,
  parseCategory,
} from '#lib/papers/category.ts';
import { parseDoi } from '#lib/papers/doi.ts';
import { LISTS, type ListName, type SignalKind } from '#lib/papers/paper.ts';
import {
  ASSETS,
  type Asset,
  type CategoryCondition,
  type IdentifierCondition,
  type RecencyCondition,
  type SignalCondition,
  type Sort,
} from './query.ts';

const GROUP_IDS: ReadonlyMap<string, string> = new Map(
  CATEGORY_GROUPS.flatMap(({ id, name }) => [
    [id.toLowerCase(), id],
    [name.toLowerCase(), id],
  ]),
);
const CATEGORIES = CATEGORY_GROUPS.flatMap(({ archives }) =>
  archives.flatMap(({ categories }) => categories),
);

/**
 * `cs.LG`, `cs`, `cs.*`, `physics` (the whole group, astro-ph and hep-th among it) or `physics.*` (that archive alone),
 * or a name in words, which several categories can share. Empty when arXiv has no such thing.
 */
export function parseCategories(value: string): CategoryCondition[] {
  const text = value.trim().toLowerCase();
  const group = GROUP_IDS.get(text);
  const archive = text.endsWith('.*') ? text.slice(0, -2) : text;
  const category = parseCategory(text);
  if (group !== undefined) return [condition(isArchiveOfItsOwn(group) ? 'archive' : 'group', group)];
  // An archive without divisions, like hep-th, is a category; one with them may have been a category once.
  if (listCategories(archive).length > 1) return [condition('archive', archive)];
  if (category !== null) return [condition('category', category.id)];
  if (isArchive(archive)) return [condition('archive', archive)];
  const named = new Set(
    CATEGORIES.filter(({ name }) => name.toLowerCase() === text).map(({ id }) => parseCategory(id)?.id ?? id),
  );
  return [...named].map((id) => condition('category', id));
}

/** Whether group and archive are one: computer science, not physics. */
function isArchiveOfItsOwn(group: string): boolean {
  return CATEGORY_GROUPS.some(({ id, archives }) => id === group && archives.length === 1);
}

function condition(scope: CategoryCondition['scope'], id: string): CategoryCondition {
  return { kind: 'category', scope, id };
}

/** As parseCategories reads it. */
export function formatCategory({ scope, id }: CategoryCondition): string {
  return scope === 'archive' && GROUP_IDS.has(id) && !isArchiveOfItsOwn(id) ? `${id}.*` : id;
}

/** `Computer Science (cs)`, `Machine Learning (cs.LG)`. */
export function describeCategory({ scope, id }: CategoryCondition): string {
  const group = CATEGORY_GROUPS.find((found) => found.id === id)?.name;
  const name =
    scope === 'group'
      ? `all of ${group ?? id}`
      : scope === 'archive'
        ? archiveName(id)
        : CATEGORIES.find((found) => found.id === id)?.name;
  return name === undefined || name === null || name === id ? id : `${name} (${id})`;
}

/** What people paste for a paper: an arXiv identifier or address (arxiv-id.ts), a DOI or its address. */
export function parseIdentifier(text: string): IdentifierCondition | null {
  const arxiv = parseArxivReference(text);
  if (arxiv !== null) return { kind: 'identifier', registry: 'arxiv', identifier: arxiv.id };
  const doi = parseDoi(text);
  return doi === null ? null : { kind: 'identifier', registry: 'doi', identifier: doi.toLowerCase() };
}

const COUNT = /^(>=|<=|=>|=<|>|<|=|≥|≤)?\s*(\d{1,12}(?:\.\d{1,3})?)\s*([km]?)$/i;
/** What the column holds. */
const COUNT_MAX = 2_147_483_647;

/** `>10`, `<=5`, `1k`, `10..50`, `10..`; a number alone is a minimum. Null for anything else. */
export function parseCounts(value: string, signal: SignalKind): SignalCondition | null {
  const text = value.trim();
  const [, low, high] = /^(.*?)\s*(?:\.\.+|…)\s*(.*)$/.exec(text) ?? [];
  if (low !== undefined && high !== undefined) {
    const [min, max] = [
      low === '' || low === '*' ? null : countOf(low),
      high === '' || high === '*' ? null : countOf(high),
    ];
    if (min === undefined || max === undefined || (min === null && max === null)) return null;
    const isSwapped = min !== null && max !== null && min > max;
    return { kind: 'signal', signal, min: isSwapped ? max : min, max: isSwapped ? min : max };
  }
  const [, sign = '', digits] = COUNT.exec(text) ?? [];
  if (digits === undefined) return null;
  const count = countOf(text.slice(sign.length).trim()) ?? 0;
  if (sign === '>') return { kind: 'signal', signal, min: Math.min(count + 1, COUNT_MAX), max: null };
  if (sign === '<') return { kind: 'signal', signal, min: null, max: Math.max(count - 1, 0) };
  if (sign === '<=' || sign === '=<' || sign === '≤')
    return { kind: 'signal', signal, min: null, max: count };
  if (sign === '=') return { kind: 'signal', signal, min: count, max: count };
  return { kind: 'signal', signal, min: count, max: null };
}

function countOf(text: string): number | undefined {
  const [, sign = '', digits, unit = ''] = COUNT.exec(text) ?? [];
  if (digits === undefined || sign !== '') return undefined;
  const factor = unit === '' ? 1 : unit.toLowerCase() === 'k' ? 1_000 : 1_000_000;
  return Math.min(Math.round(Number(digits) * factor), COUNT_MAX);
}

/** As parseCounts reads it: `>10` rather than `>=11`. */
export function formatCounts({ min, max }: SignalCondition): string {
  if (max === null) return isRound((min ?? 0) - 1) ? `>${(min ?? 0) - 1}` : `>=${min ?? 0}`;
  if (min === null) return isRound(max + 1) ? `<${max + 1}` : `<=${max}`;
  return min === max ? `=${min}` : `${min}..${max}`;
}

/** A number that people name, where its neighbour is none. */
export function isRound(count: number): boolean {
  return count > 0 && count % 5 === 0;
}

const UNITS: Readonly<Record<string, RecencyCondition['unit']>> = {
  d: 'day',
  w: 'week',
  m: 'month',
  y: 'year',
};
const LAST_COUNT_MAX = 1_000;

/** `7d`, `2w`, `3m`, `1y`, `24h`, `7days`, `month`, `today`; hours are rounded up to days. Null for anything else. */
export function parseLast(value: string): RecencyCondition | null {
  const [, digits = '1', word = ''] =
    /^(\d{1,6})?\s*(h|d|w|m|mo|y|hours?|days?|weeks?|months?|years?|today)$/i.exec(value.trim()) ?? [];
  if (word === '') return null;
  const isHours = /^h/i.test(word);
  const count = Math.min(isHours ? Math.ceil(Number(digits) / 24) : Number(digits), LAST_COUNT_MAX);
  const unit = UNITS[isHours || /^today$/i.test(word) ? 'd' : (word[0] ?? '').toLowerCase()];
  return unit === undefined || count === 0 ? null : { kind: 'last', count, unit };
}

/** As parseLast reads it. */
export function formatLast({ count, unit }: RecencyCondition): string {
  return `${count}${unit[0]}`;
}

const ASSET_NAMES: Readonly<Record<string, Asset>> = {
  repo: 'code',
  repository: 'code',
  github: 'code',
  projectpage: 'project',
  page: 'project',
  website: 'project',
  jr: 'journal',
  journal_ref: 'journal',
  comments: 'comment',
};
const LIST_NAMES: Readonly<Record<string, ListName>> = { hf: 'huggingface', 'hugging-face': 'huggingface' };
const SORT_NAMES: Readonly<Record<string, Sort>> = {
  relevance: 'relevance',
  relevancy: 'relevance',
  best: 'relevance',
  new: 'new',
  newest: 'new',
  latest: 'new',
  recent: 'new',
  recency: 'new',
  date: 'new',
  submitteddate: 'new',
  submitted_date: 'new',
  '-submitted_date': 'new',
  announced_date_first: 'new',
  '-announced_date_first': 'new',
  lastupdateddate: 'new',
  trending: 'trending',
  hot: 'trending',
  upvotes: 'upvotes',
  votes: 'upvotes',
  likes: 'upvotes',
  scites: 'upvotes',
};

export function parseAsset(value: string): Asset | null {
  const name = value.trim().toLowerCase();
  return ASSETS.find((asset) => asset === name) ?? own(ASSET_NAMES, name);
}

export function parseList(value: string): ListName | null {
  const name = value.trim().toLowerCase();
  return LISTS.find((list) => list === name) ?? own(LIST_NAMES, name);
}

export function parseSort(value: string): Sort | null {
  return own(SORT_NAMES, value.trim().toLowerCase());
}

/** Not `table[name]`: `constructor` is a name that people paste, too. */
function own<T>(table: Readonly<Record<string, T>>, name: string): T | null {
  return Object.hasOwn(table, name) ? (table[name] ?? null) : null;
}
