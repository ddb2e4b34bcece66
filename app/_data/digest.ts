import 'server-only';
import { cache } from 'react';
import {
  type ArchivedEdition,
  findArchivedEdition,
  findIssue,
  listArchive,
  listEditionReasons,
  listPapersOfIssues,
  listPastIssues,
  type StoredIssue,
} from '#lib/digest/issue-store.ts';
import { type IssuePreview, previewIssue } from '#lib/digest/preview-issue.ts';
import {
  type BouncedMailbox,
  type DayFigures,
  listDayFigures,
  listDeferredDomains,
  listMailEvents,
  listTallies,
  listUncertain,
  type UncertainIssue,
} from '#lib/digest/status-store.ts';
import type { Tally } from '#lib/digest/tally.ts';
import type { FeedIssue } from '#lib/feeds/feed.ts';
import { toComposeDeps } from '#lib/jobs/digest-deps.ts';
import { type DomainRest, findPause, listRests, type SendPause } from '#lib/mail/sending/pace-store.ts';
import { parseDay } from '#lib/papers/day.ts';
import type { Paper } from '#lib/papers/paper.ts';
import { runtime } from '#lib/runtime.ts';
import { findToken } from '#lib/subscriptions/request-store.ts';
import { findSubscription, listSubscriptions } from '#lib/subscriptions/store.ts';
import type { Choices, Subscription } from '#lib/subscriptions/subscription.ts';
import { hashToken, parseLinkToken, toLinkToken } from '#lib/subscriptions/token.ts';

const PAST_ISSUES = 60;
const ARCHIVED_DAYS = 400;
const EDITIONS_SHOWN = 14;

export function getPreview(choices: Choices): Promise<IssuePreview> {
  return previewIssue(toComposeDeps(runtime), choices);
}

export type Confirmation =
  | { readonly kind: 'open' | 'done'; readonly subscription: Subscription }
  | { readonly kind: 'expired' | 'unknown' };

/** What a confirmation link stands for now; looking changes nothing. */
export async function getConfirmation(token: string): Promise<Confirmation> {
  const found = await findToken(runtime.db, hashToken(token));
  if (found === null) return { kind: 'unknown' };
  const { subscription, expiresAt, usedAt } = found;
  if (subscription.state === 'active' || subscription.state === 'paused')
    return { kind: 'done', subscription };
  const isOpen = subscription.state === 'pending' && usedAt === null && expiresAt > runtime.clock.now();
  return isOpen ? { kind: 'open', subscription } : { kind: 'expired' };
}

export type Management = {
  readonly address: string;
  readonly subscriptions: readonly Subscription[];
  readonly pastIssues: readonly (StoredIssue & { readonly path: string })[];
};

/** Null for a link that is not ours, and for a mailbox of which nothing is kept. */
export async function getManagement(token: string): Promise<Management | null> {
  const { secret } = await runtime.identity();
  const subscriberId = parseLinkToken(secret, 'manage', token);
  if (subscriberId === null) return null;
  const [subscriptions, issues] = await Promise.all([
    listSubscriptions(runtime.db, subscriberId),
    listPastIssues(runtime.db, subscriberId, PAST_ISSUES),
  ]);
  const [first] = subscriptions;
  if (first === undefined) return null;
  const pastIssues = issues.map((issue) => ({
    ...issue,
    path: `/issues/${toLinkToken(secret, 'issue', issue.id)}`,
  }));
  return { address: first.address, subscriptions, pastIssues };
}

/** `subscription` null: its data has been erased. */
export async function getUnsubscription(
  token: string,
): Promise<{ subscription: Subscription | null; managePath: string | null } | null> {
  const { secret } = await runtime.identity();
  const id = parseLinkToken(secret, 'unsubscribe', token);
  if (id === null) return null;
  const subscription = await findSubscription(runtime.db, id);
  const managePath =
    subscription === null ? null : `/manage/${toLinkToken(secret, 'manage', subscription.subscriberId)}`;
  return { subscription, managePath };
}

