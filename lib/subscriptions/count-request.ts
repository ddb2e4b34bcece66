import type { Clock } from '#lib/clock.ts';
import type { Db } from '#lib/db/client.ts';
import { parseProof } from './proof-of-work.ts';
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

/** Whether the work was done, for a challenge of ours, in time, and never presented before. */
export async function spendProof(
  { db, clock, secret }: { db: Db; clock: Clock; secret: string },
  text: string,
): Promise<boolean> {
  const proof = parseProof(secret, text, clock.now());
  if (proof === null) return false;
  // By its end, which is the same each time; counts are purged a day later, when it has long been too late.
  return (await recordRequest(db, { scope: 'proof', hash: proof.challenge, from: proof.expiresAt })) === 1;
}
