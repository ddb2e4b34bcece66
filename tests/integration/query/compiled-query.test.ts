/** The plans of compiled-query.ts against a real Postgres: what they find, and that no text makes one fail. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compileQuery, planFilters, planWords, type SearchPlan } from '#lib/query/compiled-query.ts';
import { printQuery } from '#lib/query/normal-form.ts';
import { parseQuery } from '#lib/query/parser.ts';
import { seededRandom } from '#lib/random.ts';
import { type SearchableSource, toSearchable } from '#lib/search/index/searchable.ts';
import { SECTIONS } from '#lib/text/lexemes.ts';
import { stemWord } from '#lib/text/stem.ts';
import { isStopWord, readWords } from '#lib/text/words.ts';
import { aQuery, aQueryText } from '../../support/queries.ts';

const HOSTILE = join(process.env.PAPERBOY_DATA ?? '../shared/data', 'hostile');

let database: PGlite;
beforeAll(async () => {
  database = await PGlite.create();
  await database.exec(`
    CREATE TABLE paper (name text PRIMARY KEY, words text NOT NULL, lexemes tsvector NOT NULL);
    CREATE INDEX ON paper USING gin (lexemes);
    CREATE TEXT SEARCH DICTIONARY bare_english (TEMPLATE = snowball, LANGUAGE = english)`);
});
afterAll(() => database.close());

async function insertPaper(name: string, source: Partial<SearchableSource>): Promise<void> {
  const { words, lexemes } = toSearchable({
    titleText: '',
    abstractText: '',
    authors: [],
    comment: null,
    journalReference: null,
    categories: [],
    ...source,
  });
  await database.query('INSERT INTO paper VALUES ($1, $2, $3::tsvector)', [name, words, lexemes]);
}

/** Facts are none of this test's business: every paper passes them. */
function toSql(plan: SearchPlan | null, parameters: unknown[]): string {
  if (plan === null) return 'true';
  if (plan.kind === 'and' || plan.kind === 'or')
    return `(${plan.of.map((part) => toSql(part, parameters)).join(` ${plan.kind} `)})`;
  if (plan.kind === 'not') return `NOT ${toSql(plan.of, parameters)}`;
  if (plan.kind !== 'text') return 'true';
  const bind = (value: string) => `$${parameters.push(value)}`;
  const part = plan.section === null ? 'words' : `split_part(words, '|', ${SECTIONS[plan.section]})`;
  const tests = [
    ...(plan.tsquery === null ? [] : [`lexemes @@ ${bind(plan.tsquery)}::tsquery`]),
    ...(plan.contains.length === 0
      ? []
      : [`(${plan.contains.map((text) => `strpos(${part}, ${bind(text)}) > 0`).join(' OR ')})`]),
    ...(plan.pattern === null ? [] : [`${part} ~ ${bind(plan.pattern)}`]),
  ];
  return `(${tests.join(' AND ')})`;
}

async function find(text: string): Promise<string[]> {
  const { query } = parseQuery(text);
  const parameters: unknown[] = [];
  const words = planWords(query, 'any');
  const soft = words === null ? 'true' : `lexemes @@ $${parameters.push(words)}::tsquery`;
  const { rows } = await database.query<{ name: string }>(
    `SELECT name FROM paper WHERE ${soft} AND ${toSql(planFilters(query), parameters)} ORDER BY name`,
    parameters,
  );
  return rows.map(({ name }) => name);
}