export type IssuePaper = { readonly paper: Paper; readonly reason: string | null };
export type WebIssue = {
  readonly editionOn: string;
  readonly papers: readonly IssuePaper[];
  readonly matching: number;
  readonly note: string | null;
  /** Null for an edition of the archive, and where data was erased. */
  readonly subscription: Subscription | null;
  readonly isArchive: boolean;
};

/** By the link of one issue, or the day of an edition of the archive. */
export const getIssue = cache(async (token: string): Promise<WebIssue | null> => {
  const day = parseDay(token);
  if (day !== null) {
    const edition = await findArchivedEdition(runtime.db, day);
    return edition === null ? null : toArchiveIssue(edition);
  }
  const { secret } = await runtime.identity();
  const id = parseLinkToken(secret, 'issue', token);
  const issue = id === null ? null : await findIssue(runtime.db, id);
  if (issue === null) return null;
  const subscription =
    issue.subscriptionId === null ? null : await findSubscription(runtime.db, issue.subscriptionId);
  const { editionOn, matching, note } = issue;
  const papers = await listIssuePapers(editionOn, issue.paperKeys);
  return { editionOn, papers, matching, note, subscription, isArchive: false };
});

async function toArchiveIssue({ editionOn, paperKeys }: ArchivedEdition): Promise<WebIssue> {
  const papers = await listIssuePapers(editionOn, paperKeys);
  return { editionOn, papers, matching: papers.length, note: null, subscription: null, isArchive: true };
}

async function listIssuePapers(editionOn: string, keys: readonly number[]): Promise<IssuePaper[]> {
  const [papers, reasons] = await Promise.all([
    listPapersOfIssues(runtime.db, keys),
    listEditionReasons(runtime.db, editionOn, keys),
  ]);
  return keys.flatMap((key) => {
    const paper = papers.get(key);
    return paper === undefined ? [] : [{ paper, reason: reasons.get(key) ?? null }];
  });
}

export type ArchiveEntry = {
  readonly editionOn: string;
  readonly count: number;
  readonly first: string | null;
};

/** Newest first, each with the title of its first paper. */
export async function getArchive(): Promise<ArchiveEntry[]> {
  const editions = await listArchive(runtime.db, ARCHIVED_DAYS);
  const leads = await listPapersOfIssues(
    runtime.db,
    editions.flatMap(({ paperKeys }) => paperKeys.slice(0, 1)),
  );
  return editions.map(({ editionOn, paperKeys }) => ({
    editionOn,
    count: paperKeys.length,
    first: leads.get(paperKeys[0] ?? 0)?.title ?? null,
  }));
}

/** More would be a feed of a megabyte: each has the abstracts of all its papers. */
const FEED_ISSUES = 10;

/** Newest first. */
export async function listFeedIssues(): Promise<Omit<FeedIssue, 'dateLong'>[]> {
  const editions = await listArchive(runtime.db, FEED_ISSUES);
  return Promise.all(
    editions.map(async ({ editionOn, paperKeys }) => ({
      editionOn,
      papers: await listIssuePapers(editionOn, paperKeys),
    })),
  );
}

export type Console = {
  readonly tallies: readonly Tally[];
  readonly pause: SendPause | null;
  readonly rests: readonly DomainRest[];
  readonly deferredDomains: readonly {
    readonly domain: string;
    readonly count: number;
    readonly reply: string;
  }[];
  readonly uncertain: readonly UncertainIssue[];
  readonly events: readonly BouncedMailbox[];
  readonly days: readonly DayFigures[];
  readonly now: Date;
};

export async function getConsole(): Promise<Console> {
  const { db, clock } = runtime;
  const now = clock.now();
  const [tallies, pause, rests, deferredDomains, uncertain, events, days] = await Promise.all([
    listTallies(db, EDITIONS_SHOWN),
    findPause(db),
    listRests(db, now),
    listDeferredDomains(db),
    listUncertain(db),
    listMailEvents(db),
    listDayFigures(db, now),
  ]);
  return { tallies, pause, rests, deferredDomains, uncertain, events, days, now };
}

export function getAdminToken(): string | null {
  return runtime.config.adminToken;
}
