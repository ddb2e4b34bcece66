/** What a reader should know about how their query was read: one sentence each, pointing at the text it is about. */

export type WarningCode =
  | 'too-long'
  | 'too-many-terms'
  | 'too-deep'
  | 'prose'
  | 'unbalanced-quote'
  | 'unbalanced-parenthesis'
  | 'empty-phrase'
  | 'empty-group'
  | 'empty-field'
  | 'dangling-operator'
  | 'capitals'
  | 'unknown-field'
  | 'misspelt-field'
  | 'bad-category'
  | 'bad-identifier'
  | 'bad-date'
  | 'swapped-range'
  | 'bad-number'
  | 'bad-value'
  | 'bad-sort'
  | 'several-sorts'
  | 'wildcard'
  | 'proximity'
  | 'author-name';

export type Warning = {
  readonly code: WarningCode;
  /** Plain text; it may quote what the reader typed. */
  readonly message: string;
  /** In UTF-16 units of the text as given. */
  readonly position: number;
  readonly length: number;
};

/** Part of the text, `[start, end)`. */
export type Span = { readonly start: number; readonly end: number };

const QUOTED_CHARS_MAX = 40;

export function warn(code: WarningCode, message: string, { start, end }: Span): Warning {
  return { code, message, position: start, length: end - start };
}

/** What was typed, in curly quotes, shortened. */
export function quoted(text: string): string {
  const characters = [...text.toWellFormed().replace(/\s+/g, ' ').trim()];
  const short =
    characters.length > QUOTED_CHARS_MAX
      ? `${characters.slice(0, QUOTED_CHARS_MAX).join('')}…`
      : characters.join('');
  return `“${short}”`;
}
