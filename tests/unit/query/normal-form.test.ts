import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { compileQuery, planFilters, planWords } from '#lib/query/compiled-query.ts';
import { printQuery } from '#lib/query/normal-form.ts';
import { parseQuery } from '#lib/query/parser.ts';
import { seededRandom } from '#lib/random.ts';
import { aQuery, aQueryText } from '../../support/queries.ts';

const HOSTILE = join(process.env.PAPERBOY_DATA ?? '../shared/data', 'hostile');

const FACTS = ['identifier', 'date', 'last', 'has', 'list', 'signal'];

function expectRoundTrip(text: string): void {
  const { query, warnings } = parseQuery(text);
  const printed = printQuery(query);
  expect(parseQuery(printed), `${JSON.stringify(text)} → ${printed}`).toEqual({ query, warnings: [] });
  // Whatever was read can be asked of the database.
  for (const needed of ['any', 'all'] as const) planWords(query, needed);
  expect(compileQuery(query).rankingText).not.toMatch(/^ /);
  expect(planFilters(query)?.kind).toBeOneOf([undefined, 'text', 'and', 'or', 'not', ...FACTS]);
  for (const { position, length, message } of warnings) {
    expect(position).toBeGreaterThanOrEqual(0);
    expect(position + length).toBeLessThanOrEqual(text.length);
    expect(message).not.toBe('');
  }
}

/** Thousands of rounds; a busy machine is no failure. */
describe('what is printed is read as the same query, without a warning', { timeout: 60_000 }, () => {
  test('for any query', () => {
    const random = seededRandom(1);
    for (let round = 0; round < 2_000; round++) {
      const query = aQuery(random);
      const printed = printQuery(query);
      expect(parseQuery(printed), printed).toEqual({ query, warnings: [] });
    }
  });

  test('for any text', () => {
    const random = seededRandom(2);
    for (let round = 0; round < 10_000; round++) expectRoundTrip(aQueryText(random));
  });

  test.skipIf(!existsSync(HOSTILE))(
    'for naughty strings and XSS payloads (skipped without the recorded data)',
    () => {
      const naughty: string[] = JSON.parse(readFileSync(join(HOSTILE, 'naughty-strings.json'), 'utf8'));
      const payloads = readFileSync(join(HOSTILE, 'xss-payloads.txt'), 'utf8').split('\n');
      for (const text of [...naughty, ...payloads]) expectRoundTrip(text);
    },
  );
});

test('two ways to write a query have one normal form', () => {
  const forms = ['cat:cs.LG (graph OR tree) -survey', 'category:cs.lg tree OR graph NOT survey'].map(
    (text) => parseQuery(text).query,
  );
  expect(printQuery(forms[0]!)).toBe('cat:cs.LG (graph OR tree) -survey');
  expect(printQuery(forms[1]!)).toBe('cat:cs.LG (tree OR graph) -survey');
});
