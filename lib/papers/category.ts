/**
 * arXiv's taxonomy: group → archive → category, with names in words (https://arxiv.org/category_taxonomy).
 *
 * Some categories are one category under two names, so that both archives list it (cs.NA and math.NA), and the
 * archives closed before 2000 live on as categories of others (alg-geom as math.AG). Both are aliases here.
 */

import { RETIRED, TAXONOMY, TWINS } from './taxonomy.ts';

export type Category = {
  /** As arXiv writes it: `cs.LG`, `hep-th`. */
  readonly id: string;
  readonly name: string;
  /** `cs` of `cs.LG`. An archive without divisions (`hep-th`) is its own only category. */
  readonly archive: string;
};

export type CategoryArchive = {
  readonly id: string;
  readonly name: string;
  readonly categories: readonly Category[];
};
export type CategoryGroup = {
  readonly id: string;
  readonly name: string;
  readonly archives: readonly CategoryArchive[];
};

/** The whole taxonomy as arXiv's own page orders it, twins under both archives, retired names left out. */
export const CATEGORY_GROUPS: readonly CategoryGroup[] = readTaxonomy(TAXONOMY);

const ARCHIVES = new Map(
  CATEGORY_GROUPS.flatMap((group) => group.archives).map((archive) => [archive.id, archive]),
);
const CURRENT = [...ARCHIVES.values()].flatMap((archive) => archive.categories);
const NAMES = new Map([
  ...RETIRED.map(([id, name]) => [id, name] as const),
  ...CURRENT.map(({ id, name }) => [id, name] as const),
]);
const CANONICAL = new Map<string, string>([
  ...TWINS,
  ...RETIRED.flatMap(([id, , successor]) => (successor === null ? [] : [[id, successor] as const])),
]);
const SPELLING = new Map([...NAMES.keys()].map((id) => [id.toLowerCase(), id]));

/**
 * The category that `text` names, in any case, by its canonical identifier: `cs.NA` and `math.na` both give math.NA,
 * `alg-geom` gives math.AG. Null for anything that is or was no category; `cs` alone is an archive.
 */
export function parseCategory(text: string): Category | null {
  const spelled = SPELLING.get(text.toLowerCase());
  if (spelled === undefined) return null;
  const id = CANONICAL.get(spelled) ?? spelled;
  return { id, name: NAMES.get(id) ?? id, archive: archiveOf(id) };
}

/** Whether arXiv has ever filed papers under exactly this identifier. */
export function isCategory(id: string): boolean {
  return NAMES.has(id);
}

/** `Machine Learning` for `cs.LG`; null when unknown. Aliases and retired categories keep their own name. */
export function categoryName(id: string): string | null {
  return NAMES.get(id) ?? null;
}

/** Every identifier that means the same category, canonical first: math.NA, cs.NA. Empty when unknown. */
export function equivalentCategories(id: string): string[] {
  const canonical = parseCategory(id)?.id;
  if (canonical === undefined) return [];
  return [canonical, ...[...CANONICAL].flatMap(([alias, target]) => (target === canonical ? [alias] : []))];
}

/** Current and closed archives alike: `cs`, `hep-th`, `alg-geom`. */
export function isArchive(id: string): boolean {
  return ARCHIVES.has(id) || RETIRED.some(([retired]) => retired === id);
}

/** `Computer Science` for `cs`; null when unknown. */
export function archiveName(id: string): string | null {
  return ARCHIVES.get(id)?.name ?? RETIRED.find(([retired]) => retired === id)?.[1] ?? null;
}

/** The current categories of one archive, in arXiv's order; empty when the archive is closed or unknown. */
export function listCategories(archive: string): readonly Category[] {
  return ARCHIVES.get(archive)?.categories ?? [];
}

/** What a list can be of: one category, an archive with all its categories, or a group with all its archives. */
export type Subject = {
  readonly scope: 'category' | 'archive' | 'group';
  /** `cs.CL`, `cs`, `physics`. */
  readonly id: string;
  readonly name: string;
};

