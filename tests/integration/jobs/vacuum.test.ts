import { expect, test } from 'vitest';
import { claimSlot, markEnded, purgeRuns, vacuum } from '#lib/jobs/store.ts';
import { MINUTE_MS } from '#lib/time.ts';
import { freshDatabase } from '../../support/database.ts';

test('the nightly vacuum frees replaced rows, and the planner knows how many there are', async () => {
  const { db, clock } = await freshDatabase();
  const now = clock.now();
  const leaseUntil = new Date(now.getTime() + 60_000);
  for (let minute = 0; minute < 50; minute += 1) {
    const slot = new Date(now.getTime() + minute * MINUTE_MS);
    const claim = await claimSlot(db, { job: 'purge', slot, holder: 'one', now, leaseUntil });
    if (claim !== null) await markEnded(db, claim, { now, counts: {}, error: null });
  }
  expect(await purgeRuns(db, new Date(now.getTime() - 1))).toBe(0);
  // The server counts with a delay; what it counts only after the vacuum would stand as dead.
  await db.$queryRaw`SELECT pg_stat_force_next_flush()::text`;
  await vacuum(db);
  const [table] = await db.$queryRaw<{ rows: number; dead: number }[]>`
    SELECT reltuples::int AS rows, pg_stat_get_dead_tuples(oid)::int AS dead FROM pg_class WHERE relname = 'job_run'`;
  expect(table).toEqual({ rows: 50, dead: 0 });
});
