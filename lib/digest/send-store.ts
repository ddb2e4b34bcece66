/**
 * Sending in Postgres. Each function is one statement; which worker does what is settled by row locks, leases and the
 * state machine of the table's trigger.
 */
import { z } from 'zod';
import type { Db } from '#lib/db/client.ts';
import type { SendResult } from '#lib/mail/sending/attempt.ts';
import type { ClaimedIssue } from './issue.ts';

const ClaimedRow = z.object({
  id: z.number(),
  subscription_id: z.number(),
  subscriber_id: z.number(),
  address: z.string(),
  domain: z.string(),
  edition_on: z.string(),
  paper_keys: z.array(z.number()),
  matching: z.number(),
  note: z.string().nullable(),
  composed_at: z.date(),
});

/**
 * Claims issues that may be sent now, for preparing; nothing has been sent when the claim ends. Those of suppressed
 * addresses and of subscriptions that ended are excluded in the same statement. None while sending is paused, and none
 * of domains that rest.
 *
 * `issue_to_send` gives them in the order of their time; the table of rests is tiny.
 */
export async function claimIssues(
  db: Db,
  claim: { holder: string; limit: number; now: Date; leaseUntil: Date },
): Promise<ClaimedIssue[]> {
  const rows = await db.$queryRaw<unknown[]>`
    WITH picked AS MATERIALIZED (
      SELECT issue.id FROM issue LEFT JOIN subscription ON subscription.id = issue.subscription_id
      WHERE issue.state IN ('due', 'deferred') AND issue.send_at <= ${claim.now}
        AND (issue.holder IS NULL OR issue.lease_until <= ${claim.now})
        AND NOT EXISTS (SELECT FROM send_pause)
        AND NOT EXISTS (SELECT FROM send_pace WHERE scope = subscription.domain AND rest_until > ${claim.now})
      ORDER BY issue.send_at LIMIT ${claim.limit} FOR UPDATE OF issue SKIP LOCKED
    ), judged AS MATERIALIZED (
      SELECT issue.id, subscription.subscriber_id, subscription.address, subscription.domain,
        CASE WHEN suppression.folded IS NOT NULL THEN 'suppressed'
             WHEN subscription.state IS DISTINCT FROM 'active' THEN
               CASE subscription.state WHEN 'paused' THEN 'paused' ELSE 'unsubscribed' END
        END AS exclusion
      FROM picked JOIN issue ON issue.id = picked.id
      LEFT JOIN subscription ON subscription.id = issue.subscription_id
      LEFT JOIN subscriber ON subscriber.id = subscription.subscriber_id
      LEFT JOIN suppression ON suppression.folded = subscriber.folded
    )
    UPDATE issue SET
      state = CASE WHEN exclusion IS NULL THEN issue.state ELSE 'excluded' END,
      note = coalesce(exclusion, note), closed_at = CASE WHEN exclusion IS NOT NULL THEN ${claim.now}::timestamptz END,
      holder = CASE WHEN exclusion IS NULL THEN ${claim.holder} END,
      lease_until = CASE WHEN exclusion IS NULL THEN ${claim.leaseUntil}::timestamptz END
    FROM judged WHERE issue.id = judged.id
    RETURNING issue.id, subscription_id, subscriber_id, address, domain, edition_on::text, paper_keys, matching,
      issue.note, composed_at, issue.state::text AS state`;
  return rows.filter(isClaimed).map((row) => toClaimed(ClaimedRow.parse(row)));
}

function isClaimed(row: unknown): boolean {
  return z.object({ state: z.string() }).parse(row).state !== 'excluded';
}

function toClaimed(row: z.infer<typeof ClaimedRow>): ClaimedIssue {
  return {
    id: row.id,
    subscriptionId: row.subscription_id,
    subscriberId: row.subscriber_id,
    address: row.address,
    domain: row.domain,
    editionOn: row.edition_on,
    paperKeys: row.paper_keys,
    matching: row.matching,
    note: row.note,
    composedAt: row.composed_at,
  };
}

const BegunRow = z.object({ id: z.number(), attempts: z.number() });

/**
 * Stores what became of issues, and begins others, as many as there are free connections: from here on each may have
 * been sent. Only what this worker still holds, and whose reader still wants it, is begun: suppression and the end of a
 * subscription count up to this moment. A result is stored also where the lease had run out and the issue was called
 * uncertain, since now we know.
 */
