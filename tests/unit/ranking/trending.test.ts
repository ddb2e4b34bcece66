import { describe, expect, test } from 'vitest';
import { SIGNAL_KINDS } from '#lib/papers/paper.ts';
import { TRENDING_WINDOWS } from '#lib/papers/paper-list.ts';
import { seededRandom } from '#lib/random.ts';
import { fadeAt, interestAt, meanInterest } from '#lib/ranking/attention.ts';
import { type Candidate, listingInstant, type SeriesByKind, toCandidate } from '#lib/ranking/candidate.ts';
import { PRIOR_WEIGHT, rankCandidates, scoreOf, TOP } from '#lib/ranking/trending.ts';
import { USUAL_BY_DEFAULT, usualOf } from '#lib/ranking/usual.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#lib/time.ts';

const AT = Date.UTC(2026, 2, 12, 15);
const WEEK = { window: 'week' } as const;

/** Hourly readings of a count that has grown evenly for `hours`. */
function steady(perDay: number, hours = 24, start = 0) {
  const ago = Array.from({ length: hours + 1 }, (_, hour) => hours - hour);
  return {
    timesMs: ago.map((hour) => AT - hour * HOUR_MS),
    values: ago.map((hour) => start + ((hours - hour) * perDay) / 24),
  };
}

function aPaper(id: string, series: SeriesByKind, ageHours: number | null = 24): Candidate {
  const listedAtMs = ageHours === null ? null : AT - ageHours * HOUR_MS;
  const facts = { id, list: 'huggingface', category: 'cs.LG', listedAtMs, submittedAtMs: null };
  return toCandidate(facts, series, AT);
}

const score = (series: SeriesByKind, ageHours: number | null = 24) =>
  scoreOf(aPaper('paper', series, ageHours), USUAL_BY_DEFAULT, AT, WEEK).score;

describe('the order', () => {
  test('growth counts, not the total', () => {
    expect(score({ stars: steady(200, 24, 500) })).toBeGreaterThan(score({ stars: steady(20, 24, 90_000) }));
  });

  test('a paper without code is not invisible', () => {
    const withoutCode = score({ upvotes: steady(60) });
    const middling = score({ upvotes: steady(6), stars: steady(10) });
    expect(withoutCode).toBeGreaterThan(5 * middling);
  });

  test('a repository that nobody stars costs its paper next to nothing', () => {
    const withoutCode = score({ upvotes: steady(60) });
    const withUnknownCode = score({ upvotes: steady(60), stars: steady(0) });
    expect(withUnknownCode / withoutCode).toBeGreaterThan(0.97);
  });

  test('a star spike is damped: a hundredfold rise of one signal is not worth a hundred papers', () => {
    const rise = score({ stars: steady(5000) }) / score({ stars: steady(50) });
    expect(rise).toBeGreaterThan(3);
    expect(rise).toBeLessThan(50);
  });

  test('one paper that stands out in two kinds comes before one that does in either', () => {
    const both = score({ upvotes: steady(40), stars: steady(100) });
    expect(both).toBeGreaterThan(score({ upvotes: steady(40) }));
    expect(both).toBeGreaterThan(score({ stars: steady(100) }));
  });

  test('a paper with no signal yet has its honest prior: below a good one, above one that is passed over', () => {
    const unseen = score({}, 3);
    expect(unseen).toBeGreaterThan(0);
    expect(score({ upvotes: steady(40, 12) }, 12)).toBeGreaterThan(unseen);
    expect(unseen).toBeGreaterThan(score({ upvotes: steady(0, 240), comments: steady(0, 240) }, 240));
  });

  test('what was listed earlier counts for less, until it rises again', () => {
    expect(score({}, 24 * 14)).toBeLessThan(score({}, 24));
    const old = 24 * 400;
    const today = (series: SeriesByKind, ageHours: number) =>
      scoreOf(aPaper('paper', series, ageHours), USUAL_BY_DEFAULT, AT, { window: 'day' }).score;
    const fresh = { upvotes: steady(20) };
    expect(today({ upvotes: steady(20, 24 * 30, 90) }, old)).toBeLessThan(today(fresh, 24));
    expect(today({ upvotes: steady(200, 48, 90) }, old)).toBeGreaterThan(today(fresh, 24));
  });

  test('equal scores stand by id, and every paper has a rank', () => {
    const papers = ['c', 'a', 'd', 'b'].map((id) => aPaper(id, {}));
    const ranked = rankCandidates(papers, USUAL_BY_DEFAULT, AT, WEEK);
    expect(ranked.map(({ candidate, rank }) => `${rank}${candidate.id}`)).toEqual(['1a', '2b', '3c', '4d']);
  });

  test('a category is held against itself as far as balance is asked for', () => {
    const papers = Array.from({ length: 400 }, (_, id) => ({
      ...aPaper(`p${id}`, { upvotes: steady((id % 2 === 0 ? 40 : 4) * (1 + (id % 20) / 2)) }),
      category: id % 2 === 0 ? 'cs.CL' : 'math.AG',
    }));
    const share = (categoryBalance: number) =>
      rankCandidates(papers, usualOf(papers, AT), AT, { ...WEEK, categoryBalance })
        .slice(0, 80)
        .filter(({ candidate }) => candidate.category === 'math.AG').length;
    expect(share(0)).toBe(0);
    expect(share(1)).toBeGreaterThan(15);
  });
});

