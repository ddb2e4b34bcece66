import { describe, expect, test } from 'vitest';
import { readWords, WORD_CHARS_MAX } from '#lib/text/words.ts';

/** `-` before a word that is joined, `~` before one in the same run, `|` between spellings. */
function words(text: string): string {
  return readWords(text)
    .map(({ forms, joint }) => ({ none: '', joined: '-', run: '~' })[joint] + forms.join('|'))
    .join(' ');
}

describe('one spelling for what is written in several', () => {
  test.each([
    ['case', 'GraPH', 'graph'],
    ['accents', 'naïve Łódź Poincaré Erdős', 'naive lodz poincare erdos'],
    [
      'umlauts, also as two letters',
      'Schrödinger Müller Søren',
      'schrodinger|schroedinger muller|mueller soren|soeren',
    ],
    ['ligatures and sharp s', 'ﬁnite Straße æther', 'finite strasse aether'],
    ['decomposed letters', 'Schro\u0308dinger', 'schrodinger|schroedinger'],
    ['full-width and mathematical letters', 'ＧＰＴ 𝔸𝕓𝕔 ℓ₁', 'gpt abc l1'],
    ['indices', 'x² H₂O CO₂', 'x2 h2o co2'],
    ['Greek letters by their names', 'α λ σ₈ ΛCDM µ', 'alpha lambda sigma8 lambdacdm mu'],
    ['Greek words stay', 'λόγος', 'λογοσ'],
    ['possessives', "Schroedinger's Bayes' cat’s", 'schroedinger bayes cat'],
    ['names with a sign', 'C++ c# F# C++11 k-means++ A+', 'cplusplus csharp fsharp cplusplus 11 k -means a'],
    ['numbers', '3.5 1,000 v1.2.3 1,2 2.', '3.5 1000 v1.2.3 1 2 2'],
    ['soft hyphens and zero-width spaces', 'net\u00adwork net\u200bwork', 'network network'],
  ])('%s', (_, text, expected) => expect(words(text)).toBe(expected));
});

describe('what joins and what parts', () => {
  test.each([
    [
      'hyphens of all kinds',
      'non-invasive non‑invasive non–invasive Bose--Einstein',
      'non -invasive non -invasive non -invasive bose -einstein',
    ],
    ['a hyphen at the end of a line', 'self-\n supervised', 'self -supervised'],
    ['dashes part', 'a — b a—b a - b pre- and post', 'a b a b a b pre and post'],
    ['apostrophes', "don't O’Brien d'Alembert", 'don -t o -brien d -alembert'],
    [
      'ampersand, underscore, caret, point',
      'AT&T x_2 x^2 node.js DALL·E',
      'at -t x -2 x -2 node -js dall -e',
    ],
    ['slashes part', 'ImageNet/CIFAR-10 and/or', 'imagenet cifar -10 and or'],
    [
      'Chinese, Japanese, Korean in pairs',
      '深度学习 ひら 한국어 学',
      '深度 ~度学 ~学习 ~习 ひら ~ら 한국 ~국어 ~어 学',
    ],
    ['scripts part', '用GPT-4做', '用 gpt -4 做'],
  ])('%s', (_, text, expected) => expect(words(text)).toBe(expected));
});

test('a word stands where it was found, whatever it is folded to', () => {
  const text = '“Schrödinger’s” C++ 深度学习!';
  expect(readWords(text).map(({ start, end }) => text.slice(start, end))).toEqual([
    'Schrödinger',
    'C++',
    '深度',
    '度学',
    '学习',
    '习',
  ]);
});

test('what is no letter or digit is no word', () => {
  expect(readWords('— … 😀 \u0000 \ud800 \u0301 % $ \u202e')).toEqual([]);
});

test('forms are lower-case letters, digits and marks, with points only between digits', () => {
  const text = Array.from({ length: 0x3000 }, (_, code) => `x${String.fromCodePoint(code)}y`).join(' ');
  const forms = readWords(text).flatMap((word) => word.forms);
  expect(forms.filter((form) => !/^[\p{L}\p{N}\p{M}]+(?:\.[\p{L}\p{N}\p{M}]+)*$/u.test(form))).toEqual([]);
});

test('endless words are cut', () => {
  expect(readWords('a'.repeat(10_000))[0]?.forms).toEqual(['a'.repeat(WORD_CHARS_MAX)]);
});
