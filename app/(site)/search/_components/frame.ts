/** What stands around everything found: the page `search/frame`, with a word for each thing that differs. */
import { toAscii } from '#app/ascii.ts';
import { toPlainHtml } from '#app/plain-html.ts';
import { escapeHtml } from '#lib/escape.ts';

/** Words that nothing else in the page has, and no escaping changes. */
export const FRAME = {
  words: 'frame-words',
  path: '/search/frame-path',
  query: 'frame-query',
  content: 'frame-content',
} as const;

export type Framed = {
  /** As a person reads them. */
  readonly words: string;
  /** Of the page. */
  readonly path: string;
  /** Of its feeds, without the question mark. */
  readonly query: string;
  /** Markup, in ASCII. */
  readonly content: string;
};

const CONTENT = `<div id="${FRAME.content}"></div>`;
const PLACES = new RegExp([CONTENT, FRAME.words, FRAME.path, FRAME.query].join('|'), 'g');

/** Where there is no other. */
export const BARE_FRAME =
  `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"/><title>${FRAME.words}</title></head>` +
  `<body>${CONTENT}</body></html>`;

/** @param html as Next sends the page `search/frame`, where it is not yet as plain as the pages that are kept */
export function toFrame(html: string): string {
  const plain = html.includes('http-equiv="Content-Security-Policy"') ? html : toPlainHtml(html);
  if (!plain.includes(CONTENT)) throw new Error('The page search/frame has no place for what is found.');
  return plain;
}

export function fillFrame(frame: string, { words, path, query, content }: Framed): string {
  const texts: Record<string, string> = {
    [CONTENT]: content,
    [FRAME.words]: toText(words),
    [FRAME.path]: toText(path),
    [FRAME.query]: toText(query),
  };
  return frame.replace(PLACES, (place) => texts[place] ?? place);
}

function toText(text: string): string {
  return toAscii(escapeHtml(text));
}