describe('what a query finds', () => {
  beforeAll(async () => {
    await insertPaper('hyphen', {
      titleText: 'Non-invasive imaging of graphs',
      authors: ['Yann LeCun', 'Yoshua Bengio'],
    });
    await insertPaper('space', { titleText: 'Imaging that is non invasive', authors: ['Y. LeCun'] });
    await insertPaper('closed', { abstractText: 'Noninvasive image processing', authors: ['Xiao-Li Meng'] });
    await insertPaper('apart', {
      abstractText: 'Invasive species, and the image of a non Euclidean graph',
      categories: ['cs.LG'],
    });
    await insertPaper('accents', {
      titleText: 'The Schrödinger equation for Müller’s α-decay',
      authors: ['Laurens van der Maaten'],
      categories: ['hep-th', 'math.NA'],
    });
    await insertPaper('spelled', {
      abstractText: 'Schroedinger equations and alpha decay',
      comment: 'Accepted at ICML, 12 pages',
    });
    await insertPaper('plain', {
      abstractText: 'Schrodinger; objectivity; generative studies',
      journalReference: 'Phys. Rev. D 3',
    });
    await insertPaper('models', {
      titleText: 'GPT-4o and C++',
      abstractText: 'We compare GPT4o on ImageNet/CIFAR-10; state-of-the-art',
    });
    await insertPaper('chinese', {
      titleText: '深度学习的应用',
      abstractText: 'To be objective, or not to be',
    });
  });

  test.each<[string, ...string[]]>([
    ['non-invasive', 'closed', 'hyphen', 'space'],
    ['noninvasive', 'closed', 'hyphen'],
    ['"non-invasive"', 'hyphen', 'space'],
    ['"non invasive imaging"', 'hyphen'],
    ['ti:non-invasive', 'hyphen', 'space'],
    ['abs:non-invasive', 'closed'],
    ['non-inv*', 'closed', 'hyphen', 'space'],
    ['images AND NOT invasive', 'closed'],
    ['ti:imaging', 'hyphen', 'space'],
    ['abs:images', 'apart', 'closed'],
    ['"imaging"', 'hyphen', 'space'],
    ['"objectivity"', 'plain'],
    ['objectivity', 'chinese', 'plain'],
    ['Schrödinger', 'accents', 'plain', 'spelled'],
    ['schroedinger', 'accents', 'spelled'],
    ['Schrodinger', 'accents', 'plain'],
    ['"Schroedinger equation"', 'accents'],
    ['"schrödinger equations"', 'spelled'],
    ['$\\alpha$-decay', 'accents', 'spelled'],
    ['alpha decay', 'accents', 'spelled'],
    ['mueller', 'accents'],
    ['gener*', 'plain'],
    ['generativ*', 'plain'],
    ['studie*', 'plain'],
    ['study*'],
    ['ti:imag* -ti:graph*', 'space'],
    ['GPT4o', 'models'],
    ['"GPT-4o"', 'models'],
    ['C++', 'models'],
    ['CIFAR-10', 'models'],
    ['imagenet', 'models'],
    ['"state of the art"', 'models'],
    ['state-of-the-art', 'models'],
    ['"state in the art"'],
    ['"graphs the"'],
    ['深度学习', 'chinese'],
    ['学习', 'chinese'],
    ['学', 'chinese'],
    ['"学习的应用"', 'chinese'],
    ['"学习应用"'],
    ['au:lecun', 'hyphen', 'space'],
    ['au:"Yann LeCun"', 'hyphen', 'space'],
    ['au:"Yoshua LeCun"', 'space'],
    ['au:"Y. Bengio"', 'hyphen'],
    ['au:"Bengio LeCun"'],
    ['au:xiaoli_meng', 'closed'],
    ['au:van der Maaten', 'accents'],
    ['au:maat*', 'accents'],
    ['"Yann LeCun"', 'hyphen'],
    ['co:"accepted at icml"', 'spelled'],
    ['co:page', 'spelled'],
    ['jr:"Phys. Rev."', 'plain'],
    ['cat:cs', 'apart'],
    ['cat:physics', 'accents'],
    ['cat:cs.NA', 'accents'],
    ['cat:hep-th OR cat:cs.LG', 'accents', 'apart'],
    ['graph -cat:cs', 'hyphen'],
    ['-(schrodinger OR schroedinger OR invasive OR models OR compare)', 'chinese', 'closed'],
  ])('%s', async (text, ...expected) => expect(await find(text)).toEqual(expected));
});

