/** Searches as a reader sees them, on both paths of ranking. */
import { beforeAll, describe, expect, test } from 'vitest';
import type { Clock } from '#lib/clock.ts';
import type { Db } from '#lib/db/client.ts';
import { recordPapers } from '#lib/ingest/record-papers.ts';
import { compileQuery } from '#lib/query/compiled-query.ts';
import { parseQuery } from '#lib/query/parser.ts';
import { createResultCache } from '#lib/search/result-cache.ts';
import type { Path } from '#lib/search/search-input.ts';
import { parseCursor } from '#lib/search/search-input.ts';
import { type SearchAnswer, searchPapers } from '#lib/search/search-papers.ts';
import { searchRelated } from '#lib/search/search-related.ts';
import { findPath, listMatchingKeys } from '#lib/search/store.ts';
import { anItem, aRecord } from '../../support/builders.ts';
import { freshDatabase } from '../../support/database.ts';

const PAPERS = [
  {
    title: 'Graph neural networks for molecules',
    abstract: 'We learn from graphs of atoms.',
    categories: ['cs.LG', 'physics.chem-ph'],
  },
  { title: 'Molecules in space', abstract: 'Spectra of interstellar clouds.', categories: ['astro-ph.GA'] },
  {
    title: 'Non-invasive imaging',
    abstract: 'A study of networks of vessels, by neural means.',
    categories: ['eess.IV'],
  },
  {
    title: 'A transformer for proteins',
    abstract: 'Attention over sequences of proteins. Transformers are large.',
    categories: ['q-bio.BM', 'cs.LG'],
  },
  {
    title: 'Scaling laws',
    abstract: 'Transformer language models, and how they grow.',
    categories: ['cs.CL'],
  },
  {
    title: 'On the Schrödinger equation',
    abstract: 'Its solutions for $\\alpha$ decay.',
    categories: ['math-ph'],
  },
] as const;

const titlesOf = ({ results }: SearchAnswer) => results.map(({ paper }) => paper.title);

function toItem(index: number, paper: { title: string; abstract: string; categories: readonly string[] }) {
  return anItem(
    aRecord({
      identifier: `2601.${String(10_000 + index)}`,
      ...paper,
      submittedAt: new Date(Date.UTC(2024 + (index % 3), 0, 1 + (index % 28))),
      authors: index === 0 ? ['Yann LeCun', 'Ada Lovelace'] : ['Grace Hopper'],
      links:
        index % 2 === 0
          ? [{ kind: 'repository', url: `https://github.com/a/${index}`, origin: 'import' }]
          : [],
    }),
  );
}

function record(db: Db, items: ReturnType<typeof toItem>[]) {
  return recordPapers(db, { source: 'arxiv', recordedAt: new Date('2026-01-01T00:00:00Z'), items });
}

test('an answer is kept until the next paper comes, which the next search finds', async () => {
  const { db, clock } = await freshDatabase();
  const deps = { db, clock, path: await findPath(db), cache: createResultCache<SearchAnswer>() };
  const search = () => searchPapers(deps, { query: 'molecules', limit: 10 });
  await record(db, [toItem(1, PAPERS[1])]);
  const first = await search();
  expect(await search()).toBe(first);
  await record(db, [toItem(0, PAPERS[0])]);
  expect((await search()).results).toHaveLength(2);
});

test.each<Path>(['bm25', 'plain'])(
  'signals narrow down by the %s path, and what nobody observed is 0',
  async (path) => {
    const { db, clock } = await freshDatabase();
    const items = [0, 5, 12].map((value, index) =>
      anItem({
        ...aRecord({ identifier: `2602.0000${index}`, title: `Quokkas ${value}` }),
        observations: value === 0 ? [] : [{ kind: 'upvotes', value, observedAt: clock.now() }],
      }),
    );
    await recordPapers(db, { source: 'arxiv', recordedAt: clock.now(), items });
    const found = async (filter: string) => {
      const answer = await searchPapers({ db, clock, path }, { query: `quokkas ${filter}`, limit: 9 });
      return answer.dropped.length > 0 ? 'nothing' : titlesOf(answer).sort().join(', ');
    };
    expect(await found('upvotes:>4')).toBe('Quokkas 12, Quokkas 5');
    expect(await found('upvotes:<12')).toBe('Quokkas 0, Quokkas 5');
    expect(await found('upvotes:1..5')).toBe('Quokkas 5');
    expect(await found('-upvotes:1..5')).toBe('Quokkas 0, Quokkas 12');
    expect(await found('upvotes:>=0')).toBe('Quokkas 0, Quokkas 12, Quokkas 5');
    expect(await found('upvotes:>12')).toBe('nothing');
  },
);

