import { expect, test } from 'vitest';
import { parseDailyEntry, parseInstant, toDailyRecord } from '#lib/ingest/huggingface/record.ts';

const OBSERVED_AT = new Date('2024-12-12T00:00:00Z');
const LISTED = { day: '2024-12-11', position: 3, observedAt: OBSERVED_AT };

const PAPER = {
  id: '2412.07730',
  title: 'STIV: Scalable Text\n  and Image Generation',
  summary: 'The field of video\ngeneration.',
  authors: [{ _id: '1', name: 'Zongyu Lin', hidden: false }],
  publishedAt: '2024-12-10T18:27:06.000Z',
  upvotes: 54,
};

function toRecord(paper: object, entry: object = {}) {
  const parsed = parseDailyEntry({ paper: { ...PAPER, ...paper }, ...entry });
  if (parsed === null) throw new Error('no entry');
  return toDailyRecord(parsed, LISTED);
}

test('an entry becomes a record, a listing and observations', () => {
  const paper = {
    ai_keywords: ['diffusion transformer', ' video  generation ', '', 'diffusion transformer', null],
    githubRepo: 'https://github.com/apple/stiv.git',
    githubStars: 12,
    projectPage: 'https://stiv.example.org',
  };
  const entry = {
    title: 'other',
    numComments: 2,
    submittedBy: { fullname: 'Alex Yang', name: 'yyf86' },
    thumbnail: 'x',
  };
  expect(toRecord(paper, entry)).toEqual({
    record: {
      registry: 'arxiv',
      identifier: '2412.07730',
      title: 'STIV: Scalable Text\n  and Image Generation',
      abstract: 'The field of video\ngeneration.',
      authors: ['Zongyu Lin'],
      categories: [],
      primaryCategory: null,
      submittedAt: new Date('2024-12-10T18:27:06Z'),
      updatedAt: null,
      comment: null,
      journalReference: null,
      doi: null,
      license: null,
      isWithdrawn: null,
      keywords: ['diffusion transformer', 'video generation'],
      versions: [],
      links: [
        { kind: 'repository', url: 'https://github.com/apple/stiv', origin: 'huggingface' },
        { kind: 'project', url: 'https://stiv.example.org/', origin: 'huggingface' },
      ],
    },
    listing: {
      listedOn: '2024-12-11',
      list: 'huggingface',
      kind: 'new',
      position: 3,
      submittedBy: 'Alex Yang',
    },
    observations: [
      { kind: 'upvotes', value: 54, observedAt: OBSERVED_AT },
      { kind: 'comments', value: 2, observedAt: OBSERVED_AT },
      { kind: 'stars', value: 12, observedAt: OBSERVED_AT },
    ],
  });
});

test('a paper of which only the least is known is accepted', () => {
  const parsed = parseDailyEntry({ paper: { id: 'hep-th/9901001v2', title: 'T', summary: 'A' } });
  expect(parsed && toDailyRecord(parsed, LISTED)).toMatchObject({
    record: { identifier: 'hep-th/9901001', authors: [], submittedAt: null, keywords: [], links: [] },
    listing: { submittedBy: null },
    observations: [],
  });
});

test('members of another type than the API’s cost only themselves', () => {
  const paper = {
    authors: 'Zongyu Lin',
    publishedAt: 5,
    upvotes: {},
    ai_keywords: {},
    githubRepo: 7,
    projectPage: [],
  };
  expect(toRecord(paper, { numComments: [], submittedBy: 'me' })).toMatchObject({
    record: { identifier: '2412.07730', authors: [], submittedAt: null, keywords: [], links: [] },
    listing: { submittedBy: null },
    observations: [],
  });
});

test('an entry that is the paper itself is accepted', () => {
  expect(parseDailyEntry({ ...PAPER, numComments: 4 })).toMatchObject({
    paper: { id: '2412.07730', title: PAPER.title },
    numComments: 4,
  });
});

test.each([
  [{ id: undefined }, 'no arXiv identifier'],
  [{ id: '  ' }, 'no arXiv identifier'],
  [{ id: null }, 'no arXiv identifier'],
  [{ id: '2413.07730' }, '"2413.07730" is no arXiv identifier'],
  [{ id: "'; DROP TABLE paper; --" }, '"\'; DROP TABLE paper; --" is no arXiv identifier'],
  [{ title: ' \n\t' }, 'no title'],
  [{ title: ['x'] }, 'no title'],
  [{ title: 'x'.repeat(5_000) }, 'title too long'],
  [{ summary: '\u00a0' }, 'no abstract'],
  [{ summary: undefined }, 'no abstract'],
  [{ summary: 'x'.repeat(60_000) }, 'abstract too long'],
])('%j is rejected with the reason', (paper, reason) => {
  expect(toRecord(paper)).toBe(reason);
});

