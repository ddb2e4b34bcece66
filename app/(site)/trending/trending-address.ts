/**
 * Addresses of the trending page. Readers see `/trending?window=week&category=cs.LG&code=yes`; inside, each such page
 * has a path of its own (proxy.ts), so that it is kept like any other.
 */
import { parseCategory } from '#lib/papers/category.ts';
import { parseTrendingWindow, type TrendingWindow } from '#lib/papers/paper-list.ts';

export type TrendingChoice = {
  readonly window: TrendingWindow;
  /** Null for all. */
  readonly category: string | null;
  readonly hasCode: boolean;
};

/** What stands in the path for "no choice". */
const ANY = 'any';

/** The choice that a path names, `window/category/code` or nothing; null when it names none. */
export function parseTrendingPath(path: readonly string[] = []): TrendingChoice | null {
  if (path.length !== 0 && path.length !== 3) return null;
  const [asked = 'day', name = ANY, code = ANY] = path;
  const window = parseTrendingWindow(asked);
  const category = name === ANY ? null : parseCategory(name);
  if (window === null || (name !== ANY && category === null)) return null;
  if (code !== ANY && code !== 'yes') return null;
  return { window, category: category?.id ?? null, hasCode: code === 'yes' };
}

/** The address readers see: as short as it can be. */
export function trendingHref({ window, category, hasCode }: TrendingChoice): string {
  const query = new URLSearchParams();
  if (window !== 'day') query.set('window', window);
  if (category !== null) query.set('category', category);
  if (hasCode) query.set('code', 'yes');
  return query.size === 0 ? '/trending' : `/trending?${query}`;
}
