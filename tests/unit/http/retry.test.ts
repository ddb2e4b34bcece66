import { expect, test } from 'vitest';
import { BACKOFF_BASE_MS, BACKOFF_MAX_MS, backoffMs, parseRetryAfter } from '#lib/http/retry.ts';

const NOW = new Date('2026-03-02T07:00:00Z');

test('the ceiling of a pause doubles with each failure, up to a bound', () => {
  const ceilings = [1, 2, 3, 4, 10, 1000].map((failures) => backoffMs(failures, 0.999999));
  const expected = [1, 2, 4, 8, Infinity, Infinity].map((factor) =>
    Math.min(BACKOFF_MAX_MS, BACKOFF_BASE_MS * factor),
  );
  expect(ceilings).toEqual(expected.map((ms) => ms - 1));
});

test('a pause is spread over all of its range', () => {
  expect(backoffMs(3, 0)).toBe(0);
  expect(backoffMs(3, 0.5)).toBe(BACKOFF_BASE_MS * 2);
});

test.each([
  ['0', '2026-03-02T07:00:00Z'],
  ['120', '2026-03-02T07:02:00Z'],
  [' 2.5 ', '2026-03-02T07:00:02.500Z'],
  ['Mon, 02 Mar 2026 07:05:00 GMT', '2026-03-02T07:05:00Z'],
  ['Monday, 02-Mar-26 07:05:00 GMT', '2026-03-02T07:05:00Z'],
  ['Mon Mar  2 07:05:00 2026', '2026-03-02T07:05:00Z'],
  ['Sun, 06 Nov 1994 08:49:37 GMT', '2026-03-02T07:00:00Z'],
])('Retry-After %j is %s', (value, instant) => {
  expect(parseRetryAfter(value, NOW)).toEqual(new Date(instant));
});

test.each([
  [null],
  [''],
  ['soon'],
  ['-5'],
  ['99999999999'],
  ['2026-03-02'],
  ['Mon, 99 Foo 2026 07:05:00 GMT'],
])('Retry-After %j names no instant', (value) => {
  expect(parseRetryAfter(value, NOW)).toBeNull();
});
