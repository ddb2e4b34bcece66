import { describe, expect, test } from 'vitest';
import {
  growthPerDay,
  nextDueAt,
  nextDueWhenFailed,
  nextDueWhenGone,
  type PollTiming,
  SIGNAL_SOURCES,
  type SignalSource,
} from '#lib/signals/schedule.ts';
import { DAY_MS, HOUR_MS } from '#lib/time.ts';

const AT = new Date('2026-03-02T07:00:00Z');

function waitHours(
  source: SignalSource,
  ageDays: number | null,
  seen: Partial<PollTiming> = {},
  fraction = 0,
) {
  const newestPaperAt = ageDays === null ? null : new Date(AT.getTime() - ageDays * 24 * HOUR_MS);
  const due = nextDueAt(
    source,
    { at: AT, newestPaperAt, unchanged: 0, growthPerDay: null, ...seen },
    fraction,
  );
  return (due.getTime() - AT.getTime()) / HOUR_MS;
}

test.each<[SignalSource, number | null, number]>([
  ['huggingface', 0, 1],
  ['huggingface', 1.9, 1],
  ['huggingface', 3, 6],
  ['github', 1, 6],
  ['github', 5, 12],
  ['github', 29, 24],
  ['github', 100, 72],
  ['github', 1_000, 168],
  ['github', null, 168],
  ['semantic-scholar', 10, 72],
  ['semantic-scholar', 100, 168],
  ['semantic-scholar', 4_000, 720],
])('%s polls at a paper of %s days that has changed again after %s hours', (source, ageDays, hours) => {
  expect(waitHours(source, ageDays)).toBe(hours);
});

test.each<[SignalSource, number, readonly number[]]>([
  ['huggingface', 1, [1, 2, 3, 3]],
  ['github', 20, [24, 24, 24, 24]],
  ['github', 100, [72, 144, 288, 336]],
  ['github', 1_000, [168, 336, 672, 1344, 1440]],
  ['semantic-scholar', 4_000, [720, 1440, 2160, 2160]],
])('%s is patient with a paper of %s days that does not change, up to a bound', (source, ageDays, hours) => {
  expect(hours.map((_, index) => waitHours(source, ageDays, { unchanged: index + 1 }))).toEqual(hours);
});

test('an old paper that rises is polled at as often as a young one', () => {
  expect(waitHours('github', 1_000, { growthPerDay: 0.05 })).toBeCloseTo(24);
  expect(waitHours('github', 1_000, { growthPerDay: 0.1 })).toBeCloseTo(12);
  expect(waitHours('github', 1_000, { growthPerDay: 100 })).toBe(3);
  expect(waitHours('github', 1_000, { growthPerDay: 0.0001 })).toBe(168);
  expect(waitHours('github', 1_000, { growthPerDay: -0.5 })).toBe(168);
});

describe.each(SIGNAL_SOURCES)('whatever was seen at %s', (source) => {
  test('the wait is between half an hour and 90 days, and never longer for a younger paper', () => {
    for (const unchanged of [0, 1, 5, 40, 1_000_000]) {
      for (const growth of [null, 0, 0.01, 5, 1e300]) {
        let before = 0;
        for (const ageDays of [-3, 0, 1, 2, 6, 8, 29, 31, 179, 366, 20_000]) {
          const hours = waitHours(source, ageDays, { unchanged, growthPerDay: growth });
          expect(hours).toBeGreaterThanOrEqual(0.5);
          expect(hours).toBeLessThanOrEqual(90 * 24);
          expect(hours).toBeGreaterThanOrEqual(before);
          before = hours;
        }
      }
    }
  });

  test('chance takes at most a tenth off a wait and adds nothing', () => {
    const hours = waitHours(source, 5);
    expect(waitHours(source, 5, {}, 0.999)).toBeGreaterThan(hours * 0.9);
    expect(waitHours(source, 5, {}, 0.5)).toBeLessThan(hours);
  });
});

test.each([
  [0, 2],
  [1, 2],
  [4, 4],
  [30, 30],
  [400, 60],
])('what has been gone for %s days is asked for again after %s', (goneDays, days) => {
  const goneAt = new Date(AT.getTime() - goneDays * DAY_MS);
  const due = nextDueWhenGone({ at: AT, goneAt }, 0);
  expect((due.getTime() - AT.getTime()) / HOUR_MS).toBe(days * 24);
});

test('what got no answer is asked for again within hours', () => {
  expect(nextDueWhenFailed(AT, 0)).toEqual(new Date('2026-03-02T10:00:00Z'));
  expect(nextDueWhenFailed(AT, 1)).toEqual(new Date('2026-03-02T16:00:00Z'));
});

test.each([
  [100, 110, 24, 0.1],
  [100, 110, 48, 0.05],
  [100, 90, 24, -0.1],
  [0, 1, 24, 0.05],
  [0, 20, 24, 1],
  [1000, 1100, 0, 2.4],
])('from %s to %s in %s hours is a growth of %s a day', (before, now, hours, growth) => {
  expect(growthPerDay(before, now, hours * HOUR_MS)).toBeCloseTo(growth);
});
