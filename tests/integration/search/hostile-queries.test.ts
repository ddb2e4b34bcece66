/** Whatever is typed gets an answer: every naughty string, XSS payload and made-up query, on both paths. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { recordPapers } from '#lib/ingest/record-papers.ts';
import { printQuery } from '#lib/query/normal-form.ts';
import { seededRandom } from '#lib/random.ts';
import { searchPapers } from '#lib/search/search-papers.ts';
import { suggestQueries } from '#lib/search/suggest-queries.ts';
import { anItem, aRecord } from '../../support/builders.ts';
import { freshDatabase } from '../../support/database.ts';
import { aQuery, aQueryText } from '../../support/queries.ts';

const HOSTILE = join(process.env.PAPERBOY_DATA ?? '../shared/data', 'hostile');

function hostileLines(): string[] {
  if (!existsSync(HOSTILE)) return [];
  const naughty: string[] = JSON.parse(readFileSync(join(HOSTILE, 'naughty-strings.json'), 'utf8'));
  return [...naughty, ...readFileSync(join(HOSTILE, 'xss-payloads.txt'), 'utf8').split('\n').slice(0, 500)];
}

test('every query is answered, and every suggestion', { timeout: 300_000 }, async () => {
  const { db, clock } = await freshDatabase();
  const items = ['Graph neural networks', 'Transformers', 'Schrödinger'].map((title, index) =>
    anItem(aRecord({ identifier: `2601.0000${index + 1}`, title })),
  );
  await recordPapers(db, { source: 'arxiv', recordedAt: clock.now(), items });
  const random = seededRandom(11);
  const made = Array.from({ length: 1_000 }, (_, index) =>
    index % 2 === 0 ? aQueryText(random) : printQuery(aQuery(random)),
  );
  const pathological = [
    Array.from({ length: 500 }, (_, index) => `word${index}`).join(' '),
    'a*',
    'abc* '.repeat(60),
    '('.repeat(400),
    '"'.repeat(999),
    `date:9999-12..0001-01 last:999999999y upvotes:>99999999999`,
    '\ud800 \u0000 \uffff',
    'x'.repeat(5_000),
  ];
  for (const [index, query] of [...pathological, ...hostileLines(), ...made].entries()) {
    const path = index % 2 === 0 ? 'bm25' : 'plain';
    const answer = await searchPapers({ db, clock, path }, { query, limit: 2 });
    expect(answer.total).toBeGreaterThanOrEqual(0);
    if (index % 5 === 0) expect(await suggestQueries({ db }, query)).toBeInstanceOf(Array);
  }
});