/** All the pieces of SQL that a text leads to, evaluated once. */
async function evaluate(texts: readonly string[]): Promise<void> {
  const tsqueries: string[] = [];
  const patterns: string[] = [];
  const visit = (plan: SearchPlan | null): void => {
    if (plan === null) return;
    if (plan.kind === 'and' || plan.kind === 'or') plan.of.forEach(visit);
    else if (plan.kind === 'not') visit(plan.of);
    else if (plan.kind === 'text') {
      if (plan.tsquery !== null) tsqueries.push(plan.tsquery);
      if (plan.pattern !== null) patterns.push(plan.pattern);
    }
  };
  for (const text of texts) {
    const { query } = parseQuery(text);
    visit(planFilters(query));
    tsqueries.push(...(['any', 'all'] as const).flatMap((needed) => planWords(query, needed) ?? []));
    compileQuery(query);
  }
  await database.query(`SELECT count('a:1'::tsvector @@ text::tsquery) FROM unnest($1::text[]) AS text`, [
    tsqueries,
  ]);
  await database.query(`SELECT count('; ada ;' ~ pattern) FROM unnest($1::text[]) AS pattern`, [patterns]);
  expect(tsqueries.length).toBeGreaterThan(0);
}

describe('no text makes Postgres fail', () => {
  test('any query and any text that could have been typed', async () => {
    const random = seededRandom(3);
    await evaluate(Array.from({ length: 1_500 }, () => aQueryText(random)));
    await evaluate(Array.from({ length: 500 }, () => printQuery(aQuery(random))));
  });

  test.skipIf(!existsSync(HOSTILE))(
    'naughty strings and XSS payloads, as queries and as papers (skipped without the recorded data)',
    async () => {
      const naughty: string[] = JSON.parse(readFileSync(join(HOSTILE, 'naughty-strings.json'), 'utf8'));
      const payloads = readFileSync(join(HOSTILE, 'xss-payloads.txt'), 'utf8').split('\n');
      const texts = [...naughty, ...payloads];
      await evaluate(
        texts.flatMap((text) => [text, `"${text}"`, `ti:"${text}"`, `au:"${text}"`, `${text}*`]),
      );
      const lexemes = texts.map(
        (text) =>
          toSearchable({
            titleText: text,
            abstractText: text,
            authors: [text, text],
            comment: text,
            journalReference: text,
            categories: [text],
          }).lexemes,
      );
      const { rows } = await database.query<{ count: number }>(
        'SELECT count(text::tsvector)::int AS count FROM unnest($1::text[]) AS text',
        [lexemes],
      );
      expect(rows[0]!.count).toBe(texts.length);
    },
  );
});

describe('as Postgres has it', () => {
  test('stems and stop words are those of the english configuration', async () => {
    const sample: { title: string; abstract: string }[] = JSON.parse(
      readFileSync(new URL('../../../prisma/sample/2025-03-12.json', import.meta.url), 'utf8'),
    ).papers;
    const vocabulary = [
      ...new Set(
        sample.flatMap(({ title, abstract }) =>
          readWords(`${title} ${abstract}`).map(({ forms }) => forms[0]!),
        ),
      ),
      ...`skies dying news generously yyyyll multiplicative eying biases innings succeeded by the a s t`.split(
        ' ',
      ),
    ];
    const words = vocabulary.filter((word) => /^[a-z]+$/.test(word));
    const { rows } = await database.query<{ word: string; stem: string; isStopWord: boolean }>(
      `SELECT word, (ts_lexize('bare_english', word))[1] AS stem, cardinality(ts_lexize('english_stem', word)) = 0 AS "isStopWord"
       FROM unnest($1::text[]) AS word`,
      [words],
    );
    expect(rows.length).toBeGreaterThan(2_000);
    expect(rows.filter(({ word, stem }) => stem !== stemWord(word))).toEqual([]);
    expect(rows.filter(({ word, isStopWord: isOne }) => isOne !== isStopWord(word))).toEqual([]);
  });

  test('the parser of the ranking index takes each folded word for one word', async () => {
    const text =
      'non-invasive GPT-4o 3.5 1,000 v1.2.3 C++ 深度学习 λόγος Ł α é हिन्दी x² Llama-3.1-8B naïve 1e5 0x1f';
    const forms = [...new Set(readWords(text).flatMap((word) => word.forms))];
    const { rows } = await database.query<{ form: string; count: number }>(
      `SELECT form, (SELECT count(*)::int FROM ts_parse('default', form)) AS count FROM unnest($1::text[]) AS form`,
      [forms],
    );
    expect(rows.filter(({ count }) => count !== 1)).toEqual([]);
  });
});
