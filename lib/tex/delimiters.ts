/**
 * Where a formula begins and ends in an abstract: `$…$`, `$$…$$`, `\(…\)`, `\[…\]`, `\begin{equation}…`.
 *
 * Dollars are the hard part. Some are money, and one forgotten dollar would turn all prose after it into formulas; so a
 * pair counts only if what stands between reads like a formula (pandoc's rule, made a little wiser).
 */

/** More than arXiv allows for a whole abstract. */
export const FORMULA_CHARS_MAX = 2000;

export type Formula = {
  /** Without its delimiters. */
  readonly tex: string;
  readonly isDisplay: boolean;
  /** Where the text goes on. */
  readonly end: number;
};

/** The formula whose opening dollar stands at `at`; null when that dollar is just a dollar. */
export function formulaAtDollar(source: string, at: number): Formula | null {
  if (source.startsWith('$$', at)) {
    const display = enclosed(source, at + 2, '$$');
    if (display !== null && display.tex.trim() !== '' && !isProse(display.tex))
      return { ...display, isDisplay: true };
  }
  const close = closingDollar(source, at + 1);
  if (close === null) return null;
  const tex = source.slice(at + 1, close);
  if (isMoney(tex, source.charAt(close + 1)) || isProse(tex)) return null;
  return { tex, isDisplay: false, end: close + 1 };
}

const ESCAPED = /\\\$((?=[^$\s]*[A-Za-z])[^$\s\d][^$\s]{0,60}?)\\\$/y;

/** `\$R^3\$`, escaped once too often; null for amounts of money. */
export function formulaAtEscapedDollar(source: string, at: number): Formula | null {
  ESCAPED.lastIndex = at;
  const [all, tex] = ESCAPED.exec(source) ?? [];
  return all === undefined || tex === undefined ? null : { tex, isDisplay: false, end: at + all.length };
}

/** The formula after `\(` or `\[` at `at`; null when it is never closed. */
export function formulaAtBracket(source: string, at: number): Formula | null {
  const isDisplay = source[at + 1] === '[';
  const formula = enclosed(source, at + 2, isDisplay ? '\\]' : '\\)');
  return formula && { ...formula, isDisplay };
}

const ENVIRONMENT =
  /\\begin\s*\{(equation|align|alignat|aligned|eqnarray|gather|multline|displaymath|math|split|flalign)(\*?)\}/y;
/** Everybody's abbreviations of `\begin{equation}`, with what closes them. */
const SHORT_ENVIRONMENT = /\\(be|beq|bea|beqa|beqn|bq|bee|begeq)(?![a-zA-Z])/y;

/** The displayed formula that an environment at `at` holds; null when none begins there. */
export function formulaAtEnvironment(source: string, at: number): Formula | null {
  ENVIRONMENT.lastIndex = at;
  const [opening, name, star] = ENVIRONMENT.exec(source) ?? [];
  if (opening !== undefined) {
    const formula = enclosed(source, at + opening.length, `\\end{${name}${star}}`);
    const hasRows = name !== 'equation' && name !== 'displaymath' && name !== 'math';
    return (
      formula && { ...formula, tex: hasRows ? aligned(formula.tex) : formula.tex, isDisplay: name !== 'math' }
    );
  }
  SHORT_ENVIRONMENT.lastIndex = at;
  const [short, abbreviation] = SHORT_ENVIRONMENT.exec(source) ?? [];
  if (short === undefined || abbreviation === undefined) return null;
  const formula = enclosed(source, at + short.length, `\\${abbreviation.replace('b', 'e')}`);
  return formula && { ...formula, tex: aligned(formula.tex), isDisplay: true };
}

function aligned(rows: string): string {
  return `\\begin{aligned}${rows}\\end{aligned}`;
}

function enclosed(source: string, start: number, closing: string): Omit<Formula, 'isDisplay'> | null {
  const close = source.slice(start, start + FORMULA_CHARS_MAX).indexOf(closing);
  if (close < 0) return null;
  return { tex: source.slice(start, start + close), end: start + close + closing.length };
}

/**
 * The dollar that closes a formula begun before `start`: the first outside braces, since text within a formula may
 * hold formulas (`\mbox{if $x$}`); where braces do not balance, the first of all. Never beyond the paragraph.
 */
function closingDollar(source: string, start: number): number | null {
  let depth = 0;
  let first: number | null = null;
  const limit = Math.min(source.length, start + FORMULA_CHARS_MAX);
  for (let at = start; at < limit; at += 1) {
    const character = source[at];
    if (character === '\\') at += 1;
    else if (character === '{') depth += 1;
    else if (character === '}') depth -= 1;
    else if (character === '\n' && /^\n[ \t]*\n/.test(source.slice(at, at + 20))) break;
    else if (character === '$' && depth <= 0) return at;
    else if (character === '$') first ??= at;
  }
  return first;
}

const TEX_MARK = /[\\^_{}=<>|]/;
const WORD = /[A-Za-z]{3,}/;

/** Between two amounts, or between an amount and a formula: `5 million to ` before `$10`. */
function isMoney(between: string, next: string): boolean {
  if (!/^\d/.test(between) || TEX_MARK.test(between.replaceAll('\\%', '%'))) return false;
  const closesLikeAnOpening = /[\s([–-]$/.test(between) && /[\w\\]/.test(next);
  const isBetweenAmounts = /\d/.test(next) && (closesLikeAnOpening || WORD.test(between));
  return isBetweenAmounts || (closesLikeAnOpening && WORD.test(between));
}

/** Four words in a row, outside the braces of a command: no formula reads so. */
const SENTENCE = /(?:(?:^|\s)\(?[A-Za-z][a-z-]+[,.;:)]?(?=\s|$)){4}/;

function isProse(between: string): boolean {
  return SENTENCE.test(between.replace(/\\[a-zA-Z]+\s*\{[^{}]*\}/g, ' {} '));
}
