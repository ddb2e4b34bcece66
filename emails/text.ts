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

/** An abstract in the room a mail has for it. */

/** Words that end in a full stop and no sentence. */
const ABBREVIATION =
  /(?:^|[\s(])(?:e\.g|i\.e|et al|cf|vs|etc|resp|approx|Figs?|Eqs?|Secs?|Refs?|No|St|Dr|Prof|[A-Z])\.$/;

const SENTENCE_END = /[.!?]["'”’)\]]*(?=\s+["'“‘([]*[\p{Lu}\p{Lt}\p{Lo}\p{N}])|[。！？]["'”’）」』]*/gu;

/** A cut that leaves less than this part of the room would waste it: then the cut is between words. */
const FILL_MIN = 0.45;

/** At most `lengthMax` characters of `text`, ending with a sentence where one ends in time; `…` says that more follows. */
export function shortenAtSentence(text: string, lengthMax: number): string {
  const whole = text.replace(/\s+/g, ' ').trim();
  if (whole.length <= lengthMax) return whole;
  if (lengthMax < 2) return '';
  const room = lengthMax - 2;
  let end = 0;
  for (const match of whole.matchAll(SENTENCE_END)) {
    const stop = match.index + match[0].length;
    if (stop > room) break;
    if (!ABBREVIATION.test(whole.slice(Math.max(0, stop - 12), stop))) end = stop;
  }
  return end >= lengthMax * FILL_MIN ? `${whole.slice(0, end)} …` : shortenAtWord(whole, lengthMax);
}

/** At most `lengthMax` characters of `text`, cut between words where it has any. */
export function shortenAtWord(text: string, lengthMax: number): string {
  if (text.length <= lengthMax) return text;
  const kept = text.slice(0, lengthMax - 1);
  const space = kept.lastIndexOf(' ');
  // Never half of a character outside the basic plane.
  const cut = space > lengthMax * FILL_MIN ? kept.slice(0, space) : kept.replace(/[\ud800-\udbff]$/, '');
  return `${cut.replace(/[\s,;:.–—-]+$/u, '')}…`;
}

/** How long a mail is as it travels. */

/** The source is ASCII; line ends count twice. */
export function wireBytesOfHtml(source: string): number {
  return source.length + (source.match(/\n/g)?.length ?? 0);
}

/** Octets in quoted-printable: three for each octet beyond ASCII, and a soft break in 75. */
export function wireBytesOfText(text: string): number {
  let bytes = text.length;
  for (const character of text.match(/[^\x00-\x7f]|[\n=]/gu) ?? []) {
    if (character === '\n') bytes += 1;
    else if (character === '=') bytes += 2;
    else bytes += new TextEncoder().encode(character).length * 3 - character.length;
  }
  return Math.ceil(bytes * 1.03);
}
