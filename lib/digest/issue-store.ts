/** Issues to read: their subscription, their papers and the reasons they were chosen for. */
import { z } from 'zod';
import type { Db } from '#lib/db/client.ts';
import type { Paper } from '#lib/papers/paper.ts';
import { listPapersByKey } from '#lib/papers/store.ts';
import { formatGrowth, formatReason } from '#lib/ranking/explanation.ts';
import type { SignalPart } from '#lib/ranking/trending.ts';
import { toSubscriptions } from '#lib/subscriptions/store.ts';
import type { Subscription } from '#lib/subscriptions/subscription.ts';
import { ISSUE_STATES, type IssueState } from './issue.ts';

/** By id; one that is no more is left out. */
export async function listSubscriptionsById(
  db: Db,
  ids: readonly number[],
): Promise<Map<number, Subscription>> {
  const rows = await db.$queryRaw<unknown[]>`SELECT * FROM subscription WHERE id = ANY (${ids}::int[])`;
  return new Map(toSubscriptions(rows).map((subscription) => [subscription.id, subscription]));
}

/** By key. */
export async function listPapersOfIssues(db: Db, keys: readonly number[]): Promise<Map<number, Paper>> {
  const papers = await listPapersByKey(db, keys);
  return new Map(papers.map((paper) => [paper.key, paper]));
}

const ReasonRow = z.object({ paper_key: z.number(), reason: z.string() });

/** As they were said in that edition. */
export async function listEditionReasons(
  db: Db,
  editionOn: string,
  keys: readonly number[],
): Promise<Map<number, string>> {
  const rows = await db.$queryRaw<unknown[]>`
    SELECT paper_key, reason FROM edition_paper
    WHERE edition_on = ${editionOn}::date AND paper_key = ANY (${keys}::int[])`;
  return new Map(
    z
      .array(ReasonRow)
      .parse(rows)
      .map(({ paper_key: key, reason }) => [key, reason]),
  );
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

const IssueRow = z.object({
  id: z.number(),
  subscription_id: z.number().nullable(),
  edition_on: z.string(),
  state: z.enum(ISSUE_STATES),
  paper_keys: z.array(z.number()),
  matching: z.number(),
  note: z.string().nullable(),
  closed_at: z.date().nullable(),
});

function toIssues(rows: readonly unknown[]): StoredIssue[] {
  return z
    .array(IssueRow)
    .parse(rows)
    .map((row) => ({
      id: row.id,
      subscriptionId: row.subscription_id,
      editionOn: row.edition_on,
      state: row.state,
      paperKeys: row.paper_keys,
      matching: row.matching,
      note: row.note,
      closedAt: row.closed_at,
    }));
}

export async function findIssue(db: Db, id: number): Promise<StoredIssue | null> {
  const rows = await db.$queryRaw<unknown[]>`
    SELECT id, subscription_id, edition_on::text, state::text, paper_keys, matching, note, closed_at
    FROM issue WHERE id = ${id}`;
  return toIssues(rows)[0] ?? null;
}

/** Of one mailbox, newest first; those with papers. */
export async function listPastIssues(db: Db, subscriberId: number, limit: number): Promise<StoredIssue[]> {
  const rows = await db.$queryRaw<unknown[]>`
    SELECT issue.id, subscription_id, edition_on::text, issue.state::text, paper_keys, matching, note, closed_at
    FROM issue JOIN subscription ON subscription.id = subscription_id
    WHERE subscriber_id = ${subscriberId} AND paper_keys <> '{}' AND issue.state IN ('submitted', 'uncertain')
    ORDER BY edition_on DESC, issue.id DESC LIMIT ${limit}`;
  return toIssues(rows);
}

export type ArchivedEdition = { readonly editionOn: string; readonly paperKeys: readonly number[] };

const EditionRow = z.object({ edition_on: z.string(), paper_keys: z.array(z.number()) });

/** The public archive of the trending edition, newest first. */
export async function listArchive(db: Db, limit: number): Promise<ArchivedEdition[]> {
  const rows = await db.$queryRaw<unknown[]>`
    SELECT edition_on::text, paper_keys FROM edition WHERE paper_keys <> '{}' ORDER BY edition_on DESC LIMIT ${limit}`;
  return z.array(EditionRow).parse(rows).map(toEdition);
}

export async function findArchivedEdition(db: Db, day: string): Promise<ArchivedEdition | null> {
  const rows = await db.$queryRaw<unknown[]>`
    SELECT edition_on::text, paper_keys FROM edition WHERE edition_on = ${day}::date AND paper_keys <> '{}'`;
  return z.array(EditionRow).parse(rows).map(toEdition)[0] ?? null;
}

function toEdition({ edition_on: editionOn, paper_keys: paperKeys }: z.infer<typeof EditionRow>) {
  return { editionOn, paperKeys };
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