describe('the arithmetic', () => {
  const papers = [
    aPaper('both', { upvotes: steady(18, 6), stars: steady(20, 48, 300) }, 6),
    aPaper('once', { stars: { timesMs: [AT - HOUR_MS], values: [4000] } }, 24),
    aPaper('none', {}, 48),
    aPaper('undated', { citations: steady(1, 24 * 90) }, null),
  ];

  test.each(TRENDING_WINDOWS)('the parts give the score again (%s)', (window) => {
    for (const paper of papers) {
      const found = scoreOf(paper, USUAL_BY_DEFAULT, AT, { window });
      const sum = found.parts.reduce((total, part) => total + part.contribution, found.expectedContribution);
      expect(found.score / sum).toBeCloseTo(1, 8);
      for (const part of found.parts) {
        const logObserved = part.observedPerDay === null ? 0 : Math.log(part.observedPerDay);
        const logRate =
          (part.known * logObserved + PRIOR_WEIGHT * Math.log(part.expectedPerDay)) /
          (part.known + PRIOR_WEIGHT);
        expect(Math.log(part.ratePerDay)).toBeCloseTo(logRate, 9);
        const prominence = Math.log((part.ratePerDay * part.fade) / part.usualPerDay) / part.spread;
        expect(part.prominence).toBeCloseTo(prominence, 9);
        expect(part.contribution).toBeCloseTo(part.weight * TOP ** prominence, 6);
      }
    }
  });

  test('a middling new paper contributes the weight of the kind, one in the top hundredth nearly 32 times that', () => {
    const { level, spread } = USUAL_BY_DEFAULT.upvotes;
    const part = (perDay: number) =>
      scoreOf(aPaper('paper', { upvotes: steady(perDay, 72) }, null), USUAL_BY_DEFAULT, AT, WEEK).parts[0]!;
    expect(part(Math.exp(level.week)).contribution).toBeCloseTo(1, 1);
    expect(part(Math.exp(level.week + spread.week)).contribution).toBeGreaterThan(15);
    expect(part(Math.exp(level.week + spread.week)).contribution).toBeLessThan(TOP);
  });

  test('a single observation leaves the expectation as it is', () => {
    const part = scoreOf(papers[1]!, USUAL_BY_DEFAULT, AT, WEEK).parts[0]!;
    expect(part.known).toBe(0);
    expect(part.observedPerDay).toBeNull();
    expect(part.ratePerDay).toBeCloseTo(part.expectedPerDay, 9);
  });
});

