import { expect, test } from 'vitest';
import { addDays, listDays, parseDay, toDay } from '#lib/papers/day.ts';

test.each(['2025-12-31', '2024-02-29', '2000-01-01'])('%s is a day', (text) => {
  expect(parseDay(text)).toBe(text);
});

test.each([
  '2025-02-29',
  '2025-13-01',
  '2025-1-1',
  '20250101',
  'today',
  '',
  '2025-12-31T00:00',
  '-002025-01-01',
])('%j is no day', (text) => {
  expect(parseDay(text)).toBeNull();
});

test('days are counted over the ends of months and years, in UTC', () => {
  expect(addDays('2025-12-31', 1)).toBe('2026-01-01');
  expect(addDays('2024-03-01', -1)).toBe('2024-02-29');
  expect(toDay(new Date('2025-03-30T23:59:59.999Z'))).toBe('2025-03-30');
});

test('a range holds both of its ends, and nothing when they are the wrong way round', () => {
  expect(listDays('2025-03-29', '2025-03-31')).toEqual(['2025-03-29', '2025-03-30', '2025-03-31']);
  expect(listDays('2025-03-31', '2025-03-31')).toEqual(['2025-03-31']);
  expect(listDays('2025-04-01', '2025-03-31')).toEqual([]);
});
