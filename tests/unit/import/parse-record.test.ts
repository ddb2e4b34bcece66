import { describe, expect, test } from 'vitest';
import { parseValue } from '#lib/import/parse-record.ts';
import type { ParsedRecord } from '#lib/import/parsed-record.ts';

const FILE = { modifiedAt: new Date('2026-05-01T12:00:00Z'), day: null };

function one(
  value: unknown,
  file: Parameters<typeof parseValue>[2] = FILE,
  position: number | null = null,
): ParsedRecord {
  const [parsed, ...more] = parseValue(value, position, file);
  expect(more).toEqual([]);
  if (parsed === undefined) throw new Error('no parsed');
  return parsed;
}

/** The archive samples': `updated` is empty for papers of one version. */
const ARCHIVED = {
  id: 'hep-th/9901001',
  title: 'On $\\alpha$\n  decay',
  abstract: 'We study\n$x^2$. ',
  authors: "B. Second, A. First and J. Garc\\'{\\i}a (CERN)",
  categories: ['hep-th', 'math-ph'],
  primary: 'hep-th',
  created: '1999-01-01',
  updated: '1999-03-05',
  comments: '12 pages,\n  2 figures',
  doi: '10.1000/ABC',
};

const DAILY = {
  id: '2503.11731',
  title: 'A Title',
  abstract: 'Line one\nline two, see https://github.com/owner/repo.',
  authors: ["Moreno D'Incà", 'Elia Peruzzo'],
  categories: ['cs.CV', 'cs.RO'],
  comment: null,
  first_listed: '2025-03-18',
};

const KAGGLE = {
  id: '0704.0001',
  submitter: 'Pavel Nadolsky',
  authors: "C. Bal\\'azs, E. L. Berger, P. M. Nadolsky, C.-P. Yuan",
  title: 'Calculation of prompt diphoton production cross sections at Tevatron and\n  LHC energies',
  comments: '37 pages, 15 figures; published version',
  'journal-ref': 'Phys.Rev.D76:013009,2007',
  doi: '10.1103/PhysRevD.76.013009',
  'report-no': 'ANL-HEP-PR-07-12',
  categories: 'hep-ph astro-ph',
  license: 'http://arxiv.org/licenses/nonexclusive-distrib/1.0/',
  abstract: '  A fully differential calculation in perturbative quantum chromodynamics is\npresented.\n',
  versions: [
    { version: 'v1', created: 'Mon, 2 Apr 2007 19:18:42 GMT' },
    { version: 'v2', created: 'Tue, 24 Jul 2007 20:10:27 GMT' },
  ],
  update_date: '2008-11-26',
  authors_parsed: [
    ['Balázs', 'C.', ''],
    ['Berger', 'E. L.', ''],
    ['Yuan', 'C. -P.', 'Jr.'],
  ],
};

