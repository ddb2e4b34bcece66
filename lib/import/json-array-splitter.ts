/**
 * Splits a JSON array that is too large for memory into its elements. It only counts brackets and skips strings, so that
 * each element is parsed, or rejected, on its own.
 */
import { isUtf8 } from 'node:buffer';
import { type RawRecord, RECORD_BYTES_MAX, type Splitter } from './raw-record.ts';

const [QUOTE, BACKSLASH, COMMA, NEWLINE] = [0x22, 0x5c, 0x2c, 0x0a];
const OPENING = new Set([0x5b, 0x7b]);
const CLOSING = new Set([0x5d, 0x7d]);
const SPACE_MAX = 0x20;

export function createJsonArraySplitter(bytesMax = RECORD_BYTES_MAX): Splitter {
  let parts: Buffer[] = [];
  let bytes = 0;
  /** 0 before the array and after it, 1 between its elements. */
  let depth = 0;
  let isInString = false;
  let isEscaped = false;
  let line = 1;
  let startLine = 1;
  let entry = 0;

  function keep(part: Buffer): void {
    if (bytes <= bytesMax) parts.push(part);
    bytes += part.length;
  }

  function finish(): RawRecord[] {
    const whole = Buffer.concat(parts);
    const isTooLong = bytes > bytesMax;
    parts = [];
    bytes = 0;
    if (!isTooLong && whole.every((byte) => byte <= SPACE_MAX)) return [];
    entry += 1;
    const place = { line: startLine, entry };
    if (isTooLong) return [{ kind: 'unreadable', ...place, reason: `longer than ${bytesMax} bytes` }];
    if (!isUtf8(whole)) return [{ kind: 'unreadable', ...place, reason: 'not UTF-8' }];
    return [{ kind: 'text', ...place, text: whole.toString('utf8') }];
  }

  /** Takes one byte; true where it ends an element. */
  function read(byte: number): boolean {
    if (byte === NEWLINE) line += 1;
    if (isInString) {
      if (isEscaped) isEscaped = false;
      else if (byte === BACKSLASH) isEscaped = true;
      else if (byte === QUOTE) isInString = false;
      return false;
    }
    if (byte === QUOTE) isInString = true;
    else if (OPENING.has(byte)) depth += 1;
    else if (CLOSING.has(byte)) depth -= 1;
    return depth === 0 || (depth === 1 && byte === COMMA);
  }

  return {
    push(chunk) {
      const buffer = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
      const records: RawRecord[] = [];
      let from = 0;
      for (let at = 0; at < buffer.length; at += 1) {
        const byte = buffer[at] ?? 0;
        const wasOutside = depth === 0;
        const isStart = bytes === 0 && at === from && byte > SPACE_MAX;
        if (isStart) startLine = line;
        const isEnd = read(byte);
        if (wasOutside) from = at + 1;
        else if (isEnd) {
          keep(buffer.subarray(from, at));
          records.push(...finish());
          from = at + 1;
        } else if (bytes === 0 && at === from && byte <= SPACE_MAX) from = at + 1;
      }
      if (from < buffer.length) keep(Buffer.from(buffer.subarray(from)));
      return records;
    },
    end: () => (bytes === 0 ? [] : finish()),
  };
}
