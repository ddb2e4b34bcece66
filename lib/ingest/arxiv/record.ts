/**
 * What arXiv says of a paper, whichever way it says it, as one `PaperRecord`: OAI-PMH, Atom API and announcement feeds
 * all end here, so that the same paper heard of three times is the same record.
 */
import { extractLinks } from '#lib/papers/abstract-links.ts';
import { isArchive, isCategory } from '#lib/papers/category.ts';
import { parseDoi } from '#lib/papers/doi.ts';
import type { PaperRecord, PaperVersion } from '#lib/papers/paper.ts';
import { toStorableText } from '#lib/text/storable-text.ts';

/** One item of an answer that became no record. */
export type RejectedItem = {
  /** 0-based place among the items of the answer. */
  readonly position: number;
  /** What it calls itself, as far as that can be told. */
  readonly identifier: string | null;
  readonly reason: string;
};

/** As read, but for white space and TeX in names; null or empty where the format does not say. */
export type ArxivFields = {
  /** Canonical, without version. */
  readonly identifier: string;
  readonly title: string | null;
  readonly abstract: string | null;
  readonly authors: readonly string[];
  /** Anything among them that is no arXiv category (ACM and MSC classes) is dropped. */
  readonly categories: readonly string[];
  /** Where the format names it apart; else it is the first of the categories. */
  readonly primaryCategory?: string | null;
  readonly submittedAt?: Date | null;
  readonly updatedAt?: Date | null;
  readonly versions?: readonly PaperVersion[];
  readonly comment?: string | null;
  readonly journalReference?: string | null;
  readonly doi?: string | null;
  readonly license?: string | null;
  /** True where the format itself says so; what comment and abstract say is read here. */
  readonly isMarkedWithdrawn?: boolean;
};

export type RecordOutcome =
  | { readonly kind: 'record'; readonly record: PaperRecord }
  | { readonly kind: 'rejected'; readonly reason: string };

/** arXiv allows 1,920 characters of abstract; ten times that is no abstract, and would not fit a search index. */
const ABSTRACT_CHARS_MAX = 20_000;
const TITLE_CHARS_MAX = 2_000;
const NOTE_CHARS_MAX = 5_000;
const CATEGORIES_MAX = 50;

export function toRecord(fields: ArxivFields): RecordOutcome {
  const title = toLine(fields.title);
  if (title === null) return { kind: 'rejected', reason: 'no title' };
  if (title.length > TITLE_CHARS_MAX)
    return { kind: 'rejected', reason: `title of ${title.length} characters` };
  const abstract = unwrapAbstract(fields.abstract ?? '');
  if (abstract.length > ABSTRACT_CHARS_MAX) {
    return { kind: 'rejected', reason: `abstract of ${abstract.length} characters` };
  }
  const comment = toNote(fields.comment);
  const categories = toCategories(fields.categories, fields.primaryCategory ?? null);
  const versions = toVersions(fields.versions ?? []);
  const record: PaperRecord = {
    registry: 'arxiv',
    identifier: fields.identifier,
    title,
    abstract,
    authors: fields.authors,
    categories,
    primaryCategory: categories[0] ?? null,
    submittedAt: versions.find(({ version }) => version === 1)?.submittedAt ?? fields.submittedAt ?? null,
    updatedAt: versions.at(-1)?.submittedAt ?? fields.updatedAt ?? null,
    comment,
    journalReference: toNote(fields.journalReference),
    doi: toDoi(fields.doi),
    license: toLicense(fields.license),
    isWithdrawn: fields.isMarkedWithdrawn === true || saysWithdrawn(comment ?? '') || saysWithdrawn(abstract),
    keywords: [],
    versions,
    // Before line breaks are gone, since some of them are within an address.
    links: extractLinks(fields.abstract ?? '', fields.comment ?? null),
  };
  return { kind: 'record', record };
}

/** White space other than a single ordinary space: to replace only this is three times as fast as to replace all. */
const RAGGED_SPACE = /\s{2,}|[^\S ]/g;

/**
 * An abstract without the line breaks that only fit it into 80 columns: some of arXiv's formats wrap it, others do
 * not, and one paper must not change with the way it came. A line that is indented more than its fellows begins a
 * paragraph, as does one after an empty line; paragraphs stand on lines of their own.
 */
export function unwrapAbstract(text: string): string {
  const lines = toStorableText(text)
    .trim()
    .split(/\r\n?|\n/);
  const indents = lines.slice(1).map(indentOf);
  const margin = Math.min(...indents.filter((indent) => indent !== null));
  const paragraphs: string[][] = [[]];
  for (const [index, line] of lines.entries()) {
    const indent = indents[index - 1];
    if (indent === null || (indent !== undefined && indent > margin)) paragraphs.push([]);
    paragraphs.at(-1)?.push(line);
  }
  return paragraphs
    .map((paragraph) => paragraph.join(' ').replace(RAGGED_SPACE, ' ').trim())
    .filter((paragraph) => paragraph !== '')
    .join('\n');
}

/** Null for an empty line, which has none. */
function indentOf(line: string): number | null {
  const indent = line.search(/\S/);
  return indent === -1 ? null : indent;
}

