import { expect, test } from 'vitest';
import { directMatch } from '#lib/query/direct-match.ts';
import { explainQuery } from '#lib/query/explain.ts';
import { parseQuery } from '#lib/query/parser.ts';

test.each([
  ['', 'All papers'],
  ['graph', 'Papers best matching “graph”'],
  [
    'graph neural networks -survey',
    'Papers best matching “graph”, “neural” and “networks”, without “survey”',
  ],
  [
    '"deep sets" ti:graph abs:tree',
    'Papers with the exact phrase “deep sets”, with “graph” in the title, with “tree” in the abstract',
  ],
  ['au:"Y. LeCun" au:lec*', 'Papers by “Y LeCun”, by an author beginning with “lec”'],
  [
    'ti:gener* co:ICML jr:Nature',
    'Papers with words beginning with “gener” in the title, with “ICML” in the comment, with “Nature” in the journal reference',
  ],
  [
    'cat:cs cat:cs.LG,stat.ML',
    'Papers in Computer Science (cs), in Machine Learning (cs.LG) or Machine Learning (stat.ML)',
  ],
  [
    'cat:physics -cat:hep-th',
    'Papers in all of Physics (physics), not in High Energy Physics - Theory (hep-th)',
  ],
  [
    'date:2025-01..2025-03 updated:>2024',
    'Papers submitted from 1 January 2025 to 31 March 2025, updated since 1 January 2025',
  ],
  ['date:2025 date:2025-03-12', 'Papers submitted in 2025, submitted on 12 March 2025'],
  ['last:7d announced:<2025-03', 'Papers submitted in the last 7 days, announced before 1 March 2025'],
  [
    'has:code list:hf upvotes:>10 stars:<=3',
    'Papers with code, on the Hugging Face list, with more than 10 upvotes, with at most 3 stars',
  ],
  [
    '(graph OR tree) -(a AND b) sort:new',
    'Papers either with “graph” or with “tree”, not (with “a” and with “b”), newest first',
  ],
])('%s', (text, expected) => expect(explainQuery(parseQuery(text).query).text).toBe(expected));

test('each part can be taken away', () => {
  const { parts } = explainQuery(parseQuery('graph cat:cs.LG has:code sort:new').query);
  expect(parts.map(({ kind, without }) => [kind, without])).toEqual([
    ['words', 'cat:cs.LG has:code sort:new'],
    ['filter', 'graph has:code sort:new'],
    ['filter', 'graph cat:cs.LG sort:new'],
    ['sort', 'graph cat:cs.LG has:code'],
  ]);
});

test('a query that names one paper leads to it, and only such a query', () => {
  const matchOf = (text: string) => directMatch(parseQuery(text).query);
  expect(matchOf(' arXiv:1706.03762v5 ')).toEqual({
    kind: 'paper',
    registry: 'arxiv',
    identifier: '1706.03762',
  });
  expect(matchOf('id:hep-th/9901001')).toEqual({
    kind: 'paper',
    registry: 'arxiv',
    identifier: 'hep-th/9901001',
  });
  expect(matchOf('10.1038/NATURE14539.')).toEqual({
    kind: 'paper',
    registry: 'doi',
    identifier: '10.1038/nature14539',
  });
  for (const text of ['attention 1706.03762', '-1706.03762', '1706.03762 1810.04805', 'graph', '3.14159'])
    expect(matchOf(text)).toBeNull();
});