test('title and abstract are looked for beside the paper where it has none', () => {
  expect(
    toRecord({ title: ' ', summary: undefined }, { title: 'Beside', summary: 'Also beside' }),
  ).toMatchObject({
    record: { title: 'Beside', abstract: 'Also beside' },
  });
});

test('an identifier that a spreadsheet took for a number is restored', () => {
  expect(toRecord({ id: 2412.1 })).toMatchObject({ record: { identifier: '2412.10000' } });
  expect(toRecord({ id: 24 })).toBe('"24" is no arXiv identifier');
});

test('authors keep their order; hidden and nameless ones are left out', () => {
  const authors = [
    'Plain  Name',
    { name: 'Hidden', hidden: true },
    { name: ' ', hidden: false },
    null,
    { hidden: false, user: { fullname: 'From Account' } },
    { name: 'Ada\n Lovelace' },
    42,
  ];
  expect(toRecord({ authors })).toMatchObject({
    record: { authors: ['Plain Name', 'From Account', 'Ada Lovelace'] },
  });
});

test.each([
  [{ submittedBy: { fullname: '', name: 'yyf86' } }, 'yyf86'],
  [{ submittedBy: null }, 'Submitter On Paper'],
  [{}, 'Submitter On Paper'],
])('the submitter of %j', (entry, submittedBy) => {
  const paper = { submittedOnDailyBy: { fullname: 'Submitter On Paper', user: 'x' } };
  expect(toRecord(paper, entry)).toMatchObject({ listing: { submittedBy } });
});

test.each([[-1], [0.5], [Number.NaN], [Number.POSITIVE_INFINITY], [1e9], ['many'], [null], [true]])(
  '%s upvotes are no observation, and cost nothing else',
  (upvotes) => {
    expect(toRecord({ upvotes, githubStars: '7' })).toMatchObject({
      observations: [{ kind: 'stars', value: 7 }],
    });
  },
);

test('nothing that Postgres refuses is left in any text', () => {
  const dirty = 'a\0b\ud800c';
  const record = toRecord(
    {
      title: dirty,
      summary: dirty,
      authors: [{ name: dirty, hidden: false }, `${'x'.repeat(499)}😀`],
      ai_keywords: [dirty],
      projectPage: `https://example.org/${dirty}`,
    },
    { submittedBy: { fullname: dirty } },
  );
  const text = JSON.stringify(record);
  expect(text).toContain('abc');
  expect(text).not.toMatch(/\\u0000|\\ud[89a-f]/i);
});

test.each([
  ['2024-05-24T17:34:15.000Z', '2024-05-24T17:34:15.000Z'],
  ['2024-05-24T17:34:15.123456', '2024-05-24T17:34:15.123Z'],
  ['2024-05-24 17:34:15', '2024-05-24T17:34:15.000Z'],
  ['2024-05-24 17:34:15+08:00', '2024-05-24T09:34:15.000Z'],
  ['2024-05-24', '2024-05-24T00:00:00.000Z'],
])('%s is an instant in UTC', (text, instant) => {
  expect(parseInstant(text)?.toISOString()).toBe(instant);
});

test.each([
  [null],
  [''],
  ['yesterday'],
  ['May 24, 2024'],
  ['2024-13-01'],
  ['9999-01-01'],
  ['0024-05-24'],
  ['1716571455'],
])('%s is no instant', (text) => {
  expect(parseInstant(text)).toBeNull();
});

test('a repository that the abstract names is a link of the paper, once', () => {
  const summary = 'Code: https://github.com/Apple/STIV and https://github.com/apple/other.';
  const given = toRecord({ summary, githubRepo: 'https://github.com/apple/stiv' });
  expect(given).toMatchObject({
    record: {
      links: [
        { url: 'https://github.com/apple/stiv', origin: 'huggingface' },
        { url: 'https://github.com/apple/other', origin: 'abstract', kind: 'repository' },
      ],
    },
  });
});
