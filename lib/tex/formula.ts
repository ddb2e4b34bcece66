/**
 * A TeX formula as MathML, by KaTeX (https://katex.org), in the dialect that browsers implement.
 *
 * Abstracts are not checked by any TeX run: braces are missing, macros were defined in a preamble we never see.
 * So a formula is first made well-formed, and where KaTeX still objects, the one thing it objects to is mended.
 */

import katex from 'katex';
import { FORMULA_CHARS_MAX } from './delimiters.ts';
import { BASE_MACROS } from './macros.ts';
import { toCoreMathml } from './mathml.ts';
import { type Attempt, mend, type Objection, wellFormed } from './repair.ts';

/** Deeper formulas are shown as text: KaTeX recurses, and no abstract has any. */
const NESTING_MAX = 40;
const REPAIRS_MAX = 12;
const EXPANSIONS_MAX = 1000;
/** Macros can make much of little: `\def\a{…}\a\a\a`. */
const MARKUP_CHARS_MAX = 300_000;

export type RenderedFormula = {
  readonly mathml: string;
  /** Commands we knew nothing of and set by their names. */
  readonly guesses: readonly string[];
};

/**
 * `tex` without its delimiters. Null when it is no TeX that KaTeX can be brought to accept; never throws.
 * The element asks translators to leave it alone, for they tear formulas apart.
 */
export function formulaToMathml(tex: string, isDisplay: boolean): RenderedFormula | null {
  if (tex.length > FORMULA_CHARS_MAX || nesting(tex) > NESTING_MAX) return null;
  const attempt: Attempt = { tex: wellFormed(tex), macros: {}, guesses: [] };
  for (let repairs = 0; repairs <= REPAIRS_MAX; repairs += 1) {
    const outcome = render(attempt, isDisplay);
    if (typeof outcome === 'string') {
      const body = outcome.length > MARKUP_CHARS_MAX ? null : toCoreMathml(outcome);
      const display = isDisplay ? ' display="block"' : '';
      const mathml = `<math class="notranslate" translate="no"${display}>${body}</math>`;
      return body === null ? null : { mathml, guesses: attempt.guesses };
    }
    if (outcome === null || !mend(attempt, outcome)) return null;
  }
  return null;
}

/** KaTeX's markup, its objection, or null when it failed in any other way (too deep a nesting overflows its stack). */
function render({ tex, macros }: Attempt, displayMode: boolean): string | Objection | null {
  try {
    return katex.renderToString(tex, {
      output: 'mathml',
      displayMode,
      strict: 'ignore',
      trust: false,
      maxExpand: EXPANSIONS_MAX,
      maxSize: 10,
      macros: { ...BASE_MACROS, ...macros },
    });
  } catch (error) {
    if (!(error instanceof katex.ParseError)) return null;
    return { message: error.rawMessage, position: error.position };
  }
}

function nesting(tex: string): number {
  let depth = 0;
  let deepest = 0;
  for (const [token] of tex.matchAll(/\\.|[{}]/gs)) {
    if (token === '{') depth += 1;
    if (token === '}') depth -= 1;
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}
