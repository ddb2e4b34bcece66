/** What came back, and which mailboxes must not be mailed again. */
import { z } from 'zod';
import type { Db } from '#lib/db/client.ts';
import type { MailEventKind } from './mail-event.ts';

export type SuppressionReason = 'hard-bounce' | 'soft-bounces' | 'complaint' | 'operator';

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

/** Days with a soft bounce since `since`: a relay that reports every attempt counts once a day. */
export async function countSoftBounces(db: Db, folded: string, since: Date): Promise<number> {
  const rows = await db.$queryRaw<unknown[]>`
    SELECT count(DISTINCT (at AT TIME ZONE 'UTC')::date)::int AS count FROM mail_event
    WHERE folded = ${folded} AND kind = 'soft' AND at >= ${since}`;
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