describe.each<Path>(['bm25', 'plain'])('by the %s path', (path) => {
  let db: Db;
  let clock: Clock;
  const search = (query: string, more: Partial<Parameters<typeof searchPapers>[1]> = {}) =>
    searchPapers({ db, clock, path }, { query, limit: 10, ...more });

  beforeAll(async () => {
    ({ db, clock } = await freshDatabase());
    await record(
      db,
      PAPERS.map((paper, index) => toItem(index, paper)),
    );
  });

  test('a paper with all the words comes before those with some', async () => {
    expect(titlesOf(await search('neural networks molecules'))).toEqual([
      'Graph neural networks for molecules',
      ...['Non-invasive imaging', 'Molecules in space'],
    ]);
  });

  test.each([
    ['"interstellar clouds"', ['Molecules in space']],
    ['au:lecun', ['Graph neural networks for molecules']],
    ['cat:cs.LG transformers', ['A transformer for proteins']],
    ['transformer -proteins', ['Scaling laws']],
    ['noninvasive', ['Non-invasive imaging']],
    ['schroedinger', ['On the Schrödinger equation']],
    ['id:2601.10001', ['Molecules in space']],
    ['date:2025 molecules', ['Molecules in space']],
    ['has:code graphs', ['Graph neural networks for molecules']],
    ['ti:transf*', ['A transformer for proteins']],
  ])('%s', async (query, titles) => {
    const answer = await search(query);
    expect({ titles: titlesOf(answer), dropped: answer.dropped }).toEqual({ titles, dropped: [] });
  });

  test('matches are marked, in the passage that has most of them', async () => {
    const [first] = (await search('decay schrödinger')).results;
    expect(first?.title).toEqual([
      { text: 'On the ', isMatch: false },
      { text: 'Schrödinger', isMatch: true },
      { text: ' equation', isMatch: false },
    ]);
    expect(first?.passage.filter(({ isMatch }) => isMatch).map(({ text }) => text)).toEqual(['decay']);
  });

  test('what matches nothing is loosened, and what was dropped is said', async () => {
    const answer = await search('molecules cat:cs.CL');
    expect(titlesOf(answer)).toContain('Molecules in space');
    expect(answer.dropped).toEqual(['in Computation and Language (cs.CL)']);
  });

  test('facets count what was found and lead to it', async () => {
    const { facets, total, isTotalExact } = await search('transformer');
    expect({ total, isTotalExact }).toEqual({ total: 2, isTotalExact: true });
    const categories = facets.find(({ kind }) => kind === 'category')?.facets;
    const chosen = categories?.find(({ name }) => name === 'cs.LG');
    expect(chosen).toMatchObject({ papers: 1, query: 'transformer cat:cs.LG', isChosen: false });
    expect((await search(chosen?.query ?? '')).total).toBe(1);
  });

  test.each([
    'transformer molecules networks',
    'sort:new',
    'sort:upvotes models OR molecules',
    'sort:trending',
    // No paper has both: read as either, on every page.
    'sort:new scaling molecules',
    // Nothing has it: loosened, on every page.
    'molecules networks cat:hep-th',
  ])('pages of %s, one paper each, make up the whole list', async (query) => {
    const whole = titlesOf(await search(query));
    const pages: string[] = [];
    let cursor: string | null = null;
    for (let page = 0; page < 10; page++) {
      const answer: SearchAnswer = await search(query, {
        limit: 1,
        cursor: cursor === null ? null : parseCursor(cursor),
      });
      pages.push(...titlesOf(answer));
      cursor = answer.nextCursor;
      if (cursor === null) break;
    }
    expect(pages).toEqual(whole);
    expect(whole.length).toBeGreaterThan(2);
  });

  test('of given papers those that match, all words', async () => {
    const keys = (await search('sort:new')).results.map(({ paper }) => paper.key);
    const { query } = parseQuery('transformer proteins');
    const matching = await listMatchingKeys(db, compileQuery(query), keys, clock.now());
    expect(matching).toHaveLength(1);
    expect(keys).toContain(matching[0]);
  });

  test('related papers share words', async () => {
    const [found] = (await search('"scaling laws"')).results;
    const related = await searchRelated(db, found?.paper.key ?? 0, 3);
    expect(related.map(({ paper }) => paper.title)).toEqual(['A transformer for proteins']);
    expect(related[0]?.shared).toEqual(['transformer']);
  });
});

