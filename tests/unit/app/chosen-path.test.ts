import { NextRequest } from 'next/server';
import { expect, test } from 'vitest';
import { toNarrowedPath, toTrendingPath } from '#app/chosen-path.ts';
import { toCitationPath } from '#app/citations/citation-path.ts';
import { proxy } from '../../../proxy.ts';

test.each([
  ['', '/trending/day/any/any'],
  ['window=week', '/trending/week/any/any'],
  ['category=cs.LG&code=yes', '/trending/day/cs.LG/yes'],
  ['window=month&category=hep-th&code=yes', '/trending/month/hep-th/yes'],
  ['window=decade&code=perhaps&category=..%2F..', '/trending/day/any/any'],
  ['window=week%0A&category=%FF', '/trending/day/any/any'],
])('the trending page with %j is %s', (query, path) => {
  expect(toTrendingPath(new URLSearchParams(query))).toBe(path);
});

test.each([
  ['sort=newest', '/narrowed/newest/-/-/week/2025-W11/~'],
  ['code=yes&category=cs.LG', '/narrowed/-/cs.LG/yes/week/2025-W11/~'],
  ['after=2503.11731', '/narrowed/-/-/-/week/2025-W11/~/2503.11731'],
  ['sort=upvotes&after=hep-th%2F9901001', '/narrowed/upvotes/-/-/week/2025-W11/~/hep-th/9901001'],
  ['sort=worst&utm_source=mail', '/week/2025-W11'],
  ['after=..%2F..%2Fadmin', '/week/2025-W11'],
  ['after=2503.11731%2F', '/week/2025-W11'],
  ['after=%2Fx&code=no&category=a%2Fb', '/week/2025-W11'],
])('a list with %j is %s', (query, path) => {
  expect(toNarrowedPath('/week/2025-W11', new URLSearchParams(query))).toBe(path);
});

test.each([
  ['/list/cs.CL?sort=upvotes', '/narrowed/upvotes/-/-/list/cs.CL/~'],
  ['/author/%C5%81ukasz%20Kaiser?code=yes', '/narrowed/-/-/yes/author/%C5%81ukasz%20Kaiser/~'],
  ['/trending?window=week', '/trending/week/any/any'],
])('%s is led there, and may be kept by anybody', (address, path) => {
  const { headers } = proxy(new NextRequest(`http://papers.test${address}`));
  expect(headers.get('x-middleware-rewrite')).toBe(`http://papers.test${path}`);
  expect(headers.get('cache-control')).toBeNull();
});

test.each([
  ['/papers/2503.11731.bib', '', '/citations/bib/2503.11731'],
  ['/papers/hep-th/9901001.md', 'application/x-bibtex', '/citations/md/hep-th/9901001'],
  ['/papers/2503.11731', 'text/html;q=0.1, application/x-bibtex', '/citations/bib/2503.11731'],
  ['/papers/2503.11731', 'application/vnd.citationstyles.csl+json', '/citations/json/2503.11731'],
  ['/papers/2503.11731', 'text/html,application/json,*/*', null],
  ['/papers/', 'text/markdown', null],
  ['/papers/2503.11731.exe', '', null],
])('%s for who accepts %j is %s', (path, accept, inside) => {
  expect(toCitationPath(path, accept)).toBe(inside);
});
