import { beforeEach, expect, test } from 'vitest';
import type { Db } from '#lib/db/client.ts';
import { recordPapers } from '#lib/ingest/record-papers.ts';
import {
  listDaysWithPapers,
  listMonths,
  listPaperNamesOf,
  listSubjectCodes,
  listUnlistedPaperNames,
  listUnlistedParts,
} from '#lib/papers/catalogue-store.ts';
import { anItem } from '../../support/builders.ts';
import { freshDatabase } from '../../support/database.ts';

let db: Db;

beforeEach(async () => {
  const fresh = await freshDatabase();
  db = fresh.db;
  const paper = (identifier: string, listedOn: string | null, categories: string[] = []) =>
    anItem({ identifier, categories, ...(listedOn !== null && { listing: { listedOn } }) });
  await recordPapers(db, {
    source: 'huggingface',
    recordedAt: fresh.clock.now(),
    items: [
      paper('2503.00001', '2025-03-03', ['cs.CL']),
      paper('2503.00002', '2025-03-31', ['hep-th', 'cs.CL']),
      paper('2505.00003', '2025-05-01'),
      paper('2505.00004', null),
      // Listed again in another month.
      paper('2503.00001', '2025-05-02'),
    ],
  });
});

test('months and days are those with papers, newest first', async () => {
  expect(await listMonths(db)).toEqual([
    { month: '2025-05', lastDay: '2025-05-02' },
    { month: '2025-03', lastDay: '2025-03-31' },
  ]);
  expect(await listDaysWithPapers(db, '2025-03-01', '2025-03-31')).toEqual(['2025-03-31', '2025-03-03']);
});

test('a paper belongs to the month in which it first came out, and to no other', async () => {
  const names = async (first: string, last: string, limit = 10) =>
    (await listPaperNamesOf(db, first, last, limit)).map(({ identifier }) => identifier);
  expect(await names('2025-03-01', '2025-03-31')).toEqual(['2503.00001', '2503.00002']);
  expect(await names('2025-05-01', '2025-05-31')).toEqual(['2505.00003']);
  expect(await names('2025-03-01', '2025-03-31', 1)).toHaveLength(1);
});

test('papers on no list are found in parts of keys', async () => {
  const parts = await listUnlistedParts(db, 2);
  expect(parts).toHaveLength(1);
  const found = await listUnlistedPaperNames(db, parts[0]!, 2);
  expect(found).toEqual([{ registry: 'arxiv', identifier: '2505.00004', changedOn: null }]);
});

test('subjects are those of papers, archives and groups among them, each once', async () => {
  expect(await listSubjectCodes(db)).toEqual(['cs', 'cs.CL', 'grp_physics', 'hep-th']);
});

test('an empty database has none of it', async () => {
  const { db: empty } = await freshDatabase();
  expect(await listMonths(empty)).toEqual([]);
  expect(await listSubjectCodes(empty)).toEqual([]);
  expect(await listUnlistedParts(empty, 10)).toEqual([]);
});
