/**
 * The figures of the last evaluation: the lines that `paperboy eval search DIR --json --path bm25` (and `--path plain`)
 * printed, each with the name of its collection.
 */
import figures from './quality.json' with { type: 'json' };

export type Quality = {
  readonly collection: 'SciFact' | 'Cranfield';
  readonly path: 'bm25' | 'plain';
  readonly documents: number;
  readonly queries: number;
  readonly ndcg10: number;
  /** Of plain BM25 (k1 1.2, b .75) on the same collection. */
  readonly baselineNdcg10: number;
  readonly map: number;
  readonly recall100: number;
};

export const quality = figures as unknown as readonly Quality[];
