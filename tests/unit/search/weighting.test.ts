import { expect, test } from 'vitest';
import { parseQuery } from '#lib/query/parser.ts';
import { leadingStems, weigh } from '#lib/search/weighting.ts';

function leadingOf(query: string, frequencies: Record<string, number>): string[] {
  const statistics = {
    papers: 160_000,
    words: 20_000_000,
    frequencies: new Map(Object.entries(frequencies)),
    hasWaiting: false,
    snapshot: '5:5:',
  };
  return [...leadingStems(weigh(parseQuery(query).query, statistics))];
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
