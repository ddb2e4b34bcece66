/**
 * Mending formulas that no TeX run has ever checked, so that KaTeX can set them.
 *
 * Always: braces are balanced, and characters that authors of abstracts mean literally become literal. On objection:
 * each message of KaTeX's has its remedy, which either brings the formula a step further or gives up.
 */

import { guessedMacro, knownMacro } from './macros.ts';
import { codePoint } from './symbols.ts';

export type Attempt = {
  tex: string;
  /** Macros defined so far, by control sequence. */
  readonly macros: Record<string, string>;
  /** Names of those we knew nothing of. */
  readonly guesses: string[];
};
/** `position`: 0-based, in `tex`, unless the offending token came out of a macro. */
export type Objection = { readonly message: string; readonly position: number | undefined };

const TOKEN = /\\[a-zA-Z]+|\\.|[^\\{}%#&$]+|./gs;
const ALIGNING = /\\(?:begin|matrix|pmatrix|cases|array|substack|xymatrix|eqalign|halign)(?![a-zA-Z])/;
const DEFINING = /\\(?:def|newcommand|renewcommand|providecommand|DeclareMathOperator|let)(?![a-zA-Z])/;
const TEXT_COMMAND = /^\\(?:text[a-z]*|[mh]box|fbox|footnote|emph)$/;

/** The same formula with balanced braces and literal characters; dollars stay only where text holds formulas. */
export function wellFormed(tex: string): string {
  const literal = new Set([...(DEFINING.test(tex) ? [] : ['#']), ...(ALIGNING.test(tex) ? [] : ['&'])]);
  const parts: string[] = [];
  /** For each open brace, whether it holds text. */
  const isText: boolean[] = [];
  for (const [token] of renamed(tex).matchAll(TOKEN)) {
    const last = parts.at(-1) ?? '';
    if (token === '{') isText.push(TEXT_COMMAND.test(last.trimEnd()));
    const isStray = token === '}' && isText.pop() === undefined;
    if (isStray || token === '\\' || (token === '$' && !isText.includes(true))) continue;
    if (token === '%') parts.push(/\d\s*$/.test(last) ? '\\%' : '');
    else parts.push(literal.has(token) ? `\\${token}` : token);
  }
  return parts.join('') + '}'.repeat(isText.length);
}

/** What other systems call differently than KaTeX: MathJax's `\unicode{x2013}`, environments that hold a whole display. */
function renamed(tex: string): string {
  return tex
    .replace(/\\unicode\s*\{([^{}]{1,10})\}/g, (_command, digits: string) => `\\text{${codePoint(digits)}}`)
    .replace(/\\(begin|end)\s*\{(?:align|eqnarray|alignat|flalign|multline)\*?\}/g, '\\$1{aligned}')
    .replace(/\\(begin|end)\s*\{gather\*?\}/g, '\\$1{gathered}')
    .replace(/\\(begin|end)\s*\{(?:equation|displaymath|math|center|small)\*?\}/g, '')
    .replace(/\\begin\s*\{array\}\s*\[[a-z]\]/g, '\\begin{array}');
}

/** Mends what KaTeX objects to; false when we know no way. */
export function mend(attempt: Attempt, { message, position }: Objection): boolean {
  for (const [objection, remedy] of REMEDIES) {
    const match = objection.exec(message);
    if (match !== null) return remedy(attempt, match[1] ?? '', position);
  }
  return false;
}

type Remedy = (attempt: Attempt, name: string, position: number | undefined) => boolean;
type Rewriting = readonly [pattern: RegExp, replacement: string];

const REMEDIES: readonly (readonly [objection: RegExp, remedy: Remedy])[] = [
  [
    /^Undefined control sequence: \\(.+)$/s,
    (attempt, name) =>
      replaceIn(attempt, PLAIN_TEX[name]) || toEnvironment(attempt, name) || define(attempt, name),
  ],
  // Accents of text mode, which abstracts never mean in formulas: `\H` is somebody's cohomology.
  [/^Expected group as argument to '\\([a-zA-Z]|[^a-zA-Z])'/, define],
  [
    /^Expected group as argument|^Unexpected end of input in a macro argument/,
    (attempt, _name, position) =>
      replaceIn(attempt, UNBRACED_ACCENT) || demote(attempt) || insert(attempt, position, '{}'),
  ],
  [/^Double (?:super|sub)script$/, (attempt, _name, position) => insert(attempt, position, '{}')],
  [
    /^Expected group after/,
    (attempt, _name, position) => demote(attempt, /^[\^_]$/) || insert(attempt, position, '{}'),
  ],
  [
    /^Got function '\\(.+)' with no arguments as/,
    (attempt, name) =>
      replaceIn(attempt, [scriptCommand(name), '$1{$2}']) || demote(attempt) || define(attempt, name),
  ],
  [/^Can't use function '\\([a-zA-Z]+)' in text mode/, dollared],
  [/'\\\(' in math mode/, (attempt) => replaceIn(attempt, [/\\[()]/g, ''])],
  [/\\(?:left|right)/, (attempt) => replaceIn(attempt, [/\\(?:left|right|middle)(?![a-zA-Z])\.?/g, ''])],
  [/^No such environment/, (attempt) => replaceIn(attempt, [/\\(?:begin|end)\s*\{[^{}]*\}/g, ''])],
];

/** Primitives of plain TeX with delimited arguments, which no macro of KaTeX's can express. */
const PLAIN_TEX: Readonly<Record<string, Rewriting>> = {
  root: [/\\root\s*([^\\{}]{1,20}|\{[^{}]{1,40}\})\s*\\of(?![a-zA-Z])/g, '\\sqrt[$1]'],
  buildrel: [
    /\\buildrel\s*([^{}]{1,40}|\{[^{}]{1,40}\})\s*\\over\s*(\\[a-zA-Z]+|\{[^{}]{1,40}\}|[^\\{}])/g,
    '\\overset{$1}{$2}',
  ],
  raise: [/\\(?:raise|lower)\s*-?[\d.]+\s*[a-z]{2}/g, ''],
  cr: [/\\cr(?![a-zA-Z])/g, '\\\\'],
};

const ENVIRONMENTS: Readonly<Record<string, string>> = {
  ...{ matrix: 'matrix', pmatrix: 'pmatrix', cases: 'cases', eqalign: 'aligned', displaylines: 'gathered' },
};

/** Plain TeX's `\matrix{…}` as LaTeX's environment. */
function toEnvironment(attempt: Attempt, name: string): boolean {
  const environment = Object.hasOwn(ENVIRONMENTS, name) ? ENVIRONMENTS[name] : undefined;
  const opening = environment === undefined ? null : new RegExp(`\\\\${name}\\s*\\{`).exec(attempt.tex);
  if (opening === null) return false;
  const start = opening.index + opening[0].length;
  const end = closingBrace(attempt.tex, start);
  const body = attempt.tex.slice(start, end).replace(/\\cr(?![a-zA-Z])/g, '\\\\');
  const [before, after] = [attempt.tex.slice(0, opening.index), attempt.tex.slice(end + 1)];
  attempt.tex = `${before}\\begin{${environment}}${body}\\end{${environment}}${after}`;
  return true;
}

/** Where the group closes whose content begins at `start`. */
function closingBrace(tex: string, start: number): number {
  let depth = 1;
  for (let at = start; at < tex.length; at += 1) {
    if (tex[at] === '\\') at += 1;
    else if (tex[at] === '{') depth += 1;
    else if (tex[at] === '}') depth -= 1;
    if (depth === 0) return at;
  }
  return tex.length;
}

/** `\bar\mathbb C`: TeX needs braces here, authors forget them. */
const UNBRACED_ACCENT: Rewriting = [
  /\\(bar|hat|tilde|vec|dot|ddot|overline|underline|widehat|widetilde)\s*(\\[a-zA-Z]+\s*(?:\{[^{}]*\}|[a-zA-Z0-9]))/g,
  '\\$1{$2}',
];

function define({ macros, guesses }: Attempt, name: string): boolean {
  const control = `\\${name}`;
  if (Object.hasOwn(macros, control)) return false;
  const known = knownMacro(name);
  if (known === null) guesses.push(name);
  macros[control] = known ?? guessedMacro(name);
  return true;
}

/** A shorthand was none here: it should have had an argument, or been something to raise. */
function demote({ macros, guesses }: Attempt, expansion = /#1|^\\[a-zA-Z]+$|^[\^_]$/): boolean {
  for (const [control, known] of Object.entries(macros)) {
    const name = control.slice(1);
    const guess = guessedMacro(name);
    if (known === guess || !expansion.test(known)) continue;
    macros[control] = guess;
    guesses.push(name);
    return true;
  }
  return false;
}

/** `\text{\mu W}`: sets the symbol as the formula it is. Out of a macro, the macro was none. */
function dollared(attempt: Attempt, name: string, position: number | undefined): boolean {
  const command = `\\${name}`;
  if (position === undefined || !attempt.tex.startsWith(command, position)) return demote(attempt);
  const end = position + command.length;
  attempt.tex = `${attempt.tex.slice(0, position)}$${command}$${attempt.tex.slice(end)}`;
  return true;
}

function insert(attempt: Attempt, position: number | undefined, text: string): boolean {
  if (position === undefined) return false;
  attempt.tex = attempt.tex.slice(0, position) + text + attempt.tex.slice(position);
  return true;
}

function replaceIn(attempt: Attempt, rewriting: Rewriting | undefined): boolean {
  if (rewriting === undefined) return false;
  const before = attempt.tex;
  attempt.tex = before.replace(...rewriting);
  return attempt.tex !== before;
}

/** A script that is a command with one argument, unbraced: `C^\hat{G}`. */
function scriptCommand(name: string): RegExp {
  const escaped = name.replace(/[^a-zA-Z]/g, '\\$&');
  return new RegExp(`([_^])\\s*(\\\\${escaped}\\s*(?:\\{[^{}]*\\}|[a-zA-Z0-9]|\\\\[a-zA-Z]+))`, 'g');
}
