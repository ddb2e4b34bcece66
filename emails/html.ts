/** Markup that is safe to send. */

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

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Also takes out what cannot be seen and can do harm: controls, and characters that turn the direction of writing. */
const UNSAFE = /[&<>"']|[^\P{C}\n\t\u00ad\u200c\u200d]/gu;

/** Plain ASCII text needs no look at its characters' classes, and most text is such. */
const IS_SAFE = /^[\n\t\x20\x21\x23-\x25\x28-\x3b\x3d\x3f-\x7e]*$/;

export function escapeText(text: string): string {
  return IS_SAFE.test(text) ? text : text.replace(UNSAFE, (character) => ESCAPES[character] ?? '');
}

/** As text parts may hold it: no controls, no turned direction. */
export function plainText(text: string): string {
  return text.replace(/[^\P{C}\n\u200c\u200d]/gu, ' ');
}

/** True where a link to it may stand in a mail. */
export function isWebUrl(url: string): boolean {
  return /^https?:\/\/[^\s<>"'\\^`{|}]+$/i.test(url);
}
