/** The way in: requests, their letters, and confirmations. */
import { z } from 'zod';
import type { Db } from '#lib/db/client.ts';
import { DAY_MS } from '#lib/time.ts';
import { HIDDEN_COLUMNS } from './store.ts';
import { type Choices, SUBSCRIPTIONS_MAX, type Subscription } from './subscription.ts';

export type NewRequest = {
  readonly folded: string;
  readonly address: string;
  readonly domain: string;
  readonly choices: Choices;
  readonly now: Date;
  /** No letter goes out: the mailbox has been asked often enough. */
  readonly isQuiet: boolean;
};

const IdRow = z.object({ id: z.number() });
const SameRow = z.object({
  id: z.number().nullable(),
  state: z.string().nullable(),
  live: z.number(),
  unconfirmed: z.number(),
  is_suppressed: z.boolean(),
});

type Transaction = Pick<Db, '$queryRaw' | '$executeRaw'>;

/**
 * Keeps a request, and the letter that answers it. The same number of statements whatever is known of the address, so
 * that nothing can be told from the time they take. The subscriber's row is locked: requests for one mailbox come one
 * after another.
 */
export async function insertRequest(db: Db, request: NewRequest): Promise<void> {
  await db.$transaction(async (transaction) => {
    const subscriberId = await lockSubscriber(transaction, request);
    const same = await findSame(transaction, subscriberId, request);
    const hasRoom = same.live - same.unconfirmed < SUBSCRIPTIONS_MAX;
    const isLive = same.state === 'active' || same.state === 'paused';
    const isFurther = !isLive && same.state !== 'pending' && same.live >= SUBSCRIPTIONS_MAX;
    await dropOldestUnconfirmed(transaction, subscriberId, isFurther);
    const id = await upsertPending(transaction, subscriberId, request, {
      id: isLive ? null : same.id,
      // Where nothing is to be kept, the statement runs all the same, and inserts nothing.
      isWanted: !isLive && (hasRoom || same.state === 'pending'),
    });
    const isMute = request.isQuiet || same.is_suppressed || (id === null && !isLive);
    await transaction.$executeRaw`
      INSERT INTO letter (kind, subscriber_id, subscription_id, address, domain, state, created_at, send_at, closed_at)
      SELECT ${isLive ? 'already-active' : 'confirmation'}::letter_kind, ${subscriberId}::int,
             ${isLive ? same.id : id}::int, ${request.address}, ${request.domain}, 'due', ${request.now}, ${request.now}, NULL
      WHERE NOT ${isMute}`;
  });
}

async function lockSubscriber(transaction: Transaction, { folded, now }: NewRequest): Promise<number> {
  const rows = await transaction.$queryRaw<unknown[]>`
    INSERT INTO subscriber (folded, created_at) VALUES (${folded}, ${now})
    ON CONFLICT (folded) DO UPDATE SET folded = excluded.folded RETURNING id`;
  return IdRow.parse(rows[0]).id;
}

/** The subscription with the same topics, if any: a request for it again is about that one, ended or not. */
async function findSame(transaction: Transaction, subscriberId: number, { choices, folded }: NewRequest) {
  const rows = await transaction.$queryRaw<unknown[]>`
    SELECT same.id, same.state::text AS state,
           (SELECT count(*)::int FROM subscription
            WHERE subscriber_id = ${subscriberId} AND state <> 'unsubscribed') AS live,
           (SELECT count(*)::int FROM subscription
            WHERE subscriber_id = ${subscriberId} AND state = 'pending' AND confirmed_at IS NULL) AS unconfirmed,
           EXISTS (SELECT FROM suppression WHERE folded = ${folded}) AS is_suppressed
    FROM (SELECT 1) one
    LEFT JOIN LATERAL (
      SELECT id, state FROM subscription
      WHERE subscriber_id = ${subscriberId} AND has_trending = ${choices.hasTrending}
        AND categories = ${choices.categories}::text[] AND queries = ${choices.queries}::text[]
      ORDER BY state = 'unsubscribed', id DESC LIMIT 1
    ) same ON true`;
  return SameRow.parse(rows[0]);
}

/** Anybody can ask for a mailbox; its owner's own request must not wait until those of strangers are purged. */
async function dropOldestUnconfirmed(
  transaction: Transaction,
  subscriberId: number,
  isWanted: boolean,
): Promise<void> {
  await transaction.$executeRaw`
    DELETE FROM subscription WHERE ${isWanted} AND id = (
      SELECT id FROM subscription WHERE subscriber_id = ${subscriberId} AND state = 'pending' AND confirmed_at IS NULL
      ORDER BY created_at, id LIMIT 1)`;
}

