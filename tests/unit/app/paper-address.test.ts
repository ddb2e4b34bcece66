import { expect, test } from 'vitest';
import { parsePaperAddress } from '#app/(paper)/papers/[...id]/paper-address.ts';
import { paperPath } from '#lib/papers/paper.ts';

const read = (path: string) => parsePaperAddress(path.split('/'));

test.each([
  ['2106.12052', 'arxiv', '2106.12052', true],
  ['2106.12052v2', 'arxiv', '2106.12052', false],
  ['arXiv%3A2106.12052', 'arxiv', '2106.12052', false],
  ['hep-th/9901001', 'arxiv', 'hep-th/9901001', true],
  ['math.GT/0309136', 'arxiv', 'math/0309136', false],
  ['doi%3A10.1000/182', 'doi', '10.1000/182', true],
  ['doi:10.1000/a.b/c', 'doi', '10.1000/a.b/c', true],
  ['DOI:10.1000/ABC', 'doi', '10.1000/abc', false],
  ['doi:10.1000%2F182', 'doi', '10.1000/182', true],
  ['doi:10.1016/0370-2693(93)90456-x', 'doi', '10.1016/0370-2693(93)90456-x', true],
])('%s names a paper', (path, registry, identifier, isCanonical) => {
  expect(read(path)).toEqual({ registry, identifier, isCanonical });
});

test.each([
  '',
  'nonsense',
  '2106',
  '2106.1205',
  '9999.99999',
  'doi:',
  'doi:10.1/x',
  'doi:10.1000/',
  '%ff',
  '2106.12052%00',
  'doi:10.1000/a%20b',
  `doi:10.1000/${'x'.repeat(300)}`,
])('%j names none', (path) => {
  expect(read(path)).toBeNull();
});

test.each(['arxiv 2106.12052', 'arxiv hep-th/9901001', 'doi 10.1000/182', 'doi 10.1000/a<b>c'])(
  'the path of %s leads back to it',
  (name) => {
    const [registry, identifier = ''] = name.split(' ');
    const paper = { registry: registry === 'doi' ? 'doi' : 'arxiv', identifier } as const;
    expect(read(paperPath(paper).replace('/papers/', ''))).toEqual({ ...paper, isCanonical: true });
  },
);
