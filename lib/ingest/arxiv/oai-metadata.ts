/**
 * The metadata formats of arXiv's OAI-PMH interface, each as a record (https://info.arxiv.org/help/oa/index.html):
 *
 *     arXivRaw   as arXiv holds it: author line, all versions with their instants; the one to harvest
 *     arXiv      names in parts, dates of days only
 *     arXivOld   as arXivRaw, without versions
 *     oai_dc     Dublin Core: everything in words
 */
import { parseArxivId } from '#lib/papers/arxiv-id.ts';
import type { PaperVersion } from '#lib/papers/paper.ts';
import { toExcerpt } from '#lib/text/storable-text.ts';
import { childOf, childrenOf, childText, textOf, type XmlElement } from '../xml.ts';
import { firstAuthors, joinName, splitAuthors, turnName } from './authors.ts';
import { parseDay, parseRfc2822, toUtcDay } from './dates.ts';
import { type RecordOutcome, toRecord } from './record.ts';
import { categoriesOfSubjects } from './subject-categories.ts';

export const METADATA_FORMATS = ['arXivRaw', 'arXiv', 'arXivOld', 'oai_dc'] as const;
export type MetadataFormat = (typeof METADATA_FORMATS)[number];

type Header = { readonly identifier: string; readonly sets: readonly string[] };

const DC_ROOT = 'http://www.openarchives.org/OAI/2.0/oai_dc/';
const DC = 'http://purl.org/dc/elements/1.1/';
const arxivNamespace = (format: MetadataFormat) => `http://arxiv.org/OAI/${format}/`;

/** @param metadata the `metadata` element, whatever its one child is. */
export function readMetadata(metadata: XmlElement, header: Header): RecordOutcome {
  const dublinCore = childOf(metadata, DC_ROOT, 'dc');
  if (dublinCore !== null) return readDublinCore(dublinCore, header);
  for (const format of METADATA_FORMATS) {
    const element = childOf(metadata, arxivNamespace(format), format);
    if (element !== null) return readArxiv(element, format, header);
  }
  return { kind: 'rejected', reason: 'metadata in none of the known formats' };
}

function readArxiv(element: XmlElement, format: MetadataFormat, header: Header): RecordOutcome {
  const namespace = arxivNamespace(format);
  const text = (name: string) => childText(element, namespace, name);
  const id = text('id')?.trim() ?? '';
  if (parseArxivId(id)?.id !== header.identifier) return mismatch(header.identifier, id);
  const versions = childrenOf(element, namespace, 'version');
  return toRecord({
    identifier: header.identifier,
    title: text('title'),
    abstract: text('abstract'),
    authors: readAuthors(element, namespace),
    categories: (text('categories') ?? '').trim().split(/\s+/),
    comment: text('comments'),
    journalReference: text('journal-ref'),
    doi: text('doi'),
    license: text('license'),
    versions: versions.flatMap((version) => readVersion(version, namespace)),
    isMarkedWithdrawn: isMarkedWithdrawn(versions.at(-1), namespace),
    ...readDays(header.identifier, text('created'), text('updated')),
  });
}

function readAuthors(element: XmlElement, namespace: string): string[] {
  const authors = childOf(element, namespace, 'authors');
  if (authors === null) return [];
  const inParts = childrenOf(authors, namespace, 'author');
  if (inParts.length === 0) return splitAuthors(textOf(authors));
  const part = (author: XmlElement, name: string) => childText(author, namespace, name);
  return firstAuthors(
    inParts.map((author) =>
      joinName(part(author, 'forenames'), part(author, 'keyname'), part(author, 'suffix')),
    ),
  );
}

/** `<version version="v1"><date>Wed, 25 Jun 2008 15:29:38 GMT</date>…`; one without a number or a date is left out. */
function readVersion(element: XmlElement, namespace: string): PaperVersion[] {
  const number = /^v([1-9]\d{0,2})$/.exec(element.attributes.get('version') ?? '')?.[1];
  const submittedAt = parseRfc2822(childText(element, namespace, 'date') ?? '');
  return number === undefined || submittedAt === null ? [] : [{ version: Number(number), submittedAt }];
}

