/** What there is on this site, for indexes of feeds and for search engines. */
import 'server-only';
import { SITEMAP_ENTRIES_MAX, type SitemapEntry } from '#lib/feeds/sitemap.ts';
import {
  listDaysWithPapers,
  listMonths,
  listPaperNamesOf,
  listSubjectCodes,
  listUnlistedPaperNames,
  listUnlistedParts,
  type PaperName,
} from '#lib/papers/catalogue-store.ts';
import { CATEGORY_GROUPS, parseSubject, type Subject } from '#lib/papers/category.ts';
import { paperPath } from '#lib/papers/paper.ts';
import { paperListPath } from '#lib/papers/paper-list.ts';
import { parseMonth, rangeOfMonth } from '#lib/papers/period.ts';
import { runtime } from '#lib/runtime.ts';
import { getBaseUrl } from './site.ts';

export type SubjectGroup = { readonly name: string; readonly subjects: readonly Subject[] };

/** Archives and categories of which there are papers, in arXiv's order, under the groups of its taxonomy. */
export async function getSubjectGroups(): Promise<SubjectGroup[]> {
  const codes = new Set(await listSubjectCodes(runtime.db));
  const groups = CATEGORY_GROUPS.map(({ name, archives }) => ({
    name,
    subjects: archives.flatMap((archive) => {
      const names = [archive.id, ...archive.categories.map(({ id }) => id)];
      return [...new Set(names)].filter((id) => codes.has(id)).flatMap((id) => parseSubject(id) ?? []);
    }),
  }));
  return groups.filter(({ subjects }) => subjects.length > 0);
}

/** Keys in one part of the papers that stand on no list; papers among them may be fewer. */
const UNLISTED_KEYS = 40_000;
const UNLISTED = /^unlisted-(\d{1,5})$/;

/** The site's maps: one of its lists, one a month, and those of papers that came out on no day. */
export async function listSitemaps(): Promise<SitemapEntry[]> {
  const [months, parts] = await Promise.all([
    listMonths(runtime.db),
    listUnlistedParts(runtime.db, UNLISTED_KEYS),
  ]);
  const named: [name: string, changedOn: string | null][] = [
    ['lists', months[0]?.lastDay ?? null],
    ...months.map(({ month, lastDay }): [string, string] => [month, lastDay]),
    ...parts.map((part): [string, null] => [`unlisted-${part}`, null]),
  ];
  return named.map(([name, changedOn]) => ({ url: `${getBaseUrl()}/sitemaps/${name}.xml`, changedOn }));
}

/** Null where there is no such map. */
export async function getSitemap(name: string): Promise<SitemapEntry[] | null> {
  if (name === 'lists') return listListAddresses();
  const part = UNLISTED.exec(name)?.[1];
  if (part !== undefined) {
    const names = await listUnlistedPaperNames(runtime.db, Number(part), UNLISTED_KEYS);
    return names.length === 0 ? null : toEntries(names);
  }
  const month = parseMonth(name);
  return month === null ? null : listAddressesOfMonth(month);
}

async function listAddressesOfMonth(month: string): Promise<SitemapEntry[] | null> {
  const { first, last } = rangeOfMonth(month);
  const days = await listDaysWithPapers(runtime.db, first, last);
  if (days.length === 0) return null;
  const papers = await listPaperNamesOf(runtime.db, first, last, SITEMAP_ENTRIES_MAX - days.length - 1);
  return [
    { url: getBaseUrl() + paperListPath({ kind: 'month', month }), changedOn: days[0] ?? null },
    ...days.map((day) => ({ url: getBaseUrl() + paperListPath({ kind: 'day', day }), changedOn: day })),
    ...toEntries(papers),
  ];
}

async function listListAddresses(): Promise<SitemapEntry[]> {
  const groups = await getSubjectGroups();
  const subjects = groups.flatMap((group) => group.subjects);
  const paths = [
    '/',
    '/trending',
    '/list',
    '/feeds',
    ...subjects.map((subject) => paperListPath({ kind: 'subject', subject, day: null })),
  ];
  return paths.map((path) => ({ url: getBaseUrl() + path, changedOn: null }));
}

function toEntries(names: readonly PaperName[]): SitemapEntry[] {
  return names.map((name) => ({ url: getBaseUrl() + paperPath(name), changedOn: name.changedOn }));
}
