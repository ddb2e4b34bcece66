/**
 * A test collection in the form of BEIR (Thakur et al. 2021): `corpus.jsonl` and `queries.jsonl` with `_id`, `title`,
 * `text`; `qrels.tsv` with query, paper and relevance, with a header or without, or in the four columns of TREC.
 */
import { z } from 'zod';
import type { Judgements } from './measures.ts';

const CorpusLine = z.object({
  _id: z.coerce.string(),
  title: z.string().nullish(),
  text: z.string().nullish(),
});
const QueryLine = z.object({ _id: z.coerce.string(), text: z.string() });

export type CorpusEntry = { readonly id: string; readonly title: string; readonly text: string };
export type CollectionQuery = { readonly id: string; readonly text: string };

/** Throws with the number of a line that is neither. */
export function readCorpusLine(line: string, number: number): CorpusEntry {
  const { _id, title, text } = read(CorpusLine, line, 'corpus.jsonl', number);
  return { id: _id, title: title ?? '', text: text ?? '' };
}

export function readQueryLine(line: string, number: number): CollectionQuery {
  const { _id, text } = read(QueryLine, line, 'queries.jsonl', number);
  return { id: _id, text };
}

/** Judgements by query. */
export function readQrels(text: string): Map<string, Judgements> {
  const judged = new Map<string, Map<string, number>>();
  for (const line of text.split(/\r?\n/)) {
    const columns = line.trim().split(/\t| +/);
    const [query, second, third, fourth] = columns;
    const [paper, relevance] = columns.length >= 4 ? [third, fourth] : [second, third];
    if (query === undefined || paper === undefined || relevance === undefined) continue;
    const gain = Number(relevance);
    // The header.
    if (Number.isNaN(gain)) continue;
    const ofQuery = judged.get(query) ?? new Map<string, number>();
    judged.set(query, ofQuery.set(paper, gain));
  }
  return judged;
}

function read<Line>(schema: z.ZodType<Line>, line: string, file: string, number: number): Line {
  try {
    return schema.parse(JSON.parse(line));
  } catch (error) {
    throw new Error(`${file}, line ${number}, cannot be read.`, { cause: error });
  }
}
