import { gzipSync, zstdCompressSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { decompress, detectCompression } from '#lib/import/decompress.ts';

const TEXT = Array.from({ length: 20_000 }, (_, line) => `line ${line} ${(line * 7919) % 10_007}`).join('\n');

async function* inChunks(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function textOf(bytes: Buffer, size = 1_000): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of await decompress(inChunks(bytes, size))) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

const half = (text: string) => [text.slice(0, text.length / 2), text.slice(text.length / 2)] as const;

test.each([
  ['plain', Buffer.from(TEXT)],
  ['gzip', gzipSync(TEXT)],
  ['gzip in two members', Buffer.concat(half(TEXT).map((part) => gzipSync(part)))],
  ['Zstandard', zstdCompressSync(TEXT)],
  ['Zstandard in two frames', Buffer.concat(half(TEXT).map((part) => zstdCompressSync(part)))],
  ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${TEXT}`)],
  ['UTF-16', Buffer.from(`\ufeff${TEXT}`, 'utf16le')],
  ['packed UTF-16', gzipSync(Buffer.from(`\ufeff${TEXT}`, 'utf16le'))],
])('%s is read by its first bytes', async (_, bytes) => {
  expect(await textOf(bytes)).toBe(TEXT);
});

test('chunks as small as a byte change nothing', async () => {
  expect(await textOf(gzipSync('\ufeffone\ntwo'), 1)).toBe('one\ntwo');
  expect(await textOf(Buffer.from('x'), 1)).toBe('x');
  expect(await textOf(Buffer.alloc(0))).toBe('');
});

test.each([
  ['gzip', gzipSync(TEXT)],
  ['Zstandard', zstdCompressSync(TEXT)],
])('%s that breaks off gives what could be decompressed, then fails', async (_, packed) => {
  const cut = packed.subarray(0, Math.floor(packed.length * 0.6));
  const chunks: Buffer[] = [];
  const read = async () => {
    for await (const chunk of await decompress(inChunks(cut, 1_000))) chunks.push(chunk);
  };
  await expect(read()).rejects.toThrow();
  const text = Buffer.concat(chunks).toString('utf8');
  expect(TEXT.startsWith(text)).toBe(true);
  expect(text.length).toBeGreaterThan(TEXT.length * 0.3);
});

test.each([
  ['a ZIP archive', [0x50, 0x4b, 0x03, 0x04, 0x14, 0x00]],
  ['bzip2', [0x42, 0x5a, 0x68, 0x39]],
  ['xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]],
])('%s is told by name, with the command that unpacks it', async (name, bytes) => {
  await expect(textOf(Buffer.from(bytes))).rejects.toThrow(new RegExp(`${name}.*paperboy import -`));
});

test.each([
  [[0x1f, 0x8b, 0x08], 'gzip'],
  [[0x28, 0xb5, 0x2f, 0xfd], 'zstd'],
  [[0x5a, 0x2a, 0x4d, 0x18, 0, 0], 'zstd'],
  [[0x7b, 0x22], 'none'],
  [[], 'none'],
])('the bytes %j are %s', (bytes, kind) => {
  expect(detectCompression(new Uint8Array(bytes)).kind).toBe(kind);
});
