/**
 * Targets of signals in Postgres: when each is to be polled again, and who is polling it. A claim moves `due_at` to the
 * end of a lease, so that no two workers poll the same one, and one that is killed leaves it to the next.
 *
 * Rows are written by their key and never by a join, whose plan would hang on statistics that an embedded database
 * does not renew by itself.
 */
import { z } from 'zod';
import type { Db, Queryable } from '#lib/db/client.ts';
import type { ClaimedTarget, LatestSignals, PollEvaluation } from './poll.ts';
import type { SignalSource } from './schedule.ts';
import type { DueTarget } from './target-store.ts';

const TARGETS_INPUT = `json_to_recordset($1::json) AS input(
  target text, renamed_to text, due_at timestamptz, observed_at timestamptz, etag text, gone_at timestamptz,
  unchanged int)`;

const ClaimedRow = z.object({
  target: z.string(),
  observed_at: z.date().nullable(),
  etag: z.string().nullable(),
  renamed_to: z.string().nullable(),
  gone_at: z.date().nullable(),
  unchanged: z.number(),
  due_at: z.date(),
});

/** Takes those of `targets` that are still due at `now`, in their order, until `leaseUntil`. */
export async function claimTargets(
  db: Db,
  source: SignalSource,
  claim: { targets: readonly DueTarget[]; now: Date; leaseUntil: Date },
): Promise<ClaimedTarget[]> {
  const wanted = claim.targets.map(({ target }) => target);
  const rows = await db.$transaction(async (transaction) => {
    // Raw SQL: Prisma has no FOR UPDATE SKIP LOCKED.
    const due = await transaction.$queryRawUnsafe<unknown[]>(
      `SELECT target, observed_at, etag, renamed_to, gone_at, unchanged, due_at FROM signal_target
       WHERE source = $1 AND target = ANY($2::text[]) AND due_at <= $3::timestamptz
       ORDER BY target
       FOR UPDATE SKIP LOCKED`,
      source,
      wanted,
      claim.now,
    );
    const parsed = z.array(ClaimedRow).parse(due);
    await transaction.signalTarget.updateMany({
      where: { source, target: { in: parsed.map(({ target }) => target) } },
      data: { dueAt: claim.leaseUntil },
    });
    return parsed;
  });
  const claimed = new Map(rows.map((row) => [row.target, row]));
  return claim.targets.flatMap((target): ClaimedTarget[] => {
    const row = claimed.get(target.target);
    if (row === undefined) return [];
    const { observed_at: observedAt, etag, renamed_to: renamedTo, gone_at: goneAt, unchanged } = row;
    return [{ ...target, observedAt, etag, renamedTo, goneAt, unchanged, dueAt: row.due_at }];
  });
}

/** Gives back what was claimed and not polled, unless another has claimed it since the lease was over. */
export async function releaseTargets(
  db: Queryable,
  source: SignalSource,
  lease: { claimed: readonly ClaimedTarget[]; until: Date },
): Promise<void> {
  if (lease.claimed.length === 0) return;
  // Raw SQL: up to 500 rows, each with its own instant, in one statement.
  await db.$executeRawUnsafe(
    `INSERT INTO signal_target (source, target, due_at)
     SELECT $2, target, due_at FROM ${TARGETS_INPUT}
     ON CONFLICT (source, target) DO UPDATE SET due_at = excluded.due_at
       WHERE signal_target.due_at = $3::timestamptz`,
    JSON.stringify(lease.claimed.map(({ target, dueAt }) => ({ target, due_at: dueAt }))),
    source,
    lease.until,
  );
}

/** The newest observations of the papers' signals. */
export async function listLatestSignals(
  db: Pick<Db, 'latestSignal'>,
  paperKeys: readonly number[],
): Promise<LatestSignals> {
  if (paperKeys.length === 0) return () => undefined;
  const rows = await db.latestSignal.findMany({ where: { paperKey: { in: [...paperKeys] } } });
  const newest = new Map(
    rows.map(({ paperKey, kind, value, observedAt }) => [`${paperKey} ${kind}`, { value, observedAt }]),
  );
  return (paperKey, kind) => newest.get(`${paperKey} ${kind}`);
}

/** Stores targets as polls have left them, in one statement (raw SQL: up to 500 rows with values of their own). A new name becomes a target of its own, and the old one only leads to it. */
export async function recordTargets(
  db: Queryable,
  source: SignalSource,
  evaluations: readonly Pick<PollEvaluation, 'next' | 'oldNameDueAt'>[],
): Promise<void> {
  const rows = evaluations.map(({ next, oldNameDueAt }) => ({
    target: next.target,
    due_at: oldNameDueAt ?? next.dueAt,
    observed_at: next.observedAt,
    // Under the old name a complete answer is wanted: its validator would tell nothing of where it leads.
    etag: next.renamedTo === null ? next.etag : null,
    renamed_to: next.renamedTo,
    gone_at: next.goneAt,
    unchanged: next.unchanged,
  }));
  await db.$executeRawUnsafe(
    `INSERT INTO signal_target (source, target, due_at, observed_at, etag, renamed_to, gone_at, unchanged)
     SELECT $2, target, due_at, observed_at, etag, renamed_to, gone_at, unchanged FROM ${TARGETS_INPUT}
     ON CONFLICT (source, target) DO UPDATE
       SET due_at = excluded.due_at, observed_at = excluded.observed_at, etag = excluded.etag,
           renamed_to = excluded.renamed_to, gone_at = excluded.gone_at, unchanged = excluded.unchanged`,
    JSON.stringify(rows),
    source,
  );
  const renamed = evaluations.filter(({ next }) => next.renamedTo !== null);
  if (renamed.length > 0) await recordRenames(db, source, renamed);
}

async function recordRenames(
  db: Queryable,
  source: SignalSource,
  evaluations: readonly Pick<PollEvaluation, 'next'>[],
): Promise<void> {
  const input = JSON.stringify(
    evaluations.map(({ next }) => ({
      target: next.target,
      renamed_to: next.renamedTo,
      due_at: next.dueAt,
      observed_at: next.observedAt,
      etag: next.etag,
      unchanged: next.unchanged,
    })),
  );
  // A name that answers for itself leads nowhere else, whatever it did before: renames can go round in a circle.
  await db.$executeRawUnsafe(
    `INSERT INTO signal_target (source, target, due_at, observed_at, etag, unchanged)
     SELECT DISTINCT ON (renamed_to) $2, renamed_to, due_at, observed_at, etag, unchanged FROM ${TARGETS_INPUT}
     ON CONFLICT (source, target) DO UPDATE
       SET renamed_to = NULL, gone_at = NULL, due_at = least(signal_target.due_at, excluded.due_at)`,
    input,
    source,
  );
  await db.$executeRawUnsafe(
    `UPDATE signal_target SET renamed_to = input.renamed_to FROM ${TARGETS_INPUT}
     WHERE source = $2 AND signal_target.renamed_to = input.target`,
    input,
    source,
  );
}
