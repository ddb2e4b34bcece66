/** Words of a query that no paper has, and what was meant by them. */
import type { Db } from '#lib/db/client.ts';
import { newQuery, type Query } from '#lib/query/query.ts';
import { stem } from '#lib/text/lexemes.ts';
import { isStopWord, readWords } from '#lib/text/words.ts';
import { chooseSpelling, isSpellable, PAPERS_MIN, slipsAllowed, startsOf } from './spelling.ts';
import { listTermsByStart } from './store.ts';
import type { Statistics } from './weighting.ts';

export type Correction = { readonly from: string; readonly to: string };

/** More unknown words than this are a language we do not know. Each is a look into the vocabulary. */
const WORDS_MAX = 4;
const TERMS_MAX = 3_000;

/**
 * With so many words that papers do have, a strange one is as likely a name that no paper here has, and is better left
 * out of account than read as another: replacing it cost 0.007 of nDCG@10 on SciFact.
 */
const KNOWN_WORDS_ENOUGH = 3;

/** A pasted title that has a name of its own is spelt as its authors spell it. */
const TYPED_WORDS_MAX = 6;

/**
 * The query with those words replaced; itself, and nothing corrected, where every word is known. `isSure` unless what is
 * known of the query is enough to search by.
 */
export async function correctQuery(
  { db }: { db: Db },
  { query, statistics }: { query: Query; statistics: Statistics },
): Promise<{ query: Query; corrections: readonly Correction[]; isSure: boolean }> {
  const unknown = query.words.flatMap((word) => {
    const form = unknownForm(word, statistics);
    return form === null ? [] : [{ word, form }];
  });
  const isSure = statistics.frequencies.size < KNOWN_WORDS_ENOUGH;
  const corrections: Correction[] = [];
  if (unknown.length <= WORDS_MAX && (isSure || query.words.length <= TYPED_WORDS_MAX)) {
    for (const { word, form } of unknown) {
      const to = await findSpelling(db, form);
      if (to !== null) corrections.push({ from: word, to });
    }
  }
  if (corrections.length === 0) return { query, corrections, isSure: true };
  const spelt = new Map(corrections.map(({ from, to }) => [from, to]));
  const words = query.words.map((word) => spelt.get(word) ?? word);
  return { query: newQuery(words, query.filters, query.sort), corrections, isSure };
}

/** The word as the vocabulary would have it; null for one that it has, or that cannot be misspelt. */
function unknownForm(word: string, { frequencies }: Statistics): string | null {
  const read = readWords(word);
  const form = read.length === 1 ? read[0]?.forms[0] : undefined;
  return form === undefined || isStopWord(form) || !isSpellable(form) || frequencies.has(stem(form))
    ? null
    : form;
}

async function findSpelling(db: Db, form: string): Promise<string | null> {
  const slips = slipsAllowed(form);
  const terms = await listTermsByStart(db, startsOf(form), {
    lengthMin: form.length - slips,
    lengthMax: form.length + slips,
    papersMin: PAPERS_MIN,
    limit: TERMS_MAX,
  });
  return chooseSpelling(form, terms)?.written ?? null;
}
