import { describe, expect, test } from 'vitest';
import { SOURCE_CHARS_MAX, texToText } from '#lib/tex/tex.ts';

const tex = String.raw;

describe('accents and letters', () => {
  test.each([
    [tex`Schr\"{o}dinger, Schr{\"o}dinger, Schr\"odinger`, 'Schrödinger, Schrödinger, Schrödinger'],
    [tex`\'Etale, r\^ole, \`a la, Poincar\'e`, 'Étale, rôle, à la, Poincaré'],
    [
      tex`Bouab\c{c}a, \v{C}ech, Erd\H{o}s, Erd\H os, \k{a}, \r{a}, \u{g}, \d{s}`,
      'Bouabça, Čech, Erdős, Erdős, ą, å, ğ, ṣ',
    ],
    [tex`na\"{\i}ve, Van\'\i\v{c}ek`, 'naïve, Vaníček'],
    [
      tex`S{\o}rensen, {\L}ukasiewicz, Stra{\ss}e, Stra\ss e, \AE ther, \o re`,
      'Sørensen, Łukasiewicz, Straße, Straße, Æther, øre',
    ],
    [tex`at 5 \AA resolution`, 'at 5 Å resolution'],
    [tex`Babu\vska and St\ormer`, 'Babuška and Størmer'],
    [tex`\b{eta}-helix, \r{ho} and \k{appa}`, 'β-helix, ρ and κ'],
    ['Schr\x7fodinger, Schr\x7f\\"odinger', 'Schrödinger, Schrödinger'],
  ])('%s', (source, text) => {
    expect(texToText(source)).toBe(text);
  });
});

describe('words', () => {
  test.each([
    [tex`{\it et al.} {\bf 12}, {\em all of {\sc it}}`, 'et al. 12, all of it'],
    [tex`\emph{a \textbf{b}} \textit{c} \texttt{d_e--f} \textsc{G}`, 'a b c d_e--f G'],
    [tex`50\% \& 100%, \$5, \#1, a\_b, \{x\}`, '50% & 100%, $5, #1, a_b, {x}'],
    [tex`as in~\cite{Foo} and \citep[see][p. 2]{Bar}, by \citet{Baz}.`, 'as in and, by.'],
    [tex`text\footnote{a note} goes on\label{x}`, 'text (a note) goes on'],
    [
      tex`see \url{http://a.org/b\_c} and \href{https://x.org}{the site}`,
      'see http://a.org/b_c and the site',
    ],
    [tex`A Title:\\Its Second Line`, 'A Title: Its Second Line'],
    [tex`{GPU}s and {BERT}: a {class} in {0,1}`, 'GPUs and BERT: a {class} in {0,1}'],
    [
      tex`\ours{} beats \red{the other method}, \eg, this \ie that`,
      'ours beats the other method, e.g., this i.e. that',
    ],
    [tex`\begin{itemize}\item one \item two\end{itemize}`, '• one\n• two'],
    [tex`the set X\A, on C:\Windows`, tex`the set X\A, on C:\Windows`],
    [tex`{\mu}m, 300{\deg}C, 5 \alpha and $\alpha$`, 'μm, 300°C, 5 α and α'],
    ['360^circ at {sim}20, see https://a.org/b{our page}.', '360° at ∼20, see https://a.org/b (our page).'],
    ['t&#945;, &#8211; and &#7;, &amp;', 'tα, – and &#7;, &amp;'],
  ])('%s', (source, text) => {
    expect(texToText(source)).toBe(text);
  });
});

describe('typography', () => {
  test.each([
    ["``quoted'' and `single' and don't", "“quoted” and ‘single’ and don't"],
    ["u'' + f''(x) = 0", "u'' + f''(x) = 0"],
    ["\"mixed quotes'' here", '"mixed quotes" here'],
    ["Drinfel`d's", "Drinfel`d's"],
    ['pages 1--2 --- all', 'pages 1–2 — all'],
    ['Fig.~2, 10~nm, de~Branges', 'Fig. 2, 10 nm, de Branges'],
    ['of ~10 km (~5%), z~5', 'of ~10 km (~5%), z~5'],
    ['we call it **E**arly **B**ird; 2**n and 3**m', 'we call it Early Bird; 2**n and 3**m'],
    ['the package `foo_bar` and `x--y`', 'the package foo_bar and x--y'],
  ])('%s', (source, text) => {
    expect(texToText(source)).toBe(text);
  });
});

describe('lines and paragraphs', () => {
  test.each([
    ['hard line breaks are folded', 'one\ntwo\n three', 'one two\nthree'],
    ['a blank line parts paragraphs', 'one\n\n  two', 'one\ntwo'],
    ['an indented line begins a paragraph', 'one\ntwo\n  three\nfour', 'one two\nthree four'],
    [
      'a title folded with an indent is one line',
      'A Long Title\n  And Its Rest',
      'A Long Title And Its Rest',
    ],
    [
      'long lines are paragraphs, not folds',
      `${'word '.repeat(30)}end.\n  Next.`,
      `${'word '.repeat(30)}end.\nNext.`,
    ],
    ['\\par parts paragraphs', 'one\\par two', 'one\ntwo'],
    ['white space is one space', ' a \t b\r\nc ', 'a b c'],
    ['nothing is nothing', ' \n ', ''],
  ])('%s', (_what, source, text) => {
    expect(texToText(source)).toBe(text);
  });
});

