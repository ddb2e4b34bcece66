/** Searches in order of a fact: however much of what there is matches, the answer is that of looking at every paper. */
import { beforeAll, describe, expect, test } from 'vitest';
import type { Clock } from '#lib/clock.ts';
import type { Db } from '#lib/db/client.ts';
import { recordPapers } from '#lib/ingest/record-papers.ts';
import { searchPapers } from '#lib/search/search-papers.ts';
import { DAY_MS } from '#lib/time.ts';
import { anItem, aRecord } from '../../support/builders.ts';
import { freshDatabase } from '../../support/database.ts';

/** More than are tried before an order of looking is chosen. */
const PAPERS = 230;

type Made = {
  readonly title: string;
  readonly at: Date;
  readonly updatedAt: Date;
  readonly category: string;
  readonly upvotes: number;
  readonly doi: string | null;
};

const MADE = Array.from({ length: PAPERS }, (_, index): Made => {
  const at = new Date(Date.UTC(2025, 0, 1 + ((index * 37) % 100), index % 24));
  return {
    title: `Quokka ${index} ${index % 2 === 0 ? 'island' : 'harbour'}${index % 50 === 0 ? ' census' : ''}`,
    at,
    updatedAt: new Date(at.getTime() + (index % 3) * DAY_MS),
    category: index % 3 === 0 ? 'cs.LG' : 'math.CO',
    upvotes: index % 7 === 0 ? index : 0,
    doi: index === 17 ? '10.1000/Census.17' : null,
  };
});

/** By relevance the order is that of other tests; here, what is found. */
describe.each([
  ['new', 'plain'],
  ['upvotes', 'plain'],
  ['relevance', 'plain'],
  ['relevance', 'bm25'],
] as const)('in order of %s, by the %s path', (sort, path) => {
  let db: Db;
  let clock: Clock;
  let keyOf: ReadonlyMap<string, number>;

  beforeAll(async () => {
    ({ db, clock } = await freshDatabase());
    const items = MADE.map(({ title, at, updatedAt, category, upvotes, doi }, index) =>
      anItem({
        ...aRecord({
          identifier: `2501.${10_000 + index}`,
          title,
          abstract: 'On a quiet shore.',
          submittedAt: at,
          updatedAt,
          categories: [category],
          doi,
        }),
        observations: upvotes === 0 ? [] : [{ kind: 'upvotes', value: upvotes, observedAt: clock.now() }],
      }),
    );
    await recordPapers(db, { source: 'arxiv', recordedAt: clock.now(), items });
    const papers = await db.paper.findMany({ select: { key: true, title: true } });
    keyOf = new Map(papers.map(({ key, title }) => [title, key]));
  });

  const dayOf = (at: Date) => at.toISOString().slice(0, 10);
  const minuteOf = (at: Date) => at.toISOString().slice(0, 16);
  test.each<[string, (paper: Made) => boolean]>([
    ['quokka', () => true],
    ['harbour', ({ title }) => title.includes('harbour')],
    ['census', ({ title }) => title.includes('census')],
    ['-census', ({ title }) => !title.includes('census')],
    ['-quokka', () => false],
    ['cat:math', ({ category }) => category === 'math.CO'],
    ['cat:cs.LG -census', ({ category, title }) => category === 'cs.LG' && !title.includes('census')],
    ['-cat:cs', ({ category }) => category !== 'cs.LG'],
    ['harbour OR cat:cs', ({ category, title }) => category === 'cs.LG' || title.includes('harbour')],
    ['harbour OR -census', ({ title }) => title.includes('harbour') || !title.includes('census')],
    ['ti:census OR upvotes:>100', ({ upvotes, title }) => upvotes > 100 || title.includes('census')],
    ['harbour cat:cs', ({ category, title }) => category === 'cs.LG' && title.includes('harbour')],
    ['"a quiet shore" OR cat:cs', () => true],
    ['cat:cs OR ti:census', ({ category, title }) => category === 'cs.LG' || title.includes('census')],
    ['date:2025-02', ({ at }) => dayOf(at).startsWith('2025-02')],
    [
      'date:2025-02-03T05:00..2025-02-28T12:29',
      ({ at }) => minuteOf(at) >= '2025-02-03T05:00' && minuteOf(at) <= '2025-02-28T12:29',
    ],
    ['date:<2025-01-02T13:00', ({ at }) => minuteOf(at) < '2025-01-02T13:00'],
    ['updated:2025-03-02', ({ updatedAt }) => dayOf(updatedAt) === '2025-03-02'],
    [
      '-updated:>=2025-03 island',
      ({ updatedAt, title }) => dayOf(updatedAt) < '2025-03' && title.includes('island'),
    ],
    ['id:10.1000/census.17', ({ doi }) => doi !== null],
    [
      'id:10.1000/census.17 OR id:2501.10003',
      ({ doi, title }) => doi !== null || title.startsWith('Quokka 3 '),
    ],
    ['-id:10.1000/census.17 has:doi', () => false],
    ['upvotes:>100 harbour', ({ upvotes, title }) => upvotes > 100 && title.includes('harbour')],
  ])('%s', async (query, isFound) => {
    const answer = await searchPapers({ db, clock, path }, { query, sort, limit: PAPERS });
    const found = answer.dropped.length > 0 ? [] : answer.results.map(({ paper }) => paper.title);
    const orderedBy = ({ at, upvotes }: Made) => (sort === 'new' ? Date.parse(dayOf(at)) : upvotes);
    if (sort === 'relevance') {
      const titles = MADE.filter(isFound).map(({ title }) => title);
      expect(found.toSorted()).toEqual(titles.toSorted());
      if (answer.dropped.length === 0) expect(answer.total).toBe(titles.length);
      return;
    }
    const expected = MADE.filter(isFound).toSorted(
      (one, other) =>
        orderedBy(other) - orderedBy(one) || (keyOf.get(other.title) ?? 0) - (keyOf.get(one.title) ?? 0),
    );
    expect(found).toEqual(expected.map(({ title }) => title));
  });
});
