import { describe, expect, test } from 'vitest';
import { seededRandom } from '#lib/random.ts';
import {
  bootstrapMean,
  kendallTau,
  medianOf,
  ndcg,
  precision,
  rankBiasedOverlap,
} from '#lib/ranking/evaluation/measures.ts';

describe('nDCG', () => {
  test('is 1 for the best order and for nothing to be had', () => {
    expect(ndcg([9, 5, 1, 0], 20)).toBe(1);
    expect(ndcg([0, 0, 0], 20)).toBe(1);
    expect(ndcg([], 20)).toBe(1);
  });

  test('discounts by the logarithm of the rank', () => {
    expect(ndcg([0, 8], 20)).toBeCloseTo(1 / Math.log2(3), 9);
    expect(ndcg([1, 3], 20)).toBeCloseTo((1 + 3 / Math.log2(3)) / (3 + 1 / Math.log2(3)), 9);
  });

  test('sees no further than its depth, but knows what lies beyond', () => {
    expect(ndcg([0, 0, 7], 2)).toBe(0);
  });
});

test('precision is the share of the first that are among the largest', () => {
  expect(precision([9, 1, 8, 2], 2)).toBe(0.5);
  expect(precision([9, 8, 1, 2], 2)).toBe(1);
  expect(precision([3, 3, 3, 3], 2)).toBe(1);
});

describe("Kendall's tau", () => {
  /** By the definition, in O(n²). */
  function tauByPairs(left: number[], right: number[]): number {
    let [sum, leftPairs, rightPairs] = [0, 0, 0];
    for (let one = 0; one < left.length; one += 1) {
      for (let other = 0; other < one; other += 1) {
        const [a, b] = [Math.sign(left[one]! - left[other]!), Math.sign(right[one]! - right[other]!)];
        sum += a * b;
        leftPairs += Math.abs(a);
        rightPairs += Math.abs(b);
      }
    }
    return leftPairs * rightPairs === 0 ? 0 : sum / Math.sqrt(leftPairs * rightPairs);
  }

  test('is 1 in order, −1 in reverse, 0 against all ties', () => {
    expect(kendallTau([1, 2, 3], [4, 5, 6])).toBeCloseTo(1, 9);
    expect(kendallTau([1, 2, 3], [6, 5, 4])).toBeCloseTo(-1, 9);
    expect(kendallTau([1, 2, 3], [5, 5, 5])).toBe(0);
    expect(kendallTau([], [])).toBe(0);
  });

  test('agrees with its definition, ties and all', () => {
    const random = seededRandom(5);
    for (let round = 0; round < 50; round += 1) {
      const draw = () => Array.from({ length: 40 }, () => Math.floor(random.fraction() * 12));
      const [left, right] = [draw(), draw()];
      expect(kendallTau(left, right)).toBeCloseTo(tauByPairs(left, right), 9);
    }
  });
});

describe('rank-biased overlap', () => {
  test('is 1 for equal orders, 0 for strangers', () => {
    expect(rankBiasedOverlap(['a', 'b', 'c'], ['a', 'b', 'c'])).toBeCloseTo(1, 9);
    expect(rankBiasedOverlap(['a', 'b'], ['c', 'd'])).toBe(0);
  });

  test('minds the head more than the tail', () => {
    const order = Array.from('abcdefghijklmnopqrst');
    const headSwapped = ['z', ...order.slice(1)];
    const tailSwapped = [...order.slice(0, -1), 'z'];
    expect(rankBiasedOverlap(order, headSwapped)).toBeLessThan(rankBiasedOverlap(order, tailSwapped));
  });
});

describe('the bootstrap', () => {
  test('is seeded, and holds the mean between its ends', () => {
    const days = Array.from({ length: 60 }, (_, day) => Math.sin(day));
    const interval = bootstrapMean(days, 7, seededRandom(1));
    expect(bootstrapMean(days, 7, seededRandom(1))).toEqual(interval);
    expect(interval.low).toBeLessThan(interval.mean);
    expect(interval.high).toBeGreaterThan(interval.mean);
  });

  test('is wider where neighbours are alike and drawn together', () => {
    const random = seededRandom(2);
    const weeks = Array.from({ length: 20 }, () => random.fraction());
    const days = Array.from({ length: 140 }, (_, day) => weeks[Math.floor(day / 7)]!);
    const width = (block: number) => {
      const { low, high } = bootstrapMean(days, block, seededRandom(1));
      return high - low;
    };
    expect(width(7)).toBeGreaterThan(1.5 * width(1));
  });

  test('of nothing is nothing, of one day that day', () => {
    expect(bootstrapMean([], 7, seededRandom(1))).toEqual({ mean: 0, low: 0, high: 0 });
    expect(bootstrapMean([3], 7, seededRandom(1))).toEqual({ mean: 3, low: 3, high: 3 });
  });
});

test('the median of an even number is between the middle two', () => {
  expect(medianOf([4, 1, 3, 2])).toBe(2.5);
  expect(medianOf([5])).toBe(5);
  expect(medianOf([])).toBe(0);
});
