/**
 * Metadata of arXiv as people pass it on, one JSON object a paper. Read by the names of the members, of which every
 * publisher has its own; known in particular:
 *
 *   the Kaggle snapshot   id, authors "A. B. and C. D.", authors_parsed, categories "cs.LG stat.ML", comments,
 *                         journal-ref, doi, license, abstract, versions [{version, created}], update_date
 *                         (https://www.kaggle.com/datasets/Cornell-University/arxiv)
 *   daily listings        id, authors […], categories […], comment, first_listed
 *   archive samples       id, authors "A, B and C", categories […], primary, created, updated, comments, doi
 */

import { firstAuthors, joinName, splitAuthors } from '#lib/ingest/arxiv/authors.ts';
import { toUtcDay } from '#lib/ingest/arxiv/dates.ts';
import { toRecord } from '#lib/ingest/arxiv/record.ts';
import type { RecordedItem } from '#lib/ingest/record-papers.ts';
import { parseArxivReference, restoreArxivId } from '#lib/papers/arxiv-id.ts';
import type { Listing, PaperVersion } from '#lib/papers/paper.ts';
import { toExcerpt } from '#lib/text/storable-text.ts';
import {
  type FileContext,
  isObject,
  type JsonObject,
  latestOf,
  parseDate,
  UNDATED,
} from '../parsed-record.ts';

const IDENTIFIER = ['id', 'arxiv_id', 'arxivId', 'arxiv', 'identifier'];

const VERSION = /^v?([1-9]\d{0,2})$/;

export function isArxivMetadata(value: JsonObject): boolean {
  return (
    'title' in value && ('abstract' in value || 'categories' in value) && first(value, IDENTIFIER) !== null
  );
}

/** The paper, or why there is none. */
export function toArxivItem(value: JsonObject, file: FileContext): RecordedItem | string {
  const given = first(value, IDENTIFIER);
  const identifier = toIdentifier(value, given);
  if (identifier === null) return `${toExcerpt(JSON.stringify(given), 60)} is no arXiv identifier`;
  const versions = toVersions(value.versions);
  const listedOn = parseDate(value.first_listed);
  const submittedAt = parseDate(first(value, ['created', 'published', 'submitted']));
  const updatedAt = parseDate(value.updated);
  const outcome = toRecord({
    identifier,
    title: textOf(value.title),
    abstract: textOf(value.abstract),
    authors: toAuthors(value),
    categories: toCategories(value.categories),
    primaryCategory: textOf(first(value, ['primary', 'primary_category'])),
    submittedAt,
    updatedAt,
    versions,
    comment: textOf(first(value, ['comment', 'comments'])),
    journalReference: textOf(first(value, ['journal-ref', 'journal_ref'])),
    doi: textOf(value.doi),
    license: textOf(value.license),
  });
  if (outcome.kind === 'rejected') return outcome.reason;
  const lastVersion = versions.at(-1)?.submittedAt ?? null;
  const recordedAt = latestOf([parseDate(value.update_date), updatedAt, lastVersion, listedOn, submittedAt]);
  return {
    record: outcome.record,
    listing: listedOn === null ? null : toListing(listedOn),
    observations: [],
    recordedAt: recordedAt ?? file.modifiedAt ?? UNDATED,
  };
}

function toListing(listedOn: Date): Listing {
  return { listedOn: toUtcDay(listedOn), list: 'arxiv', kind: 'new', position: null, submittedBy: null };
}

/**
 * A number, or what is left of one, where a data frame took the identifier for it: `704.219` was 0704.2190. Texts are
 * restored only in the archive samples, which are known for it: elsewhere it would make another paper of a typing error.
 */
function toIdentifier(value: JsonObject, given: unknown): string | null {
  const text = String(given).trim();
  const canBeDamaged = typeof given === 'number' || 'primary' in value;
  return (parseArxivReference(text) ?? (canBeDamaged ? restoreArxivId(text) : null))?.id ?? null;
}

function toAuthors(value: JsonObject): string[] {
  if (Array.isArray(value.authors_parsed)) {
    const names = value.authors_parsed.map(toParsedName);
    if (names.some((name) => name.length > 0)) return firstAuthors(names);
  }
  if (typeof value.authors === 'string') return splitAuthors(value.authors);
  return Array.isArray(value.authors) ? firstAuthors(value.authors.map(toListedName)) : [];
}

/** `["Balázs", "C.", ""]`: family name, forenames, suffix, and sometimes affiliations. */
function toParsedName(parts: unknown): string[] {
  if (!Array.isArray(parts)) return [];
  const [keyname, forenames, suffix] = parts.map(textOf);
  return joinName(forenames ?? null, keyname ?? null, suffix ?? null);
}

function toListedName(author: unknown): string[] {
  return joinName(null, textOf(isObject(author) ? author.name : author), null);
}

function toCategories(value: unknown): string[] {
  if (typeof value === 'string') return value.split(/[\s,]+/);
  return Array.isArray(value) ? value.filter((member) => typeof member === 'string') : [];
}

function toVersions(value: unknown): PaperVersion[] {
  if (!Array.isArray(value)) return [];
  return value.filter(isObject).flatMap(({ version, created }) => {
    const number = VERSION.exec(String(version))?.[1];
    const submittedAt = parseDate(created);
    return number === undefined || submittedAt === null ? [] : [{ version: Number(number), submittedAt }];
  });
}

/** The first member that has a value. */
function first(value: JsonObject, names: readonly string[]): unknown {
  for (const name of names) {
    const member = value[name];
    if (member !== undefined && member !== null && member !== '') return member;
  }
  return null;
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
