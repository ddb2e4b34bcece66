import { expect, test } from 'vitest';
import { toCurve } from '#lib/ranking/curve.ts';
import { activeDays, EVEN_RHYTHM, HOURS_PER_WEEK, rhythmOf, tallyGrowth } from '#lib/ranking/rhythm.ts';
import { DAY_MS, HOUR_MS } from '#lib/time.ts';

const MONDAY = Date.UTC(2026, 0, 5);
const byDay = Array.from({ length: HOURS_PER_WEEK }, (_, hour) =>
  hour % 24 >= 8 && hour % 24 < 20 ? 1000 : 0,
);

test('an even rhythm measures days as they are', () => {
  expect(activeDays(EVEN_RHYTHM, MONDAY, MONDAY + 5 * HOUR_MS)).toBeCloseTo(5 / 24, 9);
  expect(activeDays(EVEN_RHYTHM, MONDAY - 40 * DAY_MS, MONDAY + 40.5 * DAY_MS)).toBeCloseTo(80.5, 9);
});

test('a week has seven active days, wherever it begins', () => {
  const rhythm = rhythmOf(byDay);
  for (const hours of [0, 5.5, 100, -1000]) {
    const start = MONDAY + hours * HOUR_MS;
    expect(activeDays(rhythm, start, start + 7 * DAY_MS)).toBeCloseTo(7, 9);
  }
});

test('an hour of the night counts for less than one of the day', () => {
  const rhythm = rhythmOf(byDay);
  const noon = activeDays(rhythm, MONDAY + 12 * HOUR_MS, MONDAY + 13 * HOUR_MS);
  const night = activeDays(rhythm, MONDAY + 2 * HOUR_MS, MONDAY + 3 * HOUR_MS);
  expect(noon / night).toBeGreaterThan(20);
  expect(night).toBeGreaterThan(0);
});

test('a handful of events leaves the rhythm nearly even', () => {
  const rhythm = rhythmOf(byDay.map((count) => count / 1000));
  const noon = activeDays(rhythm, MONDAY + 12 * HOUR_MS, MONDAY + 13 * HOUR_MS);
  expect(noon * 24).toBeCloseTo(1, 1);
});

test('times in the wrong order span nothing, and odd counts do no harm', () => {
  const rhythm = rhythmOf([Number.NaN, -4, Number.POSITIVE_INFINITY]);
  expect(activeDays(rhythm, MONDAY, MONDAY - 1)).toBe(0);
  expect(activeDays(rhythm, MONDAY, MONDAY + DAY_MS)).toBeCloseTo(1, 9);
});

test('growth is tallied in its hour, unless readings are too far apart to tell', () => {
  const times = [0, 1, 2, 30].map((hours) => MONDAY + hours * HOUR_MS);
  const curve = toCurve({ timesMs: times, values: [0, 3, 8, 100] }, times.at(-1)!, null)!;
  const tally = new Float64Array(HOURS_PER_WEEK);
  tallyGrowth(tally, curve, MONDAY);
  expect([...tally.slice(0, 3)]).toEqual([3, 5, 0]);
  expect(tally.reduce((sum, count) => sum + count, 0)).toBe(8);
});
