import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { OAI_ERROR_CODES, type OaiResponse, parseOaiResponse } from '#lib/ingest/arxiv/oai.ts';
import { describeRejection } from '#lib/ingest/xml.ts';

const FOLDER = join(process.env.PAPERBOY_DATA ?? '../shared/data', 'api/arxiv-oai-pmh');

function answer(content: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">
  <responseDate>2026-09-25T02:30:00Z</responseDate>
  <request verb="ListRecords">https://oaipmh.arxiv.org/oai</request>
  ${content}
</OAI-PMH>`;
}

function parse(body: string | Uint8Array): OaiResponse {
  const outcome = parseOaiResponse(body);
  if (outcome.kind === 'rejected') throw new Error(describeRejection(outcome));
  if (outcome.kind === 'retry-after') throw new Error('retry after');
  return outcome;
}

function header(
  fields: { identifier?: string; datestamp?: string; sets?: string[]; status?: string } = {},
): string {
  const { identifier = 'oai:arXiv.org:0806.4129', datestamp = '2014-12-15', sets = [], status } = fields;
  return `<header${status === undefined ? '' : ` status="${status}"`}><identifier>${identifier}</identifier>
    <datestamp>${datestamp}</datestamp>${sets.map((set) => `<setSpec>${set}</setSpec>`).join('')}</header>`;
}

const METADATA = `<metadata><arXivRaw xmlns="http://arxiv.org/OAI/arXivRaw/"><id>0806.4129</id>
  <version version="v1"><date>Wed, 25 Jun 2008 15:29:38 GMT</date></version>
  <title>T</title><authors>A</authors><categories>math-ph</categories></arXivRaw></metadata>`;

const record = (head: string, metadata = METADATA) => `<record>${head}${metadata}</record>`;

test('a page of records says when it was made, and where it goes on', () => {
  const token =
    '<resumptionToken expirationDate="2026-09-26T00:00:00Z">verb%3DListRecords%26skip%3D2500</resumptionToken>';
  const page = parse(answer(`<ListRecords>${record(header())}${token}</ListRecords>`));
  expect(page.responseDate?.toISOString()).toBe('2026-09-25T02:30:00.000Z');
  expect(page.records.map((one) => [one.header.identifier, one.paper?.title])).toEqual([['0806.4129', 'T']]);
  expect(page.resumptionToken).toEqual({
    token: 'verb%3DListRecords%26skip%3D2500',
    completeListSize: null,
    cursor: null,
    expiresAt: new Date('2026-09-26T00:00:00Z'),
  });
});

test('an empty token ends a list; no token means that it was whole', () => {
  const last = parse(
    answer(
      '<ListRecords><resumptionToken cursor="2000" completeListSize="2265"></resumptionToken></ListRecords>',
    ),
  );
  expect(last.resumptionToken).toEqual({
    token: null,
    completeListSize: 2265,
    cursor: 2000,
    expiresAt: null,
  });
  expect(parse(answer('<ListRecords><resumptionToken/></ListRecords>')).resumptionToken?.token).toBeNull();
  expect(parse(answer(`<ListRecords>${record(header())}</ListRecords>`)).resumptionToken).toBeNull();
});

test('a deleted record is a header without a paper', () => {
  const page = parse(answer(`<ListRecords><record>${header({ status: 'deleted' })}</record></ListRecords>`));
  expect(page.records).toEqual([
    { header: { identifier: '0806.4129', datestamp: '2014-12-15', sets: [], isDeleted: true }, paper: null },
  ]);
});

test('a bad record is reported with its place and costs no other', () => {
  const page = parse(
    answer(`<ListRecords>
      ${record(header())}
      ${record(header({ identifier: 'oai:example.org:17' }))}
      ${record(header({ datestamp: '2014-15-12' }))}
      ${record(header(), '')}
      ${record(header(), '<metadata><other xmlns="urn:other"/></metadata>')}
      ${record('')}
      ${record(header({ identifier: 'oai:arXiv.org:hep-th/9901001' }))}
      ${record(header())}
    </ListRecords>`),
  );
  expect(page.records).toHaveLength(2);
  expect(page.rejected).toEqual([
    { position: 1, identifier: 'oai:example.org:17', reason: 'the identifier is not one of arXiv' },
    { position: 2, identifier: 'oai:arXiv.org:0806.4129', reason: 'the datestamp is not a date' },
    { position: 3, identifier: 'oai:arXiv.org:0806.4129', reason: 'no metadata' },
    { position: 4, identifier: 'oai:arXiv.org:0806.4129', reason: 'metadata in none of the known formats' },
    { position: 5, identifier: null, reason: 'no header' },
    {
      position: 6,
      identifier: 'oai:arXiv.org:hep-th/9901001',
      reason: 'header says hep-th/9901001, metadata says 0806.4129',
    },
  ]);
});

test('headers give old and new identifiers, days of instants, and all their sets', () => {
  const heads = [
    header({
      identifier: 'oai:arXiv.org:math/0309136',
      datestamp: '2007-05-23T23:59:59Z',
      sets: ['math:math:GT', 'cs'],
    }),
    header({ identifier: 'oai:arXiv.org:2609.28553v1' }),
  ];
  const page = parse(answer(`<ListIdentifiers>${heads.join('')}</ListIdentifiers>`));
  expect(page.headers).toEqual([
    { identifier: 'math/0309136', datestamp: '2007-05-23', sets: ['math:math:GT', 'cs'], isDeleted: false },
  ]);
  expect(page.rejected).toMatchObject([{ position: 1 }]);
});

test.each(OAI_ERROR_CODES)('the error %s is told by its code', (code) => {
  expect(parse(answer(`<error code="${code}"> Some\n words. </error>`)).errors).toEqual([
    { code, text: 'Some words.' },
  ]);
});

test('several errors are all told, and a code nobody knows keeps its words', () => {
  const page = parse(answer('<error code="badVerb">one</error><error code="teapot">two</error>'));
  expect(page.errors).toEqual([
    { code: 'badVerb', text: 'one' },
    { code: null, text: 'two' },
  ]);
  expect(page.records).toEqual([]);
});

test('sets and identity are read', () => {
  const sets =
    '<set><setSpec>cs:cs:LG</setSpec><setName>Machine Learning</setName></set><set><setSpec>cs</setSpec></set><set/>';
  expect(parse(answer(`<ListSets>${sets}</ListSets>`)).sets).toEqual([
    { spec: 'cs:cs:LG', name: 'Machine Learning' },
    { spec: 'cs', name: 'cs' },
  ]);
  const identify = `<Identify><repositoryName>arXiv</repositoryName><baseURL>https://oaipmh.arxiv.org/oai</baseURL>
    <protocolVersion>2.0</protocolVersion><earliestDatestamp>2005-09-16</earliestDatestamp>
    <deletedRecord>persistent</deletedRecord><granularity>YYYY-MM-DD</granularity></Identify>`;
  expect(parse(answer(identify)).identity).toEqual({
    repositoryName: 'arXiv',
    baseUrl: 'https://oaipmh.arxiv.org/oai',
    earliestDatestamp: '2005-09-16',
    deletedRecord: 'persistent',
    granularity: 'YYYY-MM-DD',
  });
});

test.each([
  ['a web page', '<html><body>Not Found</body></html>', '<html> is no OAI-PMH answer'],
  ['an answer without content', answer(''), 'neither an answer nor an error'],
  ['an answer in another namespace', '<OAI-PMH xmlns="urn:other"/>', '<OAI-PMH> is no OAI-PMH answer'],
  ['a cut answer', answer(`<ListRecords>${record(header())}</ListRecords>`).slice(0, -20), 'unclosed tag'],
])('%s is rejected', (_, body, reason) => {
  expect(parseOaiResponse(body)).toMatchObject({ kind: 'rejected', reason: expect.stringContaining(reason) });
});

test('a web page that asks for a pause is told from an answer', () => {
  expect(parseOaiResponse('<html><body>\n<h1>Retry after 1 seconds</h1>\n</body></html>')).toEqual({
    kind: 'retry-after',
    seconds: 1,
  });
});

const recorded = (name: string) => readFileSync(join(FOLDER, name));

test.skipIf(!existsSync(FOLDER))(
  `the recorded pages give all 2,265 records, none rejected (skipped where ${FOLDER} is absent)`,
  { timeout: 60_000 },
  () => {
    const pages = [0, 1, 2].map((page) => parse(recorded(`metadata/ListRecords_data_${page}.xml`)));
    expect(pages.map((page) => page.records.length)).toEqual([1000, 1000, 265]);
    expect(pages.flatMap((page) => page.rejected)).toEqual([]);
    expect(pages.map((page) => page.resumptionToken?.token)).toEqual(['6511260|1001', '6511260|2001', null]);
    expect(pages.map((page) => page.resumptionToken?.cursor)).toEqual([0, 1000, 2000]);

    const records = pages.flatMap((page) => page.records);
    const listed = parse(recorded('metadata/ListIdentifiers_data.xml')).headers;
    expect(records.map((one) => one.header)).toEqual(listed);
    expect(new Set(listed.map((one) => one.identifier)).size).toBe(2_265);
    for (const { paper, header: head } of records) {
      expect(paper?.identifier).toBe(head.identifier);
      expect(paper?.authors.length, head.identifier).toBeGreaterThan(0);
      expect(paper?.categories.length, head.identifier).toBeGreaterThan(0);
      expect(paper?.abstract, head.identifier).not.toBe('');
      expect(paper?.submittedAt, head.identifier).not.toBeNull();
    }
  },
);

test.skipIf(!existsSync(FOLDER))(
  `a recorded record is read whole (skipped where ${FOLDER} is absent)`,
  () => {
    const [first] = parse(recorded('metadata/GetRecord_data.xml')).records;
    expect(first?.paper).toMatchObject({
      identifier: '2107.10460',
      title: 'Anomalous High-Field Magnetotransport in CaFeAsF due to the Quantum Hall Effect',
      categories: ['cond-mat.supr-con', 'cond-mat.mtrl-sci', 'cond-mat.str-el'],
      primaryCategory: 'cond-mat.supr-con',
      submittedAt: new Date('2021-07-22'),
      updatedAt: new Date('2022-06-15'),
      comment: '18 pages, 1 table, 4 figures',
      journalReference: 'npj Quantum Materials 7, 62 (2022)',
      doi: '10.1038/s41535-022-00470-6',
    });
    expect(first?.paper?.authors.at(1)).toBe('Hishiro T. Hirose');
    expect(parseOaiResponse(recorded('arxiv_retry_after.html'))).toEqual({ kind: 'retry-after', seconds: 1 });
  },
);
