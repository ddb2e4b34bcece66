/**
 * What recorded data cannot answer: does the hour of submission matter, how soon does a paper that rises late come up,
 * and how far do a few votes bought at once push one? Each question is put to our formula and to every baseline over
 * the same simulated votes (simulated-votes.ts), read once an hour.
 */

import type { TrendingWindow } from '#lib/papers/paper-list.ts';
import { seededRandom } from '#lib/random.ts';
import { DAY_MS, HOUR_MS } from '#lib/time.ts';
import { FORMULA_NAMES, type FormulaName } from '../evaluation/formula-names.ts';
import { medianOf } from '../evaluation/measures.ts';
import { QUALITY_MEDIAN, type SimulatedPaper, simulateVotes } from './simulated-votes.ts';
import {
  knownAt,
  makeWorld,
  QUESTION_MS,
  ranksAt,
  recordOf,
  scoresOf,
  standingAt,
  type World,
} from './simulated-world.ts';

export type SimulationOptions = {
  readonly window: TrendingWindow;
  readonly papersPerDay: number;
  /** Independent worlds; figures are medians over them. */
  readonly worlds: number;
  readonly seed: number;
};

export const SIMULATION_DEFAULTS: SimulationOptions = {
  window: 'day',
  papersPerDay: 50,
  worlds: 25,
  seed: 1,
};

export type SimulationReport = Readonly<
  Record<
    FormulaName,
    {
      /** Median best rank of one good paper, by the hour (UTC) at which it is submitted; and largest less smallest. */
      readonly peakRankByHour: readonly number[];
      readonly peakRankSpread: number;
      /** Median hours from the moment a middling paper starts to rise tenfold until it is among the first ten. */
      readonly hoursToSurface: number | null;
      readonly collusion: Collusion;
    }
  >
>;

/** Ten votes within an hour for the middling paper of a day, against the same day without them. Medians but for the worst. */
export type Collusion = {
  readonly rankWithout: number;
  readonly rankWith: number;
  /** Places that the paper of the first ten which falls furthest loses, in the worst world and hour. */
  readonly placesLostAtWorst: number;
  /** Papers of the first ten that leave it, in the worst world and hour. */
  readonly papersLostAtWorst: number;
  /** Hours of the day after in which the paper stands among the first ten for these votes alone. */
  readonly hoursGained: number;
};

const TOP_RANKS = 10;
const WATCH_HOURS = 60;
/** Direct votes to be expected of a good paper: about the best six in a hundred. */
const GOOD_QUALITY = 4.7 * QUALITY_MEDIAN;
const RISE_AFTER_HOURS = 30;
const RISE = 10;
const COLLUDING_VOTES = 10;
const COLLUSION_AFTER_HOURS = 12;

export function simulate({ window, papersPerDay, worlds, seed }: SimulationOptions): SimulationReport {
  // One world at a time: what each remembers of its papers is large.
  const answers = Array.from({ length: worlds }, (_, index) => {
    const world = makeWorld(window, papersPerDay, seed + index);
    return { peaks: peakRanks(world), surfaced: hoursToSurface(world), collusion: collusionIn(world) };
  });
  return recordOf((name) => {
    const peakRankByHour = Array.from({ length: 24 }, (_, hour) =>
      medianOf(answers.map(({ peaks }) => peaks[name][hour] ?? 0)),
    );
    const hours = medianOf(answers.map(({ surfaced }) => surfaced[name] ?? Number.POSITIVE_INFINITY));
    return {
      peakRankByHour,
      peakRankSpread: Math.max(...peakRankByHour) - Math.min(...peakRankByHour),
      hoursToSurface: Number.isFinite(hours) ? hours : null,
      collusion: summarise(answers.map(({ collusion }) => collusion[name])),
    };
  });
}

/** The best rank that a good paper reaches, by the hour at which it is submitted: the same readers, later or earlier. */
function peakRanks(world: World): Record<FormulaName, number[]> {
  const peaks = recordOf((): number[] => []);
  for (let hour = 0; hour < 24; hour += 1) {
    const submittedAtMs = QUESTION_MS + hour * HOUR_MS;
    const random = seededRandom(world.seed + 1_000_003);
    const votesAtMs = simulateVotes({ submittedAtMs, quality: GOOD_QUALITY }, random);
    const paper = { id: 'probe', submittedAtMs, quality: GOOD_QUALITY, votesAtMs };
    for (let after = 1; after <= WATCH_HOURS; after += 1) {
      const ranks = ranksAt(world, paper, submittedAtMs + after * HOUR_MS);
      if (ranks === null) continue;
      for (const name of FORMULA_NAMES)
        peaks[name][hour] = Math.min(peaks[name][hour] ?? ranks[name], ranks[name]);
    }
  }
  return peaks;
}

