/**
 * The typing around the TeX: dashes, ties and quotation marks as TeX spells them, and what else authors type who write
 * for web forms: character references, Markdown's `**strong**` and `` `code` ``.
 */

import { CODE, STRONG } from './commands.ts';
import { here, put, type Reader, take } from './reader.ts';

/** Reads the mark that stands here; one that means nothing here stays as it is. */
export function readTypography(reader: Reader): number {
  const { source, at } = reader;
  const rest = source.slice(at, at + 3);
  if (reader.style & CODE) return take(reader, 1, source.charAt(at));
  if (rest === '---') return take(reader, 3, '—');
  if (rest.startsWith('--')) return take(reader, 2, '–');
  if (rest.startsWith('~')) return take(reader, 1, isTie(reader) ? '\u00a0' : '~');
  if (rest.startsWith('**')) return readStrong(reader);
  if (rest.startsWith('&#')) return readReference(reader);
  return rest.startsWith('``') || rest.startsWith("''") ? readDoubleQuote(reader) : readQuote(reader);
}

/** `Fig.~2` ties; ` ~10`, `(~5` and `z~5` say "about". */
function isTie(reader: Reader): boolean {
  const word = /(\S*)$/.exec(reader.source.slice(Math.max(0, reader.at - 12), reader.at))?.[1] ?? '';
  if (/^[([{]?$/.test(word)) return false;
  return !(/^[([]?[a-zA-Z]$/.test(word) && /[\d.<>=]/.test(reader.source.charAt(reader.at + 1)));
}

const STRONG_TEXT = /\*\*(?=[^\s*])(?:[^*\n]|\n(?![ \t\n])){0,300}(?<!\s)\*\*/y;

/** `**strong**`, and `**E**ach **L**etter`; `2**n` is a power. */
function readStrong(reader: Reader): number {
  if (reader.at === reader.strongUntil) {
    reader.style &= ~STRONG;
    return reader.at + 2;
  }
  const text = /\w$/.test(reader.before) ? null : here(reader, STRONG_TEXT);
  if (text === null) return take(reader, 2, '**');
  reader.strongUntil = reader.at + text[0].length - 2;
  reader.style |= STRONG;
  return reader.at + 2;
}

const REFERENCE = /&#(?:(\d{2,6})|x([0-9a-fA-F]{2,5}));/y;

/** `&#945;` came through a web form once too often; `&amp;` may be what a paper is about. */
function readReference(reader: Reader): number {
  const [reference, decimal, hexadecimal] = here(reader, REFERENCE) ?? [];
  const code = decimal === undefined ? Number.parseInt(hexadecimal ?? '', 16) : Number(decimal);
  const character = code <= 0x10ffff ? String.fromCodePoint(code) : '';
  const isVisible = /^[\p{L}\p{N}\p{P}\p{S}\p{Zs}]$/u.test(character);
  if (reference === undefined || !isVisible) return take(reader, 1, '&');
  return take(reader, reference.length, character);
}

/** ``` ``…'' ```, where `''` may also be a second derivative, or close what a `"` opened. */
function readDoubleQuote(reader: Reader): number {
  const { source, at } = reader;
  const isOpening = /^[\s([{–—]?$/.test(reader.before) && /[\p{L}\p{N}({$\\`]/u.test(source.charAt(at + 2));
  if (source[at] === '`' || isOpening) {
    reader.openQuotes += 1;
    return take(reader, 2, '“');
  }
  if (reader.openQuotes > 0) {
    reader.openQuotes -= 1;
    return take(reader, 2, '”');
  }
  const isClosing = /(?:[A-Za-z]{3}|[.,!?)*])$/.test(source.slice(Math.max(0, at - 3), at));
  return take(reader, 2, isClosing ? '"' : "''");
}

const SINGLE_QUOTED = /`(?:[^`'\n]|\n(?![ \t\n])){1,80}'(?![A-Za-z])/y;
const CODE_TEXT = /`([^`'\n]{1,60})`(?![\w`])/y;

function readQuote(reader: Reader): number {
  const { source, at } = reader;
  if (at === reader.closingQuoteAt) return take(reader, 1, '’');
  const startsWord = source[at] === '`' && /^[\s([{/]?$/.test(reader.before);
  const code = startsWord ? here(reader, CODE_TEXT) : null;
  if (code !== null) {
    put(reader, code[1] ?? '', reader.style | CODE);
    return at + code[0].length;
  }
  const quoted = startsWord ? here(reader, SINGLE_QUOTED) : null;
  if (quoted === null) return take(reader, 1, source.charAt(at));
  reader.closingQuoteAt = at + quoted[0].length - 1;
  return take(reader, 1, '‘');
}
