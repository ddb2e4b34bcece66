/** Makes mails of claimed issues. Papers of a day are looked up once and stand in many issues. */

import { renderDigest } from '#emails/digest.ts';
import type { DigestPaper } from '#emails/story.ts';
import { type Address, parseAddress } from '#lib/mail/address.ts';
import { composeMail, type OutgoingMail } from '#lib/mail/message.ts';
import { toMessageToken } from '#lib/mail/return-path.ts';
import type { SendDeps } from '#lib/mail/sending/attempt.ts';
import type { Subscription } from '#lib/subscriptions/subscription.ts';
import { linksOf, toDigestInput, toDigestPaper } from './content.ts';
import type { ClaimedIssue } from './issue.ts';
import { listEditionReasons, listPapersOfIssues, listSubscriptionsById } from './issue-store.ts';

type RenderDeps = Pick<SendDeps, 'db' | 'site' | 'identity'>;

/** `edition key` → the paper as mails show it. Bounded: emptied when it is full. */
export type RenderCache = Map<string, DigestPaper>;

/** Some 3 KB each, and their rendered forms a few times that. */
const CACHED_MAX = 2_000;

export type PreparedIssue = {
  readonly issue: ClaimedIssue;
  /** Makes the mail, of what has been looked up: late, since a hundred mails that wait are megabytes. */
  readonly write: () => OutgoingMail;
};

/** In the order given. One whose subscription is gone is left out, and so is one whose address cannot be mailed. */
export async function renderIssues(
  deps: RenderDeps,
  cache: RenderCache,
  issues: readonly ClaimedIssue[],
): Promise<PreparedIssue[]> {
  if (cache.size > CACHED_MAX) cache.clear();
  await fillCache(deps, cache, issues);
  const subscriptions = await listSubscriptionsById(
    deps.db,
    issues.map(({ subscriptionId }) => subscriptionId),
  );
  return issues.flatMap((issue) => {
    const subscription = subscriptions.get(issue.subscriptionId);
    const to = parseAddress(issue.address);
    if (subscription === undefined || to === null) return [];
    const papers = issue.paperKeys.flatMap((key) => cache.get(`${issue.editionOn} ${key}`) ?? []);
    return [{ issue, write: () => writeMail(deps, { issue, to, papers, topics: subscription }) }];
  });
}

function writeMail(
  { identity, site }: RenderDeps,
  content: { issue: ClaimedIssue; to: Address; papers: readonly DigestPaper[]; topics: Subscription },
): OutgoingMail {
  const { issue, to, papers, topics } = content;
  const links = linksOf(issue, { secret: identity.secret, baseUrl: site.baseUrl });
  const { editionOn, matching, note } = issue;
  return composeMail(identity, {
    kind: 'digest',
    token: toMessageToken({ kind: 'issue', id: issue.id }),
    to,
    date: issue.composedAt,
    unsubscribeUrl: links.oneClickUrl,
    ...renderDigest(toDigestInput({ editionOn, matching, note, papers, links, topics }, site)),
  });
}

async function fillCache(
  deps: RenderDeps,
  cache: RenderCache,
  issues: readonly ClaimedIssue[],
): Promise<void> {
  const missing = new Map<string, Set<number>>();
  for (const { editionOn, paperKeys } of issues) {
    for (const key of paperKeys) {
      if (cache.has(`${editionOn} ${key}`)) continue;
      const keys = missing.get(editionOn) ?? new Set();
      missing.set(editionOn, keys.add(key));
    }
  }
  for (const [editionOn, keys] of missing) {
    const papers = await listPapersOfIssues(deps.db, [...keys]);
    const reasons = await listEditionReasons(deps.db, editionOn, [...keys]);
    for (const [key, paper] of papers) {
      cache.set(`${editionOn} ${key}`, toDigestPaper(paper, reasons.get(key) ?? null, deps.site.baseUrl));
    }
  }
}
