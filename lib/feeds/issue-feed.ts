/** The archive of the trending edition as a feed: one entry for each day, with all of the day's papers in it. */

import { escapeHtml } from '#lib/escape.ts';
import type { Paper } from '#lib/papers/paper.ts';
import { paperPath } from '#lib/papers/paper.ts';
import { texToFeedHtml } from '#lib/tex/tex.ts';
import type { Feed, FeedEntry, FeedSubject } from './feed.ts';

export type FeedIssue = {
  /** `YYYY-MM-DD`. */
  readonly editionOn: string;
  /** For people: `Wednesday, 12 March 2025`. */
  readonly dateLong: string;
  readonly papers: readonly { readonly paper: Paper; readonly reason: string | null }[];
};

/** `issues` newest first. */
export function toIssueFeed(subject: FeedSubject, issues: readonly FeedIssue[]): Feed {
  const entries = issues.map((issue) => toEntry(issue, subject.baseUrl));
  return { ...subject, entries, updatedAt: entries[0]?.publishedAt ?? new Date(0) };
}

/** Its address is its identity: what trended here is this instance's own. */
function toEntry({ editionOn, dateLong, papers }: FeedIssue, baseUrl: string): FeedEntry {
  const url = `${baseUrl}/issues/${editionOn}`;
  const lead = papers[0]?.paper.titleText;
  return {
    id: url,
    url,
    title: lead === undefined ? dateLong : `${dateLong}: ${lead}`,
    html: papers.map((one) => toHtml(one, baseUrl)).join(''),
    publishedAt: new Date(`${editionOn}T00:00:00Z`),
    authors: [],
    categories: [],
  };
}

/** As the mail of the day shows it: title, authors, why it trended, abstract. */
function toHtml({ paper, reason }: FeedIssue['papers'][number], baseUrl: string): string {
  const url = escapeHtml(baseUrl + paperPath(paper));
  const title = escapeHtml(paper.titleText || paper.identifier);
  const words = [paper.authors.join(', '), reason ?? ''].filter(Boolean).map(escapeHtml);
  const byline = words.length === 0 ? '' : `<p><em>${words.join('. ')}</em></p>`;
  return `<h3><a href="${url}">${title}</a></h3>${byline}${texToFeedHtml(paper.abstract)}`;
}
