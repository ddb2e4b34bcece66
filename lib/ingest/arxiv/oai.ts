/**
 * Answers of arXiv's OAI-PMH 2.0 interface (https://www.openarchives.org/OAI/openarchivesprotocol.html): ListRecords,
 * GetRecord, ListIdentifiers, ListSets and Identify. Every record of a page is either found or rejected with its
 * place: `records + headers + rejected` is what the page held.
 */
import { parseArxivId } from '#lib/papers/arxiv-id.ts';
import type { PaperRecord } from '#lib/papers/paper.ts';
import { toExcerpt } from '#lib/text/storable-text.ts';
import {
  childOf,
  childrenOf,
  childText,
  parseXml,
  textOf,
  type XmlElement,
  type XmlLimits,
  type XmlRejection,
} from '../xml.ts';
import { parseDay, parseRfc3339, toUtcDay } from './dates.ts';
import { readMetadata } from './oai-metadata.ts';
import type { RejectedItem } from './record.ts';
import { parseRetryNotice, type RetryNotice } from './retry-notice.ts';

/** Section 3.6 of the protocol. */
export const OAI_ERROR_CODES = [
  'badArgument',
  'badResumptionToken',
  'badVerb',
  'cannotDisseminateFormat',
  'idDoesNotExist',
  'noRecordsMatch',
  'noMetadataFormats',
  'noSetHierarchy',
] as const;
export type OaiErrorCode = (typeof OAI_ERROR_CODES)[number];

export type OaiError = {
  /** Null for a code that the protocol does not know. */
  readonly code: OaiErrorCode | null;
  readonly text: string;
};

export type OaiHeader = {
  /** Canonical arXiv identifier. */
  readonly identifier: string;
  /** UTC day of the last change, `YYYY-MM-DD`; administrative changes count. */
  readonly datestamp: string;
  readonly sets: readonly string[];
  readonly isDeleted: boolean;
};

/** `paper` is null exactly where the header says deleted. */
export type OaiRecord = { readonly header: OaiHeader; readonly paper: PaperRecord | null };

export type ResumptionToken = {
  /** Null on the last page of a list. */
  readonly token: string | null;
  readonly completeListSize: number | null;
  /** Records before this page. arXiv gives neither count since March 2025. */
  readonly cursor: number | null;
  readonly expiresAt: Date | null;
};

export type OaiSet = { readonly spec: string; readonly name: string };

export type OaiIdentity = {
  readonly repositoryName: string | null;
  readonly baseUrl: string | null;
  /** `YYYY-MM-DD`. */
  readonly earliestDatestamp: string | null;
  readonly deletedRecord: string | null;
  readonly granularity: string | null;
};

export type OaiResponse = {
  readonly kind: 'response';
  /** The next harvest's `from` is best taken from here. */
  readonly responseDate: Date | null;
  /** Of ListRecords and GetRecord. */
  readonly records: readonly OaiRecord[];
  /** Of ListIdentifiers. */
  readonly headers: readonly OaiHeader[];
  readonly sets: readonly OaiSet[];
  readonly identity: OaiIdentity | null;
  readonly rejected: readonly RejectedItem[];
  /** Null where the answer has no such element: its list is whole. */
  readonly resumptionToken: ResumptionToken | null;
  readonly errors: readonly OaiError[];
};

const ERROR_CHARS_MAX = 1_000;
const OAI = 'http://www.openarchives.org/OAI/2.0/';
const IDENTIFIER_PREFIX = /^oai:arxiv\.org:/i;

/** Never throws. A document that is cut, damaged, or no OAI answer is rejected as a whole: ask for that page again. */
export function parseOaiResponse(
  body: string | Uint8Array,
  limits?: XmlLimits,
): OaiResponse | RetryNotice | XmlRejection {
  const notice = parseRetryNotice(body);
  if (notice !== null) return notice;
  const parsed = parseXml(body, limits);
  if (parsed.kind === 'rejected') return parsed;
  const { root } = parsed;
  if (root.namespace !== OAI || root.name !== 'OAI-PMH')
    return refuse(`<${toExcerpt(root.name)}> is no OAI-PMH answer`);
  const answer = readAnswer(root);
  return answer ?? refuse('neither an answer nor an error');
}

const EMPTY_LISTS = {
  records: [],
  headers: [],
  sets: [],
  identity: null,
  rejected: [],
  resumptionToken: null,
};