async function upsertPending(
  transaction: Transaction,
  subscriberId: number,
  { choices, address, domain, now }: NewRequest,
  target: { id: number | null; isWanted: boolean },
): Promise<number | null> {
  const rows = await transaction.$queryRaw<unknown[]>`
    WITH changed AS (
      UPDATE subscription SET state = 'pending', ended_at = NULL, next_due_at = NULL, created_at = ${now},
        address = ${address}, domain = ${domain}, muted_words = ${choices.mutedWords},
        cadence = ${choices.cadence}::cadence, weekday = ${choices.weekday}::smallint, hour = ${choices.hour},
        zone = ${choices.zone}, papers_max = ${choices.papersMax}, send_when_empty = ${choices.sendWhenEmpty}
      WHERE id = ${target.id}::int AND state IN ('pending', 'unsubscribed') AND ${target.isWanted} RETURNING id
    ), inserted AS (
      INSERT INTO subscription (subscriber_id, address, domain, state, has_trending, categories, queries, muted_words,
        cadence, weekday, hour, zone, papers_max, send_when_empty, created_at)
      SELECT ${subscriberId}::int, ${address}, ${domain}, 'pending', ${choices.hasTrending}, ${choices.categories}::text[],
        ${choices.queries}::text[], ${choices.mutedWords}::text[], ${choices.cadence}::cadence,
        ${choices.weekday}::smallint, ${choices.hour}::smallint, ${choices.zone}, ${choices.papersMax}::smallint,
        ${choices.sendWhenEmpty}, ${now}
      WHERE ${target.isWanted} AND ${target.id === null} RETURNING id
    )
    SELECT id FROM changed UNION ALL SELECT id FROM inserted`;
  const [row] = z.array(IdRow).parse(rows);
  return row?.id ?? null;
}

/** A letter with the way to all subscriptions of a mailbox, if it has any. One statement, whether it has or not. */
export async function insertManageLetter(
  db: Db,
  request: { folded: string; address: string; domain: string; now: Date; isQuiet: boolean },
): Promise<void> {
  await db.$executeRaw`
    INSERT INTO letter (kind, subscriber_id, address, domain, state, created_at, send_at)
    SELECT 'manage', subscriber.id, ${request.address}, ${request.domain}, 'due', ${request.now}, ${request.now}
    FROM subscriber
    WHERE folded = ${request.folded} AND NOT ${request.isQuiet}
      AND EXISTS (SELECT FROM subscription
                  WHERE subscriber_id = subscriber.id AND (state <> 'unsubscribed' OR confirmed_at IS NOT NULL))
      AND NOT EXISTS (SELECT FROM suppression WHERE suppression.folded = subscriber.folded)`;
}

/** Made as its letter is sent, for only its hash is kept. */
export async function insertToken(
  db: Db,
  token: { hash: string; subscriptionId: number; expiresAt: Date },
): Promise<void> {
  await db.confirmationToken.create({ data: token });
}

export type TokenState = {
  readonly subscription: Subscription;
  readonly expiresAt: Date;
  readonly usedAt: Date | null;
};

export async function findToken(db: Db, hash: string): Promise<TokenState | null> {
  return db.confirmationToken.findUnique({
    where: { hash },
    select: { expiresAt: true, usedAt: true, subscription: { omit: HIDDEN_COLUMNS } },
  });
}

/** Uses the token up and activates what it is for, in one statement; false when either was no longer to be had. */
export async function markConfirmed(
  db: Db,
  confirmation: { hash: string; now: Date; nextDueAt: Date; coveredUntil: Date },
): Promise<boolean> {
  const { hash, now, nextDueAt, coveredUntil } = confirmation;
  const confirmed = await db.$executeRaw`
    WITH token AS (
      UPDATE confirmation_token SET used_at = ${now}
      WHERE hash = ${hash} AND used_at IS NULL AND expires_at > ${now} RETURNING subscription_id
    )
    UPDATE subscription SET state = 'active', confirmed_at = ${now}, next_due_at = ${nextDueAt},
      covered_until = GREATEST(covered_until, ${coveredUntil}::timestamptz)
    FROM token WHERE subscription.id = token.subscription_id AND state = 'pending'`;
  return confirmed > 0;
}

/** Counts a request and says how many there were in its span of time, this one included. */
export async function recordRequest(
  db: Db,
  request: { scope: string; hash: string; from: Date },
): Promise<number> {
  const rows = await db.$queryRaw<unknown[]>`
    INSERT INTO request_count (scope, hash, "from", count) VALUES (${request.scope}, ${request.hash}, ${request.from}, 1)
    ON CONFLICT (scope, hash, "from") DO UPDATE SET count = request_count.count + 1 RETURNING count`;
  return z.object({ count: z.number() }).parse(rows[0]).count;
}

/** Removes what has no use any more: requests nobody confirmed, counts, used and ended tokens. */
export async function purgeRequests(db: Db, now: Date): Promise<number> {
  const dayAgo = new Date(now.getTime() - DAY_MS);
  const twoWeeksAgo = new Date(now.getTime() - 14 * DAY_MS);
  const counts = await db.requestCount.deleteMany({ where: { from: { lt: dayAgo } } });
  const tokens = await db.confirmationToken.deleteMany({ where: { expiresAt: { lt: twoWeeksAgo } } });
  const unanswered = { state: 'pending', createdAt: { lt: twoWeeksAgo } } as const;
  // One that was confirmed before goes back to its end, and keeps its ledger.
  await db.subscription.updateMany({
    where: { ...unanswered, confirmedAt: { not: null } },
    data: { state: 'unsubscribed', endedAt: now },
  });
  const requests = await db.subscription.deleteMany({ where: { ...unanswered, confirmedAt: null } });
  const subscribers = await db.subscriber.deleteMany({
    where: { createdAt: { lt: twoWeeksAgo }, subscriptions: { none: {} } },
  });
  return counts.count + tokens.count + requests.count + subscribers.count;
}
