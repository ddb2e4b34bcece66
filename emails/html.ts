/** Markup that is safe to send. */
import { escapeHtml } from '#lib/escape.ts';

/** Only `html` makes it, so nothing unescaped can slip in. */
export class Html {
  readonly source: string;

  constructor(source: string) {
    this.source = source;
  }
}

type Value = string | number | Html | readonly Html[] | null;

/** Template tag: escapes every string, passes Html through, leaves out null. */
export function html(literals: TemplateStringsArray, ...values: readonly Value[]): Html {
  let source = literals[0] ?? '';
  for (let place = 0; place < values.length; place += 1) {
    source += toSource(values[place] ?? null) + (literals[place + 1] ?? '');
  }
  return new Html(source);
}

function toSource(value: Value): string {
  if (value === null) return '';
  if (typeof value === 'string') return escapeText(value);
  if (typeof value === 'number') return String(value);
  return value instanceof Html ? value.source : value.map((one) => one.source).join('');
}

/** What cannot be seen and can do harm: controls, and characters that turn the direction of writing. */
const HARMFUL = /[^\P{C}\n\t\u00ad\u200c\u200d]/gu;

/** Plain ASCII without markup, which most text is. */
const IS_SAFE = /^[\n\t\x20\x21\x23-\x25\x28-\x3b\x3d\x3f-\x7e]*$/;

/**
 * Beyond ASCII, characters are written as references: a mail of ASCII lines needs no encoding, and none is cheaper when
 * a template is filled thousands of times.
 */
export function escapeText(text: string): string {
  if (IS_SAFE.test(text)) return text;
  return escapeHtml(text.replace(HARMFUL, '')).replace(
    /[\ud800-\udbff][\udc00-\udfff]|[^\x00-\x7f]/g,
    (character) => `&#${character.codePointAt(0)};`,
  );
}

/** Longest line of the source that running text makes, in characters of the text. */
const LINE_LENGTH = 90;

/**
 * Running text in short lines of source: after spaces, or, in writing without spaces, within a tag that means nothing
 * but leave to break (`<wbr`, line end, `>`), since a line end between two ideographs would be shown as a space.
 */
export function prose(text: string): Html {
  const lines: string[] = [];
  let rest = text;
  while (rest.length > LINE_LENGTH) {
    const space = rest.lastIndexOf(' ', LINE_LENGTH);
    if (space > 0) {
      lines.push(`${escapeText(rest.slice(0, space))}\n`);
      rest = rest.slice(space + 1);
    } else {
      // Never between the halves of a character outside the basic plane.
      const end = /[\ud800-\udbff]/.test(rest.charAt(LINE_LENGTH - 1)) ? LINE_LENGTH - 1 : LINE_LENGTH;
      lines.push(`${escapeText(rest.slice(0, end))}<wbr\n>`);
      rest = rest.slice(end);
    }
  }
  return new Html([...lines, escapeText(rest)].join(''));
}

/** As text parts may hold it: no controls, no turned direction. */
export function toPlainText(text: string): string {
  return text.replace(/[^\P{C}\n\u200c\u200d]/gu, ' ');
}

/** True where a link to it may stand in a mail. */
export function isWebUrl(url: string): boolean {
  return /^https?:\/\/[^\s<>"'\\^`{|}]+$/i.test(url);
}
