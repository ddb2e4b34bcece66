/** Cuts unpacked bytes into the pieces of their format, as they are asked for. */
import { parseBody } from '#lib/ingest/huggingface/body.ts';
import { parseJson } from '#lib/text/json.ts';
import type { Format } from '../format.ts';
import { isObject } from '../json-object.ts';
import { BIBTEX_START, createBlockSplitter, RIS_START } from './block.ts';
import { createArraySplitter } from './json-array.ts';
import { createLineSplitter } from './line.ts';
import type { Piece, Splitter } from './piece.ts';

/** Up to here a JSON body is read as a whole, which recovers what is broken in it; a day's body is about 1 MB. */
const WHOLE_BYTES_MAX = 32 * 1024 * 1024;

const SPLITTERS: Readonly<Record<Exclude<Format, 'json'>, () => Splitter>> = {
  'json-lines': () => createLineSplitter(),
  bibtex: () => createBlockSplitter(BIBTEX_START),
  ris: () => createBlockSplitter(RIS_START),
};

/** @param brokenOff why `chunks` ended before their end; asked once they have ended */
export async function* toPieces(
  format: Format,
  chunks: AsyncIterable<Buffer>,
  brokenOff: () => string | null,
): AsyncGenerator<readonly Piece[]> {
  if (format === 'json') yield* readJson(chunks, brokenOff);
  else yield* split(SPLITTERS[format](), chunks, brokenOff);
}

async function* split(
  splitter: Splitter,
  chunks: AsyncIterable<Buffer>,
  brokenOff: () => string | null,
): AsyncGenerator<readonly Piece[]> {
  for await (const chunk of chunks) yield splitter.push(chunk);
  const reason = brokenOff();
  // Half a record may look like a whole one.
  yield splitter
    .end()
    .map((piece) => (reason === null ? piece : toLost(piece, `the file breaks off here: ${reason}`)));
}

function toLost({ line, entry }: Piece, reason: string): Piece {
  return { kind: 'lost', line, entry, reason };
}

async function* readJson(
  chunks: AsyncIterable<Buffer>,
  brokenOff: () => string | null,
): AsyncGenerator<readonly Piece[]> {
  const iterator = chunks[Symbol.asyncIterator]();
  const begun: Buffer[] = [];
  let bytes = 0;
  let next = await iterator.next();
  for (; !next.done && bytes <= WHOLE_BYTES_MAX; next = await iterator.next()) {
    begun.push(next.value);
    bytes += next.value.length;
  }
  if (next.done) {
    yield readWhole(Buffer.concat(begun).toString('utf8'));
    return;
  }
  const first = next.value;
  async function* all(): AsyncGenerator<Buffer> {
    yield* begun.splice(0);
    yield first;
    for (let rest = await iterator.next(); !rest.done; rest = await iterator.next()) yield rest.value;
  }
  yield* split(createArraySplitter(), all(), brokenOff);
}

function readWhole(text: string): Piece[] {
  const value = parseJson(text);
  if (Array.isArray(value)) return value.map((member, index) => toValue(member, index, null));
  const entries = parseBody(text);
  // An object that wraps nothing is a paper itself, or is told what it lacks.
  if (isObject(value) && entries.every(({ kind, position }) => kind === 'lost' && position === null))
    return [toValue(value, 0, null)];
  return entries.map((entry, index) =>
    entry.kind === 'found'
      ? toValue(entry.value, index, entry.repair)
      : { kind: 'lost', line: null, entry: index + 1, reason: entry.reason },
  );
}

function toValue(value: unknown, index: number, repair: string | null): Piece {
  return { kind: 'value', line: null, entry: index + 1, value, repair };
}
