import { describe, expect, test } from 'vitest';
import { SIGNAL_KINDS, type SignalKind } from '#lib/papers/paper.ts';
import { seededRandom } from '#lib/random.ts';
import { toCurve } from '#lib/ranking/curve.ts';
import { parseReadings } from '#lib/ranking/readings.ts';
import { SIGNAL } from '#lib/ranking/signal.ts';
import { fetchedDays, velocityOf } from '#lib/ranking/velocity.ts';
import { DAY_MS, HOUR_MS } from '#lib/time.ts';

const AT = Date.UTC(2026, 2, 12);

/** Totals at so many hours before the instant. */
function velocity(
  readings: [hoursAgo: number, total: number][],
  { kind = 'stars', listedAtMs = null }: { kind?: SignalKind; listedAtMs?: number | null } = {},
) {
  const timesMs = readings.map(([hours]) => AT - hours * HOUR_MS);
  const curve = toCurve({ timesMs, values: readings.map(([, total]) => total) }, AT, null)!;
  return velocityOf(curve, { kind, atMs: AT, listedAtMs });
}

/** Daily totals over 60 days that grow by `rate(daysAgo)`. */
function daily(rate: (daysAgo: number) => number, until = 0): [number, number][] {
  let total = 1000;
  return Array.from({ length: 61 - until }, (_, index) => {
    const daysAgo = 60 - index;
    total += index === 0 ? 0 : rate(daysAgo);
    return [24 * daysAgo, total];
  });
}

const perDay = (found: ReturnType<typeof velocity>, window: 'day' | 'week' | 'month' = 'week') =>
  Math.exp(found.windows[window].logRate);

test.each(['day', 'week', 'month'] as const)('steady growth is measured as it is (%s)', (window) => {
  const found = velocity(daily(() => 500));
  expect(perDay(found, window) / 500).toBeCloseTo(1, 1);
  expect(found.windows[window].known).toBeCloseTo(1, 6);
});

test('growth is told for the window, as far as it was observed', () => {
  const found = velocity(daily(() => 10));
  expect(found.windows.day).toMatchObject({ gained: 10, overMs: DAY_MS });
  expect(found.windows.week).toMatchObject({ gained: 70, overMs: 7 * DAY_MS });
  expect(
    velocity([
      [48, 3],
      [0, 44],
    ]).windows.week,
  ).toMatchObject({ gained: 41, overMs: 2 * DAY_MS });
});

test('a single reading tells a total and no velocity', () => {
  const found = velocity([[1, 5000]]);
  expect(found.latest).toBe(5000);
  expect(found.windows.week).toMatchObject({ known: 0, gained: 0, overMs: 0 });
});

test('a burst counts for as long as it lasts, not for as high as it goes', () => {
  const spike = velocity(daily((daysAgo) => (daysAgo === 3 ? 5000 : 20)));
  const sustained = velocity(daily((daysAgo) => (daysAgo < 20 ? 250 : 20)));
  const quiet = velocity(daily(() => 20));
  expect(perDay(sustained)).toBeGreaterThan(2 * perDay(spike));
  expect(perDay(spike)).toBeLessThan(2 * perDay(quiet));
});

test('the shorter the window, the more the last day counts', () => {
  const found = velocity(daily((daysAgo) => (daysAgo === 0 ? 1000 : 10)));
  expect(perDay(found, 'day')).toBeGreaterThan(perDay(found, 'week'));
  expect(perDay(found, 'week')).toBeGreaterThan(perDay(found, 'month'));
});

test('after the last reading nothing is known, which is less than no growth', () => {
  const stale = velocity(daily(() => 500, 5));
  const still = velocity(daily((daysAgo) => (daysAgo < 5 ? 0 : 500)));
  expect(stale.windows.week.known).toBeLessThan(0.4);
  expect(perDay(stale)).toBeGreaterThan(400);
  expect(still.windows.week.known).toBeCloseTo(1, 6);
  expect(perDay(still)).toBeLessThan(50);
});

test('growth over a gap of weeks is spread over it', () => {
  const gap = velocity([
    [40 * 24, 1000],
    [0, 1000 + 40 * 25],
  ]);
  expect(perDay(gap) / 25).toBeCloseTo(1, 1);
});

test('reading twice as often changes nothing where growth is even', () => {
  const rare = velocity([
    [96, 0],
    [0, 400],
  ]);
  const often = velocity(Array.from({ length: 97 }, (_, hour) => [96 - hour, (hour * 400) / 96]));
  expect(perDay(often)).toBeCloseTo(perDay(rare), 6);
});

