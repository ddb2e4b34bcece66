/**
 * Opens a file or standard input, decompresses it and splits it into records, as a stream: a file of any size needs the
 * memory of a few chunks.
 */
import { createReadStream, fstatSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Readable } from 'node:stream';
import { parseDay } from '#lib/papers/day.ts';
import { decompress } from './decompress.ts';
import { detectFormat, type FileFormat } from './file-format.ts';
import type { FileContext } from './parsed-record.ts';
import type { RawRecord } from './raw-record.ts';
import { splitRecords } from './split-records.ts';

export type ImportSource = FileContext & {
  /** For messages. */
  readonly name: string;
  /** How many bytes there are to read, compressed; null for a pipe. */
  readonly bytes: number | null;
  /** Whether it can be read more than once. */
  readonly canReopen: boolean;
  /** Starts to read, or returns why the file cannot be read. */
  open(): Promise<OpenSource | string>;
};

export type OpenSource = {
  readonly format: FileFormat;
  /** The beginning, decompressed: tells one file from another. */
  readonly head: Buffer;
  /** In order. Ends early, with the reason in `brokenOff`, where the rest cannot be read. */
  readonly records: AsyncIterable<readonly RawRecord[]>;
  /** So far, compressed. */
  bytesRead(): number;
  brokenOff(): string | null;
  close(): void;
};

/** Longer than the longest first line, and than the prefaces of bibliographies. */
const HEAD_BYTES = 256 * 1024;
const CHUNK_BYTES = 256 * 1024;

const DAY_FILE = /^(\d{4}-\d\d-\d\d)\.json(?:\.(?:gz|zst))?$/;

/** The file at `path`, or standard input for `-`; or why there is nothing to read. */
export async function findSource(path: string): Promise<ImportSource | string> {
  if (path === '-') return findStandardInput();
  const found = await stat(path).catch(toReason);
  if (typeof found === 'string') return found;
  if (found.isDirectory()) return `${path} is a folder; name a file in it`;
  const isFile = found.isFile();
  return {
    name: basename(path),
    bytes: isFile ? found.size : null,
    canReopen: isFile,
    modifiedAt: isFile ? found.mtime : null,
    day: parseDay(DAY_FILE.exec(basename(path))?.[1] ?? ''),
    open: () => openStream(createReadStream(path, { highWaterMark: CHUNK_BYTES })),
  };
}

/** Redirected from a file it has a size, but it can still be read only once. */
function findStandardInput(): ImportSource {
  const found = fstatSync(0);
  return {
    name: 'standard input',
    bytes: found.isFile() ? found.size : null,
    canReopen: false,
    modifiedAt: null,
    day: null,
    open: () => openStream(process.stdin),
  };
}

async function openStream(stream: Readable): Promise<OpenSource | string> {
  let bytesRead = 0;
  let brokenOff: string | null = null;
  async function* counted(): AsyncGenerator<Buffer> {
    for await (const chunk of stream) {
      bytesRead += chunk.length;
      yield chunk;
    }
  }
  /** Ends at a read error; what was read before it is kept. */
  async function* untilBroken(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    try {
      yield* chunks;
    } catch (error) {
      brokenOff = toReason(error);
    }
  }
  const decompressed = await decompress(counted()).catch(toReason);
  if (typeof decompressed === 'string') {
    stream.destroy();
    return decompressed;
  }
  const chunks = untilBroken(decompressed);
  const begun = await readHead(chunks);
  const head = Buffer.concat(begun).subarray(0, HEAD_BYTES);
  const format = detectFormat(head.toString('utf8'));
  return {
    format,
    head,
    records: splitRecords(format, resume(begun, chunks), () => brokenOff),
    bytesRead: () => bytesRead,
    brokenOff: () => brokenOff,
    close: () => stream.destroy(),
  };
}

async function readHead(chunks: AsyncGenerator<Buffer>): Promise<Buffer[]> {
  const begun: Buffer[] = [];
  for (let bytes = 0; bytes < HEAD_BYTES; ) {
    const { value, done } = await chunks.next();
    if (done) break;
    begun.push(value);
    bytes += value.length;
  }
  return begun;
}

async function* resume(begun: readonly Buffer[], rest: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield* begun;
  yield* rest;
}

function toReason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
