/**
 * Is the order any good? Stand at each past day T, rank with what was known then, and compare with what came next:
 * growth of one signal in (T, T + horizon]. Our formula and each baseline rank the same candidates.
 *
 * What the data lacks is left out rather than guessed, for all formulas alike: a day is judged only if papers were read
 * on it and about its horizon; a candidate must have been read within two days before; one without readings about the
 * horizon is not judged, and counted. Growth below nothing is nothing. Where the data dates no listing, age counts from
 * the first reading for the baselines, and our formula is given no age at all. Readings are of survivors: what never
 * made a list, or left it for good, is not in the data, and no formula is charged with it.
 */
import type { SignalKind } from '#lib/papers/paper.ts';
import { seededRandom } from '#lib/random.ts';
import { DAY_MS } from '#lib/time.ts';
import type { PaperFacts, SeriesByKind } from '../candidate.ts';
import { BASELINES, type BaselineName } from './baselines.ts';
import { FORMULA_NAMES, type FormulaName } from './formula-names.ts';
import {
  type Judgement,
  judgeDay,
  type Measures,
  type Question,
  type Subject,
  toSubject,
} from './judgement.ts';
import { bootstrapMean, type Interval, meanOf, rankBiasedOverlap } from './measures.ts';

export type ReplayPaper = { readonly facts: PaperFacts; readonly series: SeriesByKind };

export type ReplayOptions = Question & {
  /** Judge every n-th of the days that can be judged. */
  readonly everyDays: number;
  /**
   * Constants were set by days before this. Days from here on were watched while the form of the formula was sought, so
   * that only data recorded later is wholly unseen. Days whose horizon crosses it are in neither part.
   */
  readonly heldOutFromMs: number;
  readonly seed: number;
};

export const REPLAY_DEFAULTS: ReplayOptions = {
  target: 'stars',
  window: 'week',
  horizonDays: 7,
  everyDays: 1,
  heldOutFromMs: Date.UTC(2025, 6, 1),
  seed: 1,
};

export type ReplayTable = {
  readonly dayCount: number;
  /** Means over the days. Churn is 1 − rank-biased overlap with the day before, over the days that have one. */
  readonly formulas: Readonly<Record<FormulaName, Measures & { readonly churn: number }>>;
  readonly bestBaseline: BaselineName;
  /** nDCG of ours less that of the best baseline, and the same in shares of the best baseline's mean: 95 % intervals. */
  readonly difference: Interval;
  readonly relative: Interval;
  /** Share of days on which the best baseline was ahead. */
  readonly lostShare: number;
};

export type ReplayReport = {
  readonly paperCount: number;
  readonly candidatesPerDay: number;
  readonly unjudgedPerDay: number;
  /** Days before `heldOutFromMs`, from there on, and all. Null where there are none. */
  readonly tuned: ReplayTable | null;
  readonly heldOut: ReplayTable | null;
  readonly all: ReplayTable | null;
};

/** Days of readings before the first day judged. */
const WARM_UP_DAYS = 7;
/** Days of reading about the horizon are no further apart than this. */
const GAP_MAX_DAYS = 3;
/** A day on which less than this share of the usual number of papers was read is no day of reading. */
const READ_SHARE_MIN = 0.1;

export function replay(papers: readonly ReplayPaper[], options: ReplayOptions): ReplayReport {
  const subjects = papers.map(({ facts, series }) => toSubject(facts, series));
  const days = judgedDays(subjects, options).map((day) => judgeDay(subjects, day * DAY_MS, options));
  const tuned = days.filter(({ atMs }) => atMs + options.horizonDays * DAY_MS < options.heldOutFromMs);
  const heldOut = days.filter(({ atMs }) => atMs >= options.heldOutFromMs);
  return {
    paperCount: subjects.length,
    candidatesPerDay: meanOf(days.map(({ candidateCount }) => candidateCount)),
    unjudgedPerDay: meanOf(days.map(({ unjudgedCount }) => unjudgedCount)),
    tuned: tableOf(tuned, options),
    heldOut: tableOf(heldOut, options),
    all: tableOf(days, options),
  };
}

/** Days, counted from 1970, that can be judged: read, warmed up, and with readings about their horizon. */
function judgedDays(
  subjects: readonly Subject[],
  { target, horizonDays, everyDays }: ReplayOptions,
): number[] {
  const read = daysOfReading(subjects, target);
  const first = read[0] ?? 0;
  return read
    .filter((day) => {
      const before = read.findLast((other) => other <= day + horizonDays) ?? first;
      const after = read.find((other) => other >= day + horizonDays);
      return day >= first + WARM_UP_DAYS && after !== undefined && after - before <= GAP_MAX_DAYS;
    })
    .filter((_, index) => index % everyDays === 0);
}

/** Ascending. A reading after midnight is known on the day that follows. */
function daysOfReading(subjects: readonly Subject[], target: SignalKind): number[] {
  const counts = new Map<number, number>();
  for (const { series } of subjects) {
    const days = new Set(Array.from(series[target]?.timesMs ?? [], (timeMs) => Math.ceil(timeMs / DAY_MS)));
    for (const day of days) counts.set(day, (counts.get(day) ?? 0) + 1);
  }
  const most = [...counts.values()].reduce((highest, count) => Math.max(highest, count), 0);
  return [...counts]
    .filter(([, count]) => count >= READ_SHARE_MIN * most)
    .map(([day]) => day)
    .sort((one, other) => one - other);
}

function tableOf(
  days: readonly Judgement[],
  { seed, everyDays, horizonDays }: ReplayOptions,
): ReplayTable | null {
  if (days.length === 0) return null;
  const formulas = Object.fromEntries(
    FORMULA_NAMES.map((name) => [name, { ...meansOf(days, name), churn: churnOf(days, name, everyDays) }]),
  ) as ReplayTable['formulas'];
  const names = Object.keys(BASELINES) as BaselineName[];
  const bestBaseline = names.reduce((best, name) =>
    formulas[name].ndcg > formulas[best].ndcg ? name : best,
  );
  const differences = days.map(({ measures }) => measures.paperboy.ndcg - measures[bestBaseline].ndcg);
  const difference = bootstrapMean(differences, Math.ceil(horizonDays / everyDays), seededRandom(seed));
  const scale = formulas[bestBaseline].ndcg || 1;
  return {
    dayCount: days.length,
    formulas,
    bestBaseline,
    difference,
    relative: { mean: difference.mean / scale, low: difference.low / scale, high: difference.high / scale },
    lostShare: meanOf(differences.map((value) => (value < 0 ? 1 : 0))),
  };
}

function meansOf(days: readonly Judgement[], name: FormulaName): Measures {
  const mean = (measure: keyof Measures) => meanOf(days.map(({ measures }) => measures[name][measure]));
  return {
    ndcg: mean('ndcg'),
    ndcgLog: mean('ndcgLog'),
    precision: mean('precision'),
    kendallTau: mean('kendallTau'),
    ageDays: mean('ageDays'),
  };
}

/** Over neighbouring days only: after a gap the order has every reason to differ. */
function churnOf(days: readonly Judgement[], name: FormulaName, everyDays: number): number {
  const churns = days.flatMap((day, index) => {
    const before = days[index - 1];
    if (before === undefined || day.atMs - before.atMs > (everyDays + 1) * DAY_MS) return [];
    return [1 - rankBiasedOverlap(before.orders[name], day.orders[name])];
  });
  return meanOf(churns);
}
