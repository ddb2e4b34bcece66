import { expect, test } from 'vitest';
import { compileQuery } from '#lib/query/compiled-query.ts';
import { parseQuery } from '#lib/query/parser.ts';
import {
  chooseCandidates,
  estimateTotal,
  leadingStems,
  type Weighting,
  weighTerms,
} from '#lib/search/weighting.ts';

function weightingOf(query: string, frequencies: Record<string, number>): Weighting {
  const statistics = {
    papers: 160_000,
    words: 20_000_000,
    frequencies: new Map(Object.entries(frequencies)),
    hasWaiting: false,
    snapshot: '5:5:',
  };
  return weighTerms(compileQuery(parseQuery(query).query), statistics);
}

function leadingOf(query: string, frequencies: Record<string, number>): string[] {
  return [...leadingStems(weightingOf(query, frequencies))];
}

test('the rarest words lead, until they are in papers enough', () => {
  const frequencies = {
    drug: 450,
    discoveri: 2_200,
    graph: 8_600,
    predict: 18_000,
    network: 19_000,
    model: 85_000,
  };
  expect(leadingOf('model network predict graph discovery drug', frequencies)).toEqual([
    'drug',
    'discoveri',
    'graph',
    'predict',
  ]);
});

test('few words all lead, and so do all words of rare ones', () => {
  expect(leadingOf('large model', { larg: 43_000, model: 85_000 })).toEqual(['larg', 'model']);
  const rare = { quark: 10, gluon: 20, plasma: 30, flow: 40, jet: 50 };
  expect(leadingOf('quark gluon plasma flow jet', rare)).toHaveLength(5);
});

test.each([
  ['quark gluon', { quark: 400, gluon: 500 }, { tsquery: "'quark' | 'gluon'", areAll: true }],
  ['quark gluon', { quark: 400, gluon: 700 }, { tsquery: "'quark'", areAll: false }],
  ['quark gluon', { quark: 400 }, { tsquery: "'quark'", areAll: true }],
  ['large model', { larg: 43_000, model: 85_000 }, { tsquery: "('larg' & 'model')", areAll: false }],
  ['model', { model: 85_000 }, { tsquery: "'model'", areAll: true }],
  ['quark', {}, { tsquery: "'quark'", areAll: true }],
])('of %j, in %j papers, are scored one by one', (query, frequencies, expected) => {
  expect(chooseCandidates(weightingOf(query, frequencies))).toEqual(expected);
});

test.each([
  // Either word: as if they fell into papers independently.
  ['large model', 160_000 - 160_000 * (1 - 43 / 160) * (1 - 85 / 160)],
  // What must be there is in no more papers than its rarest word, bare words beside it or not.
  ['"large model"', 43_000],
  ['"large model" quark', 43_000],
  ['ti:large model', 43_000],
  ['"large model" quark -gluon', 43_000],
  // Of an OR the papers with the rarer word are not all.
  ['"large" OR "model"', 160_000 - 160_000 * (1 - 43 / 160) * (1 - 85 / 160)],
])('%s is thought to be in %i of 160,000 papers', (text, expected) => {
  const frequencies = { larg: 43_000, model: 85_000, quark: 400, gluon: 500 };
  const { query } = parseQuery(text);
  const total = estimateTotal(compileQuery(query), weightingOf(text, frequencies), 160_000);
  expect(total).toBeCloseTo(expected, -1);
});

test('a word that a question says twice weighs twice as much', () => {
  const { terms } = weightingOf('quark gluon quark', { quark: 400, gluon: 400 });
  const weights = new Map(terms.map(({ stem, weight }) => [stem, weight]));
  expect(weights.get('quark')).toBeCloseTo(2 * (weights.get('gluon') ?? 0), 9);
});
