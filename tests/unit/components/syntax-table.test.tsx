import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { SyntaxTable } from '#components/search/syntax-table.tsx';
import { directMatch } from '#lib/query/direct-match.ts';
import { parseQuery } from '#lib/query/parser.ts';

test('every example is read without a remark, and every name in the meanings is one of the language', () => {
  const markup = renderToStaticMarkup(<SyntaxTable />);
  const examples = [...markup.matchAll(/href="([^"]+)"/g)].map(
    ([, href]) =>
      new URL((href ?? '').replaceAll('&amp;', '&'), 'http://papers.test').searchParams.get('q') ?? '',
  );
  expect(examples.length).toBeGreaterThan(10);
  for (const example of examples) expect(parseQuery(example).warnings, example).toEqual([]);
  expect(directMatch(parseQuery(examples.at(-1) ?? '').query)).not.toBeNull();
});
