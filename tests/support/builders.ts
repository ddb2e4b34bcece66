/** Rows for tests: only the fields that matter appear in the test. */

import type { RecordedItem } from '#lib/ingest/record-papers.ts';
import type { Listing, Observation, PaperRecord } from '#lib/papers/paper.ts';
import type { ListedPaper } from '#lib/papers/store.ts';
import { texToText } from '#lib/tex/tex.ts';

export function aRecord(fields: Partial<PaperRecord> = {}): PaperRecord {
  return {
    registry: 'arxiv',
    identifier: '2603.00001',
    title: 'A Title',
    abstract: 'An abstract.',
    authors: ['Ada Lovelace'],
    categories: [],
    primaryCategory: null,
    submittedAt: null,
    updatedAt: null,
    comment: null,
    journalReference: null,
    doi: null,
    license: null,
    isWithdrawn: false,
    keywords: [],
    versions: [],
    links: [],
    ...fields,
  };
}

export function anItem(
  fields: Partial<PaperRecord> & { listing?: Partial<Listing>; observations?: readonly Observation[] },
): RecordedItem {
  const { listing, observations, ...record } = fields;
  return {
    record: aRecord(record),
    listing:
      listing === undefined
        ? null
        : {
            listedOn: '2026-03-02',
            list: 'huggingface',
            kind: 'new',
            position: null,
            submittedBy: null,
            ...listing,
          },
    observations: observations ?? [],
  };
}

/** A paper as the store gives it; the texts are those of its title and abstract. */
export function aListedPaper(fields: Partial<ListedPaper> = {}): ListedPaper {
  const { versions, isWithdrawn: _unsaid, ...record } = aRecord();
  const paper = { ...record, versions, isWithdrawn: false, key: 1, listings: [], signals: {}, ...fields };
  return {
    titleText: texToText(paper.title),
    abstractText: texToText(paper.abstract),
    firstListedOn: paper.listings[0]?.listedOn ?? null,
    ...paper,
  };
}
