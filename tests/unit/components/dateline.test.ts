import { expect, test } from 'vitest';
import { editionNumber, formatDay, formatDayLong, formatDayNear } from '#components/edition/dateline.ts';

test('a day in words, long, plain and near', () => {
  expect(formatDayLong('2025-03-12')).toBe('Wednesday 12 March 2025');
  expect(formatDay('2025-03-12')).toBe('12 March 2025');
  expect(formatDayNear('2025-03-12')).toBe('Wed 12 March');
});

test.each([
  ['2025-01-01', 2025, 1],
  ['2025-03-12', 2025, 71],
  ['2024-12-31', 2024, 366],
  ['2025-12-31', 2025, 365],
])('the edition of %s is volume %i, number %i', (day, volume, number) => {
  expect(editionNumber(day)).toEqual({ volume, number });
});
