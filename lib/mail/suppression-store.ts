/** Which mailboxes must not be mailed again. */
import { z } from 'zod';
import type { Db } from '#lib/db/client.ts';

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
