import { NextRequest } from 'next/server';
import { expect, test } from 'vitest';
import { parseSearchAddress } from '#lib/search/search-address.ts';
import { proxy } from '../../../proxy.ts';

function rewritten(query: string): URL {
  const response = proxy(new NextRequest(`http://papers.test/search${query}`));
  return new URL(response.headers.get('x-middleware-rewrite') ?? '');
}

test.each([
  ['?q=graph+learning&sort=new&cursor=WzEsMl0', { text: 'graph learning', sort: 'new', cursor: 'WzEsMl0' }],
  ['?q=%22%3E%3Cscript%3E%2F..%2F%00%23%3F', { text: '"><script>/../ #?', sort: null, cursor: null }],
  ['?q=%E5%9B%BE%F0%9F%98%80', { text: '图😀', sort: null, cursor: null }],
  ['?q=%ff%fe', { text: '\ufffd\ufffd', sort: null, cursor: null }],
])('what is asked by %j is a part of the path, and read back from it', (query, address) => {
  const { pathname, search } = rewritten(query);
  const asked = /^\/search\/asked\/([\w-]+)$/.exec(pathname)?.[1] ?? '';
  expect(search).toBe('');
  expect(parseSearchAddress(new URLSearchParams(Buffer.from(asked, 'base64url').toString('utf8')))).toEqual(
    address,
  );
});

test.each(['', '?q=', '?q=+%00&sort=new'])(
  'a search for nothing (%j) is the page before the first',
  (query) => {
    const response = proxy(new NextRequest(`http://papers.test/search${query}`));
    expect(rewritten(query).pathname).toBe('/search/empty');
    expect(response.headers.get('cache-control')).toBeNull();
  },
);

test.each(['1706.03762', 'https://arxiv.org/abs/hep-th/9901001v2', 'https://doi.org/10.1000/182'])(
  '%s goes to its paper',
  (pasted) => {
    const { pathname, searchParams } = rewritten(`?q=${encodeURIComponent(pasted)}`);
    expect(pathname).toBe('/search/paper');
    expect(searchParams.get('q')).toBe(pasted);
  },
);

test('an identifier in an order of its own, or among words, is a search', () => {
  for (const query of ['?q=1706.03762&sort=new', '?q=attention+1706.03762'])
    expect(rewritten(query).pathname).not.toBe('/search/paper');
});
