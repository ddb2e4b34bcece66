import { expect, test } from 'vitest';
import { createProgress, formatProgress } from '#lib/cli/progress.ts';

test.each([
  [0, '░░░░░░░░░░░░░░░░░░░░░░░░   0 %'],
  [0.5, '████████████░░░░░░░░░░░░  50 %'],
  [1, '████████████████████████ 100 %'],
  [1.7, '████████████████████████ 100 %'],
  [Number.NaN, '░░░░░░░░░░░░░░░░░░░░░░░░   0 %'],
])('a fraction of %f is drawn as %s', (fraction, bar) => {
  expect(formatProgress('Ingesting', fraction, '')).toBe(`Ingesting ${bar}`);
});

test('no line is wider than the terminal, and the last is taken away', () => {
  const written: string[] = [];
  const output = { isTTY: true, columns: 40, write: (text: string) => void written.push(text) };
  const progress = createProgress(output, 'Ingesting', 10);
  progress.update(5, 'a note that is much longer than the line has room for');
  progress.end();
  const visible = written.map((text) => text.replace(/\r\u001b\[2K/, ''));
  expect(Math.max(...visible.map((text) => text.length))).toBe(39);
  expect(visible.at(-1)).toBe('');
});

test('nothing is drawn where nobody watches', () => {
  const written: string[] = [];
  const progress = createProgress({ write: (text) => void written.push(text) }, 'Ingesting', 10);
  progress.update(5, '');
  progress.end();
  expect(written).toEqual([]);
});
