/** The format of a file, detected from its beginning. */

import { parseJson } from '#lib/text/json.ts';
import { BIBTEX_START, RIS_START } from './line-splitter.ts';
import { isObject } from './parsed-record.ts';

/**
 * `json-lines`: one value a line; `json`: one value, most often an array; the others are bibliographies (CSL-JSON is
 * one of the JSON kinds).
 */
export type FileFormat = 'json-lines' | 'json' | 'bibtex' | 'ris';

/** A few lines at the beginning may be broken. */
const LINES_TRIED_MAX = 20;

/** Anything unknown counts as JSON Lines: each of its lines is then reported. */
export function detectFormat(head: string): FileFormat {
  const text = head.replace(/^[\s\ufeff\0]+/, '');
  const lines = text.split('\n');
  if (/^[[("]/.test(text)) return 'json';
  if (text.startsWith('{')) {
    const hasWholeLine = lines.slice(0, LINES_TRIED_MAX).some((line) => isObject(parseJson(line)));
    return !hasWholeLine && isPrettyPrinted(lines) ? 'json' : 'json-lines';
  }
  if (lines.some((line) => RIS_START.test(line))) return 'ris';
  if (lines.some((line) => BIBTEX_START.test(line))) return 'bibtex';
  return 'json-lines';
}

/** `{` alone on its line, or with a first member that continues on the next line: indented JSON. */
function isPrettyPrinted([first = '', second = '']: readonly string[]): boolean {
  return /(?:^\{|[[{,])\s*$/.test(first) && /^\s*["'{[\]}]/.test(second);
}
