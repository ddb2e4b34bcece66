import { expect, test } from 'vitest';
import { type ArxivFields, toRecord, unwrapAbstract } from '#lib/ingest/arxiv/record.ts';

const FIELDS: ArxivFields = {
  identifier: '2603.00001',
  title: 'A Title',
  abstract: 'An abstract.',
  authors: ['Ada Lovelace'],
  categories: ['cs.LG'],
};

function recordOf(fields: Partial<ArxivFields>) {
  const outcome = toRecord({ ...FIELDS, ...fields });
  if (outcome.kind === 'rejected') throw new Error(outcome.reason);
  return outcome.record;
}

test('an abstract is unwrapped, and an indented line begins a paragraph', () => {
  expect(unwrapAbstract('  We show\nthat $a\n  < b$.\n')).toBe('We show that $a\n< b$.');
  expect(unwrapAbstract('  First line\nsecond line\n  New paragraph\nits end\n')).toBe(
    'First line second line\nNew paragraph its end',
  );
  expect(unwrapAbstract('One\r\ntwo\r\n\r\nThree')).toBe('One two\nThree');
});

test('where every line is indented alike, none begins a paragraph', () => {
  expect(unwrapAbstract('\n      Multi-electron production\n      is studied\n      at HERA.\n    ')).toBe(
    'Multi-electron production is studied at HERA.',
  );
  expect(unwrapAbstract('Wrapped in\n  two lines')).toBe('Wrapped in two lines');
});

test('an unwrapped abstract stays as it is', () => {
  const text = 'One sentence. Another one.\nA paragraph.';
  expect(unwrapAbstract(unwrapAbstract(text))).toBe(unwrapAbstract(text));
  expect(unwrapAbstract('')).toBe('');
});

test('titles and notes stand on one line', () => {
  const record = recordOf({
    title: 'A title in\n  two lines',
    comment: ' 12 pages,\n  3 figures ',
    journalReference: '',
  });
  expect(record).toMatchObject({
    title: 'A title in two lines',
    comment: '12 pages, 3 figures',
    journalReference: null,
  });
});

test('NUL and half surrogate pairs never get through', () => {
  const record = recordOf({ title: 'A\0B\ud83d', abstract: 'C\0\udc00', comment: `${'x'.repeat(4_999)}😀` });
  expect(record.title).toBe('AB');
  expect(record.abstract).toBe('C');
  expect(JSON.stringify(record).isWellFormed()).toBe(true);
  expect(record.comment?.isWellFormed()).toBe(true);
});

test.each([
  ['no title', { title: null }, 'no title'],
  ['an empty title', { title: ' \n ' }, 'no title'],
  ['a title like a book', { title: 'a'.repeat(2_001) }, 'title of 2001 characters'],
  ['an abstract like a book', { abstract: 'a'.repeat(20_001) }, 'abstract of 20001 characters'],
])('a paper with %s is rejected', (_, fields, reason) => {
  expect(toRecord({ ...FIELDS, ...fields })).toEqual({ kind: 'rejected', reason });
});

test('an abstract may be missing', () => {
  expect(recordOf({ abstract: null }).abstract).toBe('');
});

test('categories are arXiv’s, each once, primary first', () => {
  expect(
    recordOf({ categories: ['cs.AI', 'cs.LG', 'I.2.6', '14J60', 'cs.AI', ''], primaryCategory: 'cs.LG' }),
  ).toMatchObject({
    categories: ['cs.LG', 'cs.AI'],
    primaryCategory: 'cs.LG',
  });
  expect(
    recordOf({ categories: ['hep-th', 'math-ph', 'physics.atom-ph', 'alg-geom'] }).categories,
  ).toHaveLength(4);
  expect(recordOf({ categories: [] }).primaryCategory).toBeNull();
});

test('a category founded after our list was made is kept, an invention is not', () => {
  expect(
    recordOf({ categories: ['cs.QQ', 'xx.LG', 'cs.', 'cs', 'cs.LG.x\n7', 'cs.LG\n'] }).categories,
  ).toEqual(['cs.QQ']);
});

test.each([
  ['10.1103/PhysRevD.111.032004', '10.1103/PhysRevD.111.032004'],
  ['doi:10.1038/s41535-022-00470-6', '10.1038/s41535-022-00470-6'],
  ['https://doi.org/10.1000/182', '10.1000/182'],
  ['10.1000/1 10.1000/2', '10.1000/1'],
  ['10.48550/arXiv.2603.00001 10.1000/2', '10.1000/2'],
  ['10.48550/arXiv.2603.00001', null],
  ['to appear', null],
  [null, null],
])('the DOI of %j is %j', (doi, expected) => {
  expect(recordOf({ doi }).doi).toBe(expected);
});

test('a licence is an address or nothing', () => {
  expect(recordOf({ license: 'http://creativecommons.org/licenses/by/4.0/' }).license).toBe(
    'http://creativecommons.org/licenses/by/4.0/',
  );
  expect(recordOf({ license: 'javascript:alert(1)' }).license).toBeNull();
});

test('versions stand in order, and date the paper', () => {
  const [one, two, three] = ['2026-01-01', '2026-02-01', '2026-03-01'].map((day) => new Date(day));
  const versions = [
    { version: 3, submittedAt: three! },
    { version: 1, submittedAt: one! },
    { version: 2, submittedAt: two! },
  ];
  const record = recordOf({ versions, submittedAt: two!, updatedAt: two! });
  expect(record.versions.map(({ version }) => version)).toEqual([1, 2, 3]);
  expect([record.submittedAt, record.updatedAt]).toEqual([one, three]);
});

test('a paper is withdrawn where its format, comment or abstract says so', () => {
  expect(recordOf({}).isWithdrawn).toBe(false);
  expect(recordOf({ isMarkedWithdrawn: true }).isWithdrawn).toBe(true);
  expect(recordOf({ comment: 'This paper has been withdrawn' }).isWithdrawn).toBe(true);
  expect(recordOf({ abstract: 'This paper has been withdrawn by the author.' }).isWithdrawn).toBe(true);
});

test('addresses of abstract and comment become links, also where the line breaks within one', () => {
  const record = recordOf({
    abstract: 'Code:\nhttps://github.com/ada/long-\nname.',
    comment: 'Project page: https://ada.github.io/',
  });
  expect(record.links).toEqual([
    { kind: 'repository', url: 'https://github.com/ada/long-name', origin: 'abstract' },
    { kind: 'project', url: 'https://ada.github.io/', origin: 'abstract' },
  ]);
});
