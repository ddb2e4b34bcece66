/** What an issue says, in the words of its mail: papers, date, terms and links. */

import type { DigestInput } from '#emails/digest.ts';
import type { DigestPaper } from '#emails/story.ts';
import type { SiteWords } from '#lib/mail/sending/attempt.ts';
import { absUrl, pdfUrl } from '#lib/papers/arxiv-id.ts';
import { categoryName } from '#lib/papers/category.ts';
import { doiUrl } from '#lib/papers/doi.ts';
import { type Paper, paperPath } from '#lib/papers/paper.ts';
import type { Schedule } from '#lib/subscriptions/schedule.ts';
import { describeSchedule, describeTopics, type Topics } from '#lib/subscriptions/subscription.ts';
import { toLinkToken } from '#lib/subscriptions/token.ts';

const WEB = /^https?:\/\//i;
const EDITION_CHARS_MAX = 60;

const long = new Intl.DateTimeFormat('en-GB', {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  timeZone: 'UTC',
});
const short = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });

/** `reason`: why it is here, where anything is known of that. */
export function toDigestPaper(paper: Paper, reason: string | null, baseUrl: string): DigestPaper {
  const { registry, identifier, primaryCategory } = paper;
  const code = paper.links.find(({ kind, url }) => kind === 'repository' && WEB.test(url));
  const own =
    registry === 'arxiv'
      ? [
          { label: 'arXiv', url: absUrl(identifier) },
          { label: 'PDF', url: pdfUrl(identifier) },
        ]
      : [{ label: 'DOI', url: doiUrl(identifier) }];
  return {
    title: paper.titleText,
    authors: paper.authors,
    category: primaryCategory === null ? null : (categoryName(primaryCategory) ?? primaryCategory),
    reason,
    abstract: paper.abstractText,
    url: `${baseUrl}${paperPath(paper)}`,
    links: [...own, ...(code === undefined ? [] : [{ label: 'Code', url: code.url }])],
  };
}

export type IssueLinks = Pick<DigestInput, 'webCopyUrl' | 'manageUrl' | 'unsubscribeUrl'> & {
  /** Takes the one-click POST of RFC 8058. */
  readonly oneClickUrl: string;
};

export function linksOf(
  issue: { id: number; subscriptionId: number; subscriberId: number },
  { secret, baseUrl }: { secret: string; baseUrl: string },
): IssueLinks {
  const leave = toLinkToken(secret, 'unsubscribe', issue.subscriptionId);
  return {
    webCopyUrl: `${baseUrl}/issues/${toLinkToken(secret, 'issue', issue.id)}`,
    manageUrl: `${baseUrl}/manage/${toLinkToken(secret, 'manage', issue.subscriberId)}`,
    unsubscribeUrl: `${baseUrl}/unsubscribe/${leave}`,
    oneClickUrl: `${baseUrl}/api/unsubscribe/${leave}`,
  };
}

export function toDigestInput(
  issue: {
    editionOn: string;
    topics: Topics & Schedule;
    papers: readonly DigestPaper[];
    matching: number;
    note: string | null;
    links: IssueLinks;
  },
  site: SiteWords,
): DigestInput {
  const day = new Date(`${issue.editionOn}T00:00:00Z`);
  const { oneClickUrl: _oneClickUrl, ...links } = issue.links;
  return {
    masthead: site.masthead,
    edition: editionName(issue.topics),
    dateLong: long.format(day),
    dateShort: short.format(day),
    papers: issue.papers,
    matchingCount: Math.max(issue.matching, issue.papers.length),
    notice: issue.note,
    terms: describeTerms(issue.topics),
    siteUrl: site.baseUrl,
    ...links,
  };
}

/** Short enough for a subject. */
export function editionName(topics: Topics): string {
  const name = describeTopics(topics);
  return name.length <= EDITION_CHARS_MAX ? name : `${name.slice(0, EDITION_CHARS_MAX - 1).trimEnd()}…`;
}

/** `You are subscribed to trending papers, every day at 07:00 (Europe/Berlin).` */
export function describeTerms(topics: Topics & Schedule): string {
  const what = describeTopics(topics);
  const when = describeSchedule(topics);
  return `You are subscribed to ${lowered(what)}, ${lowered(when).replace(/, ([^,]+)$/, ' ($1)')}.`;
}

/** Names of categories and days keep their capitals. */
function lowered(text: string): string {
  return /^(Trending|Every)\b/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}
