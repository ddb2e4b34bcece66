/**
 * CSL-JSON, the exchange form of Zotero, Crossref, pandoc and Citation.js.
 * Schema: https://github.com/citation-style-language/schema/blob/master/schemas/input/csl-data.json; Crossref's
 * responses have lists where it has texts.
 */

import { firstAuthors, joinName } from '#lib/ingest/arxiv/authors.ts';
import type { RecordedItem } from '#lib/ingest/record-papers.ts';
import { parseDoi } from '#lib/papers/doi.ts';
import { type FileContext, isObject, type JsonObject, parseDate } from '../parsed-record.ts';
import { type Bibliographic, toBibliographicItem } from './bibliographic.ts';

/** Members that no other format has. */
const TELLING = ['issued', 'DOI', 'container-title', 'citation-key', 'URL'];

export function isCslItem(value: JsonObject): boolean {
  const hasNames = Array.isArray(value.author) && value.author.some((name) => isObject(name) && isName(name));
  return 'title' in value && (hasNames || ('type' in value && TELLING.some((name) => name in value)));
}

export function toCslItem(value: JsonObject, file: FileContext): RecordedItem | string {
  return toBibliographicItem(readCsl(value), file);
}

export function readCsl(value: JsonObject): Bibliographic {
  const isArxivReport = /arxiv/i.test(`${textOf(value.publisher)} ${textOf(value.archive)}`);
  return {
    title: plain(value.title),
    abstract: plain(value.abstract),
    authors: toNames(value.author),
    arxivReferences: [
      isArxivReport ? textOf(value.archive_location) : null,
      textOf(value.number),
      textOf(value.URL),
      textOf(value.note),
      textOf(value['container-title']),
      textOf(value.volume),
    ],
    categories: [],
    doi:
      [value.DOI, value.URL, value.genre].map(textOf).find((text) => text !== null && parseDoi(text)) ?? null,
    journalReference: toJournalReference(value),
    keywords: textOf(value.keyword)?.split(/[,;]/) ?? [],
    publishedAt: toDate(value.issued),
    recordedAt: toDate(value.accessed),
  };
}

/** `Journal of Things 12 (2017) 1-10`; null for what is only on arXiv. */
function toJournalReference(value: JsonObject): string | null {
  const container = plain(value['container-title']);
  if (container === null || /\barxiv\b|^corr$/i.test(container)) return null;
  const year = toDate(value.issued)?.getUTCFullYear();
  const parts = [
    container,
    textOf(value.volume),
    year === undefined ? null : `(${year})`,
    textOf(value.page),
  ];
  return parts.filter((part) => part !== null).join(' ');
}

function toNames(authors: unknown): string[] {
  if (!Array.isArray(authors)) return [];
  return firstAuthors(authors.filter(isObject).filter(isName).map(toName));
}

function isName(name: JsonObject): boolean {
  return [name.family, name.given, name.literal].some((part) => typeof part === 'string');
}

function toName(name: JsonObject): string[] {
  if (typeof name.literal === 'string') return joinName(null, name.literal, null);
  // BibTeX's `and others`.
  if (name.family === 'others' && name.given === undefined) return [];
  const particles = [name.given, name['dropping-particle'], name['non-dropping-particle']].map(textOf);
  const forenames = particles.filter((part) => part !== null).join(' ');
  const names = joinName(forenames === '' ? null : forenames, textOf(name.family), textOf(name.suffix));
  return names.map(compose);
}

/** TeX sets accents on dotless letters (`\\'\\i`); Unicode has them on whole ones. */
function compose(name: string): string {
  return name
    .replace(/\u0131(?=\p{M})/gu, 'i')
    .replace(/\u0237(?=\p{M})/gu, 'j')
    .normalize('NFC');
}

/** The first day of a month or year where no day is named. */
function toDate(value: unknown): Date | null {
  if (!isObject(value)) return null;
  const [parts] = Array.isArray(value['date-parts']) ? value['date-parts'] : [];
  if (!Array.isArray(parts)) return parseDate(value.raw ?? value.literal);
  const [year, month = 1, day = 1] = parts.map(Number);
  const pad = (number: number, length: number) => String(number).padStart(length, '0');
  return parseDate(`${pad(year ?? 0, 4)}-${pad(month, 2)}-${pad(day, 2)}`);
}

/** Without the markup that CSL allows (i, b, sub, sup, span) and the JATS elements that Crossref leaves in. */
function plain(value: unknown): string | null {
  const text = textOf(value);
  if (text === null || !/[<&]/.test(text)) return text;
  return text
    .replace(/<jats:title>\s*(?:abstract|summary)\s*<\/jats:title>/gi, '')
    .replace(/<\/?(?:i|b|sub|sup|span|sc|p|em|strong|jats:[a-z-]+)(?:\s[^<>]*)?>/gi, '')
    .replace(/&(lt|gt|amp|quot|apos);/g, (_, name: string) => ENTITIES[name] ?? '');
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** Of a list the first. */
function textOf(value: unknown): string | null {
  const single = Array.isArray(value) ? value[0] : value;
  if (typeof single === 'number') return String(single);
  return typeof single === 'string' && single.trim() !== '' ? single : null;
}
