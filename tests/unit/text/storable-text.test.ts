import { expect, test } from 'vitest';
import { toStorableText } from '#lib/text/storable-text.ts';

test.each([
  ['plain', 'plain'],
  ['a\0b', 'ab'],
  ['half \ud83d of a pair', 'half  of a pair'],
  ['\ude00\ud83d', ''],
  ['whole 😀', 'whole 😀'],
  ['line\nbreak\ttab\u0001', 'line\nbreak\ttab\u0001'],
])('%j is stored as %j', (text, stored) => {
  expect(toStorableText(text)).toBe(stored);
});