describe('formulas', () => {
  test.each([
    [tex`$z\sim 5$`, 'z ∼ 5'],
    [tex`$10^{-3}$ and 10^{-3} and 10^5`, '10⁻³ and 10⁻³ and 10⁵'],
    [tex`H$_2$O, H_2O, $^{13}$C, x_i, A_{N-1}`, 'H₂O, H₂O, ¹³C, xᵢ, A_(N−1)'],
    [tex`file_name, gpt_4_turbo, snake_case_x`, 'file_name, gpt_4_turbo, snake_case_x'],
    [
      tex`$\frac{a+b}{2\pi}$, $\frac12 x$, $1\over 2$, $\sqrt{2}$, $\sqrt[3]{x+1}$`,
      '(a+b)/2π, 1/2 x, 1/2, √2, ³√(x+1)',
    ],
    [
      tex`$x^{a/b}$, $T_{\rm eff}$, $e^{it\Delta}$, $\ell_\infty$, $k_BT$`,
      'x^(a/b), T_eff, e^(itΔ), ℓ_∞, k_B T',
    ],
    [tex`$\mathbb{R}^n$, $\mathcal{O}(n \log n)$, $\sin x$, $\mathrm{GeV}$`, 'ℝⁿ, O(n log n), sin x, GeV'],
    [tex`$a \leq b \to c \in D$, $\Omega_m = 0.3\pm0.1$`, 'a ≤ b → c ∈ D, Ωₘ = 0.3±0.1'],
    [tex`$\hat{H}\psi$, $\bar{\mathbb{Q}}$, $\dot M$, $\vec v$`, 'Ĥψ, ℚ̄, Ṁ, v⃗'],
    [tex`$\gsim 10^5\,M_\odot$, $\kms$, $\Hom(A,B)$`, '≳ 10⁵ M⊙, km s⁻¹, Hom(A, B)'],
    [tex`$\left(\frac{1}{2}\right)$, $\langle x|y\rangle$, $\{0,1\}$, $90\%$`, '(1/2), ⟨x|y⟩, {0, 1}, 90%'],
    [tex`\(a<b\), \[ c>d \], $$e=f$$ and \begin{equation}g=h\end{equation}`, 'a < b, c > d, e = f and g = h'],
    [tex`$\text{if } x$, $\mbox{rank $k$}$, $\textit{Whole Words}$`, 'if x, rank k, Whole Words'],
    [tex`$K_{d}$ of \lambda_{0}^{2} \sim \frac{a}{b}, UCQ^\infty`, 'K_d of λ₀² ∼ a/b, UCQ^∞'],
    [
      tex`$f\colon A\to B$, $x:=y$, $g: C$, $2:1$, $\sqrt(E)$, 10$-$20`,
      'f: A → B, x := y, g: C, 2:1, √(E), 10–20',
    ],
    [
      tex`$\frac{\sqrt m}{\Delta^2}$, $\frac{1}{\langle x,y\rangle}$, $\frac{a+b}{|c|}$`,
      '√m/Δ², 1/⟨x, y⟩, (a+b)/|c|',
    ],
    [tex`top-\$p\$ sampling at \$5`, 'top-p sampling at $5'],
  ])('%s', (source, text) => {
    expect(texToText(source)).toBe(text);
  });
});

describe('dollars that are money', () => {
  test.each([
    'from $5 million to $10 million',
    'costs $5, $10 or $20.',
    'between $37-63 billion and $1,000',
    'US$5 and A$7',
    'a $30 lamp',
    'the $PATH variable',
  ])('%s', (source) => {
    expect(texToText(source)).toBe(source);
  });

  test('stand beside formulas', () => {
    expect(texToText('$x$ costs $5 and $y$ costs $6')).toBe('x costs $5 and y costs $6');
  });

  test('a forgotten dollar does not turn the rest into formulas', () => {
    const source = tex`for \Gamma$ by determining the structure of all the groups $G$ and $H$ in it`;
    expect(texToText(source)).toBe('for Γ by determining the structure of all the groups G and H in it');
  });
});

describe('characters that no one can see', () => {
  test('controls, overrides and lone surrogates never come through', () => {
    const source = 'a\0b\x07c\x1bd\x85e\u202ef\ufeffg\ud800h $x\0\x01_1$';
    const text = texToText(source);
    expect(text).toBe('abcd efg\ufffdh x₁');
  });

  test('a text beyond all bounds is cut off, visibly', () => {
    const text = texToText('x'.repeat(SOURCE_CHARS_MAX + 10));
    expect(text).toHaveLength(SOURCE_CHARS_MAX + 1);
    expect(text.endsWith('…')).toBe(true);
  });
});

/** White space is tidied alike within a run and over the borders of runs, which a group that holds nothing makes. */
describe('text without TeX comes out as TeX would', () => {
  test.each([
    'A plain sentence, with (parentheses), 50% and 3/4.',
    'two  spaces,\ta tab and \u00a0\u00a0ties\u00a0between',
    ' \u2003wide\u2003 spaces, a \u3000 third and \u200bnone\ufeff ',
    'controls\u0000 \u0007 \u202ereversed and \ud800 halves',
    'Größe, 大規模言語モデル, α-β',
    'form\ffeed, vertical\vtab, next\u0085line and \u2028another',
    '',
    '   ',
  ])('%j', (source) => {
    expect(texToText(source)).toBe(texToText(`{}${source}`));
  });
});
