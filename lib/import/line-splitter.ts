/** Splits bytes into lines, or into the entries of a bibliography by the lines that begin one. Empty lines are skipped. */
import { isUtf8 } from 'node:buffer';
import { type RawRecord, RECORD_BYTES_MAX, type Splitter } from './raw-record.ts';

const NEWLINE = 0x0a;
const ONLY_SPACE = /^\s*$/;

/**
 * @param options.otherEncoding how to read a line that is not UTF-8; without it such a line is rejected,
 * since wrongly decoded text cannot be recognised later
 */
export function createLineSplitter(
  options: { bytesMax?: number; otherEncoding?: 'windows-1252' } = {},
): Splitter {
  const { bytesMax = RECORD_BYTES_MAX, otherEncoding } = options;
  let pending: Buffer[] = [];
  let pendingBytes = 0;
  let line = 0;
  let entry = 0;

  function finish(last: Buffer): RawRecord[] {
    const bytes = pendingBytes + last.length;
    line += 1;
    const whole = pending.length === 0 ? last : Buffer.concat([...pending, last]);
    pending = [];
    pendingBytes = 0;
    if (bytes > bytesMax) return [toUnreadable(`longer than ${bytesMax} bytes`)];
    const isValid = isUtf8(whole);
    if (!isValid && otherEncoding === undefined) return [toUnreadable('not UTF-8')];
    const text = isValid ? whole.toString('utf8') : new TextDecoder(otherEncoding).decode(whole);
    if (ONLY_SPACE.test(text)) return [];
    entry += 1;
    return [{ kind: 'text', line, entry, text }];
  }

  function toUnreadable(reason: string): RawRecord {
    entry += 1;
    return { kind: 'unreadable', line, entry, reason };
  }

  return {
    push(chunk) {
      const buffer = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
      const records: RawRecord[] = [];
      let from = 0;
      for (let at = buffer.indexOf(NEWLINE); at !== -1; at = buffer.indexOf(NEWLINE, from)) {
        records.push(...finish(buffer.subarray(from, at)));
        from = at + 1;
      }
      const rest = buffer.subarray(from);
      // Beyond the limit only its length is of interest.
      if (rest.length > 0 && pendingBytes <= bytesMax) pending.push(rest);
      pendingBytes += rest.length;
      return records;
    },
    end: () => (pendingBytes === 0 ? [] : finish(Buffer.alloc(0))),
  };
}

export const BIBTEX_START = /^\s*@\s*[a-z]+\s*[{(]/i;
export const RIS_START = /^\s*TY {1,2}-/;

/** An entry with 3,000 authors and an abstract takes about 100 KB. */
const ENTRY_CHARS_MAX = 1024 * 1024;

/**
 * Splits a bibliography at the lines on which entries begin: BibTeX's `@article{`, RIS's `TY  - `. An entry that is never
 * closed so costs only itself. Text before the first entry is skipped.
 * RIS: https://en.wikipedia.org/wiki/RIS_(file_format), BibTeX: http://www.bibtex.org/Format/
 */
export function createEntrySplitter(start: RegExp, charsMax = ENTRY_CHARS_MAX): Splitter {
  // Bibliographies are still written in older encodings.
  const lines = createLineSplitter({ otherEncoding: 'windows-1252' });
  let block: { line: number; lines: string[]; chars: number } | null = null;
  let entry = 0;

  function finish(): RawRecord[] {
    if (block === null) return [];
    const { line, lines: texts, chars } = block;
    block = null;
    entry += 1;
    if (chars > charsMax)
      return [{ kind: 'unreadable', line, entry, reason: `longer than ${charsMax} characters` }];
    return [{ kind: 'text', line, entry, text: texts.join('\n') }];
  }

  function take(record: RawRecord): RawRecord[] {
    const text = record.kind === 'text' ? record.text : '';
    const finished = start.test(text) ? finish() : [];
    if (start.test(text)) block = { line: record.line ?? 0, lines: [], chars: 0 };
    if (block === null) return finished;
    // A line longer than the limit makes its entry too long.
    block.chars += record.kind === 'unreadable' ? charsMax + 1 : text.length + 1;
    if (block.chars <= charsMax) block.lines.push(text);
    return finished;
  }

  return {
    push: (chunk) => lines.push(chunk).flatMap(take),
    end: () => [...lines.end().flatMap(take), ...finish()],
  };
}