export async function recordAndBegin(
  db: Db,
  step: {
    holder: string;
    results: readonly SendResult[];
    beginIds: readonly number[];
    now: Date;
    leaseUntil: Date;
  },
): Promise<{ id: number; attempts: number }[]> {
  const { holder, results, beginIds, now, leaseUntil } = step;
  const rows = await db.$queryRaw<unknown[]>`
    WITH result AS MATERIALIZED (
      SELECT * FROM unnest(
        ${results.map(({ id }) => id)}::int[], ${results.map(({ state }) => state)}::issue_state[],
        ${results.map(({ reply }) => reply)}::text[], ${results.map(({ sendAt }) => sendAt ?? now)}::timestamptz[]
      ) AS result (id, state, reply, send_at)
    ), recorded AS (
      UPDATE issue SET state = result.state, reply = result.reply, holder = NULL, lease_until = NULL,
        send_at = CASE result.state WHEN 'deferred' THEN result.send_at ELSE issue.send_at END,
        closed_at = CASE result.state WHEN 'deferred' THEN NULL ELSE ${now}::timestamptz END
      FROM result WHERE issue.id = result.id AND issue.holder = ${holder} AND issue.state IN ('submitting', 'uncertain')
    )
    UPDATE issue SET state = 'submitting', attempts = attempts + 1, lease_until = ${leaseUntil}
    FROM subscription JOIN subscriber ON subscriber.id = subscription.subscriber_id
    WHERE issue.id = ANY (${beginIds}::int[]) AND issue.holder = ${holder} AND issue.state IN ('due', 'deferred')
      AND issue.lease_until > ${now} AND subscription.id = issue.subscription_id AND subscription.state = 'active'
      AND NOT EXISTS (SELECT FROM suppression WHERE suppression.folded = subscriber.folded)
      AND NOT EXISTS (SELECT FROM send_pause)
    RETURNING issue.id, attempts`;
  return z.array(BegunRow).parse(rows);
}

/** Gives claims back before their lease ends: nothing was sent of these. */
export async function releaseIssues(db: Db, holder: string, ids: readonly number[]): Promise<void> {
  await db.issue.updateMany({
    where: { id: { in: [...ids] }, holder, state: { in: ['due', 'deferred'] } },
    data: { holder: null, leaseUntil: null },
  });
}

/**
 * Issues whose worker did not come back: nobody knows whether they were sent. The holder stays, in case it does come
 * back with an answer. Returns how many. By the partial index `issue_in_hand`.
 */
export async function markUncertain(db: Db, now: Date): Promise<number> {
  const { count } = await db.issue.updateMany({
    where: { state: 'submitting', leaseUntil: { lte: now } },
    data: { state: 'uncertain', closedAt: now, leaseUntil: null, reply: 'no answer was recorded' },
  });
  return count;
}

/** An operator's word: try again what may have arrived. */
export async function markDueAgain(db: Db, id: number, now: Date): Promise<boolean> {
  const { count } = await db.issue.updateMany({
    where: { id, state: 'uncertain' },
    data: { state: 'due', sendAt: now, closedAt: null, leftAt: null, holder: null, leaseUntil: null },
  });
  return count > 0;
}

/** An operator's word: it stays uncertain, and is no longer asked about. */
export async function markLeft(db: Db, id: number, now: Date): Promise<boolean> {
  const { count } = await db.issue.updateMany({
    where: { id, state: 'uncertain', leftAt: null },
    data: { leftAt: now },
  });
  return count > 0;
}

/** What cannot be made into a message at all: no later attempt would do better. */
export async function markUnmailable(
  db: Db,
  holder: string,
  ids: readonly number[],
  now: Date,
): Promise<void> {
  await db.issue.updateMany({
    where: { id: { in: [...ids] }, holder, state: { in: ['due', 'deferred'] } },
    data: {
      state: 'rejected',
      reply: 'the address cannot be mailed',
      closedAt: now,
      holder: null,
      leaseUntil: null,
    },
  });
}

/** Of a worker that lives. */
export async function renewLeases(
  db: Db,
  { holder, ids, leaseUntil }: { holder: string; ids: readonly number[]; leaseUntil: Date },
): Promise<void> {
  await db.issue.updateMany({
    where: { id: { in: [...ids] }, holder, state: { in: ['due', 'deferred', 'submitting'] } },
    data: { leaseUntil },
  });
}
