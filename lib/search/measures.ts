/**
 * How good an order of papers is against judgements: nDCG with the gain as judged and log2 discount (Järvelin &
 * Kekäläinen, TOIS 2002), average precision and recall, as trec_eval reckons them.
 */

/** Judged relevance by paper; what is not judged is not relevant. */
export type Judgements = ReadonlyMap<string, number>;

export function ndcg(order: readonly string[], judged: Judgements, depth: number): number {
  const ideal = dcg(
    [...judged.values()].filter((gain) => gain > 0).sort((one, other) => other - one),
    depth,
  );
  return ideal === 0
    ? 0
    : dcg(
        order.map((id) => Math.max(0, judged.get(id) ?? 0)),
        depth,
      ) / ideal;
}

function dcg(gains: readonly number[], depth: number): number {
  return gains.slice(0, depth).reduce((sum, gain, index) => sum + gain / Math.log2(index + 2), 0);
}

export function averagePrecision(order: readonly string[], judged: Judgements): number {
  const relevant = countRelevant(judged);
  let found = 0;
  let sum = 0;
  for (const [index, id] of order.entries())
    if ((judged.get(id) ?? 0) > 0) {
      found++;
      sum += found / (index + 1);
    }
  return relevant === 0 ? 0 : sum / relevant;
}

export function recall(order: readonly string[], judged: Judgements, depth: number): number {
  const relevant = countRelevant(judged);
  return relevant === 0
    ? 0
    : order.slice(0, depth).filter((id) => (judged.get(id) ?? 0) > 0).length / relevant;
}

function countRelevant(judged: Judgements): number {
  return [...judged.values()].filter((gain) => gain > 0).length;
}

/** The value below which `share` of all lie, by the nearest rank; NaN of none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))] ?? Number.NaN;
}
