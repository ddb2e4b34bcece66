import { expect, test } from 'vitest';
import { readMetadata } from '#lib/ingest/arxiv/oai-metadata.ts';
import { parseXml } from '#lib/ingest/xml.ts';

function read(metadata: string, header: { identifier?: string; sets?: readonly string[] } = {}) {
  const outcome = parseXml(`<metadata>${metadata}</metadata>`);
  if (outcome.kind === 'rejected') throw new Error(outcome.reason);
  const read = readMetadata(outcome.root, { identifier: '0806.4129', sets: [], ...header });
  if (read.kind === 'rejected') throw new Error(read.reason);
  return read.record;
}

const RAW = (fields: { versions?: string; rest?: string } = {}) => `
  <arXivRaw xmlns="http://arxiv.org/OAI/arXivRaw/"><id>0806.4129</id><submitter>Roldao da Rocha</submitter>
  ${
    fields.versions ??
    `<version version="v1"><date>Wed, 25 Jun 2008 15:29:38 GMT</date><size>14kb</size></version>
     <version version="v2"><date>Fri, 12 Dec 2014 13:15:28 GMT</date><size>17kb</size><source_type>D</source_type></version>`
  }
  <title>Gauge Fixing in the Maxwell Like
  Gravitational Theory</title>
  <authors>Rold\\~ao da Rocha (UFABC), Waldyr A. Rodrigues Jr and Others</authors>
  <categories>math-ph gr-qc math.MP</categories>
  ${fields.rest ?? ''}
  <abstract>  In a previous paper we
investigate a theory.
</abstract></arXivRaw>`;

test('arXivRaw gives everything, with all versions', () => {
  const rest = `<comments>15 pages</comments><msc-class>15A66</msc-class><journal-ref>AIP Conf.Proc.1316:466-477,2010</journal-ref>
    <doi>10.1063/1.3536454</doi><license>http://arxiv.org/licenses/nonexclusive-distrib/1.0/</license>`;
  expect(read(RAW({ rest }))).toEqual({
    registry: 'arxiv',
    identifier: '0806.4129',
    title: 'Gauge Fixing in the Maxwell Like Gravitational Theory',
    abstract: 'In a previous paper we investigate a theory.',
    authors: ['Roldão da Rocha', 'Waldyr A. Rodrigues Jr', 'Others'],
    categories: ['math-ph', 'gr-qc', 'math.MP'],
    primaryCategory: 'math-ph',
    submittedAt: new Date('2008-06-25T15:29:38Z'),
    updatedAt: new Date('2014-12-12T13:15:28Z'),
    comment: '15 pages',
    journalReference: 'AIP Conf.Proc.1316:466-477,2010',
    doi: '10.1063/1.3536454',
    license: 'http://arxiv.org/licenses/nonexclusive-distrib/1.0/',
    isWithdrawn: false,
    keywords: [],
    versions: [
      { version: 1, submittedAt: new Date('2008-06-25T15:29:38Z') },
      { version: 2, submittedAt: new Date('2014-12-12T13:15:28Z') },
    ],
    links: [],
  });
});

test('arXivRaw marks a withdrawal by the source type of the newest version', () => {
  const version = (number: number, type: string) =>
    `<version version="v${number}"><date>Wed, 25 Jun 2008 15:29:38 GMT</date><source_type>${type}</source_type></version>`;
  expect(read(RAW({ versions: version(1, 'D') + version(2, 'I') })).isWithdrawn).toBe(true);
  expect(read(RAW({ versions: version(1, 'I') + version(2, 'D') })).isWithdrawn).toBe(false);
});

test('a version without a number or a date is left out, the paper is not', () => {
  const versions = `<version><date>Wed, 25 Jun 2008 15:29:38 GMT</date></version>
    <version version="v2"><date>soon</date></version>
    <version version="v3"><date>Fri, 12 Dec 2014 13:15:28 GMT</date></version>`;
  const paper = read(RAW({ versions }));
  expect(paper.versions.map(({ version }) => version)).toEqual([3]);
  expect(paper.submittedAt).toBeNull();
});

const ARXIV = (identifier: string, days: string) => `
  <arXiv xmlns="http://arxiv.org/OAI/arXiv/"><id>${identifier}</id>${days}
  <authors>
    <author><keyname>da Rocha</keyname><forenames>Roldao</forenames><affiliation>UFABC</affiliation></author>
    <author><keyname>Rodrigues</keyname><forenames>Waldyr A.</forenames><suffix>Jr</suffix></author>
    <author><keyname>The DELPHI Collaboration</keyname></author>
  </authors><title>T</title><categories>math-ph math.MP</categories><abstract>A</abstract></arXiv>`;

