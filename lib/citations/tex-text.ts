/** Text as source for TeX, such that no entry of a bibliography breaks the file it stands in. */

const SPECIAL = /[\\{}$&#%_^~]/g;
const ESCAPED: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '^': '\\textasciicircum{}',
  '~': '\\textasciitilde{}',
};

/** Plain text: every character that TeX would read as a command is written as itself. */
export function textToTex(text: string): string {
  return text.replace(SPECIAL, (character) => ESCAPED[character] ?? `\\${character}`);
}

/** A formula with its delimiters, or a command, or any other character. */
const PIECE = /\$\$[^$]*\$\$|\$[^$]*\$|\\[a-zA-Z]+|\\[\s\S]|[\s\S]/g;
/** Acronyms and names whose capitals a style must not take: `GPT-4`, `mRNA`, `ResNet`. */
const CASED = /(?<![\p{L}\p{N}\\])[\p{L}\p{N}]*\p{L}[\p{L}\p{N}-]*\p{Lu}[\p{L}\p{N}-]*/gu;

/**
 * A title or abstract as received, which is TeX for the most part: formulas and commands stay, stray specials of
 * authors who wrote plain text are escaped. Where its braces or dollars do not pair, all of it counts as plain text.
 * `keepsCase` puts braces around words with capitals in their middle.
 */
export function texOf(source: string, options: { keepsCase?: boolean } = {}): string {
  const line = source.replace(/\s+/g, ' ').trim();
  if (!isBalanced(line)) return textToTex(line);
  const pieces = line.match(PIECE) ?? [];
  const written = pieces.map(fit);
  if (!options.keepsCase) return written.join('');
  const parts = written.join('').split(/(\$\$[^$]*\$\$|\$[^$]*\$|\{[^{}]*\})/);
  return parts.map((part, at) => (at % 2 === 0 ? part.replace(CASED, '{$&}') : part)).join('');
}

/** In a formula only what would end its line, or stand for a parameter, is wrong. */
function fit(piece: string): string {
  if (piece.startsWith('$')) return piece.replace(/(?<!\\)[%#]/g, '\\$&');
  return /^[&#%_^]$/.test(piece) ? textToTex(piece) : piece;
}

/** Whether braces pair and dollars are even: BibTeX counts braces even where a backslash stands before them. */
function isBalanced(text: string): boolean {
  let depth = 0;
  for (const character of text) {
    if (character === '{') depth += 1;
    else if (character === '}') depth -= 1;
    if (depth < 0) return false;
  }
  const dollars = text.replace(/\\[\s\S]/g, '').split('$').length - 1;
  return depth === 0 && dollars % 2 === 0;
}
