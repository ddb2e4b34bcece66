import { setTimeout as sleep } from 'node:timers/promises';
import type { Db } from '#lib/db/client.ts';
import { describeError, type Log } from '#lib/log.ts';
import { findNewestDay } from '#lib/papers/store.ts';
import type { Health } from './health.ts';
import { findSearchKind, listAppliedMigrations } from './store.ts';

/** A monitor that waits longer than this for its answer has given up. */
const ANSWER_MS_MAX = 3_000;

/** `migrations` are the names of all that this program was built with. A database that fails is an answer, logged. */
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
    // Without its tables there is nothing to ask for.
    newestEdition: applied.size === 0 ? null : await findNewestDay(db),
    search: await findSearchKind(db),
  };
}

async function withinLimit<Answer>(answer: Promise<Answer>): Promise<Answer> {
  const timer = new AbortController();
  const tooLate = sleep(ANSWER_MS_MAX, undefined, { signal: timer.signal }).then(() => {
    throw new Error(`no answer within ${ANSWER_MS_MAX} ms`);
  });
  try {
    return await Promise.race([answer, tooLate]);
  } finally {
    tooLate.catch(() => undefined);
    timer.abort();
  }
}