describe('votes all at once', () => {
  const hourlyVotes = (votes: (hoursAgo: number) => number): [number, number][] => {
    let total = 0;
    return Array.from({ length: 73 }, (_, index) => {
      total += index === 0 ? 0 : votes(72 - index);
      return [72 - index, total];
    });
  };

  test('count for less than the same votes spread over hours', () => {
    const quiet = (hoursAgo: number) => (hoursAgo % 3 === 0 ? 1 : 0);
    const atOnce = velocity(
      hourlyVotes((hours) => quiet(hours) + (hours === 2 ? 10 : 0)),
      { kind: 'upvotes' },
    );
    const spread = velocity(
      hourlyVotes((hours) => quiet(hours) + (hours < 5 ? 2 : 0)),
      { kind: 'upvotes' },
    );
    const without = velocity(hourlyVotes(quiet), { kind: 'upvotes' });
    expect(perDay(atOnce)).toBeLessThan(perDay(without) * 1.5);
    expect(perDay(spread)).toBeGreaterThan(perDay(atOnce) * 1.2);
  });

  test('do not hide a rise that goes on', () => {
    const rising = velocity(
      hourlyVotes((hours) => (hours < 8 ? 10 : 1)),
      { kind: 'upvotes' },
    );
    const steady = velocity(
      hourlyVotes(() => 1),
      { kind: 'upvotes' },
    );
    expect(perDay(rising, 'day')).toBeGreaterThan(3 * perDay(steady, 'day'));
  });
});

test('an impossible rise counts as the largest that is believed', () => {
  const fault = velocity([
    [48, 100],
    [24, 100],
    [0, 900_000_000],
  ]);
  const limit = velocity([
    [48, 100],
    [24, 100],
    [0, 100 + SIGNAL.stars.perDayMax],
  ]);
  expect(perDay(fault)).toBeLessThan(1.5 * perDay(limit));
  expect(Number.isFinite(perDay(fault))).toBe(true);
});

test('one stray vote for an old paper is no news', () => {
  const listedAtMs = AT - 300 * DAY_MS;
  const still: [number, number][] = daily(() => 0);
  const stray = velocity([...still.slice(0, -1), [0, 1001]], { kind: 'upvotes', listedAtMs });
  const dozens = velocity([...still.slice(0, -1), [0, 1030]], { kind: 'upvotes', listedAtMs });
  expect(perDay(stray)).toBeLessThan(SIGNAL.upvotes.usualPerDay / 4);
  expect(perDay(dozens)).toBeGreaterThan(SIGNAL.upvotes.usualPerDay);
});

test('a paper that fades as papers do keeps its velocity per day of attention', () => {
  const fading = (ageDays: number) => {
    const totalAt = (age: number) => 200 * (1 - 2 ** (-age / SIGNAL.upvotes.halfLifeDays));
    const hours = Math.round(ageDays * 24);
    const readings = Array.from({ length: hours + 1 }, (_, age): [number, number] => [
      hours - age,
      totalAt(age / 24),
    ]);
    return perDay(velocity(readings, { kind: 'upvotes', listedAtMs: AT - ageDays * DAY_MS }));
  };
  expect(fading(2) / fading(0.5)).toBeCloseTo(1, 1);
  expect(fading(4) / fading(0.5)).toBeCloseTo(1, 1);
});

test('citations are measured in their own, slower time', () => {
  const monthly: [number, number][] = Array.from({ length: 13 }, (_, month) => [
    (12 - month) * 30 * 24,
    month,
  ]);
  const found = velocity(monthly, { kind: 'citations' });
  expect(perDay(found) * 30).toBeGreaterThan(0.5);
  expect(perDay(found) * 30).toBeLessThan(1.5);
});

test('readings older than are fetched change no velocity', () => {
  const random = seededRandom(5);
  for (let paper = 0; paper < 200; paper += 1) {
    const kind = SIGNAL_KINDS[paper % SIGNAL_KINDS.length] ?? 'stars';
    const days = fetchedDays(kind) * 3;
    let value = 0;
    // Rising, with a wild reading and a dip now and then, as they come.
    const readings = Array.from({ length: 120 }, (_, index) => {
      value += Math.floor(random.fraction() * 9);
      const told = random.fraction() < 0.03 ? value * 5 : value;
      return `${Math.round(AT - ((120 - index) / 120) * days * DAY_MS)} ${told}`;
    }).join(',');
    const velocityFrom = (fromMs: number) => {
      const curve = toCurve(parseReadings(readings, AT, fromMs) ?? { timesMs: [], values: [] }, AT, null);
      return curve && velocityOf(curve, { kind, atMs: AT, listedAtMs: AT - days * DAY_MS });
    };
    const cut = velocityFrom(AT - fetchedDays(kind) * DAY_MS);
    const whole = velocityFrom(Number.NEGATIVE_INFINITY);
    expect(cut?.windows).toEqual(whole?.windows);
  }
});
