/** Splits decompressed bytes into the records of their format, as a stream. */
import { parseBody } from '#lib/ingest/huggingface/body.ts';
import { parseJson } from '#lib/text/json.ts';
import type { FileFormat } from './file-format.ts';
import { createJsonArraySplitter } from './json-array-splitter.ts';
import { BIBTEX_START, createEntrySplitter, createLineSplitter, RIS_START } from './line-splitter.ts';
import { isObject } from './parsed-record.ts';
import type { RawRecord, Splitter } from './raw-record.ts';

/** A JSON body up to this size is parsed as a whole, which repairs broken ones; a day's body is about 1 MB. */
const WHOLE_BYTES_MAX = 32 * 1024 * 1024;

const SPLITTERS: Readonly<Record<Exclude<FileFormat, 'json'>, () => Splitter>> = {
  'json-lines': () => createLineSplitter(),
  bibtex: () => createEntrySplitter(BIBTEX_START),
  ris: () => createEntrySplitter(RIS_START),
};

/** @param brokenOff returns why `chunks` ended early; called once they have ended */
export async function* splitRecords(
  format: FileFormat,
  chunks: AsyncIterable<Buffer>,
  brokenOff: () => string | null,
): AsyncGenerator<readonly RawRecord[]> {
  if (format === 'json') yield* splitJson(chunks, brokenOff);
  else yield* split(SPLITTERS[format](), chunks, brokenOff);
}

async function* split(
  splitter: Splitter,
  chunks: AsyncIterable<Buffer>,
  brokenOff: () => string | null,
): AsyncGenerator<readonly RawRecord[]> {
  for await (const chunk of chunks) yield splitter.push(chunk);
  const reason = brokenOff();
  // A truncated record may look complete.
  yield splitter
    .end()
    .map((record) =>
      reason === null ? record : toUnreadable(record, `the file breaks off here: ${reason}`),
    );
}

function toUnreadable({ line, entry }: RawRecord, reason: string): RawRecord {
  return { kind: 'unreadable', line, entry, reason };
}

async function* splitJson(
  chunks: AsyncIterable<Buffer>,
  brokenOff: () => string | null,
): AsyncGenerator<readonly RawRecord[]> {
  const iterator = chunks[Symbol.asyncIterator]();
  const begun: Buffer[] = [];
  let bytes = 0;
  let next = await iterator.next();
  for (; !next.done && bytes <= WHOLE_BYTES_MAX; next = await iterator.next()) {
    begun.push(next.value);
    bytes += next.value.length;
  }
  if (next.done) {
    yield parseWhole(Buffer.concat(begun).toString('utf8'));
    return;
  }
  const first = next.value;
  async function* all(): AsyncGenerator<Buffer> {
    yield* begun.splice(0);
    yield first;
    for (let rest = await iterator.next(); !rest.done; rest = await iterator.next()) yield rest.value;
  }
  yield* split(createJsonArraySplitter(), all(), brokenOff);
}

function parseWhole(text: string): RawRecord[] {
  const value = parseJson(text);
  if (Array.isArray(value)) return value.map((member, index) => toValue(member, index, null));
  const entries = parseBody(text);
  // An object that wraps no list is a paper itself, or is rejected with what it lacks.
  if (isObject(value) && entries.every(({ kind, position }) => kind === 'lost' && position === null))
    return [toValue(value, 0, null)];
  return entries.map((entry, index) =>
    entry.kind === 'found'
      ? toValue(entry.value, index, entry.repair)
      : { kind: 'unreadable', line: null, entry: index + 1, reason: entry.reason },
  );
}

function toValue(value: unknown, index: number, repair: string | null): RawRecord {
  return { kind: 'value', line: null, entry: index + 1, value, repair };
}