test('a paper of a bulk import is found, ranked and filtered before it is indexed', async () => {
  const { db, clock } = await freshDatabase();
  await record(
    db,
    PAPERS.map((paper, index) => toItem(index, paper)),
  );
  const bulk = Array.from({ length: 420 }, (_, index) =>
    toItem(index + 50, {
      title: `Quokka number ${index}`,
      abstract: 'Molecules of marsupials.',
      categories: ['q-bio.PE'],
    }),
  );
  await record(db, bulk);
  for (const path of ['bm25', 'plain'] as const) {
    const found = await searchPapers({ db, clock, path }, { query: 'quokka 7 date:2026', limit: 5 });
    expect(found.results[0]?.paper.title).toMatch(/^Quokka number/);
    const all = await searchPapers({ db, clock, path }, { query: 'molecules', limit: 5 });
    expect(all.total).toBe(422);
    // A text that must be there is enough; a name beside a word is not.
    const byText = await searchPapers({ db, clock, path }, { query: 'proteins "of marsupials"', limit: 5 });
    expect(byText).toMatchObject({ total: 420, isTotalExact: true, dropped: [] });
    const byName = await searchPapers({ db, clock, path }, { query: 'proteins au:hopper', limit: 5 });
    expect(titlesOf(byName)).toEqual(['A transformer for proteins']);
  }
});

test('of a phrase that more papers have than are scored one by one, the best comes first, whenever it came', async () => {
  const { db, clock } = await freshDatabase();
  const alike = Array.from({ length: 1_300 }, (_, index) => ({
    title: `Wombats ${index}`,
    abstract: 'Where they live, and why their quiet burrows are so long, is not yet known to anybody.',
    categories: [],
  }));
  const best = { title: 'Quiet burrows', abstract: 'Quiet burrows of quiet burrows.', categories: [] };
  const items = [...alike, best].map((paper, index) => toItem(index, paper));
  // So few at a time that each goes straight into the indexes.
  for (let start = 0; start < items.length; start += 350) await record(db, items.slice(start, start + 350));

  const answer = await searchPapers({ db, clock, path: 'bm25' }, { query: '"quiet burrows"', limit: 5 });

  expect(titlesOf(answer)[0]).toBe('Quiet burrows');
  expect(answer).toMatchObject({ isTotalExact: false, dropped: [] });
  expect(answer.total).toBeGreaterThan(1_000);
  expect(answer.total).toBeLessThanOrEqual(1_301);
  const narrow = await searchPapers(
    { db, clock, path: 'bm25' },
    { query: '"quiet burrows of" wombats', limit: 5 },
  );
  expect({ titles: titlesOf(narrow), total: narrow.total, isTotalExact: narrow.isTotalExact }).toEqual({
    titles: ['Quiet burrows'],
    total: 1,
    isTotalExact: true,
  });
});

test('a misspelt word is read as the one that was meant', async () => {
  const { db, clock } = await freshDatabase();
  await record(
    db,
    Array.from({ length: 5 }, (_, index) =>
      toItem(index, { title: `Transformers ${index}`, abstract: '', categories: [] }),
    ),
  );
  const path = await findPath(db);
  expect(path).toBe('bm25');
  const answer = await searchPapers({ db, clock, path }, { query: 'transfromers', limit: 10 });
  expect(answer.corrections).toEqual([{ from: 'transfromers', to: 'transformers' }]);
  expect(answer.total).toBe(5);
});

test('a strange word among known ones is left out of account, and another spelling offered', async () => {
  const { db, clock } = await freshDatabase();
  const titles = ['Attention in deep transformers', 'Attention in deep transducers', 'Deep attention'];
  await record(
    db,
    Array.from({ length: 9 }, (_, index) =>
      toItem(index, { title: `${titles[index % 3]} ${index}`, abstract: 'Sparse.', categories: [] }),
    ),
  );
  const query = 'sparse deep attention transfromers';
  const answer = await searchPapers({ db, clock, path: await findPath(db) }, { query, limit: 10 });
  expect(answer).toMatchObject({ corrections: [], total: 9 });
  expect(answer.didYouMean).toBe('sparse deep attention transformers');
});
