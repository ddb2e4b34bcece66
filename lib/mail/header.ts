/**
 * Header fields that cannot break out of their line (RFC 5322, 2.2; RFC 2047).
 *
 * A field is made of text that went through here: `toHeaderText` takes controls and invisible directions out of what
 * people wrote, `foldField` encodes and folds it, and `checkField` throws on anything that would still end a line early.
 */

/** Text of one line, without controls or bidirectional overrides. Only `toHeaderText` makes it. */
export type HeaderText = string & { readonly __brand: 'HeaderText' };

/** Longest header text, in characters: a subject beyond is cut. */
const TEXT_LENGTH_MAX = 300;

/** RFC 5322, 2.1.1: lines should have at most 78 characters, and must have at most 998. */
const LINE_LENGTH = 76;

/** RFC 2047, 2: an encoded word has at most 75 characters; 45 octets of text become 60 of base64. */
const ENCODED_OCTETS_MAX = 45;

/** Controls and line ends become spaces; formats (bidi marks, zero widths, tags) and lone surrogates go. */
export function toHeaderText(text: string): HeaderText {
  const shown = text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .replace(/[\p{Cf}\p{Cs}\p{Co}\p{Cn}]+/gu, '')
    .trim();
  const characters = [...shown];
  const cut =
    characters.length > TEXT_LENGTH_MAX ? `${characters.slice(0, TEXT_LENGTH_MAX - 1).join('')}…` : shown;
  return cut as HeaderText;
}

/** `Name: text`, with encoded words where the text is not ASCII, folded. */
export function toTextField(name: string, text: HeaderText): string {
  return foldField(`${name}: ${encodeWords(text)}`);
}

/** Breaks a field at spaces. What has none stays whole: identifiers and URLs must not be broken. */
export function foldField(field: string): string {
  if (field.length <= LINE_LENGTH) return checkField(field);
  const lines: string[] = [];
  let line = '';
  for (const word of field.split(' ')) {
    const isFirst = line === '' && lines.length === 0;
    if (
      !isFirst &&
      line.trim() !== '' &&
      line.length + 1 + word.length > LINE_LENGTH &&
      !/^[\w-]+:$/.test(line)
    ) {
      lines.push(line);
      line = ` ${word}`;
    } else {
      line = isFirst ? word : `${line} ${word}`;
    }
  }
  return checkField([...lines, line].join('\r\n'));
}

/** Throws where a field would be more than one field, or no field: the last line of defence, and a bug of ours. */
export function checkField(field: string): string {
  if (!/^[\w-]+: /.test(field) || /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|\r(?!\n[ \t]+\S)|(?<!\r)\n/.test(field)) {
    throw new Error(`A header field would not be one: ${JSON.stringify(field.slice(0, 40))}.`);
  }
  return field;
}

/** A display name as a phrase: an encoded word, a quoted string, or as it is. */
export function toPhrase(name: HeaderText): string {
  if (!isAscii(name) || name.includes('=?')) return encodeWords(name);
  return /^[\w !#$%&'*+/=?^`{|}~-]*$/.test(name) ? name : `"${name.replace(/["\\]/g, '\\$&')}"`;
}

function encodeWords(text: HeaderText): string {
  // Text that looks encoded would be decoded by the reader's program.
  if (isAscii(text) && !text.includes('=?')) return text;
  const words: string[] = [];
  let word = '';
  for (const character of text) {
    if (Buffer.byteLength(word + character) > ENCODED_OCTETS_MAX) {
      words.push(word);
      word = '';
    }
    word += character;
  }
  return [...words, word].map((one) => `=?utf-8?B?${Buffer.from(one).toString('base64')}?=`).join(' ');
}

function isAscii(text: string): boolean {
  return /^[\x20-\x7e]*$/.test(text);
}
