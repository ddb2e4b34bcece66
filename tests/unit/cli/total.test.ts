import { join } from 'node:path';
import { expect, test } from 'vitest';

type Counts = { passed: number; failed: number; skipped: number };
// JavaScript, since it runs before anything is installed; the types are in its comments.
const { formatTotal }: { formatTotal(counts: Counts): string } = await import(
  join(import.meta.dirname, '../../../bin/total.mjs')
);

test.each([
  { passed: 12, failed: 0, skipped: 0 },
  { passed: 12, failed: 3, skipped: 0 },
  { passed: 12, failed: 0, skipped: 4 },
])('the last line of $passed, $failed and $skipped is the total alone', (counts) => {
  const lines = formatTotal(counts).split('\n');
  expect(lines.at(-1)).toBe(`${counts.passed} passed, ${counts.failed} failed`);
  expect(lines.slice(0, -1).join('').includes('skipped')).toBe(counts.skipped > 0);
});
