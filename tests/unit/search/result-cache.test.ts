import { expect, test } from 'vitest';
import { createResultCache } from '#lib/search/result-cache.ts';
import type { SearchAnswer } from '#lib/search/search-papers.ts';

/** Only how many results there are is looked at. */
function anAnswer(results = 20): SearchAnswer {
  return { results: Array.from({ length: results }) } as unknown as SearchAnswer;
}

/** What is asked is counted. */
function aSource() {
  const asked: string[] = [];
  return {
    asked,
    answer: (name: string, results?: number) => async () => {
      asked.push(name);
      return anAnswer(results);
    },
  };
}

test('while nothing is written a query is answered once, however many ask at once', async () => {
  const kept = createResultCache();
  const { asked, answer } = aSource();
  const answers = await Promise.all([1, 2, 3].map(() => kept.take('graphs', '5:5:', answer('graphs'))));
  expect(new Set(answers).size).toBe(1);
  expect(await kept.take('graphs', '5:5:', answer('graphs'))).toBe(answers[0]);
  await kept.take('molecules', '5:5:', answer('molecules'));
  expect(asked).toEqual(['graphs', 'molecules']);
});

test('once something is written everything is asked anew', async () => {
  const kept = createResultCache();
  const { asked, answer } = aSource();
  const before = await kept.take('graphs', '5:5:', answer('before'));
  expect(await kept.take('graphs', '5:6:5', answer('after'))).not.toBe(before);
  await kept.take('graphs', '5:6:5', answer('never'));
  expect(asked).toEqual(['before', 'after']);
});

test('a failure is told to all who wait for it, and not kept', async () => {
  const kept = createResultCache();
  const { asked, answer } = aSource();
  const fail = async () => {
    throw new Error('the database is gone');
  };
  await expect(kept.take('graphs', '5:5:', fail)).rejects.toThrow('gone');
  await kept.take('graphs', '5:5:', answer('again'));
  expect(asked).toEqual(['again']);
});

test('of more papers than fit, those asked for longest ago are forgotten', async () => {
  const kept = createResultCache(50);
  const { asked, answer } = aSource();
  const take = (name: string) => kept.take(name, '5:5:', answer(name));
  await take('a');
  await take('b');
  await take('a');
  await take('c');
  await take('a');
  await take('b');
  expect(asked).toEqual(['a', 'b', 'c', 'b']);
});
