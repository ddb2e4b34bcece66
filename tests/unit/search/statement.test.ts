import { expect, test } from 'vitest';
import { compileQuery } from '#lib/query/compiled-query.ts';
import { parseQuery } from '#lib/query/parser.ts';
import type { Path } from '#lib/search/search-input.ts';
import { toStatement } from '#lib/search/statement.ts';
import { weighTerms } from '#lib/search/weighting.ts';

const STATISTICS = {
  papers: 160_000,
  words: 20_000_000,
  frequencies: new Map([
    ['larg', 43_000],
    ['model', 85_000],
    ['quark', 400],
  ]),
  hasWaiting: false,
  snapshot: '5:5:',
};

function statementOf(text: string, path: Path) {
  const compiled = compileQuery(parseQuery(text).query);
  const input = {
    compiled,
    path,
    now: new Date(0),
    cursor: null,
    limit: 25,
    needed: 'all',
    hasWaiting: false,
  } as const;
  return toStatement(input, weighTerms(compiled, STATISTICS));
}

test.each<[string, Path, boolean]>([
  // Of a text of common words the index finds the best; a rare one is looked for, and whatever has it scored.
  ['"large model"', 'bm25', true],
  ['ti:model', 'bm25', true],
  ['model -"large model"', 'bm25', true],
  ['large "quark model"', 'bm25', false],
  ['au:model', 'bm25', false],
  ['mod* large', 'bm25', false],
  ['"large model"', 'plain', false],
])('of %j by the path %s, the index of BM25 is asked: %j', (text, path, expected) => {
  expect(statementOf(text, path).sql.includes('search_best')).toBe(expected);
});

test.each<[string, Path, boolean]>([
  ['large model', 'plain', true],
  ['large model', 'bm25', false],
  ['quark', 'plain', false],
  // A text that must be there is looked for as such: whatever has it is scored.
  ['"large model"', 'plain', false],
  ['"large model"', 'bm25', false],
  ['large model "model"', 'bm25', false],
  ['large quark "model"', 'plain', false],
  ['large model sort:new', 'plain', false],
])('of %j by the path %s, papers are left out: %j', (text, path, expected) => {
  expect(statementOf(text, path).isPartial).toBe(expected);
});
