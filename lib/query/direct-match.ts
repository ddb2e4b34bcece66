/** Whether a query names one paper, so that the reader is taken there and not shown a list of one. */

import type { Registry } from '#lib/papers/paper.ts';
import type { Query } from './query.ts';

export type PaperReference = {
  readonly kind: 'paper';
  readonly registry: Registry;
  readonly identifier: string;
};

/** What `1706.03762`, a pasted address or a DOI parse to. Null for anything else, an identifier among words included. */
export function directMatch({ words, filters, sort }: Query): PaperReference | null {
  const [only] = filters;
  if (only?.kind !== 'identifier' || filters.length > 1 || words.length > 0 || sort !== null) return null;
  return { kind: 'paper', registry: only.registry, identifier: only.identifier };
}
