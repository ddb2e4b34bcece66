/** Titles as readers paste them, and as they half remember them: without one of the words and with another misspelt. */
import type { Db } from '#lib/db/client.ts';
import { seededRandom } from '#lib/random.ts';

export type Known = { readonly key: number; readonly title: string; readonly query: string };

/** Titles of five words and more, each with its spoilt form; the same ones every time. */
export async function chooseTitles(db: Db, count: number): Promise<Known[]> {
  const random = seededRandom(7);
  const rows = await db.$queryRaw<{ key: number; title: string }[]>`
    SELECT key, title_text AS title FROM paper
    WHERE array_length(regexp_split_to_array(title_text, ' '), 1) BETWEEN 5 AND 14 AND title_text ~ '^[A-Za-z :,-]+$'
    ORDER BY md5(identifier) LIMIT ${count}`;
  return rows.map((row) => ({ ...row, query: spoil(row.title, random.fraction) }));
}

function spoil(title: string, fraction: () => number): string {
  const words = title.split(' ');
  words.splice(Math.floor(fraction() * words.length), 1);
  const long = words.flatMap((word, index) => (/^[a-z]{6,}$/i.test(word) ? [index] : []));
  const at = long[Math.floor(fraction() * long.length)];
  const word = at === undefined ? undefined : words[at];
  if (at === undefined || word === undefined) return words.join(' ');
  const place = 1 + Math.floor(fraction() * (word.length - 2));
  words[at] =
    word.slice(0, place) +
    word.slice(place + 1, place + 2) +
    word.slice(place, place + 1) +
    word.slice(place + 2);
  return words.join(' ');
}
