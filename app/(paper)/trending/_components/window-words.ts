import type { TrendingWindow } from '#lib/papers/paper-list.ts';

export const WINDOW_WORDS: Readonly<Record<TrendingWindow, { link: string; title: string }>> = {
  day: { link: 'Day', title: 'today' },
  week: { link: 'Week', title: 'this week' },
  month: { link: 'Month', title: 'this month' },
};
