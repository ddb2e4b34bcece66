/** A list of papers as a feed: what is in it, whatever format it is written in. */

import { escapeHtml } from '#lib/escape.ts';
import { absUrl, pdfUrl } from '#lib/papers/arxiv-id.ts';
import { categoryName } from '#lib/papers/category.ts';
import { doiUrl } from '#lib/papers/doi.ts';
import { type Paper, paperPath } from '#lib/papers/paper.ts';
import { texToFeedHtml } from '#lib/tex/tex.ts';

/** What a feed is of. Paths begin with a slash; `baseUrl` ends without one. */
export type FeedSubject = {
  readonly baseUrl: string;
  readonly title: string;
  readonly description: string;
  /** The page that shows the same papers. */
  readonly pagePath: string;
  /** The feed's own address without its ending, `/feeds/list/cs.CL`; and the query, where it has one. */
  readonly feedPath: string;
  readonly query?: string;
};

/** A paper and the day it counts for in this feed, `YYYY-MM-DD`; null puts it last, dated by its submission. */
export type FeedPaper = { readonly paper: Paper; readonly listedOn: string | null };

export type FeedEntry = {
  /** The same in every feed and on every instance, and never another's. */
  readonly id: string;
  readonly url: string;
  /** Plain text. */
  readonly title: string;
  readonly html: string;
  readonly publishedAt: Date;
  readonly authors: readonly string[];
  readonly categories: readonly { readonly term: string; readonly label: string }[];
};

export type Feed = FeedSubject & {
  readonly entries: readonly FeedEntry[];
  /** Of the newest entry; the epoch's beginning for a feed without any. */
  readonly updatedAt: Date;
};

export function toFeed(subject: FeedSubject, papers: readonly FeedPaper[]): Feed {
  const entries = papers.map((paper) => toEntry(paper, subject.baseUrl));
  // Stable: papers of one day keep the order of their list.
  const sorted = entries.toSorted((a, b) => b.publishedAt.getTime() - a.publishedAt.getTime());
  const seen = new Set<string>();
  const unique = sorted.filter(({ id }) => !seen.has(id) && seen.add(id));
  return { ...subject, entries: unique, updatedAt: unique[0]?.publishedAt ?? new Date(0) };
}

/**
 * Readers remember entries by this for ever, so it names the work, not the place where it was read: an instance that
 * moves to another address must not show everything as new.
 */
export function entryId({ registry, identifier }: Pick<Paper, 'registry' | 'identifier'>): string {
  return registry === 'arxiv' ? absUrl(identifier) : doiUrl(identifier);
}

function toEntry({ paper, listedOn }: FeedPaper, baseUrl: string): FeedEntry {
  const url = baseUrl + paperPath(paper);
  return {
    id: entryId(paper),
    url,
    title: paper.titleText || paper.identifier,
    html: toHtml(paper, url),
    publishedAt: listedOn === null ? (paper.submittedAt ?? new Date(0)) : new Date(`${listedOn}T00:00:00Z`),
    authors: paper.authors,
    categories: paper.categories.map((term) => ({ term, label: categoryName(term) ?? term })),
  };
}

/** Authors, abstract and where to read on. Nothing that changes by itself, which readers would show as an update. */
function toHtml(paper: Paper, url: string): string {
  const authors = paper.authors.length === 0 ? '' : `<p><em>${escapeHtml(paper.authors.join(', '))}</em></p>`;
  const withdrawn = paper.isWithdrawn ? '<p><strong>Withdrawn.</strong></p>' : '';
  const comment = paper.comment === null ? '' : texToFeedHtml(paper.comment).replace(/^<p>/, '<p>Comment: ');
  const links = listLinks(paper, url).map(([label, href]) => `<a href="${escapeHtml(href)}">${label}</a>`);
  return `${authors}${withdrawn}${texToFeedHtml(paper.abstract)}${comment}<p>${links.join(' · ')}</p>`;
}

function listLinks(paper: Paper, url: string): [label: string, href: string][] {
  const { registry, identifier } = paper;
  const own: [string, string][] =
    registry === 'arxiv'
      ? [
          ['arXiv', absUrl(identifier)],
          ['PDF', pdfUrl(identifier)],
        ]
      : [['DOI', doiUrl(identifier)]];
  const found = paper.links
    .filter((link) => /^https?:\/\//i.test(link.url))
    .map((link): [string, string] => [link.kind === 'repository' ? 'Code' : 'Project', link.url]);
  return [['On this site', url], ...own, ...found, ['BibTeX', `${url}.bib`]];
}

/** One day of the trending edition, which is one entry of its feed, with all of the day's papers in it. */
export type FeedIssue = {
  /** `YYYY-MM-DD`. */
  readonly editionOn: string;
  /** For people: `Wednesday, 12 March 2025`. */
  readonly dateLong: string;
  readonly papers: readonly { readonly paper: Paper; readonly reason: string | null }[];
};

/** `issues` newest first. */
export function toIssueFeed(subject: FeedSubject, issues: readonly FeedIssue[]): Feed {
  const entries = issues.map((issue) => toIssueEntry(issue, subject.baseUrl));
  return { ...subject, entries, updatedAt: entries[0]?.publishedAt ?? new Date(0) };
}

/** Its address is its identity: what trended here is this instance's own. */
function toIssueEntry({ editionOn, dateLong, papers }: FeedIssue, baseUrl: string): FeedEntry {
  const url = `${baseUrl}/issues/${editionOn}`;
  const lead = papers[0]?.paper.titleText;
  return {
    id: url,
    url,
    title: lead === undefined ? dateLong : `${dateLong}: ${lead}`,
    html: papers.map((one) => toIssueHtml(one, baseUrl)).join(''),
    publishedAt: new Date(`${editionOn}T00:00:00Z`),
    authors: [],
    categories: [],
  };
}

/** As the mail of the day shows it: title, authors, why it trended, abstract. */
function toIssueHtml({ paper, reason }: FeedIssue['papers'][number], baseUrl: string): string {
  const url = escapeHtml(baseUrl + paperPath(paper));
  const title = escapeHtml(paper.titleText || paper.identifier);
  const words = [paper.authors.join(', '), reason ?? ''].filter(Boolean).map(escapeHtml);
  const byline = words.length === 0 ? '' : `<p><em>${words.join('. ')}</em></p>`;
  return `<h3><a href="${url}">${title}</a></h3>${byline}${texToFeedHtml(paper.abstract)}`;
}