function readAnswer(root: XmlElement): OaiResponse | null {
  const common = {
    kind: 'response' as const,
    responseDate: parseRfc3339(childText(root, OAI, 'responseDate') ?? ''),
    errors: childrenOf(root, OAI, 'error').map(readError),
    ...EMPTY_LISTS,
  };
  const list = childOf(root, OAI, 'ListRecords') ?? childOf(root, OAI, 'GetRecord');
  if (list !== null) {
    const { found, rejected } = readEach(childrenOf(list, OAI, 'record'), readRecord);
    return { ...common, records: found, rejected, resumptionToken: readToken(list) };
  }
  const identifiers = childOf(root, OAI, 'ListIdentifiers');
  if (identifiers !== null) {
    const { found, rejected } = readEach(childrenOf(identifiers, OAI, 'header'), readHeader);
    return { ...common, headers: found, rejected, resumptionToken: readToken(identifiers) };
  }
  const sets = childOf(root, OAI, 'ListSets');
  if (sets !== null) {
    return {
      ...common,
      sets: childrenOf(sets, OAI, 'set').flatMap(readSet),
      resumptionToken: readToken(sets),
    };
  }
  const identity = childOf(root, OAI, 'Identify');
  if (identity !== null) return { ...common, identity: readIdentity(identity) };
  return common.errors.length > 0 ? common : null;
}

type Read<T> =
  | { readonly kind: 'found'; readonly value: T }
  | { readonly kind: 'rejected'; readonly reason: string };

function readEach<T>(
  elements: readonly XmlElement[],
  read: (element: XmlElement) => Read<T>,
): { found: T[]; rejected: RejectedItem[] } {
  const found: T[] = [];
  const rejected: RejectedItem[] = [];
  for (const [position, element] of elements.entries()) {
    const outcome = read(element);
    if (outcome.kind === 'found') found.push(outcome.value);
    else rejected.push({ position, identifier: rawIdentifier(element), reason: outcome.reason });
  }
  return { found, rejected };
}

function rawIdentifier(element: XmlElement): string | null {
  const header = childOf(element, OAI, 'header') ?? element;
  const identifier = childText(header, OAI, 'identifier');
  return identifier === null ? null : toExcerpt(identifier);
}

function readRecord(element: XmlElement): Read<OaiRecord> {
  const headerElement = childOf(element, OAI, 'header');
  if (headerElement === null) return { kind: 'rejected', reason: 'no header' };
  const header = readHeader(headerElement);
  if (header.kind === 'rejected') return header;
  if (header.value.isDeleted) return { kind: 'found', value: { header: header.value, paper: null } };
  const metadata = childOf(element, OAI, 'metadata');
  if (metadata === null) return { kind: 'rejected', reason: 'no metadata' };
  const outcome = readMetadata(metadata, header.value);
  return outcome.kind === 'rejected'
    ? outcome
    : { kind: 'found', value: { header: header.value, paper: outcome.record } };
}

function readHeader(element: XmlElement): Read<OaiHeader> {
  const identifier = childText(element, OAI, 'identifier')?.trim() ?? '';
  const arxivId = IDENTIFIER_PREFIX.test(identifier)
    ? parseArxivId(identifier.replace(IDENTIFIER_PREFIX, ''))
    : null;
  if (arxivId === null || arxivId.version !== null) {
    return { kind: 'rejected', reason: 'the identifier is not one of arXiv' };
  }
  const stamp = childText(element, OAI, 'datestamp') ?? '';
  const modifiedAt = parseDay(stamp) ?? parseRfc3339(stamp);
  if (modifiedAt === null) return { kind: 'rejected', reason: 'the datestamp is not a date' };
  const sets = childrenOf(element, OAI, 'setSpec').map((set) => textOf(set).trim());
  const isDeleted = element.attributes.get('status') === 'deleted';
  const header = { identifier: arxivId.id, datestamp: toUtcDay(modifiedAt), sets, isDeleted };
  return { kind: 'found', value: header };
}

function readToken(list: XmlElement): ResumptionToken | null {
  const element = childOf(list, OAI, 'resumptionToken');
  if (element === null) return null;
  const token = textOf(element).trim();
  return {
    token: token === '' ? null : token,
    completeListSize: toCount(element.attributes.get('completeListSize')),
    cursor: toCount(element.attributes.get('cursor')),
    expiresAt: parseRfc3339(element.attributes.get('expirationDate') ?? ''),
  };
}

function toCount(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,12}$/.test(text) ? Number(text) : null;
}

function readError(element: XmlElement): OaiError {
  const code = OAI_ERROR_CODES.find((known) => known === element.attributes.get('code')) ?? null;
  return { code, text: toExcerpt(textOf(element), ERROR_CHARS_MAX) };
}

function readSet(element: XmlElement): OaiSet[] {
  const spec = childText(element, OAI, 'setSpec')?.trim() ?? '';
  return spec === '' ? [] : [{ spec, name: childText(element, OAI, 'setName')?.trim() ?? spec }];
}

function readIdentity(element: XmlElement): OaiIdentity {
  const text = (name: string) => childText(element, OAI, name)?.trim() ?? null;
  return {
    repositoryName: text('repositoryName'),
    baseUrl: text('baseURL'),
    earliestDatestamp: text('earliestDatestamp'),
    deletedRecord: text('deletedRecord'),
    granularity: text('granularity'),
  };
}

/** Wrong as a whole, so no line is to blame. */
function refuse(reason: string): XmlRejection {
  return { kind: 'rejected', reason, line: 1, column: 1 };
}
