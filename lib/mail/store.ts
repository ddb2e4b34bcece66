/** What came back, and whom it was for. */
import { z } from 'zod';
import type { Db } from '#lib/db/client.ts';
import type { MailEventKind } from './mail-event.ts';

/** Whether it is new: one report that comes twice is recorded once. */
export async function recordEvent(
  db: Db,
  event: {
    eventId: string;
    folded: string;
    kind: MailEventKind;
    provider: string;
    at: Date;
    detail: string;
    issueId: number | null;
  },
): Promise<boolean> {
  const recorded = await db.$executeRaw`
    INSERT INTO mail_event (event_id, folded, kind, provider, at, detail, issue_id)
    VALUES (${event.eventId}, ${event.folded}, ${event.kind}::mail_event_kind, ${event.provider}, ${event.at},
            ${event.detail}, ${event.issueId}::int)
    ON CONFLICT DO NOTHING`;
  return recorded > 0;
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

const RecipientRow = z.object({ address: z.string(), subscription_id: z.number().nullable() });
export type Recipient = { readonly address: string; readonly subscriptionId: number | null };

/** Whom the message was for; null where there was none, or its data has been erased. */
export async function findRecipient(
  db: Db,
  message: { kind: 'issue' | 'letter'; id: number },
): Promise<Recipient | null> {
  const rows =
    message.kind === 'issue'
      ? await db.$queryRaw<unknown[]>`
          SELECT address, subscription_id FROM issue JOIN subscription ON subscription.id = subscription_id
          WHERE issue.id = ${message.id}`
      : await db.$queryRaw<unknown[]>`SELECT address, subscription_id FROM letter WHERE id = ${message.id}`;
  const [row] = z.array(RecipientRow).parse(rows);
  return row === undefined ? null : { address: row.address, subscriptionId: row.subscription_id };
}

/** Ends the subscription that a mail to the unsubscribe address names. */
export async function markUnsubscribedByMail(db: Db, subscriptionId: number, now: Date): Promise<boolean> {
  const ended = await db.$executeRaw`
    UPDATE subscription SET state = 'unsubscribed', ended_at = ${now}, next_due_at = NULL
    WHERE id = ${subscriptionId} AND state <> 'unsubscribed'`;
  return ended > 0;
}

/** Which mailboxes must not be mailed again. */

const REASONS = ['hard-bounce', 'soft-bounces', 'complaint', 'operator'] as const;
export type SuppressionReason = (typeof REASONS)[number];

export type NewSuppression = {
  /** As toAddressKey gives it. */
  readonly folded: string;
  readonly reason: SuppressionReason;
  readonly detail: string;
  readonly now: Date;
};

/** The first reason stays. Whether it is new. */
export async function insertSuppression(db: Db, suppression: NewSuppression): Promise<boolean> {
  const { folded, reason, detail, now } = suppression;
  const inserted = await db.$executeRaw`
    INSERT INTO suppression (folded, reason, detail, suppressed_at)
    VALUES (${folded}, ${reason}::suppression_reason, ${detail}, ${now}) ON CONFLICT DO NOTHING`;
  return inserted > 0;
}

const SuppressionRow = z.object({
  reason: z.enum(REASONS),
  detail: z.string().nullable(),
  suppressed_at: z.date(),
  has_complained: z.boolean(),
});

export type Suppression = {
  readonly reason: SuppressionReason;
  readonly detail: string;
  readonly suppressedAt: Date;
  /** Ever, whatever it was suppressed for first. */
  readonly hasComplained: boolean;
};

export async function findSuppression(db: Db, folded: string): Promise<Suppression | null> {
  const rows = await db.$queryRaw<unknown[]>`
    SELECT reason::text AS reason, detail, suppressed_at, reason = 'complaint' OR EXISTS (
      SELECT FROM mail_event WHERE mail_event.folded = suppression.folded AND kind = 'complaint') AS has_complained
    FROM suppression WHERE folded = ${folded}`;
  const [row] = z.array(SuppressionRow).parse(rows);
  return row === undefined
    ? null
    : {
        reason: row.reason,
        detail: row.detail ?? '',
        suppressedAt: row.suppressed_at,
        hasComplained: row.has_complained,
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
