/**
 * Answers of arXiv's query API in Atom, by ids or by query (https://info.arxiv.org/help/api/user-manual.html, sections
 * 3.3 and 5.2). Errors come as a feed whose one entry is named `http://arxiv.org/api/errors#…`.
 */
import { parseArxivId } from '#lib/papers/arxiv-id.ts';
import type { PaperRecord, PaperVersion } from '#lib/papers/paper.ts';
import { toExcerpt } from '#lib/text/storable-text.ts';
import {
  childOf,
  childrenOf,
  childText,
  parseXml,
  type XmlElement,
  type XmlLimits,
  type XmlRejection,
} from '../xml.ts';
import { firstAuthors, joinName } from './authors.ts';
import { parseRfc3339 } from './dates.ts';
import { type RejectedItem, toRecord } from './record.ts';
import { parseRetryNotice, type RetryNotice } from './retry-notice.ts';

export type AtomResponse = {
  readonly kind: 'response';
  readonly papers: readonly PaperRecord[];
  readonly rejected: readonly RejectedItem[];
  readonly errors: readonly AtomError[];
  /** Papers that match, on all pages; null where the answer does not say. */
  readonly totalResults: number | null;
  /** 0-based place of the first entry among them. */
  readonly startIndex: number | null;
  readonly itemsPerPage: number | null;
  /** The midnight (US Eastern) since which the API's data are what they are: asking again that day is no use. */
  readonly updatedAt: Date | null;
};

export type AtomError = {
  /** What follows the `#`: `incorrect_id_format_for_1234.12345`. */
  readonly code: string;
  readonly text: string;
};

export const ATOM = 'http://www.w3.org/2005/Atom';
export const ARXIV_ATOM = 'http://arxiv.org/schemas/atom';
const OPEN_SEARCH = 'http://a9.com/-/spec/opensearch/1.1/';

const ABS_PAGE = /^https?:\/\/(?:www\.|export\.)?arxiv\.org\/abs\/(\S+)$/;
const ERROR = /^https?:\/\/arxiv\.org\/api\/errors#(.*)$/s;
const ERROR_CHARS_MAX = 1_000;

/** Never throws. @param body one whole answer; a cut one is rejected. */
export function parseAtomResponse(
  body: string | Uint8Array,
  limits?: XmlLimits,
): AtomResponse | RetryNotice | XmlRejection {
  const notice = parseRetryNotice(body);
  if (notice !== null) return notice;
  const parsed = parseXml(body, limits);
  if (parsed.kind === 'rejected') return parsed;
  const { root: feed } = parsed;
  if (feed.namespace !== ATOM || feed.name !== 'feed') {
    return { kind: 'rejected', reason: `<${toExcerpt(feed.name)}> is no Atom feed`, line: 1, column: 1 };
  }
  return {
    kind: 'response',
    ...readEntries(childrenOf(feed, ATOM, 'entry')),
    totalResults: readCount(feed, 'totalResults'),
    startIndex: readCount(feed, 'startIndex'),
    itemsPerPage: readCount(feed, 'itemsPerPage'),
    updatedAt: parseRfc3339(childText(feed, ATOM, 'updated') ?? ''),
  };
}

function readEntries(entries: readonly XmlElement[]): Pick<AtomResponse, 'papers' | 'rejected' | 'errors'> {
  const papers: PaperRecord[] = [];
  const rejected: RejectedItem[] = [];
  const errors: AtomError[] = [];
  for (const [position, entry] of entries.entries()) {
    const id = childText(entry, ATOM, 'id')?.trim() ?? '';
    const error = ERROR.exec(id)?.[1];
    if (error !== undefined) {
      const text = toExcerpt(childText(entry, ATOM, 'summary') ?? '', ERROR_CHARS_MAX);
      errors.push({ code: toExcerpt(error), text });
      continue;
    }
    const outcome = readEntry(entry, id);
    if (outcome.kind === 'record') papers.push(outcome.record);
    else rejected.push({ position, identifier: toExcerpt(id) || null, reason: outcome.reason });
  }
  return { papers, rejected, errors };
}

function readEntry(entry: XmlElement, id: string) {
  const arxivId = parseArxivId(ABS_PAGE.exec(id)?.[1] ?? '');
  if (arxivId === null)
    return { kind: 'rejected', reason: 'the id is not an abstract page of arXiv' } as const;
  const published = parseRfc3339(childText(entry, ATOM, 'published') ?? '');
  const updated = parseRfc3339(childText(entry, ATOM, 'updated') ?? '');
  return toRecord({
    identifier: arxivId.id,
    title: childText(entry, ATOM, 'title'),
    abstract: childText(entry, ATOM, 'summary'),
    authors: readAtomAuthors(entry),
    categories: readAtomCategories(entry),
    primaryCategory: childOf(entry, ARXIV_ATOM, 'primary_category')?.attributes.get('term') ?? null,
    submittedAt: published,
    updatedAt: updated ?? published,
    versions: toVersions(arxivId.version, published, updated),
    comment: childText(entry, ARXIV_ATOM, 'comment'),
    journalReference: childText(entry, ARXIV_ATOM, 'journal_ref'),
    doi: childText(entry, ARXIV_ATOM, 'doi'),
  });
}

/** `published` is when v1 was submitted, `updated` when the version was that the id names; between them it is silent. */
function toVersions(version: number | null, published: Date | null, updated: Date | null): PaperVersion[] {
  const first = published === null ? [] : [{ version: 1, submittedAt: published }];
  return version === null || version === 1 || updated === null
    ? first
    : [...first, { version, submittedAt: updated }];
}

export function readAtomAuthors(entry: XmlElement): string[] {
  const authors = childrenOf(entry, ATOM, 'author');
  return firstAuthors(authors.map((author) => joinName(null, childText(author, ATOM, 'name'), null)));
}

export function readAtomCategories(entry: XmlElement): string[] {
  return childrenOf(entry, ATOM, 'category').map(({ attributes }) => attributes.get('term')?.trim() ?? '');
}

function readCount(feed: XmlElement, name: string): number | null {
  const text = childText(feed, OPEN_SEARCH, name)?.trim() ?? '';
  return /^\d{1,12}$/.test(text) ? Number(text) : null;
}
