/**
 * The commands of running text: accents and letters, styles, links, and the mathematics that strayed out of its dollars.
 */

import { isLinkable } from './address.ts';
import { ARGUMENTS, DROPPED, GROUP_STYLES, PROSE_MACROS, SPACES, SWITCH_STYLES } from './commands.ts';
import { formulaAtBracket, formulaAtEnvironment, formulaAtEscapedDollar } from './delimiters.ts';
import { knownMacro } from './macros.ts';
import {
  endParagraph,
  here,
  type Opened,
  open,
  putFormula,
  putLink,
  type Reader,
  take,
  trimEnd,
} from './reader.ts';
import { ACCENTS, brokenGreek, LETTERS, OPERATORS, SYMBOLS } from './symbols.ts';
import { formulaToUnicode } from './unicode.ts';

const COMMAND = /\\(?:([a-zA-Z]+)\*?|(.))/sy;

/** Reads the command whose backslash stands here. */
export function readCommand(reader: Reader): number {
  const [command, word, sign] = here(reader, COMMAND) ?? [];
  if (command === undefined) return take(reader, 1, '\\');
  return sign === undefined ? readWord(reader, word ?? '', command) : readSign(reader, sign);
}

function readSign(reader: Reader, sign: string): number {
  const next = reader.source.charAt(reader.at + 2);
  if (sign === '(' || sign === '[') {
    const formula = formulaAtBracket(reader.source, reader.at);
    return formula === null ? take(reader, 2, sign) : putFormula(reader, formula);
  }
  if (sign === '=' && next === '/') return take(reader, 3, '-');
  const accent = ACCENTS.get(sign);
  if (accent !== undefined) return readAccent(reader, 2, { name: sign, accent });
  const formula = sign === '$' ? formulaAtEscapedDollar(reader.source, reader.at) : null;
  if (formula !== null) return putFormula(reader, formula);
  if (/\s/.test(sign)) return take(reader, 2, isSetMinus(reader, next) ? '\\ ' : ' ');
  if (/[,;:>\\]/.test(sign)) return take(reader, 2, ' ');
  if (/[!/@-]/.test(sign)) return take(reader, 2, '');
  if (sign === '|') return take(reader, 2, '‖');
  return take(reader, 2, /[%&#_{}$)\]]/.test(sign) ? sign : `\\${sign}`);
}

/** `X \ Y` is no control space: no one has reason to put one where a space is. */
function isSetMinus(reader: Reader, next: string): boolean {
  return /\s/.test(reader.before) && /[A-Z({]/.test(next);
}

const ACCENTED = /\s*(?:\{\s*\\?([a-zA-Z]{0,12})\s*\}|\\([ij])(?![a-zA-Z])\s?|([a-zA-Z]))/y;

/** The letter after an accent command of `length` characters: `\'e`, `\'{e}`, `\v s`, `\'{\i}`. */
function readAccent(reader: Reader, length: number, command: { name: string; accent: string }): number {
  const { name, accent } = command;
  reader.at += length;
  const [matched, braced, dotless, single] = here(reader, ACCENTED) ?? [];
  if (matched === undefined) return take(reader, 0, /[a-zA-Z]/.test(name) ? name : '');
  const letters = braced ?? dotless ?? single ?? '';
  const [first = '', ...others] = letters;
  const accented = first === '' ? '' : (first + accent).normalize('NFC') + others.join('');
  return take(reader, matched.length, brokenGreek(name, letters) ?? accented);
}

function readWord(reader: Reader, name: string, command: string): number {
  const formula = formulaAtEnvironment(reader.source, reader.at);
  if (formula !== null) return putFormula(reader, formula);
  const accent = ACCENTS.get(name);
  if (accent !== undefined) return readAccent(reader, command.length, { name, accent });
  const letter = LETTERS.get(name);
  if (letter !== undefined) return readLetter(reader, command.length, letter);
  return (
    readStyle(reader, name, command.length) ??
    readStructure(reader, name, command.length) ??
    readDropped(reader, name, command.length) ??
    readSymbol(reader, name, command.length)
  );
}

/** `S{\o}rensen`, `Stra\ss e`; but `5 \AA wide`. */
function readLetter(reader: Reader, length: number, letter: string): number {
  const next = reader.at + length;
  const swallowsSpace = /\p{L}$/u.test(reader.before) || /[a-z]/.test(reader.source.charAt(next + 1));
  const isSpace = reader.source[next] === ' ' && letter !== 'Å' && swallowsSpace;
  return take(reader, isSpace ? length + 1 : length, letter);
}

function readStyle(reader: Reader, name: string, length: number): number | null {
  const style = GROUP_STYLES.get(name);
  if (style !== undefined) return openNext(reader, length, { style: reader.style | style });
  const switched = SWITCH_STYLES.get(name);
  if (switched === undefined) return null;
  if (reader.frames.length > 0) reader.style = switched === null ? 0 : reader.style | switched;
  const end = reader.at + length;
  return /[ \n]/.test(reader.source.charAt(end)) ? end + 1 : end;
}

/** Enters the group after a command; without one the command had nothing to say. */
function openNext(reader: Reader, length: number, opened: Opened): number {
  reader.at += length;
  const gap = /^\s{0,3}(?=\{)/.exec(reader.source.slice(reader.at, reader.at + 4))?.[0];
  if (gap === undefined) return reader.at;
  reader.at += gap.length;
  return open(reader, opened);
}

function readStructure(reader: Reader, name: string, length: number): number | null {
  if (name === 'footnote') return openNext(reader, length, { opening: ' (', closing: ')' });
  if (name === 'href' || name === 'url') return readLink(reader, name, length);
  if (name !== 'par' && name !== 'item') return null;
  endParagraph(reader);
  return take(reader, length, name === 'item' ? '• ' : '');
}

const GROUP = /\s{0,3}\{((?:[^{}]|\{[^{}]{0,500}\}){0,2000})\}/y;
const OPTION = /\s?\[[^\]\n]{0,100}\]/y;

function readLink(reader: Reader, name: 'href' | 'url', length: number): number {
  reader.at += length;
  const [group, content = ''] = here(reader, GROUP) ?? [];
  if (group === undefined) return reader.at;
  reader.at += group.length;
  const url = content.trim().replace(/\\([_%&#~{}$])(?:\{\})?/g, '$1');
  if (name === 'href' && reader.source[reader.at] === '{') {
    return open(reader, { url: isLinkable(url) ? url : reader.url });
  }
  putLink(reader, url, url);
  return reader.at;
}

function readDropped(reader: Reader, name: string, length: number): number | null {
  const count = DROPPED.get(name);
  if (count === undefined) return null;
  reader.at += length;
  if (count > 0) {
    for (let options = 0; options < 2; options += 1) reader.at += here(reader, OPTION)?.[0].length ?? 0;
    for (let left = count; left > 0; left -= 1) reader.at += here(reader, GROUP)?.[0].length ?? 0;
    if (/[.,;:)]/.test(reader.source.charAt(reader.at))) trimEnd(reader);
  }
  return reader.at;
}

function readSymbol(reader: Reader, name: string, length: number): number {
  if (SPACES.has(name)) return take(reader, length, ' ');
  const count = ARGUMENTS.get(name);
  if (count !== undefined) return readMathematics(reader, length, count);
  const text = SYMBOLS.get(name) ?? PROSE_MACROS.get(name) ?? (OPERATORS.has(name) ? name : null);
  const meant = text ?? gluedAccent(reader, name) ?? shorthand(reader, name);
  return meant === null ? readUnknown(reader, name, length) : take(reader, length, meant);
}

const ARGUMENT =
  /\s{0,5}(?:\{(?:[^{}]|\{(?:[^{}]|\{[^{}]{0,500}\}){0,500}\}){0,2000}\}|\\[a-zA-Z]+|[^\s{}\\])/y;

/** A command of mathematics that strayed out of its dollars, with its arguments. */
function readMathematics(reader: Reader, length: number, count: number): number {
  const start = reader.at;
  reader.at += length;
  for (let left = count; left > 0; left -= 1) reader.at += here(reader, ARGUMENT)?.[0].length ?? 0;
  return take(reader, 0, formulaToUnicode(reader.source.slice(start, reader.at)));
}

function shorthand(reader: Reader, name: string): string | null {
  const known = /[A-Za-z]$/.test(reader.before) ? null : knownMacro(name);
  return known === null || known.includes('#1') ? null : formulaToUnicode(known) || null;
}

/** `Babu\vska`, `St\ormer`: typed without the space that TeX needs there. */
function gluedAccent(reader: Reader, name: string): string | null {
  const [, letter, rest = ''] = /^(v[cdenrstz]|o(?=r|d|l))(.*)$/.exec(name) ?? [];
  if (letter === undefined || !/[a-z]$/.test(reader.before)) return null;
  return letter === 'o' ? `ø${rest}` : `${letter.slice(1)}\u030c${rest}`.normalize('NFC');
}

const MARKED_TEXT = /\s?\{[^{}\\]{4}/y;

/**
 * An unknown command before words marks them in some way (`\red{However}`); else it is its name (`\ours{}`). After a
 * letter its backslash may be meant: `X\A`, `C:\Windows`.
 */
function readUnknown(reader: Reader, name: string, length: number): number {
  const isAfterLetter = /[\w):]$/.test(reader.before);
  const text = isAfterLetter ? `\\${name}` : name;
  const end = reader.at + length;
  MARKED_TEXT.lastIndex = end;
  if (isAfterLetter || !MARKED_TEXT.test(reader.source)) return take(reader, length, text);
  return openNext(reader, length, {});
}
