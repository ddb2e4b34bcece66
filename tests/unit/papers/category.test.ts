import { describe, expect, test } from 'vitest';
import {
  archiveName,
  CATEGORY_GROUPS,
  categoryName,
  equivalentCategories,
  isArchive,
  isCategory,
  listCategories,
  parseCategory,
} from '#lib/papers/category.ts';

const current = CATEGORY_GROUPS.flatMap((group) => group.archives).flatMap((archive) => archive.categories);

describe('the taxonomy', () => {
  test('has the 8 groups and 155 categories of arXiv, each once', () => {
    expect(CATEGORY_GROUPS.map((group) => group.id)).toEqual([
      ...['physics', 'math', 'cs', 'q-bio', 'q-fin', 'stat', 'eess', 'econ'],
    ]);
    expect(current).toHaveLength(155);
    expect(new Set(current.map((category) => category.id)).size).toBe(155);
  });

  test('has a name for everything, and every category in its own archive', () => {
    for (const group of CATEGORY_GROUPS) {
      expect(group.name).not.toBe('');
      for (const archive of group.archives) {
        expect(archive.categories.length).toBeGreaterThan(0);
        for (const category of archive.categories) {
          expect(category.name).toMatch(/^[A-Z]/);
          expect(category.archive).toBe(archive.id);
          expect(category.id === archive.id || category.id.startsWith(`${archive.id}.`)).toBe(true);
        }
      }
    }
  });

  test('lists an archive in order of arXiv, and an undivided archive as its own only category', () => {
    expect(listCategories('econ').map((category) => category.id)).toEqual(['econ.EM', 'econ.GN', 'econ.TH']);
    expect(listCategories('hep-th').map((category) => category.id)).toEqual(['hep-th']);
    expect(listCategories('alg-geom')).toEqual([]);
  });
});

describe('names', () => {
  test.each([
    ['cs.LG', 'Machine Learning'],
    ['stat.ML', 'Machine Learning'],
    ['hep-th', 'High Energy Physics - Theory'],
    ['math-ph', 'Mathematical Physics'],
    ['cond-mat.mes-hall', 'Mesoscale and Nanoscale Physics'],
    ['q-fin.EC', 'Economics'],
    ['cmp-lg', 'Computation and Language'],
    ['astro-ph', 'Astrophysics'],
  ])('%s is called %s', (id, name) => {
    expect(categoryName(id)).toBe(name);
  });

  test('archives have names, living and closed', () => {
    expect(archiveName('cs')).toBe('Computer Science');
    expect(archiveName('alg-geom')).toBe('Algebraic Geometry');
    expect(archiveName('nope')).toBeNull();
  });
});

describe('parseCategory', () => {
  test.each([
    ['cs.LG', 'cs.LG', 'cs'],
    ['CS.lg', 'cs.LG', 'cs'],
    ['cs.NA', 'math.NA', 'math'],
    ['math.MP', 'math-ph', 'math-ph'],
    ['math-ph', 'math-ph', 'math-ph'],
    ['math.IT', 'cs.IT', 'cs'],
    ['stat.TH', 'math.ST', 'math'],
    ['cs.SY', 'eess.SY', 'eess'],
    ['q-fin.EC', 'econ.GN', 'econ'],
    ['alg-geom', 'math.AG', 'math'],
    ['astro-ph', 'astro-ph', 'astro-ph'],
  ])('%s means %s of %s', (text, id, archive) => {
    expect(parseCategory(text)).toEqual({ id, name: categoryName(id), archive });
  });

  test.each(['', 'cs', 'cs.', 'cs.XX', 'cs.LG ', '.LG', '__proto__', 'constructor', 'cs.LG\0'])(
    '%j is no category',
    (text) => {
      expect(parseCategory(text)).toBeNull();
    },
  );

  test('every category that papers stand under is one', () => {
    for (const { id } of current) expect(parseCategory(id)).not.toBeNull();
    expect(isCategory('solv-int')).toBe(true);
    expect(isCategory('cs.lg')).toBe(false);
    expect(isArchive('solv-int') && isArchive('cs') && !isArchive('cs.LG')).toBe(true);
  });
});

test('equivalent categories are found from any of their names, canonical first', () => {
  for (const id of ['math.NA', 'cs.NA']) expect(equivalentCategories(id)).toEqual(['math.NA', 'cs.NA']);
  expect(equivalentCategories('alg-geom')).toEqual(['math.AG', 'alg-geom']);
  expect(equivalentCategories('cs.LG')).toEqual(['cs.LG']);
  expect(equivalentCategories('nope')).toEqual([]);
});
