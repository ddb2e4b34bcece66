/** How often a word occurs in a paper, as the database reads it off a tsvector to score one paper by BM25. */
import { expect, test } from 'vitest';
import { z } from 'zod';
import { freshDatabase } from '../../support/database.ts';

const TITLE_PLACES_MAX = 4;
const PLACES_MAX = 15;

test('is the number of its places, those in the title twice', async () => {
  const { db } = await freshDatabase();
  const cases = [];
  for (let inTitle = 0; inTitle <= TITLE_PLACES_MAX; inTitle += 1)
    for (let places = inTitle; places <= PLACES_MAX; places += 1) cases.push({ inTitle, places });
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
  const found = z.array(z.object({ frequency: z.number() })).parse(rows);
  expect(found.map(({ frequency }) => frequency)).toEqual(
    cases.map(({ inTitle, places }) => inTitle + places),
  );
});
