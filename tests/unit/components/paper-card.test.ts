import { expect, test } from 'vitest';
import { toDrawable } from '#components/card/glyphs.ts';
import { toCardText } from '#components/card/paper-card.tsx';
import { aListedPaper } from '../../support/builders.ts';

test.each([
  ['Łukasz Şahin, Nguyễn Thị An', 'Łukasz Şahin, Nguyễn Thị An'],
  ['Sorting in O(n log n): α ≤ β², ∑ᵢ xᵢ → ∞', 'Sorting in O(n log n): α ≤ β², ∑ᵢ xᵢ → ∞'],
  ['On 𝒳-spaces and 𝐑', 'On X-spaces and R'],
  ['Emoji 🎉 in a title', 'Emoji in a title'],
  ['  two\n lines ', 'two lines'],
  ['Дискретная математика', 'Дискретная математика'],
])('%s is drawn as %s', (text, drawn) => {
  expect(toDrawable(text)).toBe(drawn);
});

test.each(['基于注意力机制的研究', 'מודל שפה', 'نموذج اللغة', '🎉🎉', '', '\u0000'])(
  '%j cannot be drawn, and is not tried',
  (text) => {
    expect(toDrawable(text)).toBeNull();
  },
);

test('a long title is cut at a word, and many authors are counted', () => {
  const text = toCardText(
    aListedPaper({
      title: 'word '.repeat(100),
      authors: Array.from({ length: 12 }, (_, at) => `A. Author${at}`),
    }),
  );
  expect(text.title).toMatch(/word…$/);
  expect(text.title?.length).toBeLessThanOrEqual(211);
  expect(text.authors).toBe('A. Author0, A. Author1, A. Author2 and 9 others');
});

test('a title that cannot be drawn leaves the reference', () => {
  const text = toCardText(aListedPaper({ title: '基于注意力机制的研究', authors: ['王小云'] }));
  expect(text).toMatchObject({ title: null, authors: '', reference: 'arXiv:2603.00001' });
});
