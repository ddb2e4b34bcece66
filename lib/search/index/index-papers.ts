/** Brings the papers of bulk imports, and those recorded before there was a search, into the indexes of search. */
import type { Clock } from '#lib/clock.ts';
import type { Db } from '#lib/db/client.ts';
import { countInbox, fillInbox, moveInbox } from './store.ts';

/** A second's work: others who write or search in the embedded database wait for so long. */
const BATCH_PAPERS = 500;
/** Longer than any archive of ours takes; what is left waits for the next run. */
const BATCHES_MAX = 20_000;

export type IndexReport = { readonly indexed: number; readonly waiting: number };

export async function indexPapers(
  { db }: { db: Db; clock: Clock },
  input: { readonly signal?: AbortSignal; readonly onProgress?: (indexed: number) => void } = {},
): Promise<IndexReport> {
  let indexed = 0;
  for (let batch = 0; batch < BATCHES_MAX && !input.signal?.aborted; batch++) {
    const moved = await moveInbox(db, BATCH_PAPERS);
    indexed += moved;
    if (moved === 0 && (await fillInbox(db, BATCH_PAPERS)) === 0) break;
    input.onProgress?.(indexed);
  }
  return { indexed, waiting: await countInbox(db) };
}