/** arXiv writes a group so, where it has to tell `physics` the group from `physics` the archive. */
const GROUP_PREFIX = 'grp_';

/**
 * The subject that `text` names, in any case: `cs.CL`, `cs`, `grp_physics`. A group of one archive is that archive, and
 * an archive without divisions its only category.
 */
export function parseSubject(text: string): Subject | null {
  const lower = text.toLowerCase();
  if (lower.startsWith(GROUP_PREFIX)) {
    const group = CATEGORY_GROUPS.find(({ id }) => id === lower.slice(GROUP_PREFIX.length));
    if (group === undefined) return null;
    const [archive] = group.archives;
    if (group.archives.length === 1 && archive !== undefined) return parseSubject(archive.id);
    return { scope: 'group', id: group.id, name: group.name };
  }
  const archive = ARCHIVES.get(lower);
  if (archive !== undefined && archive.categories.length > 1) {
    return { scope: 'archive', id: archive.id, name: archive.name };
  }
  const category = parseCategory(text);
  return category === null ? null : { scope: 'category', id: category.id, name: category.name };
}

/** The inverse of parseSubject, and the name under which the database files the subject's papers. */
export function subjectCode({ scope, id }: Pick<Subject, 'scope' | 'id'>): string {
  return scope === 'group' ? GROUP_PREFIX + id : id;
}

/**
 * The codes of all subjects that a paper of `category` belongs to: itself by its canonical name, the archives that list
 * it and their groups. Empty when unknown.
 */
export function subjectCodesOf(category: string): string[] {
  const equivalent = equivalentCategories(category);
  const archives = equivalent.map(archiveOf).filter((id) => ARCHIVES.has(id));
  const groups = CATEGORY_GROUPS.filter(
    (group) => group.archives.length > 1 && group.archives.some(({ id }) => archives.includes(id)),
  );
  return [...new Set([...equivalent.slice(0, 1), ...archives, ...groups.map(({ id }) => GROUP_PREFIX + id)])];
}

/** The categories of an archive or a group by their canonical names, in arXiv's order; of a category itself alone. */
export function listCategoriesWithin({ scope, id }: Pick<Subject, 'scope' | 'id'>): Subject[] {
  const archives =
    scope === 'group'
      ? (CATEGORY_GROUPS.find((group) => group.id === id)?.archives ?? [])
      : [ARCHIVES.get(id)];
  const categories =
    scope === 'category'
      ? [id]
      : archives.flatMap((archive) => archive?.categories.map((one) => one.id) ?? []);
  const canonical = new Set(categories.flatMap((category) => parseCategory(category)?.id ?? []));
  return [...canonical].map((one) => ({ scope: 'category', id: one, name: categoryName(one) ?? one }));
}

/** Every identifier that a paper may carry, aliases and retired ones too. */
export const KNOWN_CATEGORIES: readonly string[] = [...NAMES.keys(), ...TWINS.map(([alias]) => alias)];

function archiveOf(id: string): string {
  return id.split('.', 1)[0] ?? id;
}

function readTaxonomy(table: string): CategoryGroup[] {
  const groups: {
    id: string;
    name: string;
    archives: { id: string; name: string; categories: Category[] }[];
  }[] = [];
  for (const line of table.trim().split('\n')) {
    const [, mark = '', id = '', name = ''] = /^(# | {2})?(\S+) (.+)$/.exec(line) ?? [];
    const archives = groups.at(-1)?.archives;
    const archive = archives?.at(-1);
    if (mark === '# ') groups.push({ id, name, archives: [] });
    else if (mark === '') archives?.push({ id, name, categories: [] });
    else archive?.categories.push({ id: archive.id + id, name, archive: archive.id });
  }
  for (const archive of groups.flatMap((group) => group.archives)) {
    if (archive.categories.length === 0)
      archive.categories.push({ id: archive.id, name: archive.name, archive: archive.id });
  }
  return groups;
}
