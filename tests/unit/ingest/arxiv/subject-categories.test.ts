import { expect, test } from 'vitest';
import { categoriesOfSubjects, setOfCategory } from '#lib/ingest/arxiv/subject-categories.ts';

test.each([
  [
    ['Mathematics - Classical Analysis and ODEs', 'Mathematics - Number Theory', '40-01, 65B10'],
    ['math'],
    ['math.CA', 'math.NT'],
  ],
  [
    ['Computer Science - Machine Learning', 'Statistics - Machine Learning'],
    ['cs', 'stat'],
    ['cs.LG', 'stat.ML'],
  ],
  [
    ['High Energy Physics - Theory', 'Mathematical Physics'],
    ['physics:hep-th', 'physics:math-ph'],
    ['hep-th', 'math-ph'],
  ],
  [
    ['Quantum Physics', 'Condensed Matter - Superconductivity'],
    ['physics:cond-mat', 'physics:quant-ph'],
    ['quant-ph', 'cond-mat.supr-con'],
  ],
  [
    ['Electrical Engineering and Systems Science - Image and Video Processing', 'I.2.6'],
    ['eess'],
    ['eess.IV'],
  ],
])('until 2025 subjects name their archive: %j', (subjects, sets, categories) => {
  expect(categoriesOfSubjects(subjects, sets)).toEqual(categories);
});

test('since 2025 the sets are exact, in the order of the paper', () => {
  const subjects = ['Machine Learning', 'Artificial Intelligence', '68T07'];
  expect(categoriesOfSubjects(subjects, ['stat:stat:ML', 'cs:cs:LG', 'cs:cs:AI'])).toEqual([
    'stat.ML',
    'cs.LG',
    'cs.AI',
  ]);
  expect(categoriesOfSubjects(['Mathematical Physics'], ['physics:math-ph', 'math:math:MP'])).toEqual([
    'math-ph',
    'math.MP',
  ]);
});

test('the set of a whole archive or group is no category', () => {
  expect(categoriesOfSubjects([], ['cs', 'physics:cond-mat', 'math:math', 'none:of:these'])).toEqual([]);
  expect(categoriesOfSubjects([], ['physics:hep-th', 'cs'])).toEqual(['hep-th']);
});

test.each([
  ['cs.LG', 'cs:cs:LG'],
  ['stat.ML', 'stat:stat:ML'],
  ['q-bio.NC', 'q-bio:q-bio:NC'],
  ['hep-th', 'physics:hep-th'],
  ['astro-ph.CO', 'physics:astro-ph:CO'],
  ['physics.optics', 'physics:physics:optics'],
])('%s is harvested as %s', (category, set) => {
  expect(setOfCategory(category)).toBe(set);
});

test('what is no category has no set', () => {
  expect(setOfCategory('cs')).toBeNull();
  expect(setOfCategory('cs.XX')).toBeNull();
});
