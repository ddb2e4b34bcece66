import { expect, test } from 'vitest';
import { toLinks } from '#lib/ingest/huggingface/record.ts';

const link = (kind: 'repository' | 'project', url: string) => ({ kind, url, origin: 'huggingface' });

test.each([
  ['https://github.com/karpathy/nanoGPT'],
  ['http://www.github.com/karpathy/nanoGPT/'],
  ['https://github.com/karpathy/nanoGPT.git'],
  ['https://github.com/karpathy/nanoGPT/tree/main/data'],
  ['https://github.com/karpathy/nanoGPT///'],
  ['https://github.com/karpathy/nanoGPT?tab=readme-ov-file#install'],
  [' https://github.com/\nkarpathy/nanoGPT '],
  ['github.com/karpathy/nanoGPT'],
  ['git@github.com:karpathy/nanoGPT.git'],
])('%j is one repository', (given) => {
  const expected = [link('repository', 'https://github.com/karpathy/nanoGPT')];
  expect(toLinks({ repository: given, project: null })).toEqual(expected);
  expect(toLinks({ repository: null, project: given })).toEqual(expected);
  expect(toLinks({ repository: given, project: 'https://github.com/karpathy/nanoGPT' })).toEqual(expected);
});

test.each([
  ['https://github.com/DFIR-Metric', 'https://github.com/DFIR-Metric'],
  ['https://github.com/orgs/DFIR/repositories', 'https://github.com/orgs/DFIR/repositories'],
  ['https://gitlab.com/group/name', 'https://gitlab.com/group/name'],
  ['https://github.com.evil.example/a/b', 'https://github.com.evil.example/a/b'],
  [' https://sites.google.com/view/adc-robot', 'https://sites.google.com/view/adc-robot'],
  ['https://例え.jp/', 'https://xn--r8jz45g.jp/'],
])('%j is a project page', (given, url) => {
  expect(toLinks({ repository: given, project: null })).toEqual([link('project', url)]);
  expect(toLinks({ repository: null, project: given })).toEqual([link('project', url)]);
});

test.each([
  ['javascript:alert(1)'],
  ['data:text/html,<script>alert(1)</script>'],
  ['ftp://example.org/x'],
  ['//example.org/x'],
  ['https://'],
  ['https://user:secret@example.org/'],
  ['coming soon'],
  ['   '],
  [`https://example.org/${'x'.repeat(2_000)}`],
  [`https://example.org/${'é'.repeat(900)}`],
  [null],
])('%j is no link', (given) => {
  expect(toLinks({ repository: given, project: given })).toEqual([]);
});

test('a repository and a project page stand side by side', () => {
  expect(toLinks({ repository: 'https://github.com/a/b', project: 'https://a.github.io/b/' })).toEqual([
    link('repository', 'https://github.com/a/b'),
    link('project', 'https://a.github.io/b/'),
  ]);
});
