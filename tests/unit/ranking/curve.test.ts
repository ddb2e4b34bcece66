import { describe, expect, test } from 'vitest';
import { seededRandom } from '#lib/random.ts';
import { toCurve, valueAt } from '#lib/ranking/curve.ts';
import { HOUR_MS } from '#lib/time.ts';

const AT = Date.UTC(2026, 2, 12);

/** Readings an hour apart, the last one at the instant itself. */
const hourly = (...values: number[]) => ({
  timesMs: values.map((_, index) => AT - (values.length - 1 - index) * HOUR_MS),
  values,
});

describe('a curve never falls', () => {
  test.each([
    ['steady growth is kept', [1, 2, 2, 5], [1, 2, 2, 5]],
    ['a reading far too high among good ones', [100, 101, 2_000_000, 102, 103], [100, 101, 102, 102, 103]],
    ['a reading of zero among good ones', [100, 101, 0, 102, 103], [100, 100, 100, 102, 103]],
    ['votes that were taken back never counted', [100, 150, 600, 200, 210], [100, 150, 200, 200, 210]],
    ['a slow decline is no growth', [50, 49, 48, 47], [48, 48, 48, 48]],
    ['a single low last reading is not believed', [100, 101, 102, 3], [100, 101, 101, 101]],
    ['a lasting fall starts the curve again', [10_000, 10_050, 200, 210, 220], [200, 210, 220]],
  ])('%s', (_, values, expected) => {
    expect(toCurve(hourly(...values), AT, null)?.values).toEqual(expected);
  });
});

describe('bad readings', () => {
  const series = (readings: [number, number][]) => ({
    timesMs: readings.map(([time]) => time),
    values: readings.map(([, value]) => value),
  });

  test.each([
    ['negative', [AT - 5, -1]],
    ['not a number', [AT - 5, Number.NaN]],
    ['infinite', [AT - 5, Number.POSITIVE_INFINITY]],
    ['beyond a billion', [AT - 5, 2e9]],
    ['of a time that is not a number', [Number.NaN, 7]],
    ['of the future', [AT + 1, 7]],
    ['from before arXiv', [0, 7]],
  ] as [string, [number, number]][])('a reading that is %s is dropped', (_, bad) => {
    const good: [number, number][] = [
      [AT - HOUR_MS, 3],
      [AT, 4],
    ];
    expect(toCurve(series([bad, ...good]), AT, null)).toEqual(toCurve(series(good), AT, null));
  });

  test('where no reading is left there is no curve', () => {
    expect(toCurve(series([[AT + 1, 7]]), AT, AT - HOUR_MS)).toBeNull();
    expect(toCurve({ timesMs: [], values: [] }, AT, null)).toBeNull();
  });

  test('order does not matter, and of several readings at one instant the smallest counts', () => {
    const readings: [number, number][] = [
      [AT - 2 * HOUR_MS, 3],
      [AT, 9],
      [AT - HOUR_MS, 5],
      [AT - HOUR_MS, 4],
      [AT - HOUR_MS, 4],
    ];
    const curve = toCurve(series(readings), AT, null);
    expect(curve?.values).toEqual([3, 4, 9]);
    expect(toCurve(series([...readings].reverse()), AT, null)).toEqual(curve);
  });

  test('the last reading is kept as it was, for display', () => {
    expect(toCurve(hourly(100, 101, 99), AT, null)?.latest).toBe(99);
  });
});

describe('where the count was zero', () => {
  test('the curve starts there', () => {
    const curve = toCurve(hourly(18), AT, AT - 6 * HOUR_MS);
    expect(curve).toMatchObject({ values: [0, 18], startsAtZero: true });
    expect(valueAt(curve!, AT - 3 * HOUR_MS)[0]).toBe(9);
  });

  test('a listing dated after the first reading is not believed', () => {
    expect(toCurve(hourly(3, 4), AT, AT - 1)).toMatchObject({ values: [3, 4], startsAtZero: false });
  });
});

test('whatever is read, the curve is finite, ascending in time, never falling and free of the future', () => {
  const random = seededRandom(7);
  const odd = [Number.NaN, Number.POSITIVE_INFINITY, -5, 0, 1e12, AT, 3.5];
  for (let round = 0; round < 500; round += 1) {
    const size = Math.floor(random.fraction() * 12);
    const pick = (usual: () => number) =>
      random.fraction() < 0.2 ? (odd[Math.floor(random.fraction() * odd.length)] ?? 0) : usual();
    const timesMs = Array.from({ length: size }, () =>
      pick(() => AT + Math.floor((random.fraction() - 0.9) * 50) * HOUR_MS),
    );
    const values = Array.from({ length: size }, () => pick(() => Math.floor(random.fraction() * 100)));
    const curve = toCurve({ timesMs, values }, AT, random.fraction() < 0.5 ? null : AT - 30 * HOUR_MS);
    if (curve === null) continue;
    expect(curve.timesMs.length).toBe(curve.values.length);
    curve.timesMs.forEach((time, index) => {
      expect(Number.isFinite(curve.values[index])).toBe(true);
      expect(time).toBeLessThanOrEqual(AT);
      if (index > 0) expect(time).toBeGreaterThan(curve.timesMs[index - 1]!);
      if (index > 0) expect(curve.values[index]).toBeGreaterThanOrEqual(curve.values[index - 1]!);
    });
  }
});
