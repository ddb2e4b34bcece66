import { expect, test } from 'vitest';
import { parseSearchParameters } from '#app/api/v1/search/parameters.ts';
import { formatCursor } from '#lib/search/search-input.ts';

const parse = (fields: Record<string, string>) => parseSearchParameters(new URLSearchParams(fields));

test('what is not said is the default', () => {
  expect(parse({ q: 'graphs' })).toEqual({ text: 'graphs', sort: null, cursor: null, limit: 20 });
});

test('all of it', () => {
  const cursor = formatCursor({ value: 3.5, key: 7 });
  expect(parse({ q: ' au:"Y Bengio" ', sort: 'new', cursor, limit: '100' })).toEqual({
    text: 'au:"Y Bengio"',
    sort: 'new',
    cursor,
    limit: 100,
  });
});

test('an empty query is one', () => {
  expect(parse({ q: '' })).toMatchObject({ text: '' });
});

test.each([
  [{}, 'q'],
  [{ q: 'x'.repeat(4001) }, 'q'],
  [{ q: 'x', sort: 'best' }, 'sort'],
  [{ q: 'x', cursor: 'none of ours' }, 'cursor'],
  [{ q: 'x', cursor: '' }, 'cursor'],
  [{ q: 'x', limit: '0' }, 'limit'],
  [{ q: 'x', limit: '101' }, 'limit'],
  [{ q: 'x', limit: '1e3' }, 'limit'],
  [{ q: 'x', limit: '-1' }, 'limit'],
  [{ q: 'x', limit: '' }, 'limit'],
] as [Record<string, string>, string][])('%j is wrong in %s', (fields, parameter) => {
  expect(parse(fields)).toMatchObject({ kind: 'invalid-parameter', parameter });
});
