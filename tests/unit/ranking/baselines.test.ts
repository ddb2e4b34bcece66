import { describe, expect, test } from 'vitest';
import { toCurve } from '#lib/ranking/curve.ts';
import { BASELINES } from '#lib/ranking/evaluation/baselines.ts';
import { DAY_MS, HOUR_MS } from '#lib/time.ts';

const AT = Date.UTC(2026, 2, 12);

/** `votes` by now, all of them in the first hour after the submission. */
function submitted(hoursAgo: number, votes: number) {
  const submittedAtMs = AT - hoursAgo * HOUR_MS;
  const timesMs = [submittedAtMs, submittedAtMs + HOUR_MS, AT];
  return { submittedAtMs, curve: toCurve({ timesMs, values: [0, votes, votes] }, AT, null)! };
}

describe('formulas are those that were published', () => {
  test('Hacker News: (points − 1)^0.8 / (hours + 2)^1.8', () => {
    expect(BASELINES.hackerNews(submitted(10, 51), AT)).toBeCloseTo(50 ** 0.8 / 12 ** 1.8, 9);
    expect(BASELINES.hackerNews(submitted(10, 0), AT)).toBeLessThan(0);
  });

  test('Reddit: ten times the votes are worth 12.5 hours', () => {
    const later = BASELINES.reddit(submitted(12, 10), AT);
    expect(BASELINES.reddit(submitted(24.5, 100), AT)).toBeCloseTo(later, 6);
  });

  test('Lobsters: a tenfold score is worth 22 hours', () => {
    const later = BASELINES.lobsters(submitted(12, 9), AT);
    expect(BASELINES.lobsters(submitted(34, 99), AT)).toBeCloseTo(later, 6);
  });

  test('the window counts what came inside it', () => {
    const timesMs = [AT - 10 * DAY_MS, AT - 7 * DAY_MS, AT];
    const curve = toCurve({ timesMs, values: [0, 500, 530] }, AT, null)!;
    expect(BASELINES.windowCount({ submittedAtMs: AT - 10 * DAY_MS, curve }, AT)).toBe(30);
  });

  test('stars per hour are those of the last day', () => {
    const timesMs = [AT - 10 * DAY_MS, AT - DAY_MS, AT];
    const curve = toCurve({ timesMs, values: [0, 500, 548] }, AT, null)!;
    expect(BASELINES.starsPerHour({ submittedAtMs: AT - 10 * DAY_MS, curve }, AT)).toBe(2);
  });

  test('the EWMA rate of steady growth is that rate, and a rate of yesterday counts half', () => {
    const days = Array.from({ length: 31 }, (_, day) => AT - (30 - day) * DAY_MS);
    const steady = toCurve({ timesMs: days, values: days.map((_, day) => day * 7) }, AT, null)!;
    expect(BASELINES.ewmaRate({ submittedAtMs: 0, curve: steady }, AT)).toBeCloseTo(7, 6);
    const stopped = toCurve(
      { timesMs: days, values: days.map((_, day) => Math.min(day, 29) * 8) },
      AT,
      null,
    )!;
    expect(BASELINES.ewmaRate({ submittedAtMs: 0, curve: stopped }, AT)).toBeCloseTo(4, 6);
  });
});

test('a single reading gives every baseline a number', () => {
  const curve = toCurve({ timesMs: [AT], values: [5000] }, AT, null)!;
  for (const baseline of Object.values(BASELINES)) {
    expect(Number.isFinite(baseline({ submittedAtMs: AT, curve }, AT))).toBe(true);
  }
});
