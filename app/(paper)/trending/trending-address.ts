/** The address of the trending page, `/trending?window=week&category=cs.LG&code=yes`, and the same read back. */
import { parseCategory } from '#lib/papers/category.ts';
import { parseTrendingWindow, type TrendingWindow } from '#lib/papers/paper-list.ts';

export type TrendingChoice = {
  readonly window: TrendingWindow;
  /** Null for all. */
  readonly category: string | null;
  readonly hasCode: boolean;
};

/** What a query string asks for; a value that makes no sense is as good as absent. */
export function parseTrendingChoice(fields: URLSearchParams): TrendingChoice {
  return {
    window: parseTrendingWindow(fields.get('window') ?? '') ?? 'day',
    category: parseCategory(fields.get('category') ?? '')?.id ?? null,
    hasCode: fields.get('code') === 'yes',
  };
}

/** The address readers see: as short as it can be. */
export function trendingHref({ window, category, hasCode }: TrendingChoice): string {
  const query = new URLSearchParams();
  if (window !== 'day') query.set('window', window);
  if (category !== null) query.set('category', category);
  if (hasCode) query.set('code', 'yes');
  return query.size === 0 ? '/trending' : `/trending?${query}`;
}
