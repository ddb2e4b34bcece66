/** Text that Postgres accepts: its `text` holds no NUL, and its UTF-8 no half of a surrogate pair. */

export function toStorableText(text: string): string {
  const withoutNul = text.includes('\0') ? text.replaceAll('\0', '') : text;
  return withoutNul.isWellFormed() ? withoutNul : withoutNul.replace(/\p{Surrogate}/gu, '');
}
