/** Issues to read: their subscription, their papers and the reasons they were chosen for. */
import { z } from 'zod';
import type { Db } from '#lib/db/client.ts';
import { toDay } from '#lib/papers/day.ts';
import type { Paper } from '#lib/papers/paper.ts';
import { listPapersByKey } from '#lib/papers/store.ts';
import { formatGrowth, formatReason } from '#lib/ranking/explanation.ts';
import type { SignalPart } from '#lib/ranking/trending.ts';
import { HIDDEN_COLUMNS } from '#lib/subscriptions/store.ts';
import type { Subscription } from '#lib/subscriptions/subscription.ts';
import type { IssueState } from './issue.ts';

/** By id; one that is no more is left out. */
export async function listSubscriptionsById(
  db: Db,
  ids: readonly number[],
): Promise<Map<number, Subscription>> {
  const found = await db.subscription.findMany({ where: { id: { in: [...ids] } }, omit: HIDDEN_COLUMNS });
  return new Map(found.map((subscription) => [subscription.id, subscription]));
}

/** By key. */
export async function listPapersOfIssues(db: Db, keys: readonly number[]): Promise<Map<number, Paper>> {
  const papers = await listPapersByKey(db, keys);
  return new Map(papers.map((paper) => [paper.key, paper]));
}

/** As they were said in that edition. */
export async function listEditionReasons(
  db: Db,
  editionOn: string,
  keys: readonly number[],
): Promise<Map<number, string>> {
  const found = await db.editionPaper.findMany({
    where: { editionOn: toDate(editionOn), paperKey: { in: [...keys] } },
  });
  return new Map(found.map(({ paperKey, reason }) => [paperKey, reason]));
}

export type StoredIssue = {
  readonly id: number;
  readonly subscriptionId: number | null;
  readonly editionOn: string;
  readonly state: IssueState;
  readonly paperKeys: readonly number[];
  readonly matching: number;
  readonly note: string | null;
  readonly closedAt: Date | null;
};

const ISSUE_COLUMNS = {
  id: true,
  subscriptionId: true,
  editionOn: true,
  state: true,
  paperKeys: true,
  matching: true,
  note: true,
  closedAt: true,
} as const;

export async function findIssue(db: Db, id: number): Promise<StoredIssue | null> {
  const issue = await db.issue.findUnique({ where: { id }, select: ISSUE_COLUMNS });
  return issue && { ...issue, editionOn: toDay(issue.editionOn) };
}

/** Of one mailbox, newest first; those with papers. */
export async function listPastIssues(db: Db, subscriberId: number, limit: number): Promise<StoredIssue[]> {
  const issues = await db.issue.findMany({
    where: {
      subscription: { subscriberId },
      paperKeys: { isEmpty: false },
      state: { in: ['submitted', 'uncertain'] },
    },
    orderBy: [{ editionOn: 'desc' }, { id: 'desc' }],
    take: limit,
    select: ISSUE_COLUMNS,
  });
  return issues.map((issue) => ({ ...issue, editionOn: toDay(issue.editionOn) }));
}

export type ArchivedEdition = { readonly editionOn: string; readonly paperKeys: readonly number[] };

/** The public archive of the trending edition, newest first. */
export async function listArchive(db: Db, limit: number): Promise<ArchivedEdition[]> {
  const editions = await db.edition.findMany({
    where: { paperKeys: { isEmpty: false } },
    orderBy: { editionOn: 'desc' },
    take: limit,
  });
  return editions.map(({ editionOn, paperKeys }) => ({ editionOn: toDay(editionOn), paperKeys }));
}

export async function findArchivedEdition(db: Db, day: string): Promise<ArchivedEdition | null> {
  const edition = await db.edition.findUnique({ where: { editionOn: toDate(day) } });
  if (edition === null || edition.paperKeys.length === 0) return null;
  return { editionOn: day, paperKeys: edition.paperKeys };
}

function toDate(day: string): Date {
  return new Date(`${day}T00:00:00Z`);
}

/** Why papers trend, in words, from the newest ranking. */

const Row = z.object({ paper_key: z.number(), parts: z.array(z.custom<SignalPart>()) });

/** By paper; one that nothing was seen to grow for is left out, since there is nothing to say. */
export async function listReasons(db: Db, paperKeys: readonly number[]): Promise<Map<number, string>> {
  const rows = await db.$queryRaw<unknown[]>`
    SELECT paper_key, parts->'parts' AS parts FROM trending_entry
    WHERE paper_key = ANY (${paperKeys}::int[]) AND time_window = 'day'`;
  const reasons = new Map<number, string>();
  for (const { paper_key: key, parts } of z.array(Row).parse(rows)) {
    if (parts.some((part) => formatGrowth(part) !== null)) reasons.set(key, formatReason({ parts }));
  }
  return reasons;
}
