import { expect, test } from 'vitest';
import { formatWeekDays, listTitle } from '#components/edition/list-title.ts';
import { parsePaperListPath } from '#lib/papers/paper-list.ts';

test.each([
  ['date/2025-03-12', 'Wednesday 12 March 2025'],
  ['week/2025-W09', 'Week 9 of 2025'],
  ['month/2025-03', 'March 2025'],
  ['list/cs.CL', 'Computation and Language'],
  ['list/grp_physics/2025-03-12', 'Physics, 12 March 2025'],
  ['author/Ada%20Lovelace', 'Papers by Ada Lovelace'],
  ['trending', 'Trending today'],
])('%s is titled %s', (path, title) => {
  const list = parsePaperListPath(path.split('/'));
  expect(list && listTitle(list)).toBe(title);
});

test.each([
  ['2025-W11', '10 to 16 March 2025'],
  ['2025-W14', '31 March to 6 April 2025'],
  ['2026-W01', '29 December 2025 to 4 January 2026'],
])('%s spans %s', (week, days) => {
  expect(formatWeekDays(week)).toBe(days);
});
