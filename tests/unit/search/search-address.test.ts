import { expect, test } from 'vitest';
import { parseQuery } from '#lib/query/parser.ts';
import { parseSearchAddress, searchPath, toQueryString } from '#lib/search/search-address.ts';

test.each([
  { text: 'graphs', sort: null, cursor: null },
  { text: 'a+b & c=d #e %f “é” 图', sort: 'new', cursor: 'WzEsMl0' },
  { text: '"><script>alert(1)</script>', sort: 'upvotes', cursor: null },
] as const)('%j is the same read back', (address) => {
  const url = new URL(searchPath(address), 'http://papers.test');
  expect(url.pathname).toBe('/search');
  expect(parseSearchAddress(url.searchParams)).toEqual(address);
});

test('what makes no sense is as good as absent', () => {
  const parameters = new URLSearchParams({ q: ' \u0000a\tb\r\n ', sort: 'best', cursor: '../etc' });
  expect(parseSearchAddress(parameters)).toEqual({ text: 'a b', sort: null, cursor: null });
  expect(parseSearchAddress(new URLSearchParams())).toEqual({ text: '', sort: null, cursor: null });
});

test('half a character is none, and no text is endless', () => {
  const { text } = parseSearchAddress(new URLSearchParams({ q: `x\ud800${'y'.repeat(10_000)}` }));
  expect(text.isWellFormed()).toBe(true);
  expect(text).toHaveLength(8000);
});

test('a text that is too long for the parser is cut there, with a warning', () => {
  const { text } = parseSearchAddress(new URLSearchParams({ q: 'graph '.repeat(800) }));
  expect(parseQuery(text).warnings.map(({ code }) => code)).toContain('too-long');
});

test('what is not said stands in no address', () => {
  expect(searchPath({})).toBe('/search');
  expect(toQueryString({ q: null, limit: undefined })).toBe('');
  expect(toQueryString({ q: '', limit: 3 })).toBe('?q=&limit=3');
});
