import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type AtomResponse, parseAtomResponse } from '#lib/ingest/arxiv/atom.ts';
import { describeRejection } from '#lib/ingest/xml.ts';

const RECORDED = join(
  process.env.PAPERBOY_DATA ?? '../shared/data',
  'api/arxiv-api-atom/arxiv_query_2025-10-17_xiv.xml',
);

const feed = (content: string) => `<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom"
  xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/">
  <id>http://arxiv.org/api/9WDV40Gi</id><updated>2025-10-17T00:00:00-04:00</updated>${content}</feed>`;

const counts = (total: number, start: number, perPage: number) => `
  <opensearch:totalResults>${total}</opensearch:totalResults><opensearch:startIndex>${start}</opensearch:startIndex>
  <opensearch:itemsPerPage>${perPage}</opensearch:itemsPerPage>`;

const entry = (fields: { id?: string; title?: string; rest?: string } = {}) => `
  <entry><id>${fields.id ?? 'http://arxiv.org/abs/hep-ex/0307015v3'}</id>
  <published>2003-07-07T13:46:39-04:00</published><updated>2004-01-02T03:04:05Z</updated>
  ${fields.title ?? '<title>Multi-Electron Production</title>'}<summary>  Studied
at HERA.
</summary>${fields.rest ?? ''}</entry>`;

function parse(body: string | Uint8Array): AtomResponse {
  const outcome = parseAtomResponse(body);
  if (outcome.kind === 'rejected') throw new Error(describeRejection(outcome));
  if (outcome.kind === 'retry-after') throw new Error('retry after');
  return outcome;
}

test('an entry gives the paper, with the version that it names', () => {
  const rest = `<author><name>H1 Collaboration</name><arxiv:affiliation>DESY</arxiv:affiliation></author>
    <author><name> G. G.\n Kacprzak</name></author>
    <arxiv:comment>23 pages; code at https://github.com/h1/multi-electron</arxiv:comment>
    <arxiv:journal_ref>Eur.Phys.J. C31 (2003) 17-29</arxiv:journal_ref><arxiv:doi>10.1140/epjc/s2003-01326-x</arxiv:doi>
    <link href="http://arxiv.org/abs/hep-ex/0307015v3" rel="alternate" type="text/html"/>
    <arxiv:primary_category term="hep-ex" scheme="http://arxiv.org/schemas/atom"/>
    <category term="cs.LG"/><category term="hep-ex"/><category term="I.2.6"/>`;
  expect(parse(feed(entry({ rest }))).papers).toEqual([
    {
      registry: 'arxiv',
      identifier: 'hep-ex/0307015',
      title: 'Multi-Electron Production',
      abstract: 'Studied at HERA.',
      authors: ['H1 Collaboration', 'G. G. Kacprzak'],
      categories: ['hep-ex', 'cs.LG'],
      primaryCategory: 'hep-ex',
      submittedAt: new Date('2003-07-07T17:46:39Z'),
      updatedAt: new Date('2004-01-02T03:04:05Z'),
      comment: '23 pages; code at https://github.com/h1/multi-electron',
      journalReference: 'Eur.Phys.J. C31 (2003) 17-29',
      doi: '10.1140/epjc/s2003-01326-x',
      license: null,
      isWithdrawn: false,
      keywords: [],
      versions: [
        { version: 1, submittedAt: new Date('2003-07-07T17:46:39Z') },
        { version: 3, submittedAt: new Date('2004-01-02T03:04:05Z') },
      ],
      links: [{ kind: 'repository', url: 'https://github.com/h1/multi-electron', origin: 'abstract' }],
    },
  ]);
});

