/** Letters (the confirmation, the lost link) in Postgres; their life is that of issues. */
import { z } from 'zod';
import type { Db } from '#lib/db/client.ts';
import type { SendResult } from '#lib/mail/sending/attempt.ts';

export const LETTER_KINDS = ['confirmation', 'manage', 'already-active'] as const;
export type LetterKind = (typeof LETTER_KINDS)[number];

export type ClaimedLetter = {
  readonly id: number;
  readonly kind: LetterKind;
  readonly subscriberId: number;
  /** Null for a letter about all of a subscriber's. */
  readonly subscriptionId: number | null;
  readonly address: string;
  readonly createdAt: Date;
  readonly attempts: number;
};

const Row = z.object({
  id: z.number(),
  kind: z.enum(LETTER_KINDS),
  subscriber_id: z.number(),
  subscription_id: z.number().nullable(),
  address: z.string(),
  created_at: z.date(),
  attempts: z.number(),
  state: z.string(),
});

/**
 * Begins letters, at most `limit`: from here on each may have been sent. Those of suppressed mailboxes, and
 * confirmations that are no longer asked for, are excluded in the same statement. A pause of the digest does not hold
 * them up: each was asked for by a person who waits.
 */
export async function beginLetters(
  db: Db,
  claim: { holder: string; limit: number; now: Date; leaseUntil: Date },
): Promise<ClaimedLetter[]> {
  const rows = await db.$queryRaw<unknown[]>`
    WITH picked AS MATERIALIZED (
      SELECT letter.id FROM letter WHERE state IN ('due', 'deferred') AND send_at <= ${claim.now}
      ORDER BY send_at LIMIT ${claim.limit} FOR UPDATE SKIP LOCKED
    ), judged AS MATERIALIZED (
      SELECT letter.id, (suppression.folded IS NOT NULL
          OR (letter.kind = 'confirmation' AND subscription.state IS DISTINCT FROM 'pending')) AS is_excluded
      FROM picked JOIN letter ON letter.id = picked.id
      JOIN subscriber ON subscriber.id = letter.subscriber_id
      LEFT JOIN subscription ON subscription.id = letter.subscription_id
      LEFT JOIN suppression ON suppression.folded = subscriber.folded
    )
    UPDATE letter SET
      state = CASE WHEN is_excluded THEN 'excluded' ELSE 'submitting' END::issue_state,
      closed_at = CASE WHEN is_excluded THEN ${claim.now}::timestamptz END,
      holder = CASE WHEN NOT is_excluded THEN ${claim.holder} END,
      lease_until = CASE WHEN NOT is_excluded THEN ${claim.leaseUntil}::timestamptz END,
      attempts = attempts + CASE WHEN is_excluded THEN 0 ELSE 1 END
    FROM judged WHERE letter.id = judged.id
    RETURNING letter.id, kind::text AS kind, subscriber_id, subscription_id, address, created_at, attempts,
      state::text AS state`;
  return z
    .array(Row)
    .parse(rows)
    .filter(({ state }) => state === 'submitting')
    .map((row) => ({
      id: row.id,
      kind: row.kind,
      subscriberId: row.subscriber_id,
      subscriptionId: row.subscription_id,
      address: row.address,
      createdAt: row.created_at,
      attempts: row.attempts,
    }));
}

export async function recordLetter(db: Db, result: SendResult, now: Date): Promise<void> {
  const { id, state, reply, sendAt } = result;
  await db.letter.updateMany({
    where: { id, state: { in: ['submitting', 'uncertain'] } },
    data: {
      state,
      reply,
      holder: null,
      leaseUntil: null,
      ...(sendAt === null ? {} : { sendAt }),
      closedAt: state === 'deferred' ? null : now,
    },
  });
}

/** Letters whose worker did not come back. Whoever waits in vain asks again. */
export async function markLettersUncertain(db: Db, now: Date): Promise<void> {
  await db.letter.updateMany({
    where: { state: 'submitting', leaseUntil: { lte: now } },
    data: { state: 'uncertain', closedAt: now, leaseUntil: null, reply: 'no answer was recorded' },
  });
}

/** Their bodies are not kept, and after a while nor is the fact of them. */
export async function purgeLetters(db: Db, before: Date): Promise<number> {
  return (await db.letter.deleteMany({ where: { closedAt: { lt: before } } })).count;
}
