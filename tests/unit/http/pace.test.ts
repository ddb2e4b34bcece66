import { expect, test } from 'vitest';
import { fixedClock } from '#lib/clock.ts';
import { createPace } from '#lib/http/pace.ts';

const NOW = '2026-03-02T07:00:00.000Z';
const inMs = (ms: number) => new Date(Date.parse(NOW) + ms);

test('turns of one host keep their distance, however many ask at once, and hosts do not wait for one another', async () => {
  const pace = createPace({ clock: fixedClock(NOW) }, 3_000);
  const turns = await Promise.all([pace.claim('a'), pace.claim('a'), pace.claim('b'), pace.claim('a')]);
  expect(turns).toEqual([inMs(0), inMs(3_000), inMs(0), inMs(6_000)]);
});

test('a turn is given for now when the last one is long past', async () => {
  const clock = fixedClock(NOW);
  const pace = createPace({ clock }, 3_000);
  await pace.claim('a');
  clock.set(inMs(60_000));
  expect(await pace.claim('a')).toEqual(inMs(60_000));
});

test('a host that closes gets no turn before it opens, and an earlier wish does not shorten a later one', async () => {
  const pace = createPace({ clock: fixedClock(NOW) }, 0);
  await pace.defer('a', inMs(50_000));
  await pace.defer('a', inMs(10_000));
  expect(await pace.claim('a')).toEqual(inMs(50_000));
});
