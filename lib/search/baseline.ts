/**
 * Plain BM25, the baseline of an evaluation: title and abstract as one text, English stemming and stop words, k1 1.2 and
 * b 0.75, words counted as often as the query says them (Robertson & Zaragoza 2009, with the idf of Lucene). In memory.
 */
import { stem } from '#lib/text/lexemes.ts';
import { isStopWord, readWords } from '#lib/text/words.ts';
import type { CorpusEntry } from './collection.ts';

const K1 = 1.2;
const B = 0.75;

export type Baseline = {
  /** Identifiers of the best `depth` papers, best first. */
  rank(query: string, depth: number): string[];
};

export function createBaseline(corpus: Iterable<CorpusEntry>): Baseline {
  const ids: string[] = [];
  const lengths: number[] = [];
  const postings = new Map<string, { document: number; frequency: number }[]>();
  for (const { id, title, text } of corpus) {
    const document = ids.push(id) - 1;
    const stems = stemsOf(`${title}\n${text}`);
    lengths.push(stems.length);
    for (const [found, frequency] of countOf(stems)) {
      const list = postings.get(found);
      if (list === undefined) postings.set(found, [{ document, frequency }]);
      else list.push({ document, frequency });
    }
  }
  const averageLength = lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, lengths.length);

  return {
    rank(query, depth) {
      const scores = new Map<number, number>();
      for (const [found, times] of countOf(stemsOf(query))) {
        const list = postings.get(found) ?? [];
        const idf = Math.log(1 + (ids.length - list.length + 0.5) / (list.length + 0.5));
        for (const { document, frequency } of list) {
          const norm = K1 * (1 - B + (B * (lengths[document] ?? 0)) / averageLength);
          const score = (times * idf * frequency * (K1 + 1)) / (frequency + norm);
          scores.set(document, (scores.get(document) ?? 0) + score);
        }
      }
      return [...scores]
        .sort((one, other) => other[1] - one[1])
        .slice(0, depth)
        .map(([document]) => ids[document] ?? '');
    },
  };
}

function stemsOf(text: string): string[] {
  return readWords(text).flatMap(({ forms: [form = ''] }) => (isStopWord(form) ? [] : [stem(form)]));
}

function countOf(stems: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const found of stems) counts.set(found, (counts.get(found) ?? 0) + 1);
  return counts;
}
