/**
 * Running text with TeX in it, read into paragraphs of runs: text in one style, links, formulas. What pages, mails and
 * search show is made from these.
 *
 * Abstracts are half TeX, half typing: `_`, `{`, `~` and `--` mean what TeX means by them only where the text around
 * says so. A `%` is always a per cent sign. Linear in the length: every look ahead is bounded.
 */

import { addressAt } from './address.ts';
import { CODE, SUBSCRIPT, SUPERSCRIPT } from './commands.ts';
import { formulaAtDollar } from './delimiters.ts';
import { readCommand } from './prose-commands.ts';
import {
  close,
  endParagraph,
  here,
  newReader,
  open,
  type Paragraph,
  put,
  putFormula,
  putLink,
  type Reader,
  take,
} from './reader.ts';
import { SYMBOLS } from './symbols.ts';
import { readTypography } from './typography.ts';

const SPECIAL = /[\\$`'~{}^_\n]|--|\*\*|&#|https?:\/\//g;

export function readProse(source: string): Paragraph[] {
  const reader = newReader(source);
  while (reader.at < source.length) {
    SPECIAL.lastIndex = reader.at;
    const next = SPECIAL.exec(source)?.index ?? source.length;
    put(reader, source.slice(reader.at, next));
    reader.at = next;
    if (next < source.length) reader.at = readSpecial(reader);
  }
  endParagraph(reader);
  return reader.paragraphs;
}

function readSpecial(reader: Reader): number {
  switch (reader.source[reader.at]) {
    case '\\':
      return readCommand(reader);
    case '$':
      return readDollar(reader);
    case '{':
      return readOpening(reader);
    case '}':
      return close(reader);
    case '^':
    case '_':
      return readScript(reader);
    case '\n':
      return readLineBreak(reader);
    case 'h':
      return readAddress(reader);
    default:
      return readTypography(reader);
  }
}

const PARAGRAPH_BREAK = /\n[ \t]*\n\s*/y;
const INDENTED_BREAK = /\n[ \t]+/y;

/** arXiv marks a new paragraph by indenting its first line (https://info.arxiv.org/help/prep.html). */
function readLineBreak(reader: Reader): number {
  const blank = here(reader, PARAGRAPH_BREAK);
  const indented = reader.isFolded ? null : here(reader, INDENTED_BREAK);
  const match = blank ?? indented;
  if (match === null) return take(reader, 1, ' ');
  endParagraph(reader);
  return reader.at + match[0].length;
}

function readAddress(reader: Reader): number {
  const address =
    reader.url === null && !/[\w]$/.test(reader.before) ? addressAt(reader.source, reader.at) : null;
  if (address === null) return take(reader, 1, 'h');
  putLink(reader, address.url, address.url);
  return address.end;
}

/** A formula that only dresses up words, `$\textit{Daily Papers}$`, and would neither wrap nor be found as one. */
const DRESSED_WORDS =
  /^\s*\\(?:textit|textbf|textrm|textsf|texttt|textsc|text|emph|mbox|underline|href\s*\{[^{}]*\}|url)\s*\{([^{}$^]*)\}\s*$/;

function readDollar(reader: Reader): number {
  if (reader.at === reader.ignoredDollarAt) return take(reader, 1, '');
  const formula = formulaAtDollar(reader.source, reader.at);
  if (formula === null) return take(reader, 1, isForgotten(reader) ? '' : '$');
  if (/^-{1,2}$/.test(formula.tex)) return take(reader, formula.tex.length + 2, '–');
  const words = DRESSED_WORDS.exec(formula.tex)?.[1] ?? '';
  if (!/[A-Za-z]{2}/.test(words) || formula.isDisplay) return putFormula(reader, formula);
  reader.ignoredDollarAt = formula.end - 1;
  return reader.at + 1;
}

/** A dollar without its fellow, among formulas or commands: no money, and nothing to show a reader. */
function isForgotten({ source, at, isTex }: Reader): boolean {
  if (/\d/.test(source.charAt(at + 1)) && !/[\w)}]/.test(source.charAt(at - 1))) return false;
  return isTex;
}

const SIMPLE_GROUP = /\{([^{}\\]{0,60})\}/y;

/** What braces enclose in prose: placeholders and short lists, `{class}`, `{0,1}`. */
const ENCLOSED = /^(?:[a-z][\w-]*|[^A-Za-z]*|[^{}]*[,;:=|][^{}]*|\S+ \S+)$/;

/** Braces group in TeX and enclose in prose: `{GPU}s`, `{\it a}` and whole sentences are grouped. */
function readOpening(reader: Reader): number {
  const content = here(reader, SIMPLE_GROUP)?.[1];
  // Hugging Face strips backslashes: `\href{address}{here}` arrives as `address{here}`, `{\sim}20` as `{sim}20`.
  const symbol = SYMBOLS.get(content ?? '');
  if (content !== undefined && symbol !== undefined) return take(reader, content.length + 2, symbol);
  const last = reader.runs.at(-1);
  if (last?.kind === 'text' && last.url !== null && reader.url === null) {
    return open(reader, { opening: ' (', closing: ')' });
  }
  const after = content === undefined ? '' : reader.source.charAt(reader.at + content.length + 2);
  const isGroup =
    content === undefined
      ? /^\{(?:\s*[\\{]|[A-Za-z][^{},\\]{40})/.test(ahead(reader, 50))
      : !ENCLOSED.test(content) ||
        /^(?:https?:.*)?$/.test(content) ||
        /\w/.test(reader.before) ||
        /[a-z]/i.test(after);
  return open(reader, isGroup ? {} : { opening: '{', closing: '}' });
}

const SCRIPT = /[_^](?:([-+−]?\d+(?![\d_]))|([A-Za-z*+](?![A-Za-z0-9_])))/y;
const SCRIPT_BASE = /(?:^|[^A-Za-z0-9_])[A-Za-z]{1,3}$|[)\]}'\u0370-\u03ff]$/;

/** `10^{-3}`, `R^2`, `H_2O`, outside any formula; but not `file_name`. */
function readScript(reader: Reader): number {
  const mark = reader.source[reader.at];
  const style = reader.style | (mark === '^' ? SUPERSCRIPT : SUBSCRIPT);
  const next = reader.source.charAt(reader.at + 1);
  if (reader.style & CODE) return take(reader, 1, mark ?? '');
  if (ahead(reader, 5) === '^circ') return take(reader, 5, '°');
  if (next === '{' && !(mark === '_' && /^\s?$/.test(reader.before))) {
    reader.at += 1;
    return open(reader, { style });
  }
  if (next === '\\' && /[A-Za-z]/.test(reader.source.charAt(reader.at + 2)))
    return readScriptCommand(reader, style);
  const script = hasBase(reader, mark) ? here(reader, SCRIPT) : null;
  const text = script?.[1] ?? script?.[2];
  if (text === undefined) return take(reader, 1, mark ?? '');
  put(reader, text, style);
  return reader.at + 1 + text.length;
}

function hasBase(reader: Reader, mark: string | undefined): boolean {
  if (mark === '^')
    return /[\p{L}\p{N})\]}|]/u.test(reader.before) || /^\^\d+[A-Z(\\]/.test(ahead(reader, 8));
  return SCRIPT_BASE.test(reader.source.slice(Math.max(0, reader.at - 5), reader.at));
}

function ahead(reader: Reader, length: number): string {
  return reader.source.slice(reader.at, reader.at + length);
}

/** `UCQ^\infty`: the script is what the command stands for. */
function readScriptCommand(reader: Reader, style: number): number {
  const outer = reader.style;
  const depth = reader.frames.length;
  reader.style = style;
  reader.at += 1;
  const end = readCommand(reader);
  // A command that opened a group (`^\text{…}`) gives the style back when that closes.
  const frame = reader.frames[depth];
  if (frame === undefined) reader.style = outer;
  else reader.frames[depth] = { ...frame, style: outer };
  return end;
}