/** On one line; null when there is nothing on it. */
function toLine(text: string | null | undefined): string | null {
  const line = toStorableText(text ?? '')
    .replace(RAGGED_SPACE, ' ')
    .trim();
  return line === '' ? null : line;
}

function toNote(text: string | null | undefined): string | null {
  return toLine(text)?.slice(0, NOTE_CHARS_MAX).toWellFormed().trim() ?? null;
}

function toCategories(given: readonly string[], primary: string | null): string[] {
  const all = primary === null ? given : [primary, ...given];
  return [...new Set(all.filter(isLikeCategory))].slice(0, CATEGORIES_MAX);
}

/** Known, or what a category founded after this list was made would look like: cs.XX. */
function isLikeCategory(text: string): boolean {
  const archive = /^([a-z-]+)\.(?:[A-Za-z]{2}|[a-z]+-[a-z]+)$/.exec(text)?.[1];
  return isCategory(text) || (archive !== undefined && isArchive(archive));
}

function toVersions(versions: readonly PaperVersion[]): PaperVersion[] {
  const byNumber = new Map(versions.map((version) => [version.version, version]));
  return [...byNumber.values()].sort((one, other) => one.version - other.version);
}

/** The DOI that arXiv itself gives every paper says nothing new. */
const OWN_DOI = /^10\.48550\//i;

/** The first that is one: authors give several, separated by spaces. */
function toDoi(text: string | null | undefined): string | null {
  const candidates = (toLine(text) ?? '').split(/[\s,;]+(?=10\.|doi|http|$)/i);
  const dois = candidates.flatMap((candidate) => parseDoi(candidate) ?? []);
  return dois.find((doi) => !OWN_DOI.test(doi)) ?? null;
}

function toLicense(text: string | null | undefined): string | null {
  const license = toLine(text);
  return license !== null && /^https?:\/\/[\x21-\x7e]{3,200}$/.test(license) ? license : null;
}

/**
 * Whether a paper says of itself that it is withdrawn. arXiv has no such field outside arXivRaw (the newest version's
 * source type `I`): a withdrawal is a new version whose comment gives the reason
 * (https://info.arxiv.org/help/withdraw.html), in older papers its abstract.
 *
 * Conservative, for no reader may be told wrongly that a paper is withdrawn: only what is said of this paper, as done,
 * counts. Plans, wishes, other papers, parts of this one and withdrawals from a journal or conference do not.
 */

const THING =
  '(?:paper|article|submission|manuscript|preprint|pre-print|e-?print|work|note|document|upload|report|thesis|draft)';
const BY =
  '(?:by\\s+(?:(?:the|all|first|corresponding)\\s+)*(?:co-?)?authors?\\b(?!\\s+after)|by arxiv|at the request of)';
const BECAUSE = '(?:due|because|as|since|for|in favou?r|owing|on account)\\b';

/** `This paper has been withdrawn`, `The arXiv submission is hereby withdrawn`. */
const STATED = `(?:this|the|our)\\s+(?:arxiv\\s+)?(?:${THING}\\s+)?(?:has|have|had|is|was)\\s+(?:(?:now|been|being|hereby|temporarily)\\s+)*withdrawn`;
/** `Withdrawn.`, `Paper withdrawn due to …`, `WITHDRAWN by the author`. */
const LABELLED = `(?:(?:this\\s+)?(?:arxiv\\s+)?${THING}\\s+)?withdrawn(?=\\s*(?:$|[.,;:)\\]!-]|${BECAUSE}|${BY}))`;
const BY_AUTHORS = `the\\s+authors?\\s+ha(?:s|ve)\\s+withdrawn\\s+(?:this|the)\\s+${THING}`;
/** The paper is still there, withdrawn from something else. */
const NOT_FROM = '(?!\\s+(?:from|at)\\s+(?!(?:the\\s+)?(?:arxiv|request)))';

/** Comments begin their sentences after a full stop, a count of pages, or nothing at all. */
const SENTENCE_START = '(?:^|[.;:!?)\\]"]\\s*|\\b(?:pages?|figures?|figs?|tables?)\\s+)[\\s*([<"\'-]*';
const SENTENCE = new RegExp(`${SENTENCE_START}(?:${STATED}|${LABELLED}|${BY_AUTHORS})${NOT_FROM}`, 'i');
/** Set phrases that are clear wherever they stand. */
const SET_PHRASE =
  /\bThis (?:paper|article|submission|manuscript|preprint) has been withdrawn (?:by|at the request of) (?:the|all|arXiv)\b|\bsubmission has been withdrawn by arXiv admin/;

/** Longer texts than any comment or abstract of arXiv's are read this far. */
const CHARS_MAX = 5_000;

/** In all of the above. */
const WORD = /withdrawn/i;

export function saysWithdrawn(text: string): boolean {
  if (!WORD.test(text)) return false;
  const sentences = text.slice(0, CHARS_MAX).replace(/\s+/g, ' ').trim();
  return SENTENCE.test(sentences) || SET_PHRASE.test(sentences);
}
