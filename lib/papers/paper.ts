/**
 * A paper: one work, all its versions together.
 *
 * `PaperRecord` is what one source says of a paper at one time; the store merges records into papers.
 * Title and abstract stay as received, TeX and all; plain and HTML forms are derived (tex.ts).
 */
import { toDay } from './day.ts';

/** Where a paper's identifier comes from. Only arXiv papers have abs and PDF pages we can link to. */
export type Registry = 'arxiv' | 'doi';

export type LinkKind = 'repository' | 'project';

export type PaperLink = {
  readonly kind: LinkKind;
  /** Absolute http(s) URL. */
  readonly url: string;
  /** Who named it: the source (`huggingface`, `sample`, …) or `abstract` where we found it in the text. */
  readonly origin: string;
};

export type PaperVersion = { readonly version: number; readonly submittedAt: Date };

/** What one source says of a paper. Null or empty means that this source does not say, never that there is none. */
export type PaperRecord = {
  readonly registry: Registry;
  /** Canonical within its archive: an arXiv id without version, a lower-cased DOI. */
  readonly identifier: string;
  readonly title: string;
  readonly abstract: string;
  /** In the order of the paper. */
  readonly authors: readonly string[];
  /** As arXiv names them, primary first. */
  readonly categories: readonly string[];
  readonly primaryCategory: string | null;
  /** Submission of v1. */
  readonly submittedAt: Date | null;
  /** Submission of the newest version. */
  readonly updatedAt: Date | null;
  readonly comment: string | null;
  readonly journalReference: string | null;
  readonly doi: string | null;
  /** Licence URL. */
  readonly license: string | null;
  /** Null where the source does not say. */
  readonly isWithdrawn: boolean | null;
  readonly keywords: readonly string[];
  readonly versions: readonly PaperVersion[];
  readonly links: readonly PaperLink[];
};

/**
 * Sources in rising order of authority: where two sources differ on a title, the later one here wins;
 * within one source the newer record wins.
 */
export const SOURCES = ['sample', 'huggingface', 'import', 'arxiv'] as const;
export type Source = (typeof SOURCES)[number];

/** A paper as pages, feeds and mails see it. */
export type Paper = Omit<PaperRecord, 'versions' | 'isWithdrawn'> & {
  readonly isWithdrawn: boolean;
  /** Database key; never shown. */
  readonly key: number;
  readonly titleText: string;
  readonly abstractText: string;
  readonly versions: readonly PaperVersion[];
  /** First day on any list, `YYYY-MM-DD`. */
  readonly firstListedOn: string | null;
  readonly signals: LatestSignals;
};

/** The newest value of each kind of signal; absent where never observed. */
export type LatestSignals = { readonly [kind in SignalKind]?: number };

export const SIGNAL_KINDS = ['upvotes', 'comments', 'stars', 'forks', 'citations'] as const;
export type SignalKind = (typeof SIGNAL_KINDS)[number];

/** One observation of a signal. Append-only: any past ranking can be replayed from these. */
export type Observation = {
  readonly kind: SignalKind;
  readonly value: number;
  readonly observedAt: Date;
};

/** Lists a paper can stand on. */
export const LISTS = ['huggingface', 'arxiv', 'sample'] as const;
export type ListName = (typeof LISTS)[number];

/** How a list announced a paper. */
export type AnnouncementKind = 'new' | 'cross-list' | 'replacement';

export type Listing = {
  /** `YYYY-MM-DD`, the day as the list names it. */
  readonly listedOn: string;
  readonly list: ListName;
  readonly kind: AnnouncementKind;
  /** 0-based place in the list as received; null where the list has no order. */
  readonly position: number | null;
  /** Display name of the person who put it on the list. */
  readonly submittedBy: string | null;
  /** True where the day was reckoned from the submission date because nobody told it. */
  readonly isEstimated?: boolean;
};

/** The day for which a paper counts: its first on any list, or that of its submission; null where neither is known. */
export function cameOutOn(paper: Pick<Paper, 'firstListedOn' | 'submittedAt'>): string | null {
  return paper.firstListedOn ?? (paper.submittedAt && toDay(paper.submittedAt));
}

/** The path of a paper's page: `/papers/1706.03762`, `/papers/hep-th/9901001`, `/papers/doi:10.1000/182`. */
export function paperPath(paper: Pick<Paper, 'registry' | 'identifier'>): string {
  const prefix = paper.registry === 'arxiv' ? '' : `${paper.registry}:`;
  return `/papers/${prefix}${paper.identifier.split('/').map(encodeURIComponent).join('/')}`;
}
