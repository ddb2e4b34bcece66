/**
 * The trending score: how much more attention than usual a paper is gaining, over all its signals.
 *
 *     velocity     v = exp( (known · ln observed + PRIOR_WEIGHT · ln expected) / (known + PRIOR_WEIGHT) )
 *     prominence   p = ln(v · fade / usual) / spread       0 for a middling new paper, 1 for the top hundredth
 *     contribution c = weight of the kind · TOP ^ p        1 · weight for a middling paper, 32 · weight at the top
 *     score        s = Σ c
 *
 * *Observed* is the velocity of velocity.ts, *known* how much of its memory was observed, both as of the instant;
 * *expected*, *usual* and *spread* are those of usual.ts, *fade* is what age leaves (attention.ts). So growth counts,
 * not totals; few observations say little, and a paper with none stands where papers of its list, category and weekday
 * usually stand, fading with age; each kind is measured in its own spread, so that thousands of stars are worth no more
 * than dozens of upvotes when they are as rare; contributions add up, so that a kind a paper does not have (no code, no
 * repository) costs it nothing. The score is pure arithmetic on the parts that it is returned with.
 *
 * Known biases: curated lists are watched more closely than arXiv, so their papers are known earlier; signals beget
 * signals (what is shown is voted for); attention is not merit. Citations predict merit better and come too late.
 */
import { SIGNAL_KINDS, type SignalKind } from '#lib/papers/paper.ts';
import type { TrendingWindow } from '#lib/papers/paper-list.ts';
import { fadeAt } from './attention.ts';
import { ageInDays, type Candidate } from './candidate.ts';
import { SIGNAL } from './signal.ts';
import {
  categoryEffect,
  coverageFor,
  expectedLogRate,
  groupOf,
  type Usual,
  type UsualOfKind,
} from './usual.ts';

/** Weight of the expectation beside what was observed, which weighs 1 when the whole memory was. */
export const PRIOR_WEIGHT = 0.1;

/** How many middling papers one in the top hundredth of a kind counts for. */
export const TOP = 32;

/** Digits that a score keeps, so that the order does not hang on the last bit of a logarithm. */
const SCORE_DIGITS = 9;

export type SignalPart = {
  readonly kind: SignalKind;
  readonly latest: number;
  readonly latestAtMs: number;
  /** Growth observed within the window, over which time, and whether that is all since the count was zero. */
  readonly gained: number;
  readonly overMs: number;
  readonly isWhole: boolean;
  /** How much of the memory was observed, 0 to about 1: what the observations weigh beside `PRIOR_WEIGHT`. */
  readonly known: number;
  /** Rates per day of attention: as observed (null where nothing was), as expected of such a paper, … */
  readonly observedPerDay: number | null;
  readonly expectedPerDay: number;
  /** … their mean that the score uses, and that of a middling paper (of the category, as far as it is balanced). */
  readonly ratePerDay: number;
  readonly usualPerDay: number;
  /** What age leaves of the rate, 1 for a new paper. */
  readonly fade: number;
  /** ln of the ratio of the top hundredth to the middle of the kind. */
  readonly spread: number;
  readonly prominence: number;
  readonly weight: number;
  readonly contribution: number;
};

export type TrendingScore = {
  readonly score: number;
  /** Observed kinds, the largest contribution first. */
  readonly parts: readonly SignalPart[];
  /** What kinds not observed (yet) are expected to contribute. */
  readonly expectedContribution: number;
  readonly ageDays: number | null;
};

export type TrendingOptions = {
  readonly window: TrendingWindow;
  /** 0: as it is. 1: papers are compared with their own category, so that busy ones do not fill the page. */
  readonly categoryBalance?: number;
};

export type RankedPaper<C extends Candidate = Candidate> = TrendingScore & {
  readonly candidate: C;
  /** From 1. */
  readonly rank: number;
};

/** The score of one paper as of `atMs`, with its parts. Always finite and positive. */
export function scoreOf(
  candidate: Candidate,
  usual: Usual,
  atMs: number,
  options: TrendingOptions,
): TrendingScore {
  const ageDays = ageInDays(candidate, atMs);
  const expectations = expectationsOf(candidate, usual, options);
  let expectedContribution = 0;
  const parts: SignalPart[] = [];
  for (const kind of SIGNAL_KINDS) {
    const part = partOf(
      kind,
      candidate,
      { expectation: expectations[kind], usual: usual[kind] },
      ageDays,
      options,
    );
    if (typeof part === 'number') expectedContribution += part;
    else parts.push(part);
  }
  parts.sort((one, other) => other.contribution - one.contribution);
  return {
    score: sumOf(candidate, expectations, usual, ageDays, options),
    parts,
    expectedContribution,
    ageDays,
  };
}

