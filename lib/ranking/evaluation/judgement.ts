/** One day of a replay: every formula's order of what was known then, measured by what came after. */
import type { SignalKind } from '#lib/papers/paper.ts';
import type { TrendingWindow } from '#lib/papers/paper-list.ts';
import { DAY_MS } from '#lib/time.ts';
import { type PaperFacts, type SeriesByKind, toCandidate } from '../candidate.ts';
import { type Series, toCurve } from '../curve.ts';
import { scoreOf } from '../trending.ts';
import { usualOf } from '../usual.ts';
import { fetchedDays, MEMORY_DAYS } from '../velocity.ts';
import { BASELINES, type BaselineName, type VoteHistory } from './baselines.ts';
import { FORMULA_NAMES, type FormulaName } from './formula-names.ts';
import { kendallTau, medianOf, ndcg, precision } from './measures.ts';

/** A paper of the replay, each kind's readings sorted for search by time. */
export type Subject = {
  readonly facts: PaperFacts;
  readonly series: { readonly [kind in SignalKind]?: Readings };
};
type Readings = { readonly timesMs: Float64Array; readonly values: Float64Array };

export type Question = {
  /** The signal whose growth is to be foreseen … */
  readonly target: SignalKind;
  /** … over so many days. */
  readonly horizonDays: number;
  readonly window: TrendingWindow;
};

export type Measures = {
  /** Of the first DEPTH, gains being the growth itself; and being log2(1 + growth). */
  readonly ndcg: number;
  readonly ndcgLog: number;
  readonly precision: number;
  /** Of all candidates. */
  readonly kendallTau: number;
  /** Median age of the first DEPTH. */
  readonly ageDays: number;
};

export type Judgement = {
  readonly atMs: number;
  readonly candidateCount: number;
  /** Candidates left out because nothing is known of their future. */
  readonly unjudgedCount: number;
  readonly measures: Readonly<Record<FormulaName, Measures>>;
  /** The first ORDER_DEPTH ids of each order. */
  readonly orders: Readonly<Record<FormulaName, readonly string[]>>;
};

export const DEPTH = 20;
const ORDER_DEPTH = 100;
/** A candidate was read so shortly before the day. */
const STALE_MAX_MS = 2 * DAY_MS;
/** Readings about the horizon are no further apart than this. */
const GAP_MAX_MS = 14 * DAY_MS;

export function toSubject(facts: PaperFacts, series: SeriesByKind): Subject {
  const sorted = Object.entries(series).map(([kind, readings]) => [kind, sortReadings(readings)] as const);
  return { facts, series: Object.fromEntries(sorted) };
}

function sortReadings({ timesMs, values }: Series): Readings {
  const times = Float64Array.from(timesMs);
  if (times.every((time, index) => index === 0 || time >= (times[index - 1] ?? time))) {
    return { timesMs: times, values: Float64Array.from(values) };
  }
  const order = Array.from(times, (_, index) => index).sort(
    (one, other) => (times[one] ?? 0) - (times[other] ?? 0),
  );
  return {
    timesMs: Float64Array.from(order, (index) => times[index] ?? 0),
    values: Float64Array.from(order, (index) => values[index] ?? 0),
  };
}

export function judgeDay(subjects: readonly Subject[], atMs: number, question: Question): Judgement {
  const { target, horizonDays } = question;
  const present = subjects.flatMap(({ facts, series }) => {
    const readings = series[target];
    const last = readings?.timesMs[countUntil(readings.timesMs, atMs) - 1];
    if (readings === undefined || last === undefined || last < atMs - STALE_MAX_MS) return [];
    return [{ facts, series, readings }];
  });
  const known = present.flatMap((subject) => {
    const after = valueNear(subject.readings, atMs + horizonDays * DAY_MS);
    const before = valueNear(subject.readings, atMs);
    return after === null || before === null ? [] : [{ ...subject, gain: Math.max(0, after - before) }];
  });
  const histories = known.map(({ facts, readings }) => toHistory(facts, readings, atMs));
  const scores = scoresOf(known, histories, atMs, question);
  const measures: Partial<Record<FormulaName, Measures>> = {};
  const orders: Partial<Record<FormulaName, string[]>> = {};
  for (const name of FORMULA_NAMES) {
    const order = known
      .map(({ facts, gain }, index) => ({
        id: facts.id,
        score: scores[name][index] ?? 0,
        gain,
        ageDays: (atMs - (histories[index]?.submittedAtMs ?? atMs)) / DAY_MS,
      }))
      .sort((one, other) => other.score - one.score || (one.id < other.id ? -1 : 1));
    measures[name] = measuresOf(order);
    orders[name] = order.slice(0, ORDER_DEPTH).map(({ id }) => id);
  }
  return {
    atMs,
    candidateCount: known.length,
    unjudgedCount: present.length - known.length,
    measures: measures as Judgement['measures'],
    orders: orders as Judgement['orders'],
  };
}

