import { expect, test } from 'vitest';
import { fixedClock } from '#lib/clock.ts';
import { createRateLimiter } from '#lib/http/rate-limiter.ts';

const NOW = '2026-03-02T07:00:00.000Z';
const inMs = (ms: number) => new Date(Date.parse(NOW) + ms);

test('turns of one host keep their distance, however many send at once, and hosts do not wait for one another', async () => {
  const rateLimiter = createRateLimiter({ clock: fixedClock(NOW) }, 3_000);
  const turns = await Promise.all([
    rateLimiter.claim('a'),
    rateLimiter.claim('a'),
    rateLimiter.claim('b'),
    rateLimiter.claim('a'),
  ]);
  expect(turns).toEqual([inMs(0), inMs(3_000), inMs(0), inMs(6_000)]);
});

test('a turn is given for now when the last one is long past', async () => {
  const clock = fixedClock(NOW);
  const rateLimiter = createRateLimiter({ clock }, 3_000);
  await rateLimiter.claim('a');
  clock.set(inMs(60_000));
  expect(await rateLimiter.claim('a')).toEqual(inMs(60_000));
});

test('a host that closes gets no turn before it opens, and an earlier wish does not shorten a later one', async () => {
  const rateLimiter = createRateLimiter({ clock: fixedClock(NOW) }, 0);
  await rateLimiter.defer('a', inMs(50_000));
  await rateLimiter.defer('a', inMs(10_000));
  expect(await rateLimiter.claim('a')).toEqual(inMs(50_000));
});
