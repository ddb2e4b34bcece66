import { beforeAll, describe, expect, test } from 'vitest';
import { seededRandom } from '#lib/random.ts';
import {
  activityAt,
  readHourly,
  simulatePapers,
  simulateVotes,
} from '#lib/ranking/simulation/simulated-votes.ts';
import { SIMULATION_DEFAULTS, type SimulationReport, simulate } from '#lib/ranking/simulation/simulation.ts';
import { DAY_MS, HOUR_MS } from '#lib/time.ts';

const MONDAY = Date.UTC(2026, 0, 5);

describe('simulated votes', () => {
  test('activity is 1 on average over the week, lowest at night and at weekends', () => {
    const hours = Array.from({ length: 168 }, (_, hour) => activityAt(MONDAY + (hour + 0.5) * HOUR_MS));
    expect(hours.reduce((sum, activity) => sum + activity, 0) / 168).toBeCloseTo(1, 2);
    expect(activityAt(MONDAY + 4 * HOUR_MS)).toBeLessThan(0.3);
    expect(activityAt(MONDAY + 5.5 * DAY_MS)).toBeCloseTo(activityAt(MONDAY + 1.5 * DAY_MS) / 2, 9);
  });

  test('votes are as many as the quality and the branching say', () => {
    const random = seededRandom(1);
    const papers = Array.from({ length: 300 }, (_, index) =>
      simulateVotes({ submittedAtMs: MONDAY + (index % 7) * DAY_MS, quality: 20 }, random),
    );
    const mean = papers.reduce((sum, votes) => sum + votes.length, 0) / papers.length;
    expect(mean).toBeGreaterThan(0.8 * (20 / 0.7));
    expect(mean).toBeLessThan(1.2 * (20 / 0.7));
  });

  test('the same seed gives the same votes, ascending and after the submission', () => {
    const world = (seed: number) =>
      simulatePapers({ fromMs: MONDAY, days: 2, perDay: 20 }, seededRandom(seed));
    expect(world(3)).toEqual(world(3));
    expect(world(4)).not.toEqual(world(3));
    for (const { submittedAtMs, votesAtMs } of world(3)) {
      expect([submittedAtMs, ...votesAtMs].toSorted((one, other) => one - other)).toEqual([
        submittedAtMs,
        ...votesAtMs,
      ]);
    }
  });

  test('hourly reading finds every vote in the end, and never one to come', () => {
    const [paper] = simulatePapers({ fromMs: MONDAY, days: 1, perDay: 1 }, seededRandom(9));
    const { timesMs, values } = readHourly(paper!, MONDAY + 60 * DAY_MS);
    expect(values.at(-1)).toBe(paper!.votesAtMs.length);
    timesMs.forEach((time, index) => {
      expect(values[index]).toBe(paper!.votesAtMs.filter((vote) => vote <= time).length);
    });
  });
});

describe('over a few simulated worlds', () => {
  let paperboy: SimulationReport['paperboy'];
  let baselines: Omit<SimulationReport, 'paperboy'>;
  beforeAll(() => {
    ({ paperboy, ...baselines } = simulate({ ...SIMULATION_DEFAULTS, worlds: 3 }));
  }, 180_000);

  test('the hour of submission hardly matters', () => {
    expect(paperboy.peakRankSpread).toBeLessThanOrEqual(3);
    for (const name of ['windowCount', 'starsPerHour', 'ewmaRate'] as const) {
      expect(baselines[name].peakRankSpread).toBeGreaterThan(paperboy.peakRankSpread);
    }
  });

  test('a paper that rises late comes up sooner than by any other formula', () => {
    expect(paperboy.hoursToSurface).not.toBeNull();
    for (const { hoursToSurface } of Object.values(baselines)) {
      expect(hoursToSurface ?? Number.POSITIVE_INFINITY).toBeGreaterThan(paperboy.hoursToSurface!);
    }
  });

  test('ten bought votes displace the first ten by at most one place, and buy less than by any formula that counts votes', () => {
    expect(paperboy.collusion.placesLostAtWorst).toBeLessThanOrEqual(1);
    expect(paperboy.collusion.papersLostAtWorst).toBeLessThanOrEqual(1);
    const { newest: _, ...counting } = baselines;
    for (const { collusion } of Object.values(counting)) {
      expect(collusion.hoursGained).toBeGreaterThan(paperboy.collusion.hoursGained);
    }
  });
});
