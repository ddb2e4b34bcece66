/**
 * Cuts a bibliography into its entries, by the lines on which they begin: BibTeX's `@article{`, RIS's `TY  - `. An
 * entry that is never closed so costs itself and not all that follow.
 * RIS: https://en.wikipedia.org/wiki/RIS_(file_format), BibTeX: http://www.bibtex.org/Format/
 */
import { createLineSplitter } from './line.ts';
import type { Piece, Splitter } from './piece.ts';

export const BIBTEX_START = /^\s*@\s*[a-z]+\s*[{(]/i;
export const RIS_START = /^\s*TY {1,2}-/;

/** An entry with 3,000 authors and an abstract takes about 100 KB. */
const BLOCK_CHARS_MAX = 1024 * 1024;

/** What stands before the first entry is a preface and left out. */
export function createBlockSplitter(start: RegExp, charsMax = BLOCK_CHARS_MAX): Splitter {
  // Bibliographies are the one kind of file that is still written in older encodings.
  const lines = createLineSplitter({ otherEncoding: 'windows-1252' });
  let block: { line: number; lines: string[]; chars: number } | null = null;
  let entry = 0;

  function finish(): Piece[] {
    if (block === null) return [];
    const { line, lines: texts, chars } = block;
    block = null;
    entry += 1;
    if (chars > charsMax)
      return [{ kind: 'lost', line, entry, reason: `longer than ${charsMax} characters` }];
    return [{ kind: 'text', line, entry, text: texts.join('\n') }];
  }

  function take(piece: Piece): Piece[] {
    const text = piece.kind === 'text' ? piece.text : '';
    const finished = start.test(text) ? finish() : [];
    if (start.test(text)) block = { line: piece.line ?? 0, lines: [], chars: 0 };
    if (block === null) return finished;
    // A line that is longer than any entry may be makes the entry so.
    block.chars += piece.kind === 'lost' ? charsMax + 1 : text.length + 1;
    if (block.chars <= charsMax) block.lines.push(text);
    return finished;
  }

  return {
    push: (chunk) => lines.push(chunk).flatMap(take),
    end: () => [...lines.end().flatMap(take), ...finish()],
  };
}