function scoresOf(
  subjects: readonly Subject[],
  histories: readonly VoteHistory[],
  atMs: number,
  { window }: Question,
): Record<FormulaName, readonly number[]> {
  const candidates = subjects.map(({ facts, series }) => toCandidate(facts, seriesAt(series, atMs), atMs));
  const usual = usualOf(candidates, atMs);
  const byBaseline = Object.entries(BASELINES).map(
    ([name, baseline]) => [name, histories.map((history) => baseline(history, atMs))] as const,
  );
  return {
    ...(Object.fromEntries(byBaseline) as Record<BaselineName, number[]>),
    paperboy: candidates.map((candidate) => scoreOf(candidate, usual, atMs, { window }).score),
  };
}

type Standing = { readonly score: number; readonly gain: number; readonly ageDays: number };

function measuresOf(order: readonly Standing[]): Measures {
  const gains = order.map(({ gain }) => gain);
  const logGains = gains.map((gain) => Math.log2(1 + gain));
  return {
    ndcg: ndcg(gains, DEPTH),
    ndcgLog: ndcg(logGains, DEPTH),
    precision: precision(gains, DEPTH),
    kendallTau: kendallTau(
      order.map(({ score }) => score),
      gains,
    ),
    ageDays: medianOf(order.slice(0, DEPTH).map(({ ageDays }) => ageDays)),
  };
}

/**
 * The readings that a run at `atMs` would fetch, which keeps a replay of years linear.
 */
function seriesAt(series: Subject['series'], atMs: number): SeriesByKind {
  const cut = Object.entries(series).map(([kind, readings]) => {
    const fetchedMs = fetchedDays(kind as SignalKind) * DAY_MS;
    return [kind, recentReadings(readings, atMs - fetchedMs, atMs)] as const;
  });
  return Object.fromEntries(cut);
}

function recentReadings({ timesMs, values }: Readings, fromMs: number, toMs: number): Readings {
  const start = Math.max(0, countUntil(timesMs, fromMs) - 1);
  const end = countUntil(timesMs, toMs);
  return { timesMs: timesMs.subarray(start, end), values: values.subarray(start, end) };
}

/**
 * Votes as the baselines want them: from the first reading on, which is the submission where no listing is dated, but
 * of what lies before the memory only where it began.
 */
function toHistory(facts: PaperFacts, readings: Readings, atMs: number): VoteHistory {
  const submittedAtMs = facts.listedAtMs ?? readings.timesMs[0] ?? atMs;
  const recent = recentReadings(readings, atMs - MEMORY_DAYS * DAY_MS, atMs);
  const timesMs = [readings.timesMs[0] ?? 0, ...recent.timesMs];
  const values = [readings.values[0] ?? 0, ...recent.values];
  const curve = toCurve({ timesMs, values }, atMs, facts.listedAtMs);
  return { submittedAtMs, curve: curve ?? { timesMs: [atMs], values: [0], startsAtZero: false, latest: 0 } };
}

/** The total at a time by the readings about it; null when they are too far apart, or there are none after it. */
function valueNear({ timesMs, values }: Readings, timeMs: number): number | null {
  const after = countUntil(timesMs, timeMs);
  const before = after - 1;
  if (timesMs[before] === timeMs) return values[before] ?? null;
  const startMs = timesMs[before];
  const endMs = timesMs[after];
  if (startMs === undefined || endMs === undefined || endMs - startMs > GAP_MAX_MS) return null;
  const [start, end] = [values[before] ?? 0, values[after] ?? 0];
  return start + ((end - start) * (timeMs - startMs)) / (endMs - startMs);
}

/** How many of the ascending times are not after `timeMs`. */
function countUntil(timesMs: Float64Array, timeMs: number): number {
  let low = 0;
  let high = timesMs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((timesMs[middle] ?? 0) <= timeMs) low = middle + 1;
    else high = middle;
  }
  return low;
}
