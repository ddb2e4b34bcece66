/**
 * BibTeX through Citation.js, which knows types, fields and names. Two things it cannot do: keep the TeX of a title,
 * and write characters its table lacks (it drops 王). So text is made fit for TeX before, in UTF-8, which LaTeX reads
 * since 2018 and biber always has; and the fields that arXiv added to the format (https://info.arxiv.org/help/hypertex/bibstyles)
 * come after.
 */
import { plugins } from '@citation-js/core';
import '@citation-js/plugin-bibtex';
import { type Citable, type CslItem, toCslItem } from './citation.ts';
import type { CslName } from './name.ts';

type Entry = { readonly type: string; readonly label: string; readonly properties: Record<string, string> };

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');

/** One entry, ended by a line break. */
export function toBibtex(paper: Citable): string {
  const item = toCslItem(paper);
  const format = plugins.config.get('@bibtex').format;
  format.useIdAsLabel = true;
  format.asciiOnly = false;
  const [entry] = plugins.output.format('bibtex', [toTexItem(item)], { format: 'object' }) as Entry[];
  if (entry === undefined) throw new Error('Citation.js made no entry of an item.');
  const { author, month: _month, title: _title, howpublished: _howpublished, ...rest } = entry.properties;
  const fields: [name: string, value: string | undefined][] = [
    ['title', texOf(paper.title, { keepsCase: true })],
    ['author', author],
    ...Object.entries(rest),
    ...eprint(paper),
    ['abstract', paper.abstract === '' ? undefined : texOf(paper.abstract)],
    ['keywords', item.keyword === undefined ? undefined : textToTex(item.keyword)],
  ];
  const written = fields.flatMap(([name, value]) => (value === undefined ? [] : [`  ${name} = {${value}},`]));
  // The name of a month is a macro: a style writes it in its own language.
  const month = MONTHS[(item.issued?.['date-parts'][0][1] ?? 0) - 1];
  if (month !== undefined) written.push(`  month = ${month},`);
  // An article without a journal is one that every style complains of.
  const type = entry.type === 'article' && item['container-title'] === undefined ? 'misc' : entry.type;
  return `@${type}{${item.id},\n${written.join('\n')}\n}\n`;
}

function eprint(paper: Citable): [string, string | undefined][] {
  if (paper.registry !== 'arxiv') return [];
  return [
    ['eprint', paper.identifier],
    ['archivePrefix', 'arXiv'],
    ['primaryClass', paper.primaryCategory ?? undefined],
  ];
}

/** What the library copies as it is, escaped. */
function toTexItem({ abstract: _abstract, keyword: _keyword, number: _number, ...item }: CslItem): CslItem {
  return {
    ...item,
    author: item.author.map(toTexName),
    ...(item.note !== undefined && { note: textToTex(item.note) }),
    ...(item['container-title'] !== undefined && { 'container-title': textToTex(item['container-title']) }),
  };
}

function toTexName(name: CslName): CslName {
  if ('literal' in name) return { literal: textToTex(name.literal) };
  return { ...name, family: textToTex(name.family), given: textToTex(name.given) };
}

/** Text as source for TeX, such that no entry of a bibliography breaks the file it stands in. */

const SPECIAL = /[\\{}$&#%_^~]/g;
const ESCAPED: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '^': '\\textasciicircum{}',
  '~': '\\textasciitilde{}',
};

/** Plain text: every character that TeX would read as a command is written as itself. */
function textToTex(text: string): string {
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
function texOf(source: string, options: { keepsCase?: boolean } = {}): string {
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
