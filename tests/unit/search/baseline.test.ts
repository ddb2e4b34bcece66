import { expect, test } from 'vitest';
import { createBaseline } from '#lib/search/baseline.ts';

const corpus = [
  { id: 'both', title: 'Graph networks', text: 'We train networks on graphs of molecules.' },
  { id: 'one', title: 'Networks', text: 'We train them on images of cats and of dogs.' },
  { id: 'none', title: 'Cats', text: 'Dogs and cats.' },
];

test('papers are ranked by how many of the words they have, in any inflection, and how rare those are', () => {
  expect(createBaseline(corpus).rank('the graph network', 10)).toEqual(['both', 'one']);
  expect(createBaseline(corpus).rank('the graph network', 1)).toEqual(['both']);
});

test('a word said more often weighs more', () => {
  const baseline = createBaseline([
    { id: 'a', title: '', text: 'quark' },
    { id: 'b', title: '', text: 'gluon' },
  ]);
  expect(baseline.rank('quark gluon gluon', 10)).toEqual(['b', 'a']);
});
