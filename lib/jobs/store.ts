/** Job runs in Postgres: the unique key (job, slot) and the lease make repeated and overlapping calls harmless. */
import { z } from 'zod';
import type { Db } from '#lib/db/client.ts';
import type { JobCounts, JobName } from './job.ts';

export type JobRun = {
  readonly job: JobName;
  readonly slot: Date;
  readonly attempts: number;
  readonly beganAt: Date;
  readonly endedAt: Date | null;
  readonly counts: JobCounts | null;
  /** Of the last attempt; null if it succeeded. */
  readonly error: string | null;
};

export type Claim = {
  readonly job: JobName;
  readonly slot: Date;
  readonly holder: string;
  readonly attempts: number;
};

const ClaimRow = z.object({ attempts: z.number() });
const StateRow = z.object({ ended: z.boolean() });

/**
 * Claims the slot for `holder` until `leaseUntil`; null if its work is done, or running elsewhere.
 * One statement: the insert, or the update of a row whose lease has expired, succeeds for one caller only.
 */
export async function claimSlot(
  db: Db,
  wanted: { job: JobName; slot: Date; holder: string; now: Date; leaseUntil: Date },
): Promise<Claim | null> {
  const rows = await db.$queryRaw<unknown[]>`
    INSERT INTO job_run (job, slot, holder, lease_until, began_at)
    VALUES (${wanted.job}, ${wanted.slot}, ${wanted.holder}, ${wanted.leaseUntil}, ${wanted.now})
    ON CONFLICT (job, slot) DO UPDATE
      SET holder = excluded.holder, lease_until = excluded.lease_until, began_at = excluded.began_at,
          attempts = job_run.attempts + 1
      WHERE job_run.ended_at IS NULL AND job_run.lease_until <= ${wanted.now}
    RETURNING attempts`;
  const [row] = z.array(ClaimRow).parse(rows);
  return row === undefined
    ? null
    : { job: wanted.job, slot: wanted.slot, holder: wanted.holder, attempts: row.attempts };
}

/** Whether the slot's work is done or given up. */
export async function hasEnded(db: Db, job: JobName, slot: Date): Promise<boolean> {
  const rows = await db.$queryRaw<unknown[]>`
    SELECT ended_at IS NOT NULL AS ended FROM job_run WHERE job = ${job} AND slot = ${slot}`;
  return z.array(StateRow).parse(rows)[0]?.ended ?? false;
}

/** Ends the run, unless another process has claimed the slot meanwhile. */
export async function markEnded(
  db: Db,
  claim: Claim,
  end: { now: Date; counts: JobCounts | null; error: string | null },
): Promise<void> {
  await db.$executeRaw`
    UPDATE job_run
    SET ended_at = ${end.now}, counts = ${JSON.stringify(end.counts)}::jsonb, error = ${end.error}
    WHERE job = ${claim.job} AND slot = ${claim.slot} AND holder = ${claim.holder} AND ended_at IS NULL`;
}

/** Frees the slot for another attempt from `retryAt` on. */
export async function markFailed(
  db: Db,
  claim: Claim,
  failure: { retryAt: Date; error: string },
): Promise<void> {
  await db.$executeRaw`
    UPDATE job_run SET lease_until = ${failure.retryAt}, error = ${failure.error}
    WHERE job = ${claim.job} AND slot = ${claim.slot} AND holder = ${claim.holder} AND ended_at IS NULL`;
}

/** Frees the slot at once; the stopped attempt does not count. */
export async function markStopped(db: Db, claim: Claim, now: Date): Promise<void> {
  await db.$executeRaw`
    UPDATE job_run SET lease_until = ${now}, attempts = attempts - 1
    WHERE job = ${claim.job} AND slot = ${claim.slot} AND holder = ${claim.holder} AND ended_at IS NULL`;
}

const RunRow = z.object({
  job: z.string(),
  slot: z.date(),
  attempts: z.number(),
  began_at: z.date(),
  ended_at: z.date().nullable(),
  counts: z.record(z.string(), z.number()).nullable(),
  error: z.string().nullable(),
});

/** The newest run of every job. */
export async function listLatestRuns(db: Db): Promise<JobRun[]> {
  const rows = await db.$queryRaw<unknown[]>`
    SELECT DISTINCT ON (job) job, slot, attempts, began_at, ended_at, counts, error
    FROM job_run ORDER BY job, slot DESC LIMIT 100`;
  return z
    .array(RunRow)
    .parse(rows)
    .map((row) => ({
      job: row.job,
      slot: row.slot,
      attempts: row.attempts,
      beganAt: row.began_at,
      endedAt: row.ended_at,
      counts: row.counts,
      error: row.error,
    }));
}

/** Removes runs that ended before `before`; returns how many. */
export async function purgeRuns(db: Db, before: Date): Promise<number> {
  return db.$executeRaw`DELETE FROM job_run WHERE ended_at < ${before}`;
}
