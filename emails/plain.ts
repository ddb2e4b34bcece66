/** Lines of a text part. */

/** What a reader's window and a quotation mark before it leave of 78 columns. */
export const COLUMNS = 72;

/** Not of `=`, each of which quoted-printable writes as three. */
export const HEAVY_RULE = '_'.repeat(COLUMNS);
export const LIGHT_RULE = '-'.repeat(COLUMNS);

/** East Asian wide and full-width characters, and emoji, take two columns (Unicode UAX 11, roughly). */
const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;

function widthOf(text: string): number {
  if (/^[\x20-\x7e]*$/.test(text)) return text.length;
  let width = 0;
  for (const character of text) width += WIDE.test(character) ? 2 : /\p{M}/u.test(character) ? 0 : 1;
  return width;
}

/** `text` in lines of at most COLUMNS, each after `indent`, the first after `first`. Words are broken only where they must be. */
export function wrap(text: string, indent = '', first = indent): string {
  const lines: string[] = [];
  let line = first;
  let width = first.length;
  let isEmpty = true;
  const put = (word: string, gap: string) => {
    const size = widthOf(word);
    if (!isEmpty && width + gap.length + size > COLUMNS) {
      lines.push(line);
      line = indent;
      width = indent.length;
      isEmpty = true;
    }
    line += isEmpty ? word : gap + word;
    width += (isEmpty ? 0 : gap.length) + size;
    isEmpty = false;
  };
  const hasWide = WIDE.test(text);
  for (const word of text.split(/\s+/).filter(Boolean)) {
    // Writing without spaces may break after any character; a long word of letters stays whole.
    if (hasWide && WIDE.test(word))
      for (const [place, character] of [...word].entries()) put(character, place === 0 ? ' ' : '');
    else put(word, ' ');
  }
  return isEmpty ? '' : [...lines, line].join('\n');
}
