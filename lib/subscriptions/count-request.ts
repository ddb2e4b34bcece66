import type { Clock } from '#lib/clock.ts';
import type { Db } from '#lib/db/client.ts';
import { hashRequest, type Limit, spanOf } from './request-limit.ts';
import { recordRequest } from './request-store.ts';

/** Counts a request under each of `limits`; true when one of them is passed. */
export async function countRequest(
  deps: { db: Db; clock: Clock; secret: string },
  limits: readonly Limit[],
  key: string,
): Promise<boolean> {
  let isPassed = false;
  for (const limit of limits) {
    const from = spanOf(limit, deps.clock.now());
    const count = await recordRequest(deps.db, {
      scope: limit.scope,
      hash: hashRequest(deps.secret, limit, key),
      from,
    });
    isPassed ||= count > limit.most;
  }
  return isPassed;
}
