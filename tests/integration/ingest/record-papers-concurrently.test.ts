/** Needs a Postgres that runs statements side by side; the embedded one takes turns. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDb, type Db } from '#lib/db/client.ts';
import { migrate } from '#lib/db/migrate.ts';
import { type RecordedItem, recordPapers } from '#lib/ingest/record-papers.ts';
import { anItem } from '../../support/builders.ts';
import { type NativePostgres, startNativePostgres } from '../../support/native-postgres.ts';

let postgres: NativePostgres;
let db: Db;

beforeAll(async () => {
  postgres = await startNativePostgres();
  const url = await postgres.createDatabase('paperboy');
  await migrate(url);
  db = createDb(url);
});

afterAll(async () => {
  await db.$disconnect();
  await postgres.stop();
});

const MONDAY = new Date('2026-03-02T00:00:00Z');
const IDENTIFIERS = Array.from({ length: 300 }, (_, n) => `2603.${10_000 + n}`);

/** What one of several sources says: each names other links and other listings, and every other one a newer title. */
function itemsOf(writer: number, round: number): RecordedItem[] {
  const items = IDENTIFIERS.map((identifier, n) =>
    anItem({
      identifier,
      title: (n + writer) % 2 === 0 ? `Title of round ${round}` : 'Title',
      versions: [{ version: 1 + (round % 3), submittedAt: MONDAY }],
      links: [{ kind: 'project', url: `https://example.org/${n}/${writer}`, origin: 'abstract' }],
      categories: ['cs.CL'],
      listing: { listedOn: `2026-03-0${2 + ((n + writer) % 4)}`, position: writer },
    }),
  );
  return writer % 2 === 0 ? items : items.reverse();
}

test('several writers of the same papers in different orders neither fail nor lose anything', async () => {
  const writers = [0, 1, 2, 3];
  await Promise.all(
    writers.map(async (writer) => {
      for (let round = 0; round < 8; round += 1) {
        const recordedAt = new Date(MONDAY.getTime() + round * 1_000);
        await recordPapers(db, { source: 'import', recordedAt, items: itemsOf(writer, round) });
      }
    }),
  );
  expect(await db.paper.count()).toBe(IDENTIFIERS.length);
  expect(await db.paperLink.count()).toBe(IDENTIFIERS.length * writers.length);
  expect(await db.paperVersion.count()).toBe(IDENTIFIERS.length * 3);
  expect(await db.listing.count()).toBe(IDENTIFIERS.length * writers.length);
  // Whoever came first, and whichever day he told: each of its subjects has a paper on the first of its days.
  const days = await db.subjectPaper.groupBy({ by: ['subject', 'cameOutOn'], _count: true });
  expect(days.map((day) => `${day.subject} ${day.cameOutOn?.toISOString()} ${day._count}`).sort()).toEqual([
    'cs 2026-03-02T00:00:00.000Z 300',
    'cs.CL 2026-03-02T00:00:00.000Z 300',
  ]);
  const titles = await db.paper.groupBy({ by: ['title', 'recordedAt'] });
  expect(titles).toEqual([{ title: 'Title of round 7', recordedAt: new Date(MONDAY.getTime() + 7_000) }]);
});
