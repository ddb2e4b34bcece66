import { describe, expect, test } from 'vitest';
import { texToHtml, texToInlineHtml } from '#lib/tex/tex.ts';

const tex = String.raw;
const math = (body: string) => `<math class="notranslate" translate="no">${body}</math>`;

describe('texToHtml', () => {
  test.each([
    ['plain text is a paragraph', 'a < b & "c"', '<p>a &lt; b &amp; &quot;c&quot;</p>'],
    ['paragraphs', 'one\n\ntwo', '<p>one</p><p>two</p>'],
    ['emphasis', tex`{\it a} \textbf{b} \texttt{c}`, '<p><em>a</em> <strong>b</strong> <code>c</code></p>'],
    ['nested emphasis', tex`\emph{a \textbf{b}}`, '<p><em>a </em><em><strong>b</strong></em></p>'],
    ['Markdown', '**a** and `b`', '<p><strong>a</strong> and <code>b</code></p>'],
    ['scripts outside formulas', 'H_2O and 10^{-3}', '<p>H<sub>2</sub>O and 10<sup>−3</sup></p>'],
    ['a formula', '$x^2$', `<p>${math('<msup><mi>x</mi><mn>2</mn></msup>')}</p>`],
    ['a comparison', '$a<b$', `<p>${math('<mi>a</mi><mo>&lt;</mo><mi>b</mi>')}</p>`],
    ['an empty text', '', ''],
  ])('%s', (_what, source, html) => {
    expect(texToHtml(source)).toBe(html);
  });

  test('a display formula is a block, and its TeX is not repeated', () => {
    const html = texToHtml(tex`so \[ E = mc^2 \] holds`);
    expect(html).toContain('<math class="notranslate" translate="no" display="block">');
    expect(html).not.toContain('annotation');
    expect(html).not.toContain('mc^2');
  });

  test('an address in the text becomes a link, without the stop after it', () => {
    expect(texToHtml('See https://a.org/b_c?d=1&e=2.')).toBe(
      '<p>See <a href="https://a.org/b_c?d=1&amp;e=2" rel="nofollow noopener">https://a.org/b_c?d=1&amp;e=2</a>.</p>',
    );
    expect(texToHtml('(http://a.org/x(y))')).toContain('href="http://a.org/x(y)"');
    expect(texToHtml(tex`\href{https://a.org/~b}{our \emph{site}}`)).toBe(
      '<p><a href="https://a.org/~b" rel="nofollow noopener">our <em>site</em></a></p>',
    );
  });

  test.each([
    'javascript:alert(1)',
    'ftp://a.org/',
    'https://user:secret@a.org/',
    'http://localhost/',
    'data:text/html,x',
    'https://',
    '//a.org',
  ])('%s is no link', (url) => {
    expect(texToHtml(`${url} \\url{${url}} \\href{${url}}{here} $\\href{${url}}{x}$`)).not.toContain('<a ');
  });

  test('a formula that cannot be set is shown as its text', () => {
    expect(texToHtml(tex`so $\xymatrix{A\ar[r]&B}$ holds`)).toMatch(
      /^<p>so <span class="tex-source notranslate" translate="no">[^<>]*A[^<>]*B[^<>]*<\/span> holds<\/p>$/,
    );
  });

  test('what one formula defines does not reach the next', () => {
    const [first, second] = texToHtml(tex`$\gdef\zzz{y}\zzz$ and $\zzz$`).split(' and ');
    expect(first).toContain('<mi>y</mi>');
    expect(second).toContain('zzz');
  });
});

describe('texToInlineHtml', () => {
  test('has neither paragraphs nor links nor display formulas', () => {
    const html = texToInlineHtml('On $$x$$ and\n\nhttps://a.org of \\emph{b}');
    expect(html).toBe(`On ${math('<mi>x</mi>')} and https://a.org of <em>b</em>`);
  });
});

describe('MathML', () => {
  const mathml = (source: string) => texToHtml(`$${source}$`).replace(/^<p><math[^>]*>|<\/math><\/p>$/g, '');

  test.each([
    [
      'letters of other alphabets are their own characters',
      tex`\mathbb{R}\mathcal{L}\mathbf{x}`,
      '<mi>ℝ</mi><mi>ℒ</mi><mi>𝐱</mi>',
    ],
    ['an upright word is one', tex`\mathrm{SU}`, '<mi>SU</mi>'],
    ['an upright letter stays upright', tex`\mathrm{d}x`, '<mi mathvariant="normal">d</mi><mi>x</mi>'],
    ['colour is left to the page', tex`\color{red}{x}`, '<mi>x</mi>'],
    ['boxes, which browsers do not know, are rows', tex`\cancel{x}`, '<mi>x</mi>'],
    ['an unknown command is set by its name', tex`\zzz`, '<mi>zzz</mi>'],
    ['a shorthand of the field is known', tex`\gsim`, '<mo>≳</mo>'],
    ['braces are balanced', 'x^{2', '<msup><mi>x</mi><mn>2</mn></msup>'],
    ['a per cent sign begins no comment', '5% x', '<mn>5</mn><mi mathvariant="normal">%</mi><mi>x</mi>'],
  ])('%s', (_what, source, expected) => {
    expect(mathml(source)).toBe(expected);
  });

  test('named operators have the space that browsers do not give them', () => {
    const space = '<mspace width=".17em"></mspace>';
    expect(mathml(tex`n\log n`)).toBe(`<mi>n</mi>${space}<mi>log</mi>${space}<mi>n</mi>`);
    expect(mathml(tex`\log(n)`)).toMatch(/^<mi>log<\/mi><mo stretchy="false">\(<\/mo>/);
  });

  test.each([
    ['a double script', 'x^a^b'],
    ['a lonely \\left', tex`\left( x`],
    ['an author’s \\H, which TeX takes for an accent', tex`\H^n(X)`],
    ['plain TeX', tex`\root 3\of x + \matrix{1&2\cr 3&4}`],
    ['a formula within text within a formula', tex`\mbox{if $x$} {\boldmath$y$}`],
    ['a symbol within text', tex`x = \text{7 \mu m}`],
    ['an alignment within a display', tex`\begin{align*}a&=b\\c&=d\end{align*}`],
    ['an ampersand', 'R&D'],
    ['a MathJax code point', tex`\unicode{x2013}`],
    ['a missing argument', tex`\bar\mathbb C`],
    ['old fonts', tex`{\rm a}{\bf b}{\cal C}{\Cal D}{\sl e}`],
  ])('sets %s', (_what, source) => {
    const html = texToHtml(`$${source}$`);
    expect(html).toContain('<math');
    expect(html).not.toContain('tex-source');
  });
});
