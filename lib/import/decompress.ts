/** Decompresses by the file's signature, and converts to UTF-8 by its byte order mark. */
import { createGunzip, createZstdDecompress, type Gunzip, type ZstdDecompress } from 'node:zlib';

type Transform = Gunzip | ZstdDecompress;

const CHUNK_BYTES = 256 * 1024;

const TRANSFORMS = {
  gzip: () => createGunzip({ chunkSize: CHUNK_BYTES }),
  zstd: () => createZstdDecompress({ chunkSize: CHUNK_BYTES }),
} as const satisfies Record<string, () => Transform>;

const UTF_8_MARK = [0xef, 0xbb, 0xbf];
const UTF_16_MARKS = [
  { bytes: [0xff, 0xfe], charset: 'utf-16le' },
  { bytes: [0xfe, 0xff], charset: 'utf-16be' },
] as const;

/**
 * Where the compressed bytes are damaged or truncated, the iterable throws after it has yielded all it could decompress.
 * Throws at once for a kind of compression that we cannot read.
 */
export async function decompress(chunks: AsyncGenerator<Buffer>): Promise<AsyncIterable<Buffer>> {
  const { head, rest } = await peek(chunks, SIGNATURE_BYTES);
  const compression = detectCompression(head);
  if (compression.kind === 'unreadable') throw new Error(compression.reason);
  return toUtf8(compression.kind === 'none' ? rest : decompressWith(TRANSFORMS[compression.kind], rest));
}

/**
 * Chunk by chunk through one transform after the other: Zstandard's ends with the frame, and a file may hold several.
 * A transform is not iterated itself, since when it fails, what it had decompressed but not yet yielded would be
 * dropped, and with it the last good lines of a truncated file.
 */
async function* decompressWith(
  create: () => Transform,
  packed: AsyncIterable<Buffer>,
): AsyncGenerator<Buffer> {
  let decompressor = createDecompressor(create());
  for await (const chunk of packed) {
    let rest: Buffer | null = chunk;
    while (rest !== null && rest.length > 0) {
      rest = yield* decompressor.push(rest);
      if (rest !== null) decompressor = createDecompressor(create());
    }
  }
  yield* decompressor.end();
}

function createDecompressor(transform: Transform) {
  let failure: Error | null = null;
  let hasEnded = false;
  let pushedBytes = 0;
  let wake = () => {};
  transform.on('readable', () => wake());
  transform.on('end', () => {
    hasEnded = true;
    wake();
  });
  transform.on('error', (error) => {
    failure ??= error;
    wake();
  });

  async function* readUntil(isDone: () => boolean): AsyncGenerator<Buffer> {
    for (;;) {
      const chunk: Buffer | null = transform.read();
      if (chunk !== null) yield chunk;
      else if (failure !== null) throw failure;
      else if (hasEnded || isDone()) return;
      else {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    }
  }

  return {
    /** Returns the bytes after the end of the frame; null where the frame continues. */
    async *push(chunk: Buffer): AsyncGenerator<Buffer, Buffer | null> {
      let isTaken = false;
      pushedBytes += chunk.length;
      transform.write(chunk, () => {
        isTaken = true;
        wake();
      });
      // Taken, but not all of it: the frame ended within, and the transform is about to say so.
      yield* readUntil(() => isTaken && transform.bytesWritten === pushedBytes);
      return hasEnded ? chunk.subarray(chunk.length - (pushedBytes - transform.bytesWritten)) : null;
    },
    async *end(): AsyncGenerator<Buffer> {
      transform.end();
      yield* readUntil(() => false);
    },
  };
}

async function* toUtf8(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const { head, rest } = await peek(chunks, UTF_8_MARK.length);
  const beginsWith = (bytes: readonly number[]) => bytes.every((byte, index) => head[index] === byte);
  const charset = UTF_16_MARKS.find(({ bytes }) => beginsWith(bytes))?.charset;
  if (charset === undefined) {
    yield* beginsWith(UTF_8_MARK) ? withoutMark(rest) : rest;
    return;
  }
  const decoder = new TextDecoder(charset);
  for await (const chunk of rest) yield Buffer.from(decoder.decode(chunk, { stream: true }));
  yield Buffer.from(decoder.decode());
}

async function* withoutMark(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let isFirst = true;
  for await (const chunk of chunks) {
    yield isFirst ? chunk.subarray(UTF_8_MARK.length) : chunk;
    isFirst = false;
  }
}

/** The first `bytes` bytes, or all where there are fewer, and everything including them; its first chunk holds them. */
async function peek(
  chunks: AsyncIterable<Buffer>,
  bytes: number,
): Promise<{ head: Buffer; rest: AsyncGenerator<Buffer> }> {
  const iterator = chunks[Symbol.asyncIterator]();
  let head = Buffer.alloc(0);
  while (head.length < bytes) {
    const { value, done } = await iterator.next();
    if (done) break;
    head = Buffer.concat([head, value]);
  }
  async function* all(): AsyncGenerator<Buffer> {
    if (head.length > 0) yield head;
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value;
  }
  return { head: head.subarray(0, bytes), rest: all() };
}

/**
 * How a file is compressed, by its first bytes and never by its name.
 * Signatures: RFC 1952 (gzip), RFC 8878 (Zstandard, also behind a skippable frame), PKWARE's APPNOTE (ZIP).
 */
export type Compression =
  | { readonly kind: 'none' | 'gzip' | 'zstd' }
  /** Recognised, but not supported. */
  | { readonly kind: 'unreadable'; readonly reason: string };

/** The longest signature. */
export const SIGNATURE_BYTES = 6;

const SIGNATURES: readonly { bytes: readonly number[]; compression: Compression }[] = [
  { bytes: [0x1f, 0x8b], compression: { kind: 'gzip' } },
  { bytes: [0x28, 0xb5, 0x2f, 0xfd], compression: { kind: 'zstd' } },
  { bytes: [0x50, 0x4b, 0x03, 0x04], compression: unsupported('a ZIP archive', 'unzip -p FILE') },
  { bytes: [0x42, 0x5a, 0x68], compression: unsupported('packed with bzip2', 'bzcat FILE') },
  { bytes: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00], compression: unsupported('packed with xz', 'xzcat FILE') },
];

/** @param head the first SIGNATURE_BYTES bytes, or all where there are fewer */
export function detectCompression(head: Uint8Array): Compression {
  if (isSkippableZstdFrame(head)) return { kind: 'zstd' };
  const found = SIGNATURES.find(({ bytes }) => bytes.every((byte, index) => head[index] === byte));
  return found?.compression ?? { kind: 'none' };
}

/** Magic numbers 0x184D2A50 to 0x184D2A5F, little-endian; parallel compressors begin with one. */
function isSkippableZstdFrame(head: Uint8Array): boolean {
  const [first = 0, second, third, fourth] = head;
  return (first & 0xf0) === 0x50 && second === 0x2a && third === 0x4d && fourth === 0x18;
}

function unsupported(what: string, command: string): Compression {
  return { kind: 'unreadable', reason: `it is ${what}: ${command} | paperboy import -` };
}
