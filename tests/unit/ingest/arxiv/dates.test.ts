import { expect, test } from 'vitest';
import { parseDay, parseRfc2822, parseRfc3339 } from '#lib/ingest/arxiv/dates.ts';

test.each([
  ['2026-09-25T04:00:11.600500+00:00', '2026-09-25T04:00:11.600Z'],
  ['2026-09-25T00:00:00-04:00', '2026-09-25T04:00:00.000Z'],
  ['2025-10-16T17:59:37Z', '2025-10-16T17:59:37.000Z'],
  [' 2026-09-25T05:30:00+0530 ', '2026-09-25T00:00:00.000Z'],
  ['2016-12-31T23:59:60Z', '2016-12-31T23:59:59.000Z'],
])('%s is the instant %s', (text, instant) => {
  expect(parseRfc3339(text)?.toISOString()).toBe(instant);
});

test.each([
  ['Fri, 25 Sep 2026 00:00:00 -0400', '2026-09-25T04:00:00.000Z'],
  ['Wed, 25 Jun 2008 15:29:38 GMT', '2008-06-25T15:29:38.000Z'],
  ['1 Jan 2024 12:00 EST', '2024-01-01T17:00:00.000Z'],
  ['Sunday, 06 July 2025 20:00:00 EDT', '2025-07-07T00:00:00.000Z'],
])('%s is the instant %s', (text, instant) => {
  expect(parseRfc2822(text)?.toISOString()).toBe(instant);
});

test.each([
  '',
  'yesterday',
  '2026-02-30T00:00:00Z',
  '2026-13-01T00:00:00Z',
  '2026-09-25T24:00:00Z',
  '2026-09-25T00:60:00Z',
  '2026-09-25T00:00:00',
  '2026-09-25',
  '0026-09-25T00:00:00Z',
])('%j is no instant of RFC 3339', (text) => {
  expect(parseRfc3339(text)).toBeNull();
});

test.each([
  '',
  'Fri, 31 Sep 2026 00:00:00 -0400',
  'Fri, 25 Sop 2026 00:00:00 GMT',
  'Fri, 25 Sep 2026 00:00:00',
  'Fri, 25 Sep 2026 00:00:00 XYZ',
  'Fri, 25 Sep 2026 00:00:00 +9999',
  'Fri, 25 Sep 3026 00:00:00 GMT',
])('%j is no instant of RFC 2822', (text) => {
  expect(parseRfc2822(text)).toBeNull();
});

test('a day is its beginning in UTC, and must exist', () => {
  expect(parseDay('2008-02-29')?.toISOString()).toBe('2008-02-29T00:00:00.000Z');
  expect(parseDay('2023-02-29')).toBeNull();
  expect(parseDay('2023-3-7')).toBeNull();
});