/** Source type `I` ("ignore") is what a withdrawn version has in place of its source. */
function isMarkedWithdrawn(newest: XmlElement | undefined, namespace: string): boolean {
  return newest !== undefined && (childText(newest, namespace, 'source_type') ?? '').includes('I');
}

/**
 * The days of the format `arXiv`. `created` was the day of the first version until the service was rewritten in March
 * 2025 and is that of the newest one since (oaipmh/templates/record_formats.xml in github.com/arXiv/oaipmh), with
 * nothing to tell them by but the identifier: a paper is submitted no later than the month it is numbered in.
 */
function readDays(
  identifier: string,
  created: string | null,
  updated: string | null,
): { submittedAt: Date | null; updatedAt: Date | null } {
  const createdAt = parseDay(created ?? '');
  const updatedAt = parseDay(updated ?? '');
  const isOfFirst = createdAt !== null && toUtcDay(createdAt).slice(0, 7) <= monthOf(identifier);
  if (isOfFirst) return { submittedAt: createdAt, updatedAt: updatedAt ?? createdAt };
  return { submittedAt: null, updatedAt: createdAt };
}

/** `2008-06` of 0806.4129, `1999-01` of hep-th/9901001. */
function monthOf(identifier: string): string {
  const [, year = '', month = ''] = /(\d\d)(\d\d)(?:\.\d+|\d{3})$/.exec(identifier) ?? [];
  return `${Number(year) >= FIRST_YEAR ? '19' : '20'}${year}-${month}`;
}

/** arXiv numbers papers since 1991. */
const FIRST_YEAR = 91;

function readDublinCore(dc: XmlElement, header: Header): RecordOutcome {
  const texts = (name: string) => childrenOf(dc, DC, name).map((child) => textOf(child).trim());
  const identifiers = texts('identifier');
  const pages = identifiers.flatMap((text) => ABS_PAGE.exec(text)?.[1] ?? []);
  if (pages.length > 0 && !pages.includes(header.identifier)) {
    return mismatch(header.identifier, pages[0] ?? '');
  }
  const { abstract, comment } = readDescriptions(texts('description'));
  const days = texts('date').flatMap((text) => parseDay(text) ?? []);
  return toRecord({
    identifier: header.identifier,
    title: texts('title')[0] ?? null,
    abstract,
    comment,
    authors: firstAuthors(texts('creator').map(turnName)),
    categories: categoriesOfSubjects(texts('subject'), header.sets),
    submittedAt: days[0] ?? null,
    updatedAt: days.at(-1) ?? null,
    doi: identifiers.find((text) => DOI_PREFIX.test(text)) ?? null,
    journalReference: identifiers.find((text) => !DOI_PREFIX.test(text) && !ABS_PAGE.test(text)) ?? null,
  });
}

const ABS_PAGE = /^https?:\/\/arxiv\.org\/abs\/(\S+)$/;
const DOI_PREFIX = /^doi:/i;
const COMMENT_PREFIX = /^Comment:\s*/;

/** The abstract comes first; the comment says so itself in answers before March 2025, and is merely second since. */
function readDescriptions(descriptions: readonly string[]): {
  abstract: string | null;
  comment: string | null;
} {
  const marked = descriptions.find((text) => COMMENT_PREFIX.test(text));
  const [abstract, second] = descriptions.filter((text) => text !== marked);
  return { abstract: abstract ?? null, comment: marked?.replace(COMMENT_PREFIX, '') ?? second ?? null };
}

function mismatch(expected: string, found: string): RecordOutcome {
  return {
    kind: 'rejected',
    reason: `header says ${expected}, metadata says ${toExcerpt(found) || 'nothing'}`,
  };
}
