/** How often a word occurs in a paper, as the database reads it off a tsvector to score one paper by BM25. */
import { expect, test } from 'vitest';
import { z } from 'zod';
import { freshDatabase } from '../../support/database.ts';

const TITLE_PLACES_MAX = 5;
const PLACES_MAX = 15;

type Case = { readonly inTitle: number; readonly places: number };

async function frequenciesOf(cases: readonly Case[]): Promise<number[]> {
  const { db } = await freshDatabase();
  const lexemes = cases.map(({ inTitle, places }) => {
    const of = Array.from({ length: places }, (_, at) =>
      at < inTitle ? `${at * 3 + 1}A` : `${at * 3 + 9}B`,
    );
    return places === 0 ? `'other':1A` : `'other':2B 'word':${of.join(',')}`;
  });
  const rows = await db.$queryRawUnsafe<unknown[]>(
    `SELECT search_term_frequency(lexemes, 'word') AS frequency
     FROM unnest($1::text[]::tsvector[]) WITH ORDINALITY AS given(lexemes, number) ORDER BY number`,
    lexemes,
  );
  return z
    .array(z.object({ frequency: z.number() }))
    .parse(rows)
    .map(({ frequency }) => frequency);
}

test('is the number of its places, those in the title twice', async () => {
  const cases: Case[] = [];
  for (let inTitle = 0; inTitle <= TITLE_PLACES_MAX; inTitle += 1)
    for (let places = inTitle; places <= PLACES_MAX; places += 1) cases.push({ inTitle, places });
  expect(await frequenciesOf(cases)).toEqual(cases.map(({ inTitle, places }) => inTitle + places));
});

test('of more places fifteen count, and a title that only says one word says it twelve times', async () => {
  const cases = [0, 1, 2, 3, 4, 5].map((inTitle) => ({ inTitle, places: 60 }));
  expect(await frequenciesOf(cases)).toEqual(cases.map(({ inTitle }) => inTitle + PLACES_MAX));
  expect(await frequenciesOf([{ inTitle: 9, places: 9 }])).toEqual([12]);
});
