/** Subscriptions in Postgres: what their owners see and change. Requests and confirmations are in request-store.ts. */
import type { Db } from '#lib/db/client.ts';
import { toDay } from '#lib/papers/day.ts';
import type { Choices, Subscription } from './subscription.ts';

/** Columns that are no part of a `Subscription`. */
export const HIDDEN_COLUMNS = { domain: true, coveredUntil: true } as const;

export async function findSubscription(db: Db, id: number): Promise<Subscription | null> {
  return db.subscription.findUnique({ where: { id }, omit: HIDDEN_COLUMNS });
}

/** Newest first. No bound is needed beyond the one on how many a mailbox may have; ended ones add a few. */
export async function listSubscriptions(db: Db, subscriberId: number): Promise<Subscription[]> {
  return db.subscription.findMany({
    where: { subscriberId },
    orderBy: { id: 'desc' },
    take: 200,
    omit: HIDDEN_COLUMNS,
  });
}

/** The last edition that has an issue of this subscription, `YYYY-MM-DD`. By the unique index on its windows. */
export async function findLastEdition(db: Db, id: number): Promise<string | null> {
  const issue = await db.issue.findFirst({
    where: { subscriptionId: id },
    orderBy: { editionOn: 'desc' },
    select: { editionOn: true },
  });
  return issue === null ? null : toDay(issue.editionOn);
}

/**
 * Changes what its owner chose. A pending one stays pending. Whether there was one to change. SQL, since the due time depends on
 * the state at that moment.
 */
export async function markChanged(
  db: Db,
  change: { id: number; subscriberId: number; choices: Choices; nextDueAt: Date },
): Promise<boolean> {
  const { id, subscriberId, choices, nextDueAt } = change;
  const changed = await db.$executeRaw`
    UPDATE subscription SET
      has_trending = ${choices.hasTrending}, categories = ${choices.categories}, queries = ${choices.queries},
      muted_words = ${choices.mutedWords}, cadence = ${choices.cadence}::cadence,
      weekday = ${choices.weekday}::smallint, hour = ${choices.hour}, zone = ${choices.zone},
      papers_max = ${choices.papersMax}, send_when_empty = ${choices.sendWhenEmpty},
      next_due_at = CASE state WHEN 'active' THEN ${nextDueAt}::timestamptz ELSE next_due_at END
    WHERE id = ${id} AND subscriber_id = ${subscriberId} AND state <> 'unsubscribed'`;
  return changed > 0;
}

/** `resumeAt` null: until its owner says so. */
export async function markPaused(
  db: Db,
  pause: { id: number; subscriberId: number; resumeAt: Date | null },
): Promise<boolean> {
  const { id, subscriberId, resumeAt } = pause;
  const { count } = await db.subscription.updateMany({
    where: { id, subscriberId, state: { in: ['active', 'paused'] } },
    data: { state: 'paused', nextDueAt: resumeAt },
  });
  return count > 0;
}

/** What came out during the pause is not sent: the window begins at `coveredUntil`. SQL, so that it never moves back. */
export async function markResumed(
  db: Db,
  resumption: { id: number; subscriberId: number; nextDueAt: Date; coveredUntil: Date },
): Promise<boolean> {
  const resumed = await db.$executeRaw`
    UPDATE subscription SET state = 'active', next_due_at = ${resumption.nextDueAt},
      covered_until = GREATEST(covered_until, ${resumption.coveredUntil})
    WHERE id = ${resumption.id} AND subscriber_id = ${resumption.subscriberId} AND state = 'paused'`;
  return resumed > 0;
}

/** Ends one subscription, pending ones too. Harmless when repeated. */
export async function markUnsubscribed(db: Db, id: number, now: Date): Promise<void> {
  await db.subscription.updateMany({
    where: { id, state: { not: 'unsubscribed' } },
    data: { state: 'unsubscribed', endedAt: now, nextDueAt: null },
  });
}

/** Ends all of a mailbox; returns how many there were to end. */
export async function markAllUnsubscribed(db: Db, subscriberId: number, now: Date): Promise<number> {
  const { count } = await db.subscription.updateMany({
    where: { subscriberId, state: { not: 'unsubscribed' } },
    data: { state: 'unsubscribed', endedAt: now, nextDueAt: null },
  });
  return count;
}

/** The newest active subscription of a mailbox. */
export async function findActiveByAddress(db: Db, folded: string): Promise<Subscription | null> {
  return db.subscription.findFirst({
    where: { state: 'active', subscriber: { folded } },
    orderBy: { id: 'desc' },
    omit: HIDDEN_COLUMNS,
  });
}
