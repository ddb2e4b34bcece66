/**
 * What is usual: how fast a paper gains each kind of signal, how much papers differ, and what list, category and
 * weekday have to do with it. It is both the prior of a paper of which little is known and the measure in which one
 * kind is compared with another.
 *
 * Estimated from the candidates themselves, by main effects on the logarithm of the velocity, each drawn towards zero
 * by a few imagined papers (empirical Bayes; Gelman et al., Bayesian Data Analysis, 3rd ed., chapter 5). An instance
 * without a history therefore starts from the constants of signal.ts and ends with its own figures.
 */
import { SIGNAL_KINDS, type SignalKind } from '#lib/papers/paper.ts';
import { TRENDING_WINDOWS, type TrendingWindow } from '#lib/papers/paper-list.ts';
import { DAY_MS } from '#lib/time.ts';
import { ageInDays, type Candidate } from './candidate.ts';
import { SIGNAL } from './signal.ts';

/** Natural logarithms of rates per day of attention (attention.ts), and differences of such. */
export type UsualOfKind = {
  /** Of a middling paper. */
  readonly level: Readonly<Record<TrendingWindow, number>>;
  /** From a middling paper to one in the top hundredth. */
  readonly spread: Readonly<Record<TrendingWindow, number>>;
  readonly byList: Readonly<Record<string, number>>;
  readonly byCategory: Readonly<Record<string, number>>;
  /** By the weekday of the listing in UTC, Sunday first. */
  readonly byWeekday: Readonly<Record<string, number>>;
  /** Share of papers for which the kind is ever observed; of those of one list, where it is known. */
  readonly coverage: number;
  readonly coverageByList: Readonly<Record<string, number>>;
};

export type Usual = Readonly<Record<SignalKind, UsualOfKind>>;

/** Imagined papers that hold level, spread and coverage at the constants … */
const PRIOR_PAPERS = 50;
/** … and those that hold the effect of one list, category or weekday at nothing. */
const PRIOR_PAPERS_PER_GROUP = 20;
/** Papers of this age and younger say what is usual of a new one. Stretched by the kind's pace. */
const NEW_DAYS = 7;
/** A velocity of which less than this was observed says too little. */
const KNOWN_MIN = 0.05;
/** Papers are never taken to differ less than this: the top hundredth has at least twice the middling velocity. */
const SPREAD_MIN = Math.LN2;

/** What is usual where nothing was observed. */
export const USUAL_BY_DEFAULT: Usual = usualOf([], 0);

/** What is usual among the candidates. O(n log n). The order of the candidates does not matter. */
export function usualOf(candidates: readonly Candidate[], atMs: number): Usual {
  const byKind = Object.fromEntries(SIGNAL_KINDS.map((kind) => [kind, usualOfKind(kind, candidates, atMs)]));
  return byKind as Record<SignalKind, UsualOfKind>;
}

/** ln of the rate to be expected of a paper of which nothing is known but its list, category and weekday. */
export function expectedLogRate(usual: UsualOfKind, window: TrendingWindow, candidate: Candidate): number {
  return (
    usual.level[window] +
    figureFor(usual.byList, candidate.list, 0) +
    categoryEffect(usual, candidate) +
    figureFor(usual.byWeekday, weekdayOf(candidate), 0)
  );
}

/** Papers of one group are expected to do alike: of one list and category, and listed on one weekday. */
export function groupOf(candidate: Candidate): string {
  return `${candidate.list} ${candidate.category} ${weekdayOf(candidate)}`;
}

/** What the paper's category adds to ln of the rate; 0 for a category not seen before. */
export function categoryEffect(usual: UsualOfKind, { category }: Candidate): number {
  return figureFor(usual.byCategory, category, 0);
}

/** How likely it is that the kind is ever observed of such a paper. */
export function coverageFor(usual: UsualOfKind, { list }: Candidate): number {
  return figureFor(usual.coverageByList, list, usual.coverage);
}

/** Names come from outside: one like `constructor` must not find what objects inherit. */
function figureFor(
  figures: Readonly<Record<string, number>>,
  name: string | null,
  otherwise: number,
): number {
  return name !== null && Object.hasOwn(figures, name) ? (figures[name] ?? otherwise) : otherwise;
}

const WEEKDAYS = ['0', '1', '2', '3', '4', '5', '6'] as const;

