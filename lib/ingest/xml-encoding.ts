/**
 * The characters of an XML document's bytes: byte order mark first, then the declared encoding, then UTF-8 (XML 1.0
 * appendix F). Labels mean what the WHATWG Encoding Standard says, so `iso-8859-1` is read as windows-1252.
 */

export type Decoded =
  | { readonly kind: 'text'; readonly text: string }
  /** `at`: character at which the bytes stopped making sense, in `text` as far as it could be read. */
  | { readonly kind: 'undecodable'; readonly reason: string; readonly text: string; readonly at: number };

/** How much of a document is searched for its declaration, which must come first. */
const DECLARATION_BYTES_MAX = 512;
const DECLARED = /^<\?xml\s[^>]*?\sencoding\s*=\s*["']([\w.:-]+)["']/;

/** Marks, and the two ways in which `<?` shows UTF-16 without one. UTF-32 starts like UTF-16, so it comes first. */
const SIGNATURES: readonly (readonly [bytes: readonly number[], encoding: string])[] = [
  [[0xff, 0xfe, 0, 0], 'utf-32'],
  [[0, 0, 0xfe, 0xff], 'utf-32'],
  [[0x3c, 0, 0, 0], 'utf-32'],
  [[0, 0, 0, 0x3c], 'utf-32'],
  [[0xef, 0xbb, 0xbf], 'utf-8'],
  [[0xfe, 0xff], 'utf-16be'],
  [[0xff, 0xfe], 'utf-16le'],
  [[0, 0x3c, 0, 0x3f], 'utf-16be'],
  [[0x3c, 0, 0x3f, 0], 'utf-16le'],
];

/** Never throws: an encoding nobody knows, and bytes that are none of its own, are outcomes. */
export function decodeXml(bytes: Uint8Array): Decoded {
  const encoding = signatureOf(bytes) ?? declaredEncoding(bytes) ?? 'utf-8';
  const text = decode(bytes, encoding, false);
  if (text === null) {
    return { kind: 'undecodable', reason: `the encoding ${encoding} is unknown`, text: '', at: 0 };
  }
  // The lenient reading is the fast one; only where it had to replace something is it worth asking why.
  const at = text.indexOf('\ufffd');
  if (at === -1 || decode(bytes, encoding, true) !== null) return { kind: 'text', text };
  return { kind: 'undecodable', reason: `the bytes are not ${encoding}`, text, at };
}

function signatureOf(bytes: Uint8Array): string | null {
  const found = SIGNATURES.find(([signature]) => signature.every((byte, index) => bytes[index] === byte));
  return found?.[1] ?? null;
}

function declaredEncoding(bytes: Uint8Array): string | null {
  const start = String.fromCharCode(...bytes.subarray(0, DECLARATION_BYTES_MAX));
  return DECLARED.exec(start)?.[1]?.toLowerCase() ?? null;
}

function decode(bytes: Uint8Array, encoding: string, isFatal: boolean): string | null {
  try {
    return new TextDecoder(encoding, { fatal: isFatal }).decode(bytes);
  } catch {
    // RangeError for a label nobody knows, TypeError for bytes that are not of that encoding.
    return null;
  }
}
