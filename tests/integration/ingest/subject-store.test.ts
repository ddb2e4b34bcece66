/** The two ways to a paper's subjects: written with a new paper, and brought up to what the database knows of it. */
import { expect, test } from 'vitest';
import type { Db } from '#lib/db/client.ts';
import { recordPapers } from '#lib/ingest/record-papers.ts';
import { upsertSubjects } from '#lib/ingest/subject-store.ts';
import { KNOWN_CATEGORIES } from '#lib/papers/category.ts';
import { anItem } from '../../support/builders.ts';
import { freshDatabase } from '../../support/database.ts';

const RECORDED_AT = new Date('2026-03-02T12:00:00Z');

async function listSubjects(db: Db): Promise<string[]> {
  const rows = await db.subjectPaper.findMany({ orderBy: [{ paperKey: 'asc' }, { subject: 'asc' }] });
  return rows.map((row) => `${row.paperKey} ${row.subject} ${row.cameOutOn?.toISOString().slice(0, 10)}`);
}

test('new papers get the subjects that looking at all that is stored of them would give', async () => {
  const { db } = await freshDatabase();
  const submittedAt = [null, new Date('2026-02-27T23:30:00Z'), new Date('2026-03-01T01:00:00+05:00')];
  const listings = [null, { listedOn: '2026-03-02' }, { listedOn: '2026-03-04', isEstimated: true }];
  const items = KNOWN_CATEGORIES.map((category, index) => {
    const listing = listings[Math.floor(index / 3) % 3] ?? null;
    return anItem({
      identifier: `2603.${10_000 + index}`,
      categories: [category, KNOWN_CATEGORIES[(index * 7) % KNOWN_CATEGORIES.length] ?? '', 'cs.XX'],
      submittedAt: submittedAt[index % 3] ?? null,
      ...(listing === null ? {} : { listing }),
    });
  });
  // One of them twice, on an earlier day.
  items.push(anItem({ identifier: '2603.10003', listing: { listedOn: '2026-02-20' } }));
  await recordPapers(db, { source: 'arxiv', recordedAt: RECORDED_AT, items });
  const written = await listSubjects(db);
  expect(new Set(written.map((line) => line.split(' ')[0])).size).toBe(KNOWN_CATEGORIES.length);

  const keys = (await db.paper.findMany({ select: { key: true } })).map(({ key }) => key);
  await db.subjectPaper.deleteMany();
  await db.$transaction((transaction) => upsertSubjects(transaction, keys));
  expect(await listSubjects(db)).toEqual(written);
});