function weekdayOf({ listedAtMs }: Candidate): string | null {
  return listedAtMs === null
    ? null
    : (WEEKDAYS[(((Math.floor(listedAtMs / DAY_MS) + 4) % 7) + 7) % 7] ?? null);
}

function usualOfKind(kind: SignalKind, candidates: readonly Candidate[], atMs: number): UsualOfKind {
  const { usualPerDay, spread, coverage, pace } = SIGNAL[kind];
  const observed = candidates.filter((candidate) => candidate.velocities[kind] !== undefined);
  const sample = observed.filter((candidate) => (ageInDays(candidate, atMs) ?? 0) <= NEW_DAYS * pace);
  const levels = { day: 0, week: 0, month: 0 };
  const spreads = { day: spread, week: spread, month: spread };
  for (const window of TRENDING_WINDOWS) {
    const { median, top } = quantilesOf(sample.map((candidate) => logRate(kind, window, candidate)));
    levels[window] = drawn(median.value, Math.log(usualPerDay), median.size, PRIOR_PAPERS);
    spreads[window] = Math.max(SPREAD_MIN, drawn(top - median.value, spread, median.size, PRIOR_PAPERS));
  }
  const residuals = sample.map((candidate) => logRate(kind, 'week', candidate) - levels.week);
  const byList = effectsOf(residuals, sample, (candidate) => candidate.list);
  const byCategory = effectsOf(residuals, sample, (candidate) => candidate.category);
  const byWeekday = effectsOf(residuals, sample, weekdayOf);
  return {
    level: levels,
    spread: spreads,
    byList,
    byCategory,
    byWeekday,
    coverage: drawn(observed.length / candidates.length, coverage, candidates.length, PRIOR_PAPERS),
    coverageByList: coverageByList(kind, candidates, coverage),
  };
}

/** The paper's own ln rate; NaN when too little is known. */
function logRate(kind: SignalKind, window: TrendingWindow, candidate: Candidate): number {
  const velocity = candidate.velocities[kind]?.windows[window];
  if (velocity === undefined || velocity.known < KNOWN_MIN) return Number.NaN;
  return velocity.logRate;
}

/** `size` observations averaging `value`, together with `strength` imagined ones at `prior`. */
function drawn(value: number, prior: number, size: number, strength: number): number {
  return size === 0 ? prior : (size * value + strength * prior) / (size + strength);
}

function quantilesOf(values: readonly number[]): { median: { value: number; size: number }; top: number } {
  const sorted = Float64Array.from(values.filter((value) => !Number.isNaN(value))).sort();
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
  return { median: { value: at(0.5), size: sorted.length }, top: at(0.99) };
}

/**
 * The mean residual of each group, drawn towards none; the residuals are left without it. Sums are taken in sorted
 * order, so that the order of the candidates does not show in the last digit.
 */
function effectsOf(
  residuals: number[],
  sample: readonly Candidate[],
  groupOf: (candidate: Candidate) => string | null,
): Record<string, number> {
  const groups = new Map<string, number[]>();
  sample.forEach((candidate, index) => {
    const group = groupOf(candidate);
    if (group === null || Number.isNaN(residuals[index])) return;
    const members = groups.get(group);
    if (members === undefined) groups.set(group, [index]);
    else members.push(index);
  });
  const effects: [string, number][] = [];
  for (const [group, members] of groups) {
    const own = Float64Array.from(members, (index) => residuals[index] ?? 0).sort();
    const effect = own.reduce((sum, value) => sum + value, 0) / (own.length + PRIOR_PAPERS_PER_GROUP);
    for (const index of members) residuals[index] = (residuals[index] ?? 0) - effect;
    effects.push([group, effect]);
  }
  return Object.fromEntries(effects.sort(([one], [other]) => (one < other ? -1 : 1)));
}

function coverageByList(
  kind: SignalKind,
  candidates: readonly Candidate[],
  prior: number,
): Record<string, number> {
  const counts = new Map<string, { all: number; observed: number }>();
  for (const { list, velocities } of candidates) {
    if (list === null) continue;
    const count = counts.get(list) ?? { all: 0, observed: 0 };
    count.all += 1;
    if (velocities[kind] !== undefined) count.observed += 1;
    counts.set(list, count);
  }
  const shares = [...counts].map(
    ([list, { all, observed }]) => [list, drawn(observed / all, prior, all, PRIOR_PAPERS)] as const,
  );
  return Object.fromEntries(shares.sort(([one], [other]) => (one < other ? -1 : 1)));
}
