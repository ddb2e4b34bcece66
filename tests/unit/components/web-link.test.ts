import { expect, test } from 'vitest';
import { listWebLinks } from '#components/paper/web-link.ts';
import type { PaperLink } from '#lib/papers/paper.ts';

const aPaper = (links: readonly PaperLink[] = [], doi: string | null = null) =>
  ({ registry: 'arxiv', identifier: '2106.12052', doi, links }) as const;
const aLink = (url: string, kind: PaperLink['kind'] = 'repository') => ({ kind, url, origin: 'huggingface' });

test('an arXiv paper leads to its abstract, its PDF and, where published, its DOI', () => {
  expect(listWebLinks(aPaper([], '10.1000/182')).map(({ label, url }) => [label, url])).toEqual([
    ['arXiv', 'https://arxiv.org/abs/2106.12052'],
    ['PDF', 'https://arxiv.org/pdf/2106.12052'],
    ['DOI', 'https://doi.org/10.1000/182'],
  ]);
});

test('a paper known by its DOI alone leads there', () => {
  const links = listWebLinks({ registry: 'doi', identifier: '10.1000/182', doi: null, links: [] });
  expect(links.map(({ url }) => url)).toEqual(['https://doi.org/10.1000/182']);
});

test.each([
  ['https://github.com/owner/name', 'owner/name'],
  ['https://github.com/owner/name.git', 'owner/name'],
  ['https://github.com/owner/name/', 'owner/name'],
  ['https://www.example.org/a/b', 'example.org'],
])('%s is shown as %s', (url, detail) => {
  expect(listWebLinks(aPaper([aLink(url)])).at(-1)?.detail).toBe(detail);
});

test.each([
  'javascript:alert(1)',
  'JAVASCRIPT:alert(1)',
  'data:text/html,x',
  'ftp://example.org',
  '//example.org',
  'x',
])('%s is no link', (url) => {
  expect(listWebLinks(aPaper([aLink(url, 'project')]))).toHaveLength(2);
});
