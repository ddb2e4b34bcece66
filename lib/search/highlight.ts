/**
 * Where a text answers a query: its matches, and the passage with most of them. Over the plain form of title and
 * abstract, so that no mark falls into TeX; as segments, so that whoever shows them escapes them in their own way.
 */

import type { Filter, Query } from '#lib/query/query.ts';
import { allForms, stem } from '#lib/text/lexemes.ts';
import { isStopWord, readWords, type Word } from '#lib/text/words.ts';

export type Segment = { readonly text: string; readonly isMatch: boolean };
/** What to mark: stems, each with its weight, and beginnings of words; `starts` with what all of these begin. */
export type Marks = {
  readonly stems: ReadonlyMap<string, number>;
  readonly prefixes: readonly string[];
  readonly starts: ReadonlySet<string>;
};

type Match = { readonly start: number; readonly end: number; readonly stem: string; readonly weight: number };

/** About three lines of a page. */
const PASSAGE_CHARS = 280;
/** A passage begins with its sentence where that begins so near. */
const SENTENCE_CHARS_MAX = 90;
const SENTENCE_END = /[.!?]["'”’)]*\s+(?=[\p{Lu}\p{N}"“‘(])/gu;

/** Of the bare words and of filters that must hold; `weights` by stem, 1 where it has none. */
export function marksOf(query: Query, weights: ReadonlyMap<string, number> = new Map()): Marks {
  const stems = new Map<string, number>();
  const prefixes: string[] = [];
  const addText = (text: string) => {
    const words = readWords(text);
    for (const [index, word] of words.entries())
      for (const form of allForms(word, words[index - 1]))
        if (!isStopWord(form)) stems.set(stem(form), weights.get(stem(form)) ?? 1);
  };
  const addFilter = (filter: Filter): void => {
    if (filter.kind === 'and' || filter.kind === 'or') filter.of.forEach(addFilter);
    else if (filter.kind === 'text' && filter.match === 'prefix')
      prefixes.push(...readWords(filter.text).flatMap(({ forms }) => forms));
    else if (filter.kind === 'text') addText(filter.text);
  };
  query.words.forEach(addText);
  query.filters.forEach(addFilter);
  return { stems, prefixes, starts: startsOf([...stems.keys(), ...prefixes]) };
}

/**
 * By which words are told that may match, so that only those are stemmed: a word and its stem begin with the same two
 * letters, but for a few that Porter's rules list (`dying` is die; lib/text/stem.ts).
 */
function startsOf(forms: readonly string[]): Set<string> {
  const starts = new Set(forms.map((form) => form.slice(0, 2)));
  for (const start of ['di', 'li', 'ti']) if (starts.has(start)) starts.add(`${start[0]}y`);
  return starts;
}

function matchesOf(text: string, { stems, prefixes, starts }: Marks): Match[] {
  const mayMatch = (form: string) => starts.has(form.slice(0, 2)) || starts.has(form.slice(0, 1));
  const matches: Match[] = [];
  let before: Word | undefined;
  for (const word of readWords(text)) {
    for (const form of allForms(word, before)) {
      if (!mayMatch(form)) continue;
      const found = stem(form);
      const weight = stems.get(found) ?? (prefixes.some((prefix) => form.startsWith(prefix)) ? 1 : undefined);
      if (weight === undefined) continue;
      const first = before === undefined || word.forms.includes(form) ? word : before;
      matches.push({ start: first.start, end: word.end, stem: found, weight });
      break;
    }
    before = word;
  }
  return matches;
}

export function highlight(text: string, marks: Marks): Segment[] {
  return toSegments(text, matchesOf(text, marks), 0, text.length);
}

/** The passage that says most of what was asked for, with `…` where the text goes on; all of a text that is short. */
export function bestPassage(text: string, marks: Marks): Segment[] {
  const matches = matchesOf(text, marks);
  if (text.length <= PASSAGE_CHARS) return toSegments(text, matches, 0, text.length);
  const start = startOfSentence(text, bestStart(matches));
  const end = endOfPassage(text, start);
  const segments = toSegments(text, matches, start, end);
  return [
    ...(start > 0 ? [{ text: '… ', isMatch: false }] : []),
    ...segments,
    ...(end < text.length ? [{ text: ' …', isMatch: false }] : []),
  ];
}

/** Of windows that begin at a match, the first with the greatest weight; a word met again counts a tenth. */
function bestStart(matches: readonly Match[]): number {
  let best = { start: 0, weight: 0 };
  for (const [index, first] of matches.entries()) {
    const met = new Set<string>();
    let weight = 0;
    for (let at = index; at < matches.length; at++) {
      const match = matches[at];
      if (match === undefined || match.end > first.start + PASSAGE_CHARS - 40) break;
      weight += met.has(match.stem) ? match.weight / 10 : match.weight;
      met.add(match.stem);
    }
    if (weight > best.weight + 1e-9) best = { start: first.start, weight };
  }
  return best.start;
}

function startOfSentence(text: string, from: number): number {
  let start = 0;
  for (const found of text.slice(0, from).matchAll(SENTENCE_END)) start = found.index + found[0].length;
  if (from - start <= SENTENCE_CHARS_MAX) return start;
  const space = text.lastIndexOf(' ', Math.max(0, from - 30));
  return space < 0 || from - space > 60 ? from : space + 1;
}

function endOfPassage(text: string, start: number): number {
  const limit = start + PASSAGE_CHARS;
  if (limit >= text.length) return text.length;
  const space = text.lastIndexOf(' ', limit);
  // Not through a character of two code units.
  return space > start + PASSAGE_CHARS / 2
    ? space
    : limit - (/[\ud800-\udbff]/.test(text[limit - 1] ?? '') ? 1 : 0);
}

function toSegments(text: string, matches: readonly Match[], start: number, end: number): Segment[] {
  const segments: Segment[] = [];
  let at = start;
  for (const match of matches) {
    if (match.end <= at || match.start < start || match.end > end) continue;
    const from = Math.max(match.start, at);
    if (from > at) segments.push({ text: text.slice(at, from), isMatch: false });
    segments.push({ text: text.slice(from, match.end), isMatch: true });
    at = match.end;
  }
  if (at < end) segments.push({ text: text.slice(at, end), isMatch: false });
  return segments;
}
