import { expect, test } from 'vitest';
import { stepsOf } from '#lib/db/maintenance.ts';

const table = {
  name: 'paper',
  rows: 10_000,
  dead: 0,
  changed: 0,
  inserted: 0,
  gin_indexes: ['paper_words'],
  can_truncate: false,
};
const names = (change: Partial<typeof table>, isQuiet = false) =>
  stepsOf({ ...table, ...change }, isQuiet).map((step) => step.name);

test.each([
  ['nothing changed', {}, []],
  ['a tenth of the rows changed', { changed: 1_100 }, ['sample paper']],
  ['a fifth of the rows is dead', { dead: 2_100 }, ['sweep paper']],
  ['many rows were added', { inserted: 3_100 }, ['sweep paper']],
  ['of a million rows five thousand were added', { rows: 1_000_000, inserted: 5_000 }, ['sweep paper']],
  ['all rows are dead and nothing refers to them', { can_truncate: true, dead: 1_000 }, ['empty paper']],
])('while clients are busy, when %s', (_, change, expected) => {
  expect(names(change)).toEqual(expected);
});

test('in a quiet moment statistics are taken whole, and indexes are cleaned', () => {
  expect(new Set(names({ changed: 1_100, dead: 2_100 }, true))).toEqual(
    new Set(['sweep paper', 'vacuum paper', 'analyze paper']),
  );
});

test('the most urgent step comes first', () => {
  expect(names({ changed: 90_000, dead: 2_100 })).toEqual(['sample paper', 'sweep paper']);
});

test('the lists that GIN indexes keep of new rows are merged with each sweep', () => {
  const [sweep] = stepsOf({ ...table, inserted: 5_000 }, false);
  expect(sweep?.statements).toContain("SELECT gin_clean_pending_list('paper_words')");
});
