/** Turns, rests and pauses, shared by all workers on this database. */
import { z } from 'zod';
import type { Db } from '#lib/db/client.ts';
import { restMs } from './pace.ts';

const TurnRow = z.object({ next_at: z.date() });

/**
 * Reserves `count` turns, one every `intervalMs`; the first may begin at the time returned, which may lie ahead. A pace
 * that was not used is not saved up.
 */
export async function reserveTurns(
  db: Db,
  turns: { scope: string; count: number; intervalMs: number; now: Date },
): Promise<Date> {
  const { scope, now } = turns;
  const spanMs = turns.count * turns.intervalMs;
  const rows = await db.$queryRaw<unknown[]>`
    INSERT INTO send_pace (scope, next_at, rest_until)
    VALUES (${scope}, ${now}::timestamptz + ${spanMs} * interval '1 millisecond', ${now})
    ON CONFLICT (scope) DO UPDATE
      SET next_at = GREATEST(send_pace.next_at, ${now}::timestamptz) + ${spanMs} * interval '1 millisecond'
    RETURNING next_at`;
  return new Date(TurnRow.parse(rows[0]).next_at.getTime() - spanMs);
}

const FaultRow = z.object({ faults: z.number() });

/** A domain asked for rest; it gets the more the more often it asks. */
export async function recordDomainFault(db: Db, domain: string, now: Date): Promise<void> {
  const rows = await db.$queryRaw<unknown[]>`
    INSERT INTO send_pace (scope, next_at, rest_until, faults) VALUES (${domain}, ${now}, ${now}, 1)
    ON CONFLICT (scope) DO UPDATE SET
      -- Refusals of messages that were on their way together count once.
      faults = CASE WHEN send_pace.rest_until > ${now} THEN send_pace.faults ELSE LEAST(send_pace.faults + 1, 100) END
    RETURNING faults`;
  const until = new Date(now.getTime() + restMs(FaultRow.parse(rows[0]).faults));
  await db.$executeRaw`
    UPDATE send_pace SET rest_until = GREATEST(rest_until, ${until}) WHERE scope = ${domain}`;
}

/**
 * These take mail again: their next fault is a first one. Not those that rest now, whose answer was on its way when
 * another message was refused. In the order of their names, as all workers lock them.
 */
export async function clearDomainFaults(db: Db, domains: readonly string[], now: Date): Promise<void> {
  await db.$executeRaw`
    UPDATE send_pace SET faults = 0 WHERE scope IN (
      SELECT scope FROM send_pace WHERE scope = ANY (${domains}::text[]) AND faults > 0 AND rest_until <= ${now}
      ORDER BY scope FOR UPDATE)`;
}

export type DomainRest = { readonly domain: string; readonly restUntil: Date; readonly faults: number };

export async function listRests(db: Db, now: Date): Promise<DomainRest[]> {
  const rests = await db.sendPace.findMany({
    where: { faults: { gt: 0 }, restUntil: { gt: now } },
    orderBy: { restUntil: 'desc' },
    take: 50,
  });
  return rests.map(({ scope: domain, restUntil, faults }) => ({ domain, restUntil, faults }));
}

const GrantRow = z.object({ count: z.number() });

/** Takes up to `wanted` of the `most` messages that a warming-up sender may send on `day`; returns how many it got. */
export async function takeFromAllowance(
  db: Db,
  allowance: { day: string; wanted: number; most: number },
): Promise<number> {
  const { day, wanted, most } = allowance;
  const rows = await db.$queryRaw<unknown[]>`
    INSERT INTO request_count (scope, hash, "from", count) VALUES ('warm-up', '', ${new Date(`${day}T00:00:00Z`)}, ${wanted})
    ON CONFLICT (scope, hash, "from") DO UPDATE SET count = request_count.count + excluded.count RETURNING count`;
  const { count } = GrantRow.parse(rows[0]);
  const got = Math.max(0, Math.min(wanted, most - (count - wanted)));
  await returnToAllowance(db, { day, count: wanted - got });
  return got;
}

/** What was taken and not used. */
export async function returnToAllowance(db: Db, unused: { day: string; count: number }): Promise<void> {
  if (unused.count <= 0) return;
  await db.requestCount.updateMany({
    where: { scope: 'warm-up', hash: '', from: new Date(`${unused.day}T00:00:00Z`) },
    data: { count: { decrement: unused.count } },
  });
}

export type SendPause = { readonly pausedAt: Date; readonly reason: string; readonly isByOperator: boolean };

export async function findPause(db: Db): Promise<SendPause | null> {
  return db.sendPause.findUnique({ where: { id: 1 }, omit: { id: true } });
}

/** Stops all workers before their next message. The first reason stays. */
export async function insertPause(
  db: Db,
  { now: pausedAt, reason, isByOperator }: { now: Date; reason: string; isByOperator: boolean },
): Promise<void> {
  const data = { id: 1, pausedAt, reason, isByOperator };
  await db.sendPause.createMany({ data, skipDuplicates: true });
}

/** Whether sending was paused. */
export async function removePause(db: Db): Promise<boolean> {
  return (await db.sendPause.deleteMany()).count > 0;
}