/** The score alone, in a fraction of the time: most papers of a ranking are never looked at. */
function sumOf(
  candidate: Candidate,
  expectations: Expectations,
  usual: Usual,
  ageDays: number | null,
  options: TrendingOptions,
): number {
  let sum = 0;
  for (const kind of SIGNAL_KINDS) {
    const one = standingOf(kind, candidate, expectations[kind], options);
    sum += contributionOf(
      kind,
      prominenceOf(one, usual[kind], fadeAt(kind, options.window, ageDays), options),
      one,
    );
  }
  return Number(sum.toPrecision(SCORE_DIGITS));
}

/** What is expected of a kind where nothing is known but the paper's group: logarithms of rates, and a probability. */
type Expectation = { readonly expected: number; readonly balance: number; readonly coverage: number };
type Expectations = Readonly<Record<SignalKind, Expectation>>;

function expectationOf(
  candidate: Candidate,
  usual: UsualOfKind,
  { window, categoryBalance = 0 }: TrendingOptions,
): Expectation {
  return {
    expected: expectedLogRate(usual, window, candidate),
    balance: categoryBalance === 0 ? 0 : categoryBalance * categoryEffect(usual, candidate),
    coverage: coverageFor(usual, candidate),
  };
}

function expectationsOf(candidate: Candidate, usual: Usual, options: TrendingOptions): Expectations {
  const byKind = SIGNAL_KINDS.map((kind) => [kind, expectationOf(candidate, usual[kind], options)] as const);
  return Object.fromEntries(byKind) as Record<SignalKind, Expectation>;
}

/** How a kind of a paper stands before age and spread: natural logarithms of rates, and how sure its existence is. */
type Standing = Expectation & { readonly logRate: number };

function standingOf(
  kind: SignalKind,
  candidate: Candidate,
  { expected, balance, coverage }: Expectation,
  { window }: TrendingOptions,
): Standing {
  const velocity = candidate.velocities[kind]?.windows[window];
  if (velocity === undefined) return { expected, balance, logRate: expected, coverage };
  const { logRate: observed, known } = velocity;
  const logRate = (known * observed + PRIOR_WEIGHT * expected) / (known + PRIOR_WEIGHT);
  return { expected, balance, logRate, coverage: 1 };
}

function prominenceOf(
  { logRate, balance }: Standing,
  usual: UsualOfKind,
  fade: number,
  { window }: TrendingOptions,
): number {
  return (logRate + Math.log(fade) - usual.level[window] - balance) / usual.spread[window];
}

function contributionOf(kind: SignalKind, prominence: number, { coverage }: Standing): number {
  return SIGNAL[kind].weight * coverage * TOP ** prominence;
}

/** A part where the kind was observed; where it was not, the contribution to be expected of it. */
function partOf(
  kind: SignalKind,
  candidate: Candidate,
  { expectation, usual }: { expectation: Expectation; usual: UsualOfKind },
  ageDays: number | null,
  options: TrendingOptions,
): SignalPart | number {
  const { window } = options;
  const fade = fadeAt(kind, window, ageDays);
  const standing = standingOf(kind, candidate, expectation, options);
  const prominence = prominenceOf(standing, usual, fade, options);
  const contribution = contributionOf(kind, prominence, standing);
  const velocity = candidate.velocities[kind];
  if (velocity === undefined) return contribution;

  const { gained, overMs, isWhole, logRate: observed, known } = velocity.windows[window];
  return {
    kind,
    latest: velocity.latest,
    latestAtMs: velocity.latestAtMs,
    gained,
    overMs,
    isWhole,
    known,
    observedPerDay: known === 0 ? null : Math.exp(observed),
    expectedPerDay: Math.exp(standing.expected),
    ratePerDay: Math.exp(standing.logRate),
    usualPerDay: Math.exp(usual.level[window] + standing.balance),
    fade,
    spread: usual.spread[window],
    prominence,
    weight: SIGNAL[kind].weight,
    contribution,
  };
}

/**
 * Candidates by rank, highest score first, equal scores by id; the first `limit`, or all. The order in which the
 * candidates come does not matter.
 */
export function rankCandidates<C extends Candidate>(
  candidates: readonly C[],
  usual: Usual,
  atMs: number,
  { limit = candidates.length, ...options }: TrendingOptions & { readonly limit?: number },
): RankedPaper<C>[] {
  const ofGroups = new Map<string, Expectations>();
  const scoreFor = (candidate: C): number => {
    const group = groupOf(candidate);
    const expectations = ofGroups.get(group) ?? expectationsOf(candidate, usual, options);
    ofGroups.set(group, expectations);
    return sumOf(candidate, expectations, usual, ageInDays(candidate, atMs), options);
  };
  return candidates
    .map((candidate) => ({ candidate, score: scoreFor(candidate) }))
    .sort((one, other) => other.score - one.score || (one.candidate.id < other.candidate.id ? -1 : 1))
    .slice(0, limit)
    .map(({ candidate }, index) => ({
      ...scoreOf(candidate, usual, atMs, options),
      candidate,
      rank: index + 1,
    }));
}
