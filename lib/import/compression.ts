/**
 * How a file is packed, told by its first bytes and never by its name.
 * Signatures: RFC 1952 (gzip), RFC 8878 (Zstandard, also behind a skippable frame), PKWARE's APPNOTE (ZIP).
 */
export type Compression =
  | { readonly kind: 'none' | 'gzip' | 'zstd' }
  /** We know what it is, and cannot read it. */
  | { readonly kind: 'unreadable'; readonly reason: string };

/** Enough to tell every kind. */
export const SIGNATURE_BYTES = 6;

const SIGNATURES: readonly { bytes: readonly number[]; compression: Compression }[] = [
  { bytes: [0x1f, 0x8b], compression: { kind: 'gzip' } },
  { bytes: [0x28, 0xb5, 0x2f, 0xfd], compression: { kind: 'zstd' } },
  { bytes: [0x50, 0x4b, 0x03, 0x04], compression: toUnreadable('a ZIP archive', 'unzip -p FILE') },
  { bytes: [0x42, 0x5a, 0x68], compression: toUnreadable('packed with bzip2', 'bzcat FILE') },
  { bytes: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00], compression: toUnreadable('packed with xz', 'xzcat FILE') },
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

function toUnreadable(what: string, command: string): Compression {
  return { kind: 'unreadable', reason: `it is ${what}: ${command} | paperboy import -` };
}
