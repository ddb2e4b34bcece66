/** How well one order agrees with another, and how sure one can be of a difference. */
import type { Random } from '#lib/random.ts';

/**
 * Normalised discounted cumulative gain of the first `depth` (Järvelin & Kekäläinen, ACM TOIS 20, 2002): gains as they
 * are, discounted by log2(rank + 1), over the best that could be had. 1 when there is nothing to be had.
 */
export function ndcg(gainsInOrder: readonly number[], depth: number): number {
  const best = discounted(
    [...gainsInOrder].sort((one, other) => other - one),
    depth,
  );
  return best === 0 ? 1 : discounted(gainsInOrder, depth) / best;
}

function discounted(gains: readonly number[], depth: number): number {
  return gains.slice(0, depth).reduce((sum, gain, index) => sum + gain / Math.log2(index + 2), 0);
}

/** Share of the first `depth` that are among the `depth` largest gains; of equal gains the earlier in order count. */
export function precision(gainsInOrder: readonly number[], depth: number): number {
  const best = gainsInOrder
    .map((gain, index) => ({ gain, index }))
    .sort((one, other) => other.gain - one.gain || one.index - other.index)
    .slice(0, depth);
  return best.length === 0 ? 1 : best.filter(({ index }) => index < depth).length / best.length;
}

/**
 * Kendall's tau-b, which allows for ties (Biometrika 33, 1945), in O(n log n) by counting inversions (Knight, JASA 61,
 * 1966). 0 where one side is all ties.
 */
export function kendallTau(left: readonly number[], right: readonly number[]): number {
  const at = (values: ArrayLike<number>, index: number) => values[index] ?? 0;
  const order = left.map((_, index) => index);
  order.sort((one, other) => at(left, one) - at(left, other) || at(right, one) - at(right, other));
  const lefts = Float64Array.from(order, (index) => at(left, index));
  const rights = Float64Array.from(order, (index) => at(right, index));
  const isTied = (values: Float64Array) => (index: number) => values[index] === values[index - 1];
  const [isLeftTied, isRightTied] = [isTied(lefts), isTied(rights)];
  const total = pairs(left.length);
  const tiedLeft = tiedPairs(left.length, isLeftTied);
  const tiedBoth = tiedPairs(left.length, (index) => isLeftTied(index) && isRightTied(index));
  const discordant = sortCountingInversions(rights);
  const tiedRight = tiedPairs(left.length, isRightTied);
  const scale = Math.sqrt(total - tiedLeft) * Math.sqrt(total - tiedRight);
  return scale === 0 ? 0 : (total - tiedLeft - tiedRight + tiedBoth - 2 * discordant) / scale;
}

const pairs = (size: number) => (size * (size - 1)) / 2;

/** Pairs within runs of equal entries, in a sequence in which equal ones stand together. */
function tiedPairs(size: number, isTiedToLast: (index: number) => boolean): number {
  let tied = 0;
  let run = 1;
  for (let index = 1; index <= size; index += 1) {
    if (index < size && isTiedToLast(index)) run += 1;
    else {
      tied += pairs(run);
      run = 1;
    }
  }
  return tied;
}

/** Merge sort from below; an inversion is a pair in falling order. */
function sortCountingInversions(values: Float64Array): number {
  let inversions = 0;
  const merged = new Float64Array(values.length);
  for (let width = 1; width < values.length; width *= 2) {
    for (let start = 0; start < values.length; start += 2 * width) {
      const middle = Math.min(start + width, values.length);
      const end = Math.min(start + 2 * width, values.length);
      let one = start;
      let other = middle;
      for (let index = start; index < end; index += 1) {
        const takesFirst = other >= end || (one < middle && (values[one] ?? 0) <= (values[other] ?? 0));
        if (!takesFirst) inversions += middle - one;
        merged[index] = (takesFirst ? values[one++] : values[other++]) ?? 0;
      }
    }
    values.set(merged);
  }
  return inversions;
}

/** How deep a reader goes: 90 % of the weight of rank-biased overlap lies in about the first 20. */
const PERSISTENCE = 0.9;

/**
 * Rank-biased overlap of two orders down to the shorter one's depth, extrapolated (Webber, Moffat & Zobel, ACM TOIS 28,
 * 2010, equation 23 for equal depths): 1 the same, 0 nothing in common.
 */
export function rankBiasedOverlap(one: readonly string[], other: readonly string[]): number {
  const depth = Math.min(one.length, other.length);
  if (depth === 0) return 1;
  const seen = new Set<string>();
  let overlap = 0;
  let sum = 0;
  for (let rank = 1; rank <= depth; rank += 1) {
    for (const id of [one[rank - 1] ?? '', other[rank - 1] ?? '']) {
      if (seen.has(id)) overlap += 1;
      else seen.add(id);
    }
    sum += (overlap / rank) * PERSISTENCE ** rank;
  }
  return (overlap / depth) * PERSISTENCE ** depth + ((1 - PERSISTENCE) / PERSISTENCE) * sum;
}

export type Interval = { readonly mean: number; readonly low: number; readonly high: number };

const RESAMPLES = 2000;

/**
 * Mean of a series with its 95 % interval: moving-block bootstrap (Künsch, Annals of Statistics 17, 1989), by
 * percentiles. Days whose horizons overlap share their outcome, so `blockSize` neighbours are drawn together: single
 * days would pretend to that many times the evidence.
 */
export function bootstrapMean(days: readonly number[], blockSize: number, random: Random): Interval {
  const mean = meanOf(days);
  const block = Math.min(Math.max(1, blockSize), days.length);
  if (block === 0) return { mean: 0, low: 0, high: 0 };
  const means = Array.from({ length: RESAMPLES }, () => {
    let sum = 0;
    for (let drawn = 0; drawn < days.length; drawn += block) {
      const start = Math.floor(random.fraction() * (days.length - block + 1));
      for (let day = 0; day < Math.min(block, days.length - drawn); day += 1) sum += days[start + day] ?? 0;
    }
    return sum / days.length;
  }).sort((one, other) => one - other);
  const at = (share: number) => means[Math.floor(share * (RESAMPLES - 1))] ?? mean;
  return { mean, low: at(0.025), high: at(0.975) };
}

export function meanOf(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The middle value; the mean of the two middle ones of an even number; 0 of none. */
export function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const upper = sorted[sorted.length >> 1] ?? 0;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[(sorted.length >> 1) - 1] ?? upper)) / 2;
}
