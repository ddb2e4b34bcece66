/** Cuts bytes into lines: `\n`, `\r\n`, the last one with or without. Empty lines are counted and left out. */
import { isUtf8 } from 'node:buffer';
import { PIECE_BYTES_MAX, type Piece, type Splitter } from './piece.ts';

const NEWLINE = 0x0a;
const ONLY_SPACE = /^\s*$/;

/**
 * @param options.otherEncoding how to read a line that is not UTF-8; without it such a line is lost, since what was
 * once decoded wrongly cannot be told from what was meant
 */
export function createLineSplitter(
  options: { bytesMax?: number; otherEncoding?: 'windows-1252' } = {},
): Splitter {
  const { bytesMax = PIECE_BYTES_MAX, otherEncoding } = options;
  let pending: Buffer[] = [];
  let pendingBytes = 0;
  let line = 0;
  let entry = 0;

  function finish(last: Buffer): Piece[] {
    const bytes = pendingBytes + last.length;
    line += 1;
    const whole = pending.length === 0 ? last : Buffer.concat([...pending, last]);
    pending = [];
    pendingBytes = 0;
    if (bytes > bytesMax) return [toLost(`longer than ${bytesMax} bytes`)];
    const isValid = isUtf8(whole);
    if (!isValid && otherEncoding === undefined) return [toLost('not UTF-8')];
    const text = isValid ? whole.toString('utf8') : new TextDecoder(otherEncoding).decode(whole);
    if (ONLY_SPACE.test(text)) return [];
    entry += 1;
    return [{ kind: 'text', line, entry, text }];
  }

  function toLost(reason: string): Piece {
    entry += 1;
    return { kind: 'lost', line, entry, reason };
  }

  return {
    push(chunk) {
      const buffer = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
      const pieces: Piece[] = [];
      let from = 0;
      for (let at = buffer.indexOf(NEWLINE); at !== -1; at = buffer.indexOf(NEWLINE, from)) {
        pieces.push(...finish(buffer.subarray(from, at)));
        from = at + 1;
      }
      const rest = buffer.subarray(from);
      // Beyond the limit only its length is of interest.
      if (rest.length > 0 && pendingBytes <= bytesMax) pending.push(rest);
      pendingBytes += rest.length;
      return pieces;
    },
    end: () => (pendingBytes === 0 ? [] : finish(Buffer.alloc(0))),
  };
}
