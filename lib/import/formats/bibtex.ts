/**
 * BibTeX and BibLaTeX through Citation.js, whose two steps serve two ends: the fields as written keep the TeX of title
 * and abstract, the CSL made of them has the names and dates taken apart.
 */
import { plugins } from '@citation-js/core';
import '@citation-js/plugin-bibtex';
import { splitAuthors } from '#lib/ingest/arxiv/authors.ts';
import type { RecordedItem } from '#lib/ingest/record-papers.ts';
import { parseDoi } from '#lib/papers/doi.ts';
import { toExcerpt } from '#lib/text/storable-text.ts';
import { type FileContext, isObject, type JsonObject, latestOf, parseDate } from '../parsed-record.ts';
import { type Bibliographic, toBibliographicItem } from './bibliographic.ts';
import { readCsl } from './csl.ts';

const ENTRY_START = /@\s*([a-z]+)\s*([{(])/gi;
const DEFINITION = /^@\s*string\s*[{(]\s*([^\s=]+)\s*=/i;
/** No work: remarks and definitions. */
const OTHER_TYPES = /^(?:comment|preamble|string)$/i;
/** DBLP's, BibDesk's and JabRef's date of the entry, and the day a source was last looked at. */
const ENTRY_DATES = [
  'timestamp',
  'date-modified',
  'modificationdate',
  'date-added',
  'creationdate',
  'urldate',
];
/** `@string` definitions of a file; the largest collections define a few thousand journals. */
const DEFINITIONS_MAX = 20_000;

/** Nobody writes more around a whole field. */
const BRACES_MAX = 4;

/** Reads block after block of one file; a definition holds for the blocks after it. */
export function createBibtexParser(file: FileContext): (block: string) => (RecordedItem | string)[] {
  const definitions = new Map<string, string>();
  return (block) =>
    splitEntries(block).flatMap(({ type, text }) => {
      const [, name] = DEFINITION.exec(text) ?? [];
      if (name !== undefined && definitions.size < DEFINITIONS_MAX) definitions.set(name.toLowerCase(), text);
      if (OTHER_TYPES.test(type)) return [];
      return [text === '' ? 'its braces do not close' : parseEntry(text, definitions, file)];
    });
}

/** The entries of a block; the text of one that is not closed is empty. What stands between them is a remark. */
function splitEntries(block: string): { type: string; text: string }[] {
  const entries: { type: string; text: string }[] = [];
  ENTRY_START.lastIndex = 0;
  for (let match = ENTRY_START.exec(block); match !== null; match = ENTRY_START.exec(block)) {
    const [, type = '', opening] = match;
    const end = opening === '(' ? block.length : findClosingBrace(block, ENTRY_START.lastIndex);
    entries.push({ type, text: end === null ? '' : block.slice(match.index, end) });
    ENTRY_START.lastIndex = end ?? block.length;
  }
  return entries;
}

/** The place after the brace that closes the one opened before `from`. */
function findClosingBrace(text: string, from: number): number | null {
  let depth = 1;
  for (let at = from; at < text.length; at += 1) {
    const character = text[at];
    if (character === '\\') at += 1;
    else if (character === '{') depth += 1;
    else if (character === '}') depth -= 1;
    if (depth === 0) return at + 1;
  }
  return null;
}

function parseEntry(
  text: string,
  definitions: ReadonlyMap<string, string>,
  file: FileContext,
): RecordedItem | string {
  const words = new Set(text.toLowerCase().match(/[a-z_][\w:+-]*/g));
  const used = [...definitions].filter(([name]) => words.has(name)).map(([, definition]) => definition);
  try {
    const [entry] = listOf(plugins.input.data([...used, text].join('\n'), '@biblatex/text'));
    if (entry === undefined || !isObject(entry.properties)) return 'no entry in it';
    return toBibliographicItem(toBibliographic(entry, entry.properties), file);
  } catch (error) {
    return `not BibTeX: ${toExcerpt(error instanceof Error ? error.message : String(error), 120)}`;
  }
}

function toBibliographic(entry: JsonObject, fields: JsonObject): Bibliographic {
  const csl = toCsl(entry);
  const read = (name: string) => unbrace(fields[name]);
  const eprintType = read('archiveprefix') ?? read('eprinttype');
  const isArxivEprint = eprintType === null || /arxiv/i.test(eprintType);
  const title = read('title');
  const subtitle = read('subtitle');
  return {
    ...readCsl(csl ?? {}),
    title: subtitle === null || title === null ? title : `${title}: ${subtitle}`,
    abstract: read('abstract'),
    ...(csl === null ? { authors: splitAuthors(read('author') ?? '') } : {}),
    arxivReferences: [
      isArxivEprint ? read('eprint') : null,
      read('arxivid'),
      read('url'),
      ...['journal', 'journaltitle', 'volume', 'number', 'note', 'howpublished'].map(read),
    ],
    categories: (read('primaryclass') ?? read('eprintclass') ?? '').split(/[\s,;]+/),
    doi: ['doi', 'url', 'ee', 'note'].map(read).find((text) => text !== null && parseDoi(text)) ?? null,
    keywords: (read('keywords') ?? '').split(/[,;]/),
    recordedAt: latestOf(ENTRY_DATES.map((name) => parseDate(read(name)))),
  };
}

/** Null where the TeX of a field is beyond the library; the fields as written then have to do. */
function toCsl(entry: JsonObject): JsonObject | null {
  try {
    return listOf(plugins.input.data(entry, '@biblatex/entry+object'))[0] ?? null;
  } catch {
    return null;
  }
}

/** Without the braces around the whole, which only keep a style from changing its case. */
function unbrace(value: unknown): string | null {
  let text = typeof value === 'string' ? value.trim() : '';
  if (typeof value === 'number') return String(value);
  for (let depth = 0; depth < BRACES_MAX && text.startsWith('{'); depth += 1) {
    if (findClosingBrace(text, 1) !== text.length) break;
    text = text.slice(1, -1).trim();
  }
  return text === '' ? null : text;
}

function listOf(value: unknown): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}
