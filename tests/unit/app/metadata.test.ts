import { expect, test } from 'vitest';
import { describePage } from '#app/metadata.ts';

const PAGE = {
  baseUrl: 'https://papers.example.org/lab',
  path: '/papers/2106.12052',
  title: 'A title',
  description: 'Short.',
  type: 'article',
} as const;

test('a long description ends with a whole word', () => {
  const { description } = describePage({ ...PAGE, description: `${'word '.repeat(60)}end` });
  expect(description).toMatch(/word…$/);
  expect(description?.length).toBeLessThanOrEqual(201);
});

test('a description without a space is cut all the same', () => {
  expect(describePage({ ...PAGE, description: 'x'.repeat(500) }).description?.length).toBeLessThanOrEqual(
    201,
  );
});

test('line breaks do not get into a description', () => {
  expect(describePage({ ...PAGE, description: 'one\n  two\tthree' }).description).toBe('one two three');
});

test('the name of the paper is not said twice', () => {
  expect(describePage({ ...PAGE, title: 'Paperboy' }).title).toEqual({ absolute: 'Paperboy' });
});
