import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { compileQuery, planFilters, planWords } from '#lib/query/compiled-query.ts';
import { parseQuery } from '#lib/query/parser.ts';
import { shorterStems } from '#lib/query/prefix-match.ts';
import { toSearchable } from '#lib/search/index/searchable.ts';
import { stemWord } from '#lib/text/stem.ts';
import { readWords } from '#lib/text/words.ts';

const planOf = (text: string) => planFilters(parseQuery(text).query);
const source = {
  titleText: '',
  abstractText: '',
  authors: [],
  comment: null,
  journalReference: null,
  categories: [],
};

describe('a plan', () => {
  test('is one tsquery for all that words and categories can say', () => {
    expect(planOf('ti:graphs AND (cat:cs OR au:lecun) AND NOT abs:trees')).toEqual({
      kind: 'text',
      tsquery: "('t/graph' & ('g/cs.*' | 'a/lecun') & !('tree':B))",
      contains: [],
      pattern: null,
      section: null,
    });
  });

  test('looks into the words for exact phrases', () => {
    expect(planOf('ti:"Schrödinger equations"')).toEqual({
      kind: 'text',
      tsquery: "(('t/schroding' | 't/schroeding') & 't/equat')",
      contains: [' schrodinger equations ', ' schroedinger equations '],
      pattern: null,
      section: 'title',
    });
  });

  test('keeps conditions on facts as they are', () => {
    expect(planOf('has:code OR -list:hf')).toEqual({
      kind: 'or',
      of: [
        { kind: 'has', what: 'code' },
        { kind: 'not', of: { kind: 'list', list: 'huggingface' } },
      ],
    });
  });

  test('asks nothing for nothing, and nothing of stop words in the text', () => {
    expect([planOf(''), planOf('graph'), planOf('all:the'), planOf('-the')]).toEqual([
      null,
      null,
      null,
      null,
    ]);
    expect(planOf('ti:the')).toMatchObject({ tsquery: "'t/the'" });
  });
});

describe('bare words', () => {
  const wordsOf = (text: string, needed: 'any' | 'all') => planWords(parseQuery(text).query, needed);

  test('of stop words alone are looked for in titles', () => {
    expect(wordsOf('the who', 'any')).toBe("('t/the' & 't/who')");
    expect(wordsOf('the graphs', 'all')).toBe("('graph' | 'a/graphs' | 'c/graph')");
    expect(wordsOf('cat:cs', 'any')).toBeNull();
  });

  test('are ranked by with their compounds, and with what filters ask for in title and abstract', () => {
    expect(compileQuery(parseQuery('non-invasive Müller').query).rankingText).toBe(
      'non invasive noninvasive muller mueller',
    );
    expect(compileQuery(parseQuery('"deep sets" ti:graph au:lecun -tree cat:cs').query).rankingText).toBe(
      'deep sets graph',
    );
  });
});

describe('names', () => {
  const words = toSearchable({
    ...source,
    authors: ['Yann LeCun', 'Y. Bengio', 'Xiao-Li Meng', 'Laurens van der Maaten'],
  }).words;
  const section = words.split('|')[3] ?? '';
  const isAuthor = (name: string) => {
    const plan = planOf(`au:"${name}"`);
    return plan?.kind === 'text' && plan.pattern !== null && new RegExp(plan.pattern).test(section);
  };

  test.each([
    'Yann LeCun',
    'Y. LeCun',
    'LeCun, Y.',
    'lecun y',
    'lecun_y',
    'YANN LECUN',
    'Yoshua Bengio',
    'Xiaoli Meng',
    'X.-L. Meng',
    'Meng Xiao-Li',
    'van der Maaten',
    'L. van der Maaten',
    'Laurens Maaten',
  ])('%s is one of the authors', (name) => expect(isAuthor(name)).toBe(true));
  test.each(['Yoshua LeCun', 'Zoe Bengio', 'Yann Meng', 'LeCun Bengio', 'A. LeCun', 'Yann K.'])(
    '%s is none of the authors',
    (name) => expect(isAuthor(name)).toBe(false),
  );
});

test('a prefix finds every word that begins so, by the word or by its stem', () => {
  const sample: { title: string; abstract: string }[] = JSON.parse(
    readFileSync(new URL('../../../prisma/sample/2025-03-12.json', import.meta.url), 'utf8'),
  ).papers;
  const vocabulary = new Set(
    sample.flatMap(({ title, abstract }) => readWords(`${title} ${abstract}`).flatMap(({ forms }) => forms)),
  );
  expect(vocabulary.size).toBeGreaterThan(2_000);
  const missed = [...vocabulary].flatMap((word) =>
    Array.from({ length: Math.max(word.length - 2, 0) }, (_, index) => word.slice(0, index + 3))
      .filter(
        (prefix) => !stemWord(word).startsWith(prefix) && !shorterStems(prefix).includes(stemWord(word)),
      )
      .map((prefix) => `${prefix}* misses ${word}`),
  );
  expect(missed).toEqual([]);
});

test('what is stored keeps fields and phrases apart', () => {
  const { words, lexemes } = toSearchable({
    ...source,
    titleText: 'Non-invasive Graphs',
    abstractText: 'The α-decay',
    authors: ['Ada Lovelace'],
    comment: '12 pages',
    categories: ['cs.LG'],
  });
  expect(words).toBe(
    ' non invasive graphs | the alpha decay | noninvasive  alphadecay |; ada lovelace  ;| 12 pages |  ',
  );
  expect(lexemes.split(' ')).toEqual([
    "'non':1A",
    "'invas':2A",
    "'noninvas':2A",
    "'graph':3A",
    "'alpha':13B",
    "'decay':14B",
    "'alphadecay':14B",
    "'t/non'",
    "'t/invas'",
    "'t/noninvas'",
    "'t/graph'",
    "'c/12'",
    "'c/page'",
    "'a/ada'",
    "'a/lovelace'",
    "'g/cs.lg'",
    "'g/cs.*'",
    "'g/cs#'",
  ]);
});
