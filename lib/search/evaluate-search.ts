/** Measures search against a test collection, through the very verb that the page calls. */
import type { Clock } from '#lib/clock.ts';
import type { Db } from '#lib/db/client.ts';
import { recordPapers } from '#lib/ingest/record-papers.ts';
import type { PaperRecord } from '#lib/papers/paper.ts';
import type { Baseline } from './baseline.ts';
import type { CollectionQuery, CorpusEntry } from './collection.ts';
import { averagePrecision, type Judgements, ndcg, quantile, recall } from './measures.ts';
import type { Path } from './search-input.ts';
import { searchPapers } from './search-papers.ts';

export type Evaluation = {
  readonly path: Path;
  readonly documents: number;
  /** Those with a relevant paper. */
  readonly queries: number;
  readonly ndcg10: number;
  /** nDCG@10 of plain BM25 on the same queries (baseline.ts). */
  readonly baselineNdcg10: number;
  readonly map: number;
  readonly recall100: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
};

const DEPTH = 100;
/** A registrant that nobody has, so that identifiers of collections are ours. */
const IDENTIFIER_PREFIX = '10.0000/';

/** `identifiers` leads back from papers to the collection's names. */
export async function recordCorpus(
  { db, clock }: { db: Db; clock: Clock },
  entries: readonly CorpusEntry[],
  from: number,
): Promise<ReadonlyMap<string, string>> {
  const identifiers = new Map<string, string>();
  const items = entries.map((entry, index) => {
    const identifier = `${IDENTIFIER_PREFIX}${from + index}`;
    identifiers.set(identifier, entry.id);
    return { record: toRecord(identifier, entry), listing: null, observations: [] };
  });
  await recordPapers(db, { source: 'import', recordedAt: clock.now(), items });
  return identifiers;
}

function toRecord(identifier: string, { title, text }: CorpusEntry): PaperRecord {
  return {
    registry: 'doi',
    identifier,
    title,
    abstract: text,
    authors: [],
    categories: [],
    primaryCategory: null,
    submittedAt: null,
    updatedAt: null,
    comment: null,
    journalReference: null,
    doi: null,
    license: null,
    isWithdrawn: null,
    keywords: [],
    versions: [],
    links: [],
  };
}

export async function evaluateSearch(
  deps: { db: Db; clock: Clock; path: Path; nowMs: () => number },
  input: {
    readonly documents: number;
    readonly baseline: Baseline;
    readonly identifiers: ReadonlyMap<string, string>;
    readonly queries: readonly CollectionQuery[];
    readonly judgements: ReadonlyMap<string, Judgements>;
    readonly onProgress?: (queries: number) => void;
  },
): Promise<Evaluation> {
  const scores: { ndcg: number; baseline: number; precision: number; recall: number }[] = [];
  const timesMs: number[] = [];
  for (const { id, text } of input.queries) {
    const judged = input.judgements.get(id);
    if (judged === undefined || ![...judged.values()].some((gain) => gain > 0)) continue;
    const beganMs = deps.nowMs();
    const { results } = await searchPapers(deps, { query: text, limit: DEPTH });
    timesMs.push(deps.nowMs() - beganMs);
    const order = results.map(({ paper }) => input.identifiers.get(paper.identifier) ?? '');
    scores.push({
      ndcg: ndcg(order, judged, 10),
      baseline: ndcg(input.baseline.rank(text, 10), judged, 10),
      precision: averagePrecision(order, judged),
      recall: recall(order, judged, DEPTH),
    });
    input.onProgress?.(scores.length);
  }
  const mean = (value: (score: (typeof scores)[number]) => number) =>
    rounded(scores.reduce((sum, score) => sum + value(score), 0) / Math.max(1, scores.length), 4);
  return {
    path: deps.path,
    documents: input.documents,
    queries: scores.length,
    ndcg10: mean((score) => score.ndcg),
    baselineNdcg10: mean((score) => score.baseline),
    map: mean((score) => score.precision),
    recall100: mean((score) => score.recall),
    p50Ms: rounded(quantile(timesMs, 0.5), 2),
    p95Ms: rounded(quantile(timesMs, 0.95), 2),
  };
}

function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
