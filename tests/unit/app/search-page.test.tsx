import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { SearchPage } from '#app/(own-head)/search/_components/search-page.tsx';
import { printQuery } from '#lib/query/normal-form.ts';
import { parseQuery } from '#lib/query/parser.ts';
import type { SearchAnswer } from '#lib/search/search-papers.ts';
import { aListedPaper } from '../../support/builders.ts';

function aPage(text: string, fields: Partial<SearchAnswer> = {}): string {
  const { query, warnings } = parseQuery(text);
  const answer: SearchAnswer = {
    query,
    warnings,
    searched: query,
    normalForm: printQuery(query),
    sort: 'relevance',
    corrections: [],
    didYouMean: null,
    dropped: [],
    results: [{ paper: aListedPaper(), title: [{ text: 'A Title', isMatch: false }], passage: [] }],
    total: 1,
    isTotalExact: true,
    facets: [],
    nextCursor: null,
    ...fields,
  };
  return renderToStaticMarkup(<SearchPage address={{ text, sort: null, cursor: null }} answer={answer} />);
}

test('matches are marked, and what looks like markup is text', () => {
  const title = [
    { text: 'a<b> ', isMatch: false },
    { text: '<script>', isMatch: true },
  ];
  const markup = aPage('x', { results: [{ paper: aListedPaper(), title, passage: title }] });
  expect(markup.match(/<mark>&lt;script&gt;<\/mark>/g)).toHaveLength(2);
  expect(markup).not.toContain('<script');
});

test('each part of a query can be removed', () => {
  const markup = aPage('graphs cat:cs.CL au:bengio');
  for (const rest of ['cat%3Acs.CL+au%3Abengio', 'graphs+au%3Abengio', 'graphs+cat%3Acs.CL'])
    expect(markup).toContain(`href="/search?q=${rest}"`);
});

test.each([
  ['x "open', 'At character 3: This quotation mark'],
  ['😀😀 "open', 'At character 4: '],
  ['x foo:bar', 'At character 3, “foo:'],
])('the place in %j is told as a reader counts', (text, told) => {
  expect(aPage(text).replace(/<[^>]+>/g, '')).toContain(told);
});

test('a total that is an estimate says so', () => {
  expect(aPage('x', { total: 12_345, isTotalExact: false })).toContain('About 12,345 papers');
  expect(aPage('x', { total: 1 })).toMatch(/<strong[^>]*>1 paper<\/strong>/);
});

test('what was corrected and left out is said', () => {
  const markup = aPage('grpahs', { corrections: [{ from: 'grpahs', to: 'graphs' }], dropped: ['in 1901'] });
  const words = markup.replace(/<[^>]+>/g, '');
  expect(words).toContain('No paper contains grpahs. Showing results for graphs.');
  expect(words).toContain('No paper matches the whole query. Ignored: in 1901.');
});

test('nothing found offers the query without its parts, and help', () => {
  const markup = aPage('graphs cat:cs.CL', { results: [], total: 0 });
  expect(markup).toContain('No papers found');
  expect(markup).toMatch(/<details[^>]* open=""><summary[^>]*>Search syntax/);
  expect(markup).toContain('<a href="/search?q=graphs">graphs</a>');
});

test('fields of one name are told apart, and a chosen one can be removed', () => {
  const facet = { papers: 3, isChosen: false };
  const facets = [
    { ...facet, name: 'cs.LG', query: 'x cat:cs.LG' },
    { ...facet, name: 'stat.ML', query: 'x', isChosen: true },
  ];
  const words = aPage('x', { facets: [{ kind: 'category', facets }] }).replace(/<[^>]+>/g, '');
  expect(words).toContain('Machine Learning (cs)');
  expect(words).toContain('Machine Learning (stat) × (remove)');
});
