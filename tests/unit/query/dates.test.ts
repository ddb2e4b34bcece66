import { describe, expect, test } from 'vitest';
import { formatDates, parseDates } from '#lib/query/dates.ts';

describe('a date, a range or a comparison is an interval, read and written back', () => {
  test.each([
    ['2025', '2025-01-01', '2026-01-01', '2025'],
    ['2025-03', '2025-03-01', '2025-04-01', '2025-03'],
    ['2025-03-12', '2025-03-12', '2025-03-13', '2025-03-12'],
    ['2025/03/12', '2025-03-12', '2025-03-13', '2025-03-12'],
    ['2025-3-1', '2025-03-01', '2025-03-02', '2025-03-01'],
    ['20250312', '2025-03-12', '2025-03-13', '2025-03-12'],
    ['2024-02-29', '2024-02-29', '2024-03-01', '2024-02-29'],
    ['2025-01..2025-03', '2025-01-01', '2025-04-01', '2025-01..2025-03'],
    ['2025-01-15..2025-03', '2025-01-15', '2025-04-01', '2025-01-15..2025-03-31'],
    ['2023-2025', '2023-01-01', '2026-01-01', '2023..2025'],
    ['2025-01..', '2025-01-01', null, '>=2025'],
    ['..2025-03', null, '2025-04-01', '<2025-04'],
    ['>2025', '2026-01-01', null, '>=2026'],
    ['>=2025-03-12', '2025-03-12', null, '>=2025-03-12'],
    ['<2025', null, '2025-01-01', '<2025'],
    ['<=2025', null, '2026-01-01', '<2026'],
    [
      '[202301010600 TO 202401010600]',
      '2023-01-01T06:00',
      '2024-01-01T06:01',
      '2023-01-01T06:00..2024-01-01T06:00',
    ],
    ['[20230101 TO *]', '2023-01-01', null, '>=2023'],
    ['2025-03-12T06:30', '2025-03-12T06:30', '2025-03-12T06:31', '2025-03-12T06:30'],
  ])('%s', (text, from, until, printed) => {
    const reading = parseDates(text);
    expect(reading).toEqual({ range: { from, until }, isSwapped: false });
    expect(formatDates(reading!.range)).toBe(printed);
    expect(parseDates(printed)?.range).toEqual(reading!.range);
  });

  test('a range written backwards is turned round', () => {
    expect(parseDates('2025..2024')).toEqual({
      range: { from: '2024-01-01', until: '2026-01-01' },
      isSwapped: true,
    });
  });

  test('the field may say the comparison', () => {
    expect(parseDates('2025', '>=')?.range).toEqual({ from: '2025-01-01', until: null });
    expect(parseDates('>2025', '>=')).toBeNull();
  });
});

test.each([
  '',
  '2025-13',
  '2025-02-30',
  '1066',
  '9999',
  'yesterday',
  '..',
  '>',
  '>>2025',
  '2025-01-01T25:00',
  '[* TO *]',
  '20250',
  '2025-',
])('%s is no date', (text) => expect(parseDates(text)).toBeNull());