describe("arXiv's metadata", () => {
  test('of an archive sample keeps TeX, splits the author line, and is dated by its last update', () => {
    expect(one(ARCHIVED)).toEqual({
      kind: 'item',
      source: 'import',
      repair: null,
      item: {
        record: {
          registry: 'arxiv',
          identifier: 'hep-th/9901001',
          title: 'On $\\alpha$ decay',
          abstract: 'We study $x^2$.',
          authors: ['B. Second', 'A. First', 'J. García'],
          categories: ['hep-th', 'math-ph'],
          primaryCategory: 'hep-th',
          submittedAt: new Date('1999-01-01'),
          updatedAt: new Date('1999-03-05'),
          comment: '12 pages, 2 figures',
          journalReference: null,
          doi: '10.1000/ABC',
          license: null,
          isWithdrawn: false,
          keywords: [],
          versions: [],
          links: [],
        },
        listing: null,
        observations: [],
        recordedAt: new Date('1999-03-05'),
      },
    });
    expect(one({ ...ARCHIVED, updated: '' })).toMatchObject({
      item: { record: { updatedAt: null }, recordedAt: new Date('1999-01-01') },
    });
  });

  test('of a daily listing stands on the list of its day, with the links of its abstract', () => {
    expect(one(DAILY)).toMatchObject({
      source: 'import',
      item: {
        record: {
          identifier: '2503.11731',
          authors: ["Moreno D'Incà", 'Elia Peruzzo'],
          primaryCategory: 'cs.CV',
          submittedAt: null,
          links: [{ kind: 'repository', url: 'https://github.com/owner/repo' }],
        },
        listing: { listedOn: '2025-03-18', list: 'arxiv', kind: 'new', position: null, submittedBy: null },
        recordedAt: new Date('2025-03-18'),
      },
    });
  });

  test('of the Kaggle snapshot has versions, licence and journal, and names as they were taken apart', () => {
    expect(one(KAGGLE)).toMatchObject({
      item: {
        record: {
          identifier: '0704.0001',
          authors: ['C. Balázs', 'E. L. Berger', 'C. -P. Yuan Jr.'],
          categories: ['hep-ph', 'astro-ph'],
          submittedAt: new Date('2007-04-02T19:18:42Z'),
          updatedAt: new Date('2007-07-24T20:10:27Z'),
          journalReference: 'Phys.Rev.D76:013009,2007',
          license: 'http://arxiv.org/licenses/nonexclusive-distrib/1.0/',
          versions: [
            { version: 1, submittedAt: new Date('2007-04-02T19:18:42Z') },
            { version: 2, submittedAt: new Date('2007-07-24T20:10:27Z') },
          ],
        },
        listing: null,
        recordedAt: new Date('2008-11-26'),
      },
    });
    const { authors_parsed: _, ...without } = KAGGLE;
    expect(one(without)).toMatchObject({
      item: { record: { authors: ['C. Balázs', 'E. L. Berger', 'P. M. Nadolsky', 'C.-P. Yuan'] } },
    });
  });

  test('that bears no date is as old as its file, and older than everything where that is a pipe', () => {
    const { first_listed: _, ...undated } = DAILY;
    expect(one(undated)).toMatchObject({ item: { listing: null, recordedAt: FILE.modifiedAt } });
    expect(one(undated, { modifiedAt: null, day: null })).toMatchObject({
      item: { recordedAt: new Date(0) },
    });
  });

  test.each([
    [
      '704.1946',
      '0704.1946',
      'an archive sample that went through a data frame',
      { ...ARCHIVED, id: '704.1946' },
    ],
    ['706.142', '0706.1420', 'the same', { ...ARCHIVED, id: '706.142' }],
    [1502.07568, '1502.07568', 'a number', { ...DAILY, id: 1502.07568 }],
    ['arXiv:2503.11731v2', '2503.11731', 'a version', { ...DAILY, id: 'arXiv:2503.11731v2' }],
    [
      'https://arxiv.org/abs/2503.11731',
      '2503.11731',
      'an address',
      { ...DAILY, id: 'https://arxiv.org/abs/2503.11731' },
    ],
  ])('%s is %s: %s', (_, identifier, __, value) => {
    expect(one(value)).toMatchObject({ item: { record: { identifier } } });
  });

  test.each([
    ['an identifier that is none', { ...DAILY, id: 'Attention' }, '"Attention" is no arXiv identifier'],
    [
      'a short one, which is not a damaged one here',
      { ...DAILY, id: '2503.1173' },
      '"2503.1173" is no arXiv identifier',
    ],
    ['no title', { ...DAILY, title: ' ' }, 'no title'],
    ['a title that is no text', { ...DAILY, title: 7 }, 'no title'],
    ['an unknown format', { name: 'x', url: 'y' }, 'of no known format; its members are name, url'],
    ['an empty object', {}, 'an empty object'],
    ['no object', 7, '7 is no paper'],
    ['null', null, 'null is no paper'],
  ])('%s is rejected with the reason', (_, value, reason) => {
    expect(one(value)).toEqual({ kind: 'rejected', reason });
  });

  test.each([
    { authors: null },
    { authors: [null, 7, { name: 'Ada Lovelace' }, ['x']] },
    { authors: { length: 3 } },
    { authors_parsed: [null, [], [7, 8], ['Lovelace', 'Ada']], authors: 'x' },
    { versions: [{ version: 'v0' }, { version: 'v1', created: 'never' }, null, 7] },
    { categories: 7 },
    { categories: ['cs.LG', 7, null] },
    { first_listed: '2025-02-30' },
    { comment: { a: 1 }, doi: 7, license: [] },
  ])('members of the wrong kind are left out: %j', (wrong) => {
    expect(one({ ...DAILY, ...wrong })).toMatchObject({
      kind: 'item',
      item: { record: { title: 'A Title' } },
    });
  });
});

describe("Hugging Face's daily papers", () => {
  const ENTRY = {
    paper: {
      id: '2412.07730',
      title: 'STIV',
      summary: 'The field.',
      authors: [{ name: 'Zongyu Lin', hidden: false }],
      publishedAt: '2024-12-10T18:27:06.000Z',
      upvotes: 54,
    },
    numComments: 2,
  };

  test('stand where the ingest would put them when the file is named for its day', () => {
    expect(one(ENTRY, { ...FILE, day: '2024-12-11' }, 3)).toMatchObject({
      source: 'huggingface',
      item: {
        record: { identifier: '2412.07730', abstract: 'The field.' },
        listing: { listedOn: '2024-12-11', list: 'huggingface', position: 3 },
        observations: [
          { kind: 'upvotes', value: 54, observedAt: new Date('2024-12-12') },
          { kind: 'comments', value: 2 },
        ],
        recordedAt: new Date('2024-12-12'),
      },
    });
  });

  test('stand on the day they bear themselves', () => {
    const submitted = { ...ENTRY, paper: { ...ENTRY.paper, submittedOnDailyAt: '2024-12-11T05:12:00.000Z' } };
    expect(one(submitted)).toMatchObject({ item: { listing: { listedOn: '2024-12-11', position: null } } });
  });

  test('of an unknown day are papers without a list, and their figures are of no time', () => {
    expect(one(ENTRY)).toMatchObject({
      item: { listing: null, observations: [], recordedAt: new Date('2024-12-10T18:27:06Z') },
    });
  });

  test('are found in wrappers, lists and texts, and what was repaired is told', () => {
    const other = { paper: { ...ENTRY.paper, id: '2412.07731' } };
    expect(parseValue({ data: [ENTRY, other, 'rubbish'] }, null, FILE)).toMatchObject([
      { kind: 'item', item: { record: { identifier: '2412.07730' } }, repair: expect.any(String) },
      { kind: 'item', item: { record: { identifier: '2412.07731' } } },
      { kind: 'rejected' },
    ]);
    expect(
      parseValue(`{'paper': {'id': '2412.07730', 'title': 'A', 'summary': 'B'}}`, null, FILE),
    ).toMatchObject([{ kind: 'item', repair: expect.stringContaining('Python') }]);
  });

  test('without the wrapper are the paper itself', () => {
    expect(one(ENTRY.paper)).toMatchObject({
      source: 'huggingface',
      item: { record: { identifier: '2412.07730' } },
    });
  });
});
