import { toStorableText } from './storable-text.ts';

/** The beginning of a stranger's text for a report: on one line, storable, and no longer than a report can bear. */
export function toExcerpt(text: string, charsMax = 200): string {
  const line = text
    .slice(0, 4 * charsMax)
    .replace(/\s+/g, ' ')
    .trim();
  return toStorableText(line.length > charsMax ? `${line.slice(0, charsMax)}…` : line);
}
