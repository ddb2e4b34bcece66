/** Events of mail that came back, and the mailboxes that are suppressed. */
import { z } from 'zod';
import type { Db } from '#lib/db/client.ts';
import type { MailEvent } from './mail-event.ts';

/** Whether it is new: one report that comes twice is recorded once. */
export async function recordEvent(
  db: Db,
  event: Pick<MailEvent, 'kind' | 'provider' | 'at' | 'detail' | 'eventId'> & {
    folded: string;
    issueId: number | null;
  },
): Promise<boolean> {
  const kind = event.kind === 'auto-reply' ? 'auto_reply' : event.kind;
  const { count } = await db.mailEvent.createMany({ data: { ...event, kind }, skipDuplicates: true });
  return count > 0;
}

/**
 * Days with a soft bounce since `since`: a relay that reports every attempt counts once a day. What an operator has
 * forgiven by lifting a suppression counts no more.
 */
export async function countSoftBounces(db: Db, folded: string, since: Date): Promise<number> {
  const rows = await db.$queryRaw<unknown[]>`
    SELECT count(DISTINCT (at AT TIME ZONE 'UTC')::date)::int AS count FROM mail_event
    WHERE folded = ${folded} AND kind = 'soft' AND at >= ${since} AND at > coalesce(
      (SELECT max(at) FROM mail_event WHERE folded = ${folded} AND provider = 'operator'), '-infinity')`;
  return z.object({ count: z.number() }).parse(rows[0]).count;
}

export type Recipient = { readonly address: string; readonly subscriptionId: number | null };

/** Whom the message was for; null where there was none, or its data has been erased. */
export async function findRecipient(
  db: Db,
  { kind, id }: { kind: 'issue' | 'letter'; id: number },
): Promise<Recipient | null> {
  if (kind === 'letter') {
    return db.letter.findUnique({ where: { id }, select: { address: true, subscriptionId: true } });
  }
  const issue = await db.issue.findUnique({
    where: { id },
    select: { subscriptionId: true, subscription: { select: { address: true } } },
  });
  if (issue === null || issue.subscription === null) return null;
  return { address: issue.subscription.address, subscriptionId: issue.subscriptionId };
}

/** Ends the subscription that a mail to the unsubscribe address names. */
export async function markUnsubscribedByMail(db: Db, subscriptionId: number, now: Date): Promise<boolean> {
  const { count } = await db.subscription.updateMany({
    where: { id: subscriptionId, state: { not: 'unsubscribed' } },
    data: { state: 'unsubscribed', endedAt: now, nextDueAt: null },
  });
  return count > 0;
}

/** Which mailboxes must not be mailed again. */

export type SuppressionReason = 'hard-bounce' | 'soft-bounces' | 'complaint' | 'operator';

export type NewSuppression = {
  /** As toAddressKey gives it. */
  readonly folded: string;
  readonly reason: SuppressionReason;
  readonly detail: string;
  readonly now: Date;
};

const REASON_IN_DATABASE = {
  'hard-bounce': 'hard_bounce',
  'soft-bounces': 'soft_bounces',
  complaint: 'complaint',
  operator: 'operator',
} as const;
const REASON = {
  hard_bounce: 'hard-bounce',
  soft_bounces: 'soft-bounces',
  complaint: 'complaint',
  operator: 'operator',
} as const;

/** The first reason stays. Whether it is new. */
export async function insertSuppression(db: Db, suppression: NewSuppression): Promise<boolean> {
  const { folded, detail, now } = suppression;
  const reason = REASON_IN_DATABASE[suppression.reason];
  const data = { folded, reason, detail, suppressedAt: now };
  return (await db.suppression.createMany({ data, skipDuplicates: true })).count > 0;
}

export type Suppression = {
  readonly reason: SuppressionReason;
  readonly detail: string;
  readonly suppressedAt: Date;
  /** Ever, whatever it was suppressed for first. */
  readonly hasComplained: boolean;
};

export async function findSuppression(db: Db, folded: string): Promise<Suppression | null> {
  const found = await db.suppression.findUnique({ where: { folded } });
  if (found === null) return null;
  const complaints = await db.mailEvent.count({ where: { folded, kind: 'complaint' }, take: 1 });
  return {
    reason: REASON[found.reason],
    detail: found.detail ?? '',
    suppressedAt: found.suppressedAt,
    hasComplained: found.reason === 'complaint' || complaints > 0,
  };
}

/** Removes it and records that, in one statement: there is no lifting without its record. Whether there was one. */
export async function removeSuppression(
  db: Db,
  lift: { folded: string; eventId: string; now: Date; detail: string },
): Promise<boolean> {
  const recorded = await db.$executeRaw`
    WITH lifted AS (DELETE FROM suppression WHERE folded = ${lift.folded} RETURNING folded)
    INSERT INTO mail_event (event_id, folded, kind, provider, at, detail)
    SELECT ${lift.eventId}, folded, 'other', 'operator', ${lift.now}, ${lift.detail} FROM lifted`;
  return recorded > 0;
}
