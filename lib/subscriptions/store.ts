/** Subscriptions in Postgres: what their owners see and change. Requests and confirmations are in request-store.ts. */
import { z } from 'zod';
import type { Db } from '#lib/db/client.ts';
import { CADENCES } from './schedule.ts';
import { type Choices, SUBSCRIPTION_STATES, type Subscription } from './subscription.ts';

const Row = z.object({
  id: z.number(),
  subscriber_id: z.number(),
  address: z.string(),
  state: z.enum(SUBSCRIPTION_STATES),
  has_trending: z.boolean(),
  categories: z.array(z.string()),
  queries: z.array(z.string()),
  muted_words: z.array(z.string()),
  cadence: z.enum(CADENCES),
  weekday: z.number().nullable(),
  hour: z.number(),
  zone: z.string(),
  papers_max: z.number(),
  send_when_empty: z.boolean(),
  created_at: z.date(),
  confirmed_at: z.date().nullable(),
  ended_at: z.date().nullable(),
  next_due_at: z.date().nullable(),
});

/** Of rows with all columns of `subscription`. */
export function toSubscriptions(rows: readonly unknown[]): Subscription[] {
  return z
    .array(Row)
    .parse(rows)
    .map((row) => ({
      id: row.id,
      subscriberId: row.subscriber_id,
      address: row.address,
      state: row.state,
      hasTrending: row.has_trending,
      categories: row.categories,
      queries: row.queries,
      mutedWords: row.muted_words,
      cadence: row.cadence,
      weekday: row.weekday,
      hour: row.hour,
      zone: row.zone,
      papersMax: row.papers_max,
      sendWhenEmpty: row.send_when_empty,
      createdAt: row.created_at,
      confirmedAt: row.confirmed_at,
      endedAt: row.ended_at,
      nextDueAt: row.next_due_at,
    }));
}

export async function findSubscription(db: Db, id: number): Promise<Subscription | null> {
  const rows = await db.$queryRaw<unknown[]>`SELECT * FROM subscription WHERE id = ${id}`;
  return toSubscriptions(rows)[0] ?? null;
}

/** Newest first. No bound is needed beyond the one on how many a mailbox may have; ended ones add a few. */
export async function listSubscriptions(db: Db, subscriberId: number): Promise<Subscription[]> {
  const rows = await db.$queryRaw<unknown[]>`
    SELECT * FROM subscription WHERE subscriber_id = ${subscriberId} ORDER BY id DESC LIMIT 200`;
  return toSubscriptions(rows);
}

/** The last edition that has an issue of this subscription, `YYYY-MM-DD`. By the unique index on its windows. */
export async function findLastEdition(db: Db, id: number): Promise<string | null> {
  const rows = await db.$queryRaw<unknown[]>`
    SELECT edition_on::text AS day FROM issue WHERE subscription_id = ${id} ORDER BY edition_on DESC LIMIT 1`;
  return z.array(z.object({ day: z.string() })).parse(rows)[0]?.day ?? null;
}

/** Changes what its owner chose. A pending one stays pending. Whether there was one to change. */
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
  const paused = await db.$executeRaw`
    UPDATE subscription SET state = 'paused', next_due_at = ${pause.resumeAt}::timestamptz
    WHERE id = ${pause.id} AND subscriber_id = ${pause.subscriberId} AND state IN ('active', 'paused')`;
  return paused > 0;
}

/** What came out meanwhile is not sent after all: the window begins anew at `coveredUntil`. */
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
  await db.$executeRaw`
    UPDATE subscription SET state = 'unsubscribed', ended_at = ${now}, next_due_at = NULL
    WHERE id = ${id} AND state <> 'unsubscribed'`;
}

/** Ends all of a mailbox; returns how many there were to end. */
export async function markAllUnsubscribed(db: Db, subscriberId: number, now: Date): Promise<number> {
  return db.$executeRaw`
    UPDATE subscription SET state = 'unsubscribed', ended_at = ${now}, next_due_at = NULL
    WHERE subscriber_id = ${subscriberId} AND state <> 'unsubscribed'`;
}

/** The newest active subscription of a mailbox. */
export async function findActiveByAddress(db: Db, folded: string): Promise<Subscription | null> {
  const rows = await db.$queryRaw<unknown[]>`
    SELECT subscription.* FROM subscription JOIN subscriber ON subscriber.id = subscriber_id
    WHERE folded = ${folded} AND state = 'active' ORDER BY subscription.id DESC LIMIT 1`;
  return toSubscriptions(rows)[0] ?? null;
}
