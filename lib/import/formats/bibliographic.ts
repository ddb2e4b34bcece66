/**
 * What BibTeX, RIS and CSL-JSON say of a work, brought to one form. A work with an arXiv identifier is that paper;
 * one with a DOI alone is filed under it; one with neither has no name under which it could be found again.
 */

import { toRecord } from '#lib/ingest/arxiv/record.ts';
import type { RecordedItem } from '#lib/ingest/record-papers.ts';
import { findArxivId, parseArxivReference } from '#lib/papers/arxiv-id.ts';
import type { PaperRecord } from '#lib/papers/paper.ts';
import { toStorableText } from '#lib/text/storable-text.ts';
import { type FileContext, UNDATED } from '../parsed-record.ts';

export type Bibliographic = {
  readonly title: string | null;
  readonly abstract: string | null;
  readonly authors: readonly string[];
  /** Everything that may name the paper on arXiv, surest first: identifiers, addresses, `arXiv:1706.03762 [cs.CL]`. */
  readonly arxivReferences: readonly (string | null)[];
  readonly categories: readonly string[];
  readonly doi: string | null;
  readonly journalReference: string | null;
  readonly keywords: readonly string[];
  readonly publishedAt: Date | null;
  /** When the entry itself was made or last changed, where it says so. */
  readonly recordedAt: Date | null;
};

const KEYWORDS_MAX = 100;
const KEYWORD_CHARS_MAX = 200;
const LABELLED = /(?:\barxiv\s*[:.]?\s*|\babs\/)((?:[a-z.-]+\/)?\d{4}[\w.]*)/i;

/** The paper, or why there is none. */
export function toBibliographicItem(work: Bibliographic, file: FileContext): RecordedItem | string {
  const arxivId =
    work.arxivReferences.map(findReference).find((id) => id !== null) ?? findReference(work.doi);
  const outcome = toRecord({
    identifier: arxivId ?? '',
    title: work.title,
    abstract: work.abstract,
    authors: work.authors,
    categories: arxivId === null ? [] : work.categories,
    doi: work.doi,
    journalReference: work.journalReference,
    // For arXiv's papers that is the version's or the journal's date, not that of the submission.
    submittedAt: arxivId === null ? work.publishedAt : null,
  });
  if (outcome.kind === 'rejected') return outcome.reason;
  const name =
    arxivId === null ? ofDoi(outcome.record.doi) : ({ registry: 'arxiv', identifier: arxivId } as const);
  if (name === null) return 'neither an arXiv identifier nor a DOI';
  return {
    record: {
      ...outcome.record,
      ...name,
      isWithdrawn: outcome.record.isWithdrawn || null,
      keywords: toKeywords(work.keywords),
    },
    listing: null,
    observations: [],
    recordedAt: work.recordedAt ?? fallbackDate(name.registry, work, file),
  };
}

/**
 * A work that is known by its bibliographies alone is as new as the file, so that a corrected file corrects it. To an
 * arXiv paper an entry has less to say than arXiv's own metadata, however new the file: it is dated by the work.
 */
function fallbackDate(registry: PaperRecord['registry'], work: Bibliographic, file: FileContext): Date {
  const dates =
    registry === 'arxiv' ? [work.publishedAt, file.modifiedAt] : [file.modifiedAt, work.publishedAt];
  return dates.find((date) => date !== null) ?? UNDATED;
}

function ofDoi(doi: string | null): Pick<PaperRecord, 'registry' | 'identifier'> | null {
  return doi === null ? null : { registry: 'doi', identifier: doi.toLowerCase() };
}

/** In a text of several words only an identifier that is labelled counts, as `CoRR abs/1706.03762` or `arXiv:1706.03762 [cs.CL]`. */
function findReference(text: string | null): string | null {
  if (text === null) return null;
  const labelled = LABELLED.exec(text)?.[1];
  return (parseArxivReference(text) ?? (labelled === undefined ? null : findArxivId(labelled)))?.id ?? null;
}

function toKeywords(keywords: readonly string[]): string[] {
  const bare = keywords.map((keyword) => toStorableText(keyword).replace(/\s+/g, ' ').trim());
  const usable = bare.filter((keyword) => keyword !== '' && keyword.length <= KEYWORD_CHARS_MAX);
  return [...new Set(usable)].slice(0, KEYWORDS_MAX);
}
