import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { CATEGORY_GROUPS, parseSubject, subjectCode, subjectCodesOf } from '#lib/papers/category.ts';
import { type PaperList, paperListPath, parsePaperListPath, rangeOfList } from '#lib/papers/paper-list.ts';

const read = (path: string) => parsePaperListPath(path.split('?')[0]?.split('/').slice(1) ?? []);

describe('the path of a list reads back as the list', () => {
  const cs = parseSubject('cs.CL');
  const physics = parseSubject('grp_physics');
  if (cs === null || physics === null) throw new Error('no such subject');
  const lists: PaperList[] = [
    { kind: 'day', day: '2025-03-12' },
    { kind: 'week', week: '2025-W11' },
    { kind: 'week', week: '2020-W53' },
    { kind: 'month', month: '2025-03' },
    { kind: 'subject', subject: cs, day: null },
    { kind: 'subject', subject: physics, day: '2025-03-12' },
    { kind: 'author', name: 'Łukasz Kaiser' },
    { kind: 'author', name: 'A/B 100% ?#é' },
    { kind: 'trending', window: 'day' },
  ];
  test.each(lists)('$kind', (list) => {
    expect(read(paperListPath(list))).toEqual(list);
  });
});

test.each([
  ['/list/CS.cl', '/list/cs.CL'],
  ['/list/cs.NA', '/list/math.NA'],
  ['/list/cmp-lg', '/list/cs.CL'],
  ['/list/grp_cs', '/list/cs'],
  ['/list/hep-th', '/list/hep-th'],
  ['/list/COND-MAT', '/list/cond-mat'],
  ['/week/2025-w11', '/week/2025-W11'],
])('%s is canonically %s', (path, canonical) => {
  const list = read(path);
  expect(list && paperListPath(list)).toBe(canonical);
});

test.each([
  '/date/2025-02-30',
  '/week/2025-W53',
  '/week/2025-W00',
  '/week/2025-W1',
  '/week/0000-W01',
  '/date/0000-01-01',
  '/month/0000-01',
  '/week/9999-W52',
  '/month/2025-13',
  '/month/2025-3',
  '/list/cs.XX',
  '/list/toString',
  '/list/cs/2025-99-01',
  '/list/cs/2025-03-12/3',
  '/list',
  '/list/',
  '/author/',
  '/author/%00',
  '/author/%E0%A4%A',
  '/author/a/b',
  `/author/${'x'.repeat(301)}`,
  '/trending/week',
  '/constructor/x',
])('%s is no list', (path) => {
  expect(read(path)).toBeNull();
});

test('weeks and months span their days', () => {
  const span = (path: string) => {
    const list = read(path);
    return list && rangeOfList(list);
  };
  expect(span('/week/2025-W11')).toEqual({ first: '2025-03-10', last: '2025-03-16' });
  expect(span('/week/2026-W01')).toEqual({ first: '2025-12-29', last: '2026-01-04' });
  expect(span('/week/2020-W53')).toEqual({ first: '2020-12-28', last: '2021-01-03' });
  expect(span('/month/2024-02')).toEqual({ first: '2024-02-01', last: '2024-02-29' });
  expect(span('/month/2025-12')).toEqual({ first: '2025-12-01', last: '2025-12-31' });
});

describe('subjects', () => {
  test('every subject of the taxonomy has one code, which names it', () => {
    const codes = new Set<string>();
    for (const group of CATEGORY_GROUPS)
      for (const code of [
        `grp_${group.id}`,
        ...group.archives.flatMap(({ id, categories }) => [id, ...categories.map((category) => category.id)]),
      ]) {
        const subject = parseSubject(code);
        if (subject === null) throw new Error(`${code} is no subject`);
        expect(parseSubject(subjectCode(subject))).toEqual(subject);
        codes.add(subjectCode(subject));
      }
    expect(codes.size).toBeGreaterThan(160);
  });

  test.each([
    ['cs.CL', ['cs.CL', 'cs']],
    ['cmp-lg', ['cs.CL', 'cs']],
    ['cs.NA', ['math.NA', 'math', 'cs']],
    ['hep-th', ['hep-th', 'grp_physics']],
    ['astro-ph', ['astro-ph', 'grp_physics']],
    ['nonsense', []],
  ])('a paper of %s belongs to %j', (category, subjects) => {
    expect(subjectCodesOf(category).toSorted()).toEqual(subjects.toSorted());
  });
});

test('no line of text breaks the reader, and what it takes for a list has an address that reads back', () => {
  const naughty = join(process.env.PAPERBOY_DATA ?? '../shared/data', 'hostile/naughty-strings.json');
  let lines: string[];
  try {
    lines = JSON.parse(readFileSync(naughty, 'utf8')) as string[];
  } catch {
    lines = [
      '\ud800',
      '../../etc/passwd',
      '<script>alert(1)</script>',
      '%s%n',
      '\u202e',
      "'; DROP TABLE paper",
    ];
  }
  for (const kind of ['date', 'week', 'month', 'list', 'author', 'trending', ''])
    for (const line of lines)
      for (const segment of [line, line.isWellFormed() ? encodeURIComponent(line) : line]) {
        const list = parsePaperListPath([kind, segment]);
        if (list !== null) expect(read(paperListPath(list))).toEqual(list);
      }
});
