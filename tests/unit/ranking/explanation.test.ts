import { expect, test } from 'vitest';
import { toCandidate } from '#lib/ranking/candidate.ts';
import { formatReason, formatSpan, toArithmetic } from '#lib/ranking/explanation.ts';
import { scoreOf } from '#lib/ranking/trending.ts';
import { USUAL_BY_DEFAULT } from '#lib/ranking/usual.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#lib/time.ts';

const AT = Date.UTC(2026, 2, 12, 15);

function explained(series: Parameters<typeof toCandidate>[1], ageHours = 6) {
  const facts = {
    id: 'p',
    list: 'huggingface',
    category: 'cs.LG',
    listedAtMs: AT - ageHours * HOUR_MS,
    submittedAtMs: null,
  };
  return scoreOf(toCandidate(facts, series, AT), USUAL_BY_DEFAULT, AT, { window: 'week' });
}
const readings = (...points: [hoursAgo: number, total: number][]) => ({
  timesMs: points.map(([hours]) => AT - hours * HOUR_MS),
  values: points.map(([, total]) => total),
});

test('growth is told per signal, the largest contribution first, with a plus where there was something before', () => {
  const found = explained({ stars: readings([48, 1162], [0, 1203]), upvotes: readings([5, 2], [0, 18]) });
  expect(formatReason(found)).toBe('18 upvotes in 6 hours, +41 GitHub stars in 2 days');
});

test('one is told in the singular', () => {
  expect(formatReason(explained({ upvotes: readings([0, 1]) }, 1))).toBe('1 upvote in 1 hour');
});

test('signals that do not grow are not praised', () => {
  const found = explained(
    { stars: readings([48, 1203], [0, 1203]), upvotes: readings([200, 18], [0, 18]) },
    24 * 30,
  );
  expect(formatReason(found)).toBe('No new GitHub stars or upvotes of late');
});

test('growth is never told for a shorter time than it was read over', () => {
  expect(formatReason(explained({ upvotes: readings([5, 18], [0, 18]) }, 24 * 30))).toBe(
    '18 upvotes in 4 weeks',
  );
  expect(formatReason(explained({ stars: readings([24 * 20, 100], [0, 160]) }))).toBe(
    '+60 GitHub stars in 20 days',
  );
});

test('a count that was read once is no growth', () => {
  expect(formatReason(explained({ stars: readings([1, 5000]) }))).toBe('No new GitHub stars of late');
});

test('a paper without signals is told as such', () => {
  expect(formatReason(explained({}))).toBe('No signals yet: placed where papers of its list usually stand');
});

test.each([
  [40_000, '1 minute'],
  [40 * MINUTE_MS, '40 minutes'],
  [50 * MINUTE_MS, '1 hour'],
  [6.4 * HOUR_MS, '6 hours'],
  [DAY_MS, '24 hours'],
  [47 * HOUR_MS, '2 days'],
  [7 * DAY_MS, '7 days'],
  [35 * DAY_MS, '5 weeks'],
  [98 * DAY_MS, '3 months'],
])('%i ms are %s', (spanMs, words) => {
  expect(formatSpan(spanMs)).toBe(words);
});

test('the arithmetic shows every figure of every signal', () => {
  const found = explained({ stars: readings([48, 1162], [0, 1203]), upvotes: readings([5, 2], [0, 18]) });
  const { rows, expectedContribution, score } = toArithmetic(found);
  expect(rows.map(({ label, reading }) => `${label}: ${reading}`)).toEqual([
    'Upvotes: 18 in 6 hours',
    'GitHub stars: +41 in 2 days, 1,203 in all',
  ]);
  for (const row of rows) for (const cell of Object.values(row)) expect(cell).toMatch(/\S/);
  const sum = rows.reduce((total, row) => total + Number(row.contribution), Number(expectedContribution));
  expect(sum / Number(score)).toBeCloseTo(1, 1);
});

test('what was read once is said to be not yet known', () => {
  expect(toArithmetic(explained({ stars: readings([1, 5000]) })).rows[0]).toMatchObject({
    reading: '5,000 in all, seen once',
    observed: 'not yet known',
    known: '0 %',
  });
});
