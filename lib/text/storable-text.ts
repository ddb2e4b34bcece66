/** Text that Postgres accepts: its `text` holds no NUL, and its UTF-8 no half of a surrogate pair. */

export function toStorableText(text: string): string {
  const withoutNul = text.includes('\0') ? text.replaceAll('\0', '') : text;
  return withoutNul.isWellFormed() ? withoutNul : withoutNul.replace(/\p{Surrogate}/gu, '');
}

/** The beginning of a stranger's text for a report: on one line, storable, and no longer than a report can bear. */
export function toExcerpt(text: string, charsMax = 200): string {
  const line = text
    .slice(0, 4 * charsMax)
    .replace(/\s+/g, ' ')
    .trim();
  return toStorableText(line.length > charsMax ? `${line.slice(0, charsMax)}…` : line);
}
