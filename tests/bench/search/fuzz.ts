/** Whatever is typed, over all papers: the slowest answers of made-up queries, on both paths by turns. */
import { systemClock } from '#lib/clock.ts';
import type { Db } from '#lib/db/client.ts';
import { printQuery } from '#lib/query/normal-form.ts';
import { seededRandom } from '#lib/random.ts';
import { quantile } from '#lib/search/measures.ts';
import { searchPapers } from '#lib/search/search-papers.ts';
import { aQuery, aQueryText } from '../../support/queries.ts';

const ANSWER_MS_MAX = 250;
const SLOWEST_SHOWN = 3;

type Answer = { readonly ms: number; readonly path: string; readonly query: string };

/** Throws where a search does. */
export async function fuzz(db: Db, queries: number) {
  const random = seededRandom(11);
  const answers: Answer[] = [];
  for (let number = 0; number < queries; number++) {
    const query = number % 4 < 2 ? aQueryText(random) : printQuery(aQuery(random));
    const path = number % 2 === 0 ? 'bm25' : 'plain';
    const beganMs = performance.now();
    await searchPapers({ db, clock: systemClock, path }, { query, limit: 20 });
    answers.push({ ms: performance.now() - beganMs, path, query });
  }
  const slowest = answers.toSorted((one, other) => other.ms - one.ms);
  return {
    queries,
    p95Ms: rounded(
      quantile(
        answers.map(({ ms }) => ms),
        0.95,
      ),
    ),
    over250Ms: answers.filter(({ ms }) => ms > ANSWER_MS_MAX).length,
    slowest: slowest.slice(0, SLOWEST_SHOWN).map((answer) => ({ ...answer, ms: rounded(answer.ms) })),
  };
}

function rounded(value: number): number {
  return Number(value.toFixed(2));
}
