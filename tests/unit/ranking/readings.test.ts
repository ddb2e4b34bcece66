import { describe, expect, test } from 'vitest';
import { holdStill, lastHeardAt, parseReadings, withOwnStars } from '#lib/ranking/readings.ts';
import { DAY_MS, HOUR_MS } from '#lib/time.ts';

const AT = Date.parse('2026-11-24T10:00:00Z');

describe('parseReadings', () => {
  test('reads what was known, in its order', () => {
    expect(parseReadings('1000 5,2000 7,3000 6', 2500)).toEqual({ timesMs: [1000, 2000], values: [5, 7] });
    expect(parseReadings('1000 5', 1000)).toEqual({ timesMs: [1000], values: [5] });
  });

  test('of what lies before a time, the last reading', () => {
    expect(parseReadings('1000 5,2000 7,3000 6,4000 9', 3500, 2500)).toEqual({
      timesMs: [2000, 3000],
      values: [7, 6],
    });
    expect(parseReadings('1000 5,2000 7', 3500, 2500)).toEqual({ timesMs: [2000], values: [7] });
    expect(parseReadings('3000 6', 3500, 2500)).toEqual({ timesMs: [3000], values: [6] });
  });

  test('what is no whole number is read as numbers are', () => {
    const read = parseReadings('1000 -5,2000 1.5,3000 x', 5000);
    expect(read).toEqual({ timesMs: [1000, 2000, 3000], values: [-5, 1.5, Number.NaN] });
  });

  test('nothing known is null', () => {
    expect(parseReadings('1000 5', 999)).toBeNull();
    expect(parseReadings('', AT)).toBeNull();
  });
});

describe('withOwnStars', () => {
  const upvotes = { timesMs: [1000, 2000, 3000, 4000], values: [1, 2, 3, 4] };

  test('where GitHub is asked, stars that came with upvotes are left out from then on', () => {
    const series = {
      upvotes,
      forks: { timesMs: [1500], values: [2] },
      stars: { timesMs: [1000, 1500, 2000, 2500, 3000], values: [10, 14, 11, 15, 12] },
    };
    expect(withOwnStars(series).stars).toEqual({ timesMs: [1000, 1500, 2500], values: [10, 14, 15] });
  });

  test('where GitHub is not asked, Hugging Face’s stars are all there is', () => {
    const series = { upvotes, stars: { timesMs: [1000, 2000], values: [10, 11] } };
    expect(withOwnStars(series)).toBe(series);
  });

  test('forks without a single star of GitHub’s own leave the others', () => {
    const series = {
      upvotes,
      forks: { timesMs: [500], values: [0] },
      stars: { timesMs: [1000, 2000], values: [10, 11] },
    };
    expect(withOwnStars(series)).toBe(series);
  });
});

describe('holdStill', () => {
  const stars = { timesMs: [AT - 10 * DAY_MS, AT - 5 * DAY_MS], values: [10, 40] };
  const listedAtMs = AT - 12 * DAY_MS;

  test('a count whose source went on answering stood still until the last look there must have been', () => {
    const held = holdStill({ stars }, { heardAt: { stars: AT }, listedAtMs });
    expect(held.stars).toEqual({ timesMs: [...stars.timesMs, AT - DAY_MS], values: [10, 40, 40] });
  });

  test('a source that fell silent says nothing of what came after', () => {
    const heardAt = { stars: AT - 5 * DAY_MS + HOUR_MS };
    expect(holdStill({ stars }, { heardAt, listedAtMs }).stars).toBe(stars);
    expect(holdStill({ stars }, { heardAt: {}, listedAtMs }).stars).toBe(stars);
  });

  test('votes are looked at for two weeks, and not known after them', () => {
    const upvotes = { timesMs: [AT - 40 * DAY_MS], values: [9] };
    const old = { heardAt: { upvotes: AT }, listedAtMs: AT - 41 * DAY_MS };
    expect(holdStill({ upvotes }, old).upvotes).toEqual({
      timesMs: [AT - 40 * DAY_MS, AT - 28 * DAY_MS],
      values: [9, 9],
    });
  });

  test('an old repository is looked at seldom: its last reading is news for longer', () => {
    const heardAt = { stars: AT };
    expect(holdStill({ stars }, { heardAt, listedAtMs: AT - 400 * DAY_MS }).stars).toBe(stars);
  });
});

test('lastHeardAt is the newest reading of each kind', () => {
  expect(
    lastHeardAt([
      { stars: { timesMs: [1, 5], values: [1, 1] } },
      { stars: { timesMs: [7], values: [1] }, forks: { timesMs: [2], values: [1] } },
      {},
    ]),
  ).toEqual({ stars: 7, forks: 2 });
});
