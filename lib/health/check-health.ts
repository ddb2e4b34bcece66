/** Whether this instance can do its work, for load balancers, monitors and people. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Db } from '#lib/db/client.ts';
import { describeError, type Log } from '#lib/log.ts';
import { findNewestDay } from '#lib/papers/store.ts';
import { findSearchKind, listAppliedMigrations, type SearchKind } from './store.ts';

export type Health =
  | { readonly status: 'unready'; readonly database: 'unreachable' }
  | {
      /** `ready` when the database has every migration this program was built with. */
      readonly status: 'ready' | 'unready';
      readonly database: 'reachable';
      /** Oldest first. */
      readonly pendingMigrations: readonly string[];
      /** `YYYY-MM-DD`; null if there are no papers, which is not an error. */
      readonly newestEdition: string | null;
      readonly search: SearchKind;
    };

/** Monitors give up after a few seconds. */
const RESPONSE_MS_MAX = 3_000;

/** `migrations`: the names of all that this program was built with. A database that fails is an outcome, and logged. */
export async function checkHealth(
  deps: { db: Db; log: Log },
  migrations: readonly string[],
): Promise<Health> {
  try {
    return await withinLimit(askDatabase(deps.db, migrations));
  } catch (error) {
    deps.log.error('database-unreachable', { reason: describeError(error) });
    return { status: 'unready', database: 'unreachable' };
  }
}

async function askDatabase(db: Db, migrations: readonly string[]): Promise<Health> {
  const applied = new Set(await listAppliedMigrations(db));
  const pendingMigrations = migrations.filter((name) => !applied.has(name)).sort();
  return {
    status: pendingMigrations.length === 0 ? 'ready' : 'unready',
    database: 'reachable',
    pendingMigrations,
    newestEdition: applied.size === 0 ? null : await findNewestDay(db),
    search: await findSearchKind(db),
  };
}

async function withinLimit<Answer>(answer: Promise<Answer>): Promise<Answer> {
  const timer = new AbortController();
  const tooLate = sleep(RESPONSE_MS_MAX, undefined, { signal: timer.signal }).then(() => {
    throw new Error(`no response within ${RESPONSE_MS_MAX} ms`);
  });
  try {
    return await Promise.race([answer, tooLate]);
  } finally {
    tooLate.catch(() => undefined);
    timer.abort();
  }
}
