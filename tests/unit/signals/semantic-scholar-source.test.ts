import { describe, expect, test } from 'vitest';
import { parseCitations } from '#lib/signals/semantic-scholar-source.ts';
import { cassetteBody, hasExchanges } from '../../support/recorded-exchanges.ts';

const paper = (citationCount: unknown, arxivId: unknown = null) => ({
  paperId: '0f40b1f0',
  externalIds: { ArXiv: arxivId, CorpusId: 470667 },
  citationCount,
});
const parse = (entries: unknown, identifiers: readonly string[]) =>
  parseCitations(JSON.stringify(entries), identifiers);

test('counts come in the order of the request, and null is a paper the index does not know', () => {
  const identifiers = ['2603.00001', 'hep-th/9901001', '2603.00003'];
  expect(parse([paper(7), null, paper(0)], identifiers)).toEqual([7, 'unknown', 0]);
});

test.each([-1, 2_147_483_648, 4.5, '42', null, undefined, {}])('a count of %j is unusable', (count) => {
  expect(parse([paper(count), paper(3)], ['2603.00001', '2603.00002'])).toEqual(['unusable', 3]);
});

test.each([5, 'x', [], {}, { citationCount: 'x' }])('an entry %j is unusable', (entry) => {
  expect(parse([entry], ['2603.00001'])).toEqual(['unusable']);
});

test('what else an entry has or lacks is no matter', () => {
  expect(
    parse([{ citationCount: 4 }, { citationCount: 5, externalIds: 'x' }], ['2603.00001', '2603.00002']),
  ).toEqual([4, 5]);
});

test('two papers that the index holds for one both have its count', () => {
  const merged = paper(9, '2603.00001');
  expect(parse([merged, merged], ['2603.00001', '2603.00002'])).toEqual([9, 9]);
});

test('an array of another length is read by identifiers, and says nothing of the rest', () => {
  const entries = [
    paper(5, 'hep-th/9901001'),
    paper(2, '2603.00001v2'),
    paper(1),
    paper(8, '9999.99999'),
    null,
  ];
  expect(parse(entries, ['2603.00001', '2603.00002', 'hep-th/9901001'])).toEqual([2, null, 5]);
  expect(parse([], ['2603.00001'])).toEqual([null]);
});

test.each([
  '',
  '{"error":"No valid paper ids given"}',
  '{"message":"Too Many Requests"}',
  '<html>',
  '[{"citationCount":',
])('the body %j is no answer', (body) => {
  expect(parseCitations(body, ['2603.00001'])).toBe(null);
});

describe.skipIf(!hasExchanges)('the recorded answer', () => {
  test('of four papers, one of them unknown, has three counts', () => {
    const body = cassetteBody('test_get_papers_not_found_warning');
    expect(parseCitations(body, ['a', 'b', 'c', 'd'])).toEqual(['unknown', 10_670, 2_185, 0]);
  });
});
