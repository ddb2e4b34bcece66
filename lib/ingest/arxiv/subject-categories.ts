/**
 * Categories of an OAI record in Dublin Core, which names its subjects in words. Until March 2025 arXiv wrote
 * `Computer Science - Machine Learning` under coarse sets (`cs`, `physics:hep-th`); since then it writes `Machine
 * Learning`, said of two archives, under exact ones (`cs:cs:LG`, `stat:stat:ML`) in the paper's own order
 * (https://info.arxiv.org/help/oa/index.html, chronology).
 */
import { archiveName, CATEGORY_GROUPS, isCategory, listCategories } from '#lib/papers/category.ts';

/** By the older name: `High Energy Physics - Theory` → hep-th. */
const BY_NAME: ReadonlyMap<string, string> = new Map(
  CATEGORY_GROUPS.flatMap(({ archives }) => archives).flatMap((archive) =>
    archive.categories.map(({ id, name }) => {
      const fullName = id === archive.id ? name : `${archive.name} - ${name}`;
      return [fullName.toLowerCase(), id] as const;
    }),
  ),
);

/** Primary category first; subjects that name no category (MSC and ACM classes) are left out. */
export function categoriesOfSubjects(subjects: readonly string[], sets: readonly string[]): string[] {
  const exact = sets.flatMap(toCategory);
  if (sets.some((set) => set.split(':').length === 3)) return [...new Set(exact)];
  const named = subjects.flatMap((subject) => BY_NAME.get(subject.trim().toLowerCase()) ?? []);
  return [...new Set([...named, ...exact])];
}

/**
 * The category an OAI set stands for: `cs:cs:LG` → cs.LG, `physics:hep-th` → hep-th. None for the set of a whole
 * archive or group: `physics:cond-mat`, `cs`.
 */
function toCategory(set: string): string[] {
  const [, archive, subject] = set.split(':');
  if (archive === undefined) return [];
  if (subject !== undefined) return [`${archive}.${subject}`].filter(isCategory);
  const categories = listCategories(archive);
  const isItsOnlyCategory = categories.length === 1 && categories[0]?.id === archive;
  return isItsOnlyCategory && archiveName(archive) !== null ? [archive] : [];
}

/** The OAI set of one category, for selective harvesting: cs.LG → `cs:cs:LG`; null when there is none. */
export function setOfCategory(category: string): string | null {
  for (const group of CATEGORY_GROUPS) {
    for (const archive of group.archives) {
      if (!archive.categories.some(({ id }) => id === category)) continue;
      return [group.id, archive.id, ...category.split('.').slice(1)].join(':');
    }
  }
  return null;
}