test('arXiv joins names from their parts', () => {
  expect(read(ARXIV('0806.4129', '')).authors).toEqual([
    'Roldao da Rocha',
    'Waldyr A. Rodrigues Jr',
    'The DELPHI Collaboration',
  ]);
});

test.each([
  [
    'before the rewrite, first and newest',
    '0806.4129',
    '<created>2008-06-25</created><updated>2014-12-12</updated>',
    '2008-06-25',
    '2014-12-12',
  ],
  ['a paper never replaced', '0806.4129', '<created>2008-06-25</created>', '2008-06-25', '2008-06-25'],
  [
    'submitted the month before it was numbered',
    '0807.0001',
    '<created>2008-06-30</created>',
    '2008-06-30',
    '2008-06-30',
  ],
  [
    'since the rewrite, the newest only',
    '0806.4129',
    '<created>2014-12-12</created><updated>2014-12-15</updated>',
    null,
    '2014-12-12',
  ],
  [
    'over the turn of the century',
    'hep-th/0001001',
    '<created>1999-12-31</created>',
    '1999-12-31',
    '1999-12-31',
  ],
  [
    'replaced after the turn of the century',
    'hep-th/9901001',
    '<created>2000-02-01</created>',
    null,
    '2000-02-01',
  ],
  ['none', '0806.4129', '', null, null],
])('the days of arXiv: %s', (_, identifier, days, submittedOn, updatedOn) => {
  const paper = read(ARXIV(identifier, days), { identifier });
  const toDate = (day: string | null) => (day === null ? null : new Date(day));
  expect([paper.submittedAt, paper.updatedAt]).toEqual([toDate(submittedOn), toDate(updatedOn)]);
  expect(paper.versions).toEqual([]);
});

test('arXivOld is arXivRaw without versions', () => {
  const paper = read(`<arXivOld xmlns="http://arxiv.org/OAI/arXivOld/"><id>0806.4129</id><title>T</title>
    <authors>Roldao da Rocha, Waldyr A. Rodrigues Jr</authors><categories>math-ph</categories></arXivOld>`);
  expect(paper.authors).toEqual(['Roldao da Rocha', 'Waldyr A. Rodrigues Jr']);
  expect(paper.versions).toEqual([]);
});

const DC = (content: string) => `<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/"
  xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>T</dc:title><dc:creator>da Rocha, Roldao</dc:creator>${content}</oai_dc:dc>`;

test('Dublin Core since 2025: two addresses, a comment that is only second, exact sets', () => {
  const paper = read(
    DC(`<dc:subject>Mathematical Physics</dc:subject><dc:subject>15A66</dc:subject>
      <dc:description>In a previous paper </dc:description><dc:description>15 pages</dc:description>
      <dc:date>2008-06-25</dc:date><dc:date>2014-12-12</dc:date><dc:type>text</dc:type>
      <dc:identifier>https://arxiv.org/abs/0806.4129</dc:identifier><dc:identifier>http://arxiv.org/abs/0806.4129</dc:identifier>
      <dc:identifier>AIP Conf.Proc.1316:466-477,2010</dc:identifier><dc:identifier>doi:10.1063/1.3536454</dc:identifier>`),
    { sets: ['physics:math-ph', 'math:math:MP'] },
  );
  expect(paper).toMatchObject({
    abstract: 'In a previous paper',
    comment: '15 pages',
    authors: ['Roldao da Rocha'],
    categories: ['math-ph', 'math.MP'],
    submittedAt: new Date('2008-06-25'),
    updatedAt: new Date('2014-12-12'),
    journalReference: 'AIP Conf.Proc.1316:466-477,2010',
    doi: '10.1063/1.3536454',
  });
});

test('Dublin Core before 2025: the comment says that it is one', () => {
  const comment = '<dc:description>Comment: This paper has been\n  withdrawn</dc:description>';
  expect(read(DC(`<dc:description>A</dc:description>${comment}`))).toMatchObject({
    abstract: 'A',
    comment: 'This paper has been withdrawn',
    isWithdrawn: true,
  });
  expect(read(DC(comment))).toMatchObject({ abstract: '', comment: 'This paper has been withdrawn' });
});

test('metadata of another paper than the header’s is refused', () => {
  expect(() => read(DC('<dc:identifier>http://arxiv.org/abs/0806.4128</dc:identifier>'))).toThrow(
    'header says 0806.4129, metadata says 0806.4128',
  );
  expect(() => read(RAW(), { identifier: '0806.4128' })).toThrow(
    'header says 0806.4128, metadata says 0806.4129',
  );
});
