import { expect, test } from 'vitest';
import type { Candidate } from '#lib/ranking/candidate.ts';
import { toCandidate } from '#lib/ranking/candidate.ts';
import { SIGNAL } from '#lib/ranking/signal.ts';
import { coverageFor, expectedLogRate, USUAL_BY_DEFAULT, usualOf } from '#lib/ranking/usual.ts';
import { DAY_MS, HOUR_MS } from '#lib/time.ts';

const AT = Date.UTC(2026, 2, 12);

/** A paper listed two days ago that gained upvotes evenly since. */
function aPaper(id: number, perDay: number, facts: Partial<Candidate> = {}): Candidate {
  const listedAtMs = AT - 2 * DAY_MS;
  const hours = Array.from({ length: 49 }, (_, hour) => hour);
  const series = {
    timesMs: hours.map((hour) => listedAtMs + hour * HOUR_MS),
    values: hours.map((hour) => (hour * perDay) / 24),
  };
  const named = {
    id: `paper-${id}`,
    list: 'huggingface',
    category: 'cs.LG',
    listedAtMs,
    submittedAtMs: null,
  };
  return toCandidate({ ...named, ...facts }, { upvotes: series }, AT);
}

test('where nothing was observed the constants hold', () => {
  expect(USUAL_BY_DEFAULT.upvotes.level.week).toBeCloseTo(Math.log(SIGNAL.upvotes.usualPerDay), 9);
  expect(USUAL_BY_DEFAULT.stars.spread.day).toBe(SIGNAL.stars.spread);
  expect(USUAL_BY_DEFAULT.citations.coverage).toBe(SIGNAL.citations.coverage);
});

test('a history outweighs the constants, a handful of papers does not', () => {
  const busy = (count: number) =>
    usualOf(
      Array.from({ length: count }, (_, id) => aPaper(id, 50)),
      AT,
    );
  const level = (usual: typeof USUAL_BY_DEFAULT) => usual.upvotes.level.week;
  expect(level(busy(3)) - level(USUAL_BY_DEFAULT)).toBeLessThan(0.3);
  expect(level(busy(2000)) - level(USUAL_BY_DEFAULT)).toBeGreaterThan(2);
});

test('a category that gains more is expected to gain more', () => {
  const papers = Array.from({ length: 200 }, (_, id) =>
    id % 2 === 0 ? aPaper(id, 40, { category: 'cs.CL' }) : aPaper(id, 4, { category: 'math.AG' }),
  );
  const usual = usualOf(papers, AT).upvotes;
  const expected = (category: string | null) => expectedLogRate(usual, 'week', aPaper(0, 1, { category }));
  expect(expected('cs.CL') - expected('math.AG')).toBeGreaterThan(1.5);
  expect(expected('never-seen')).toBeGreaterThan(expected('math.AG'));
  expect(expected(null)).toBe(expected('never-seen'));
});

test('a category named like something that objects inherit is one not seen before', () => {
  const expected = (category: string | null) =>
    expectedLogRate(USUAL_BY_DEFAULT.upvotes, 'week', aPaper(0, 1, { category, list: category }));
  for (const name of ['constructor', '__proto__', 'toString']) expect(expected(name)).toBe(expected(null));
});

test('one paper says next to nothing of its category', () => {
  const papers = [
    ...Array.from({ length: 200 }, (_, id) => aPaper(id, 10)),
    aPaper(999, 1000, { category: 'q-bio' }),
  ];
  expect(usualOf(papers, AT).upvotes.byCategory['q-bio']).toBeLessThan(0.3);
});

test('old papers do not say what is usual of a new one', () => {
  const fresh = Array.from({ length: 100 }, (_, id) => aPaper(id, 10));
  const old = Array.from({ length: 500 }, (_, id) => ({
    ...aPaper(id + 100, 0),
    listedAtMs: AT - 90 * DAY_MS,
  }));
  expect(usualOf([...fresh, ...old], AT).upvotes.level).toEqual(usualOf(fresh, AT).upvotes.level);
});

test('how often a kind is seen is learned by list', () => {
  const papers = Array.from({ length: 300 }, (_, id) =>
    id < 150 ? aPaper(id, 5) : { ...aPaper(id, 5, { list: 'arxiv' }), velocities: {} },
  );
  const usual = usualOf(papers, AT).upvotes;
  expect(coverageFor(usual, aPaper(0, 1))).toBeGreaterThan(0.8);
  expect(coverageFor(usual, aPaper(0, 1, { list: 'arxiv' }))).toBeLessThan(0.2);
});

test('the order of the papers does not show in a single digit', () => {
  const papers = Array.from({ length: 150 }, (_, id) =>
    aPaper(id, 1 + ((id * 7919) % 97), {
      category: `cs.${id % 7}`,
      list: id % 3 === 0 ? 'arxiv' : 'huggingface',
    }),
  );
  expect(usualOf([...papers].reverse(), AT)).toEqual(usualOf(papers, AT));
});
