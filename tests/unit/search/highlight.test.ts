import { expect, test } from 'vitest';
import { parseQuery } from '#lib/query/parser.ts';
import { bestPassage, highlight, marksOf, type Segment } from '#lib/search/highlight.ts';

const marked = (segments: readonly Segment[]) =>
  segments.map(({ text, isMatch }) => (isMatch ? `[${text}]` : text)).join('');
const inText = (query: string, text: string) => marked(highlight(text, marksOf(parseQuery(query).query)));

test.each([
  ['graph', 'Graphs, graphing; a paragraph', '[Graphs], [graphing]; a paragraph'],
  ['die', 'Dying stars died', '[Dying] stars [died]'],
  ['lying', 'They lie, it lies', 'They [lie], it [lies]'],
  ['tie', 'Tying the tied', '[Tying] the [tied]'],
  ['noninvasive', 'A non-invasive test', 'A [non-invasive] test'],
  ['non-invasive', 'A noninvasive test', 'A [noninvasive] test'],
  ['quant*', 'Quantum and quantised, by quants', '[Quantum] and [quantised], by [quants]'],
  ['Müller', 'By Mueller and Muller', 'By [Mueller] and [Muller]'],
  ['x', 'X and xx', '[X] and xx'],
  ['β', 'A β and a beta', 'A [β] and a [beta]'],
  ['学習', '強化学習の', '強化[学習]の'],
  ['graph -theory', 'Graph theory', '[Graph] theory'],
])('%j is marked in %j', (query, text, expected) => {
  expect(inText(query, text)).toBe(expected);
});

test('the passage is the one that says most of what was asked for', () => {
  const filler = 'Nothing of it is said in this sentence at all. '.repeat(12);
  const passage = marked(
    bestPassage(
      `A graph. ${filler}Here a graph network learns molecules. ${filler}`,
      marksOf(parseQuery('graph network molecules').query),
    ),
  );
  expect(passage).toMatch(/^… Here a \[graph\] \[network\] learns \[molecules\]\. .* …$/s);
  expect(passage.length).toBeLessThan(320);
});

test('a short text is its own passage', () => {
  expect(marked(bestPassage('A graph.', marksOf(parseQuery('graph').query)))).toBe('A [graph].');
});
