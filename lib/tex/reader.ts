/**
 * A reader of running text with TeX in it: where it stands, what it has read, which groups are open. The files
 * prose.ts and prose-commands.ts move it; every function of theirs that reads returns where reading goes on.
 */

import { isLinkable } from './address.ts';
import type { Formula } from './delimiters.ts';

export type TextRun = {
  readonly kind: 'text';
  readonly text: string;
  /** Bits of commands.ts. */
  readonly style: number;
  /** Where it links to, an http(s) URL; null for no link. */
  readonly url: string | null;
};
export type FormulaRun = { readonly kind: 'formula'; readonly tex: string; readonly isDisplay: boolean };
export type Run = TextRun | FormulaRun;
export type Paragraph = readonly Run[];

/** What an open brace will restore and leave behind when it closes. */
type Frame = { readonly style: number; readonly url: string | null; readonly closing: string };

export type Reader = {
  readonly source: string;
  at: number;
  style: number;
  url: string | null;
  readonly frames: Frame[];
  readonly paragraphs: Run[][];
  runs: Run[];
  /** The character before, as a reader of the result sees it: a formula counts as a letter. Empty at the beginning. */
  before: string;
  /** Double quotes open now; `''` closes only what was opened, for it may be a second derivative. */
  openQuotes: number;
  /** Where the apostrophe stands that closes a single quote. */
  closingQuoteAt: number;
  /** Where the asterisks stand that end strong text. */
  strongUntil: number;
  /** The closing dollar of a formula that is only styled text. */
  ignoredDollarAt: number;
  /** Whether line breaks with an indent are mere folding, as in titles: every line is short and has one. */
  readonly isFolded: boolean;
  /** Whether the source writes TeX at all, so that a lone dollar is likelier forgotten than money. */
  readonly isTex: boolean;
};

/** A line that is not indented, or longer than any that arXiv folded. */
const UNFOLDED = /\n(?![ \t\n])|[^\n]{100}/;

export function newReader(source: string): Reader {
  return {
    ...{ source, at: 0, style: 0, url: null, frames: [], paragraphs: [], runs: [] },
    ...{ before: '', openQuotes: 0, closingQuoteAt: -1, strongUntil: -1, ignoredDollarAt: -1 },
    isFolded: source.includes('\n') && !UNFOLDED.test(source),
    isTex: source.includes('\\') || source.split('$', 4).length > 3,
  };
}

/** Matches a sticky pattern where the reader stands. */
export function here(reader: Reader, pattern: RegExp): RegExpExecArray | null {
  pattern.lastIndex = reader.at;
  return pattern.exec(reader.source);
}

export function put(reader: Reader, text: string, style = reader.style): void {
  if (text === '') return;
  const last = reader.runs.at(-1);
  if (last?.kind === 'text' && last.style === style && last.url === reader.url) {
    reader.runs[reader.runs.length - 1] = { ...last, text: last.text + text };
  } else reader.runs.push({ kind: 'text', text, style, url: reader.url });
  reader.before = text.at(-1) ?? '';
}

/** Puts `text` for the next `length` characters. */
export function take(reader: Reader, length: number, text: string): number {
  put(reader, text);
  return reader.at + length;
}

export function putFormula(reader: Reader, { tex, isDisplay, end }: Formula): number {
  if (tex.trim() !== '') {
    reader.runs.push({ kind: 'formula', tex, isDisplay });
    reader.before = 'x';
  }
  return end;
}

export function putLink(reader: Reader, url: string, text: string): void {
  const outer = reader.url;
  reader.url = isLinkable(url) ? url : outer;
  put(reader, text);
  reader.url = outer;
}

/** What was dropped leaves no space before the stop that followed it. */
export function trimEnd(reader: Reader): void {
  const last = reader.runs.at(-1);
  if (last?.kind === 'text') reader.runs[reader.runs.length - 1] = { ...last, text: last.text.trimEnd() };
}

export function endParagraph(reader: Reader): void {
  if (reader.runs.length > 0) reader.paragraphs.push(reader.runs);
  reader.runs = [];
  reader.before = '';
}

/** How a group differs from what is around it. */
export type Opened = { style?: number; url?: string | null; opening?: string; closing?: string };

/** Enters the group whose brace stands here. */
export function open(reader: Reader, opened: Opened): number {
  const { style = reader.style, url = reader.url, opening = '', closing = '' } = opened;
  reader.frames.push({ style: reader.style, url: reader.url, closing });
  put(reader, opening);
  reader.style = style;
  reader.url = url;
  return reader.at + 1;
}

export function close(reader: Reader): number {
  const frame = reader.frames.pop();
  if (frame === undefined) return take(reader, 1, '}');
  put(reader, frame.closing);
  reader.style = frame.style;
  reader.url = frame.url;
  return reader.at + 1;
}
