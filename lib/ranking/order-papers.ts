/** The trending order of any moment, from the history of signals alone. */
import type { Db } from '#lib/db/client.ts';
import type { TrendingWindow } from '#lib/papers/paper-list.ts';
import { type ReadCandidate, readCandidates } from './read-candidates.ts';
import { type RankedPaper, rankCandidates } from './trending.ts';
import { usualOf } from './usual.ts';

/** Every candidate in order, by the signals known at `at`. Changes nothing. */
export async function orderPapers(
  db: Db,
  { at, window }: { at: Date; window: TrendingWindow },
): Promise<RankedPaper<ReadCandidate>[]> {
  const candidates = await readCandidates(db, at, 'signal');
  return rankCandidates(candidates, usualOf(candidates, at.getTime()), at.getTime(), { window });
}
