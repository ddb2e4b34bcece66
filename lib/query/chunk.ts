/** Where a chunk of a query ends: at white space, a quotation mark or a parenthesis, unless TeX or a DOI holds them. */

export const SPACE = /[\s\x00-\x1f\x7f-\x9f\u200b\u2060\ufeff]/;
export const OPEN = /[(（]/;
export const CLOSE = /[)）]/;
export const QUOTE = /["“”„‟«»＂〝〞]/;
/** `-1` and `+1.5` are numbers, not signs before something: "(-1)-curves" is a title. `-3D` and `-1706.03762` exclude. */
export const NUMBER = /^(?!\d{4}\.\d{4,5}(?!\d))\d[\d.,]*(?![\p{L}\d])/u;
/** Formulas and bracketed dates longer than this are read as words. */
export const ISLAND_CHARS_MAX = 200;

const DOI_START = /(?:https?:\/\/(?:dx\.)?doi\.org\/|doi:\s?)?10\.\d{4,9}\//iy;

/** The chunk that begins at `start`; empty when none does. */
export function endOfChunk(text: string, start: number): number {
  const doi = endOfDoi(text, start);
  if (doi > start) return doi;
  let at = start;
  while (at < text.length) {
    const here = text[at] ?? '';
    const island = here === '\\' || here === '$' || here === '{' ? endOfIsland(text, at, start) : at;
    if (island > at) at = island;
    else if (SPACE.test(here) || QUOTE.test(here) || OPEN.test(here) || CLOSE.test(here)) break;
    else at++;
  }
  return at;
}

/** DOIs hold parentheses (10.1016/S0140-6736(20)30183-5); only a closing one without its opening ends them. */
function endOfDoi(text: string, start: number): number {
  DOI_START.lastIndex = start;
  if (!DOI_START.test(text)) return start;
  let depth = 0;
  let at = DOI_START.lastIndex;
  for (; at < text.length; at++) {
    const here = text[at] ?? '';
    if (SPACE.test(here) || QUOTE.test(here)) break;
    if (here === '(') depth++;
    if (here === ')' && depth-- === 0) break;
  }
  return at;
}

/** TeX holds spaces, quotes and parentheses of its own: `$O(n \log n)$`, `Schr\"odinger`, `{\it deep learning}`. */
function endOfIsland(text: string, at: number, chunkStart: number): number {
  const ahead = text.slice(at, at + ISLAND_CHARS_MAX);
  if (ahead[0] === '\\') {
    const inline = /^\\\(.*?\\\)|^\\\[.*?\\\]/s.exec(ahead)?.[0];
    return at + (inline?.length ?? Math.min(2, ahead.length));
  }
  if (ahead[0] === '$') {
    const formula = /^\$[^$]+\$/.exec(ahead)?.[0];
    return formula !== undefined && (/[\\^_{]/.test(formula) || formula.length <= 4)
      ? at + formula.length
      : at;
  }
  const isTex = ahead[1] === '\\' || text.slice(chunkStart, at).includes('\\');
  return isTex ? at + balancedBraces(ahead) : at;
}

/** Length of the group that `text` begins with; 0 when it is not closed. */
function balancedBraces(text: string): number {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '{') depth++;
    if (text[at] === '}' && --depth === 0) return at + 1;
  }
  return 0;
}