/** Hours from the rise until the paper is among the first ten; null when it never is while it is watched. */
function hoursToSurface(world: World): Record<FormulaName, number | null> {
  const submittedAtMs = QUESTION_MS + 8 * HOUR_MS;
  const lift = (ageHours: number) => (ageHours < RISE_AFTER_HOURS ? 1 : RISE);
  const random = seededRandom(world.seed + 2_000_003);
  const votesAtMs = simulateVotes({ submittedAtMs, quality: QUALITY_MEDIAN }, random, lift);
  const paper = { id: 'probe', submittedAtMs, quality: QUALITY_MEDIAN, votesAtMs };
  const hours = recordOf((): number | null => null);
  for (let after = 1; after <= WATCH_HOURS; after += 1) {
    const ranks = ranksAt(world, paper, submittedAtMs + (RISE_AFTER_HOURS + after) * HOUR_MS);
    for (const name of FORMULA_NAMES) {
      if (hours[name] === null && ranks !== null && ranks[name] <= TOP_RANKS) hours[name] = after;
    }
  }
  return hours;
}

/** The order of one day's papers by each formula, with and without the votes bought for the middling one. */
function collusionIn(world: World): Record<FormulaName, Collusion> {
  const day = world.papers.filter(
    ({ submittedAtMs }) => submittedAtMs >= QUESTION_MS && submittedAtMs < QUESTION_MS + DAY_MS,
  );
  const byVotes = [...day].sort((one, other) => one.votesAtMs.length - other.votesAtMs.length);
  const middling = byVotes[byVotes.length >> 1];
  if (middling === undefined) return recordOf(() => NO_COLLUSION);
  const boughtMs = middling.submittedAtMs + COLLUSION_AFTER_HOURS * HOUR_MS;
  const bought = Array.from(
    { length: COLLUDING_VOTES },
    (_, index) => boughtMs + (index / COLLUDING_VOTES) * HOUR_MS,
  );
  const votesAtMs = [...middling.votesAtMs, ...bought].sort((one, other) => one - other);
  const withVotes = day.map((paper) => (paper === middling ? { ...paper, votesAtMs } : paper));
  const hours = Array.from({ length: 24 }, (_, hour) => Math.ceil(boughtMs / HOUR_MS + 1 + hour) * HOUR_MS);
  const before = hours.map((atMs) => ordersAt(world, day, atMs));
  const after = hours.map((atMs) => ordersAt(world, withVotes, atMs));
  return recordOf((name) =>
    compareOrders(
      before.map((orders) => orders[name]),
      after.map((orders) => orders[name]),
      middling.id,
    ),
  );
}

function ordersAt(
  world: World,
  papers: readonly SimulatedPaper[],
  atMs: number,
): Record<FormulaName, string[]> {
  const { usual } = standingAt(world, atMs);
  const scored = papers.flatMap((paper) => {
    const known = knownAt(paper, world, atMs);
    return known === null ? [] : [{ id: paper.id, scores: scoresOf(known, usual, world.window, atMs) }];
  });
  return recordOf((name) =>
    [...scored]
      .sort((one, other) => other.scores[name] - one.scores[name] || (one.id < other.id ? -1 : 1))
      .map(({ id }) => id),
  );
}

const NO_COLLUSION: Collusion = {
  rankWithout: 0,
  rankWith: 0,
  placesLostAtWorst: 0,
  papersLostAtWorst: 0,
  hoursGained: 0,
};

/** Best ranks over the hours; the worst that befalls the first ten in any of them. */
function compareOrders(before: readonly string[][], after: readonly string[][], pushed: string): Collusion {
  const rankIn = (order: readonly string[]) => order.indexOf(pushed) + 1 || order.length + 1;
  const isHigh = (order: readonly string[]) => rankIn(order) <= TOP_RANKS;
  const hours = before.map((order, hour) => {
    const other = after[hour] ?? [];
    const top = order.slice(0, TOP_RANKS).filter((id) => id !== pushed);
    return {
      placesLost: Math.max(0, ...top.map((id) => other.indexOf(id) - order.indexOf(id))),
      papersLost: top.filter((id) => other.indexOf(id) >= TOP_RANKS).length,
      isGained: isHigh(other) && !isHigh(order),
    };
  });
  return {
    rankWithout: Math.min(...before.map(rankIn)),
    rankWith: Math.min(...after.map(rankIn)),
    placesLostAtWorst: Math.max(...hours.map(({ placesLost }) => placesLost)),
    papersLostAtWorst: Math.max(...hours.map(({ papersLost }) => papersLost)),
    hoursGained: hours.filter(({ isGained }) => isGained).length,
  };
}

function summarise(collusions: readonly Collusion[]): Collusion {
  const all = (figure: keyof Collusion) => collusions.map((collusion) => collusion[figure]);
  return {
    rankWithout: medianOf(all('rankWithout')),
    rankWith: medianOf(all('rankWith')),
    placesLostAtWorst: Math.max(...all('placesLostAtWorst')),
    papersLostAtWorst: Math.max(...all('papersLostAtWorst')),
    hoursGained: medianOf(all('hoursGained')),
  };
}