describe('laws', () => {
  /** Papers with readings of every kind of trouble. */
  function trouble(
    seed: number,
    count: number,
  ): { id: string; series: SeriesByKind; listedAtMs: number | null }[] {
    const random = seededRandom(seed);
    const oddTimes = [Number.NaN, 0, AT + DAY_MS, AT + 1, Number.POSITIVE_INFINITY];
    const oddValues = [Number.NaN, -1, 1e15, 0, Number.POSITIVE_INFINITY, 2 ** 31];
    const pick = (odd: number[], usual: number) =>
      random.fraction() < 0.15 ? (odd[Math.floor(random.fraction() * odd.length)] ?? usual) : usual;
    return Array.from({ length: count }, (_, index) => {
      const series = Object.fromEntries(
        SIGNAL_KINDS.filter(() => random.fraction() < 0.5).map((kind) => {
          const size = Math.floor(random.fraction() * 30);
          const timesMs = Array.from({ length: size }, () =>
            pick(oddTimes, AT - random.fraction() * 90 * DAY_MS),
          );
          return [
            kind,
            { timesMs, values: timesMs.map(() => pick(oddValues, Math.floor(random.fraction() * 5000))) },
          ];
        }),
      );
      const dates = [null, Number.NaN, AT + 5 * DAY_MS, AT - random.fraction() * 400 * DAY_MS];
      return { id: `paper-${index}`, series, listedAtMs: dates[index % dates.length] ?? null };
    });
  }
  const toCandidates = (papers: ReturnType<typeof trouble>, atMs = AT) =>
    papers.map(({ id, series, listedAtMs }) =>
      toCandidate({ id, list: null, category: null, listedAtMs, submittedAtMs: listedAtMs }, series, atMs),
    );

  test.each(TRENDING_WINDOWS)(
    'whatever was observed, every paper is ranked once by a positive number (%s)',
    (window) => {
      const candidates = toCandidates(trouble(1, 500));
      const ranked = rankCandidates(candidates, usualOf(candidates, AT), AT, { window });
      expect(new Set(ranked.map(({ candidate }) => candidate.id)).size).toBe(500);
      expect(ranked.every(({ score: found }) => Number.isFinite(found) && found > 0)).toBe(true);
      expect(ranked.map(({ rank }) => rank)).toEqual(ranked.map((_, index) => index + 1));
    },
  );

  test('the order in which papers and observations arrive does not matter', () => {
    const papers = trouble(2, 200);
    const turned = papers
      .map((paper) => ({
        ...paper,
        series: Object.fromEntries(
          Object.entries(paper.series).map(([kind, { timesMs, values }]) => [
            kind,
            { timesMs: Array.from(timesMs).reverse(), values: Array.from(values).reverse() },
          ]),
        ),
      }))
      .reverse();
    const order = (subjects: ReturnType<typeof trouble>) => {
      const candidates = toCandidates(subjects);
      return rankCandidates(candidates, usualOf(candidates, AT), AT, WEEK).map(
        ({ candidate, score: found }) => `${candidate.id} ${found}`,
      );
    };
    expect(order(turned)).toEqual(order(papers));
  });

  test('what is observed later changes nothing of what was known before', () => {
    const papers = trouble(3, 200);
    const earlier = AT - 20 * DAY_MS;
    const cut = papers.map((paper) => ({
      ...paper,
      series: Object.fromEntries(
        Object.entries(paper.series).map(([kind, { timesMs, values }]) => {
          const kept = Array.from(timesMs, (_, index) => index).filter((index) => timesMs[index]! <= earlier);
          return [
            kind,
            { timesMs: kept.map((index) => timesMs[index]!), values: kept.map((index) => values[index]!) },
          ];
        }),
      ),
    }));
    expect(toCandidates(papers, earlier).map(({ velocities }) => velocities)).toEqual(
      toCandidates(cut, earlier).map(({ velocities }) => velocities),
    );
  });

  test('observing the same again changes nothing', () => {
    const twice = {
      timesMs: [...steady(30).timesMs, ...steady(30).timesMs],
      values: [...steady(30).values, ...steady(30).values],
    };
    expect(score({ upvotes: twice })).toBe(score({ upvotes: steady(30) }));
  });

  test('faster growth never ranks lower', () => {
    const scores = [0, 1, 2, 5, 10, 50, 200, 1000, 10_000].map((perDay) =>
      score({ stars: steady(perDay, 72) }),
    );
    expect([...scores].sort((one, other) => one - other)).toEqual(scores);
  });
});

describe('attention', () => {
  test('interest halves in the half-life of the kind, and never ends', () => {
    expect(interestAt('upvotes', 0)).toBe(1);
    expect(interestAt('upvotes', 1.5)).toBeCloseTo(0.5, 9);
    expect(interestAt('upvotes', 4000)).toBe(1 / 32);
    expect(interestAt('upvotes', null)).toBe(1);
    expect(interestAt('upvotes', -3)).toBe(1);
  });

  test('its mean over a time is the mean of its values', () => {
    const listed = AT - 20 * DAY_MS;
    for (const [from, to] of [
      [-2, 1],
      [0, 3],
      [2, 9],
      [7, 20],
    ] as const) {
      const steps = Array.from({ length: 2000 }, (_, step) => from + ((to - from) * (step + 0.5)) / 2000);
      const mean = steps.reduce((sum, age) => sum + interestAt('upvotes', age), 0) / steps.length;
      expect(meanInterest('upvotes', listed, listed + from * DAY_MS, listed + to * DAY_MS)).toBeCloseTo(
        mean,
        5,
      );
    }
  });

  test('what age leaves is never less than half of what is gained now', () => {
    expect(fadeAt('upvotes', 'week', 0)).toBe(1);
    expect(fadeAt('upvotes', 'week', 7)).toBe(0.5);
    expect(fadeAt('upvotes', 'week', 3000)).toBe(0.5 / 32);
    expect(fadeAt('upvotes', 'week', null)).toBe(1);
  });
});

test('a listing of which only the day is known begins with its first observation', () => {
  const day = Date.UTC(2026, 2, 12);
  expect(listingInstant('2026-03-12', day + 18 * HOUR_MS)).toBe(day + 17 * HOUR_MS);
  expect(listingInstant('2026-03-12', day + 10 * MINUTE_MS)).toBe(day);
  expect(listingInstant('2026-03-12', day + 90 * DAY_MS)).toBe(day);
  expect(listingInstant('2026-03-12', null)).toBe(day);
});
