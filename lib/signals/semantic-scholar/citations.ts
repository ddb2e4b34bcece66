/**
 * What `POST /graph/v1/paper/batch?fields=externalIds,citationCount` says of the papers asked for
 * (https://api.semanticscholar.org/api-docs/graph): an array in the order of the request, null for a paper that is
 * not known there.
 */
import { z } from 'zod';
import { parseArxivId } from '#lib/papers/arxiv-id.ts';
import { parseJson } from '#lib/text/json.ts';
import { Count } from '../figure.ts';

/** A count, `unknown` for a paper that is not in the index, `unusable` for a count that none can be. */
export type CitationAnswer = number | 'unknown' | 'unusable';

const IndexedPaper = z.object({
  externalIds: z
    .object({ ArXiv: z.string().nullable().catch(null) })
    .nullable()
    .catch(null),
  citationCount: Count,
});

/**
 * One answer per identifier, in their order; null when the body is no answer to this request. An array of another
 * length is not in our order: its papers then are those that bear an identifier we asked for, and of the others
 * nothing is known.
 */
export function parseCitations(
  body: string,
  identifiers: readonly string[],
): (CitationAnswer | null)[] | null {
  const entries = z.array(z.unknown()).safeParse(parseJson(body)).data;
  if (entries === undefined) return null;
  // By place and not by identifier: two of ours that the index has merged both come with the identifier of one.
  if (entries.length === identifiers.length) return entries.map(toAnswer);
  const named = new Map(entries.flatMap((entry) => toNamed(entry)));
  return identifiers.map((identifier) => named.get(identifier) ?? null);
}

function toAnswer(entry: unknown): CitationAnswer {
  if (entry === null) return 'unknown';
  return IndexedPaper.safeParse(entry).data?.citationCount ?? 'unusable';
}

function toNamed(entry: unknown): [string, CitationAnswer][] {
  const name = IndexedPaper.safeParse(entry).data?.externalIds?.ArXiv ?? null;
  const identifier = name === null ? undefined : parseArxivId(name)?.id;
  return identifier === undefined ? [] : [[identifier, toAnswer(entry)]];
}
