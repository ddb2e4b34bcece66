import { expect, test } from 'vitest';
import {
  BACKOFF_BASE_MS,
  BACKOFF_MAX_MS,
  backoffMs,
  parseQuota,
  parseRetryAfter,
  quotaOpensAt,
} from '#lib/http/retry.ts';

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

const inSeconds = (seconds: number) => new Date(NOW.getTime() + seconds * 1000);

test.each([
  [
    'Hugging Face',
    { ratelimit: '"api";r=489;t=120', 'ratelimit-policy': '"fixed window";"api";q=500;w=300' },
    489,
    120,
  ],
  ['no reset, but a window', { ratelimit: '"api";r=0', 'ratelimit-policy': '"api";q=500;w=300' }, 0, 300],
  ['the tighter of two', { ratelimit: '"hour";r=900;t=3000, "minute";r=3;t=20' }, 3, 20],
  ['a name with separators in it', { ratelimit: '"a;b, c";r=4;t=9' }, 4, 9],
  ['draft 07', { ratelimit: 'limit=100, remaining=7, reset=30' }, 7, 30],
  ['draft 03', { 'ratelimit-remaining': '7', 'ratelimit-reset': '30' }, 7, 30],
  [
    'GitHub',
    { 'x-ratelimit-remaining': '59', 'x-ratelimit-reset': String(NOW.getTime() / 1000 + 600) },
    59,
    600,
  ],
  ['milliseconds', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(NOW.getTime() + 5000) }, 0, 5],
  ['several windows', { 'x-ratelimit-remaining': '1, 0', 'x-ratelimit-reset': '1, 1419704' }, 0, 1_419_704],
  ['a reset that is past', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1700000000' }, 0, 0],
])('%s', (_, headers, remaining, resetSeconds) => {
  expect(parseQuota(new Headers(headers), NOW)).toEqual({ remaining, resetAt: inSeconds(resetSeconds) });
});

test.each([
  ['nothing', {}],
  ['words', { ratelimit: 'plenty', 'x-ratelimit-remaining': 'lots' }],
  ['a negative number', { 'x-ratelimit-remaining': '-1', 'x-ratelimit-reset': '5' }],
])('%s is no quota', (_, headers) => {
  expect(parseQuota(new Headers(headers), NOW)).toBeNull();
});

test('only a used-up quota closes, and only where its end is known', () => {
  expect(quotaOpensAt(null)).toBeNull();
  expect(quotaOpensAt({ remaining: 1, resetAt: inSeconds(9) })).toBeNull();
  expect(quotaOpensAt({ remaining: 0, resetAt: inSeconds(9) })).toEqual(inSeconds(9));
  expect(
    parseQuota(new Headers({ 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '99999999' }), NOW),
  ).toEqual({
    remaining: 0,
    resetAt: null,
  });
});