test.each([
  ['http://arxiv.org/abs/2510.14968v1', '2510.14968', [1]],
  ['https://arxiv.org/abs/2510.14968', '2510.14968', [1]],
  ['http://arxiv.org/abs/math/0309136v2', 'math/0309136', [1, 2]],
])('the entry %s is of %s', (id, identifier, versions) => {
  const [paper] = parse(feed(entry({ id }))).papers;
  expect(paper?.identifier).toBe(identifier);
  expect(paper?.versions.map(({ version }) => version)).toEqual(versions);
});

test('an answer says where it stands in the whole', () => {
  expect(parse(feed(`${counts(5619, 200, 100)}${entry()}`))).toMatchObject({
    totalResults: 5619,
    startIndex: 200,
    itemsPerPage: 100,
    updatedAt: new Date('2025-10-17T04:00:00Z'),
  });
});

test('an answer without entries is an answer', () => {
  const empty = parse(feed(counts(0, 0, 10)));
  expect(empty).toMatchObject({ papers: [], rejected: [], errors: [], totalResults: 0 });
});

test('an error is no paper', () => {
  const error = `<entry><id>http://arxiv.org/api/errors#incorrect_id_format_for_1234.12345</id><title>Error</title>
    <summary>incorrect id format for 1234.12345</summary><updated>2007-10-12T00:00:00-04:00</updated>
    <author><name>arXiv api core</name></author></entry>`;
  const answer = parse(feed(counts(1, 0, 1) + error));
  expect(answer.papers).toEqual([]);
  expect(answer.errors).toEqual([
    { code: 'incorrect_id_format_for_1234.12345', text: 'incorrect id format for 1234.12345' },
  ]);
});

test('a bad entry is reported with its place and costs no other', () => {
  const answer = parse(
    feed(entry() + entry({ id: 'https://example.org/abs/2510.14968' }) + entry({ title: '' }) + entry()),
  );
  expect(answer.papers).toHaveLength(2);
  expect(answer.rejected).toEqual([
    {
      position: 1,
      identifier: 'https://example.org/abs/2510.14968',
      reason: 'the id is not an abstract page of arXiv',
    },
    { position: 2, identifier: 'http://arxiv.org/abs/hep-ex/0307015v3', reason: 'no title' },
  ]);
});

test.each([
  ['RSS', '<rss version="2.0"><channel/></rss>', '<rss> is no Atom feed'],
  ['Atom 0.3', '<feed xmlns="http://purl.org/atom/ns#"/>', '<feed> is no Atom feed'],
  ['a cut answer', feed(entry()).slice(0, -30), 'unclosed tag'],
  ['words', 'Rate exceeded.', 'text data outside of root node'],
])('%s is rejected', (_, body, reason) => {
  expect(parseAtomResponse(body)).toMatchObject({
    kind: 'rejected',
    reason: expect.stringContaining(reason),
  });
});

test('a web page that asks for a pause is told from an answer', () => {
  expect(parseAtomResponse('<html><body><h1>Retry after 30 seconds</h1></body></html>')).toMatchObject({
    seconds: 30,
  });
});

test.skipIf(!existsSync(RECORDED))(
  `a recorded answer is read whole (skipped where ${RECORDED} is absent)`,
  () => {
    const answer = parse(readFileSync(RECORDED));
    expect(answer).toMatchObject({
      totalResults: 5619,
      startIndex: 0,
      itemsPerPage: 2,
      rejected: [],
      errors: [],
    });
    expect(answer.papers.map(({ identifier }) => identifier)).toEqual(['2510.14968', '2510.14827']);
    expect(answer.papers[0]).toMatchObject({
      title: 'RDD: Retrieval-Based Demonstration Decomposer for Planner Alignment in Long-Horizon Tasks',
      authors: ['Mingxuan Yan', 'Yuping Wang', 'Zechun Liu', 'Jiachen Li'],
      categories: ['cs.RO', 'cs.AI', 'cs.CV', 'cs.LG', 'cs.SY', 'eess.SY'],
      links: [{ kind: 'project', url: 'https://rdd-neurips.github.io/', origin: 'abstract' }],
    });
  },
);
