/** Why papers trend, in words, from the newest ranking. */
import { z } from 'zod';
import type { Db } from '#lib/db/client.ts';
import { formatGrowth, formatReason } from '#lib/ranking/explanation.ts';
import type { SignalPart } from '#lib/ranking/trending.ts';

const Row = z.object({ paper_key: z.number(), parts: z.array(z.custom<SignalPart>()) });

/** By paper; one that nothing was seen to grow for is left out, since there is nothing to say. */
export async function listReasons(db: Db, paperKeys: readonly number[]): Promise<Map<number, string>> {
  const rows = await db.$queryRaw<unknown[]>`
    SELECT paper_key, parts->'parts' AS parts FROM trending_entry
    WHERE paper_key = ANY (${paperKeys}::int[]) AND time_window = 'day'`;
  const reasons = new Map<number, string>();
  for (const { paper_key: key, parts } of z.array(Row).parse(rows)) {
    if (parts.some((part) => formatGrowth(part) !== null)) reasons.set(key, formatReason({ parts }));
  }
  return reasons;
}
