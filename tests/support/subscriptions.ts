/** Subscriptions and papers in a database, for tests of the digest. */
import type { Db } from '#lib/db/client.ts';
import { recordPapers } from '#lib/ingest/record-papers.ts';
import type { Choices } from '#lib/subscriptions/subscription.ts';
import { DAY_MS } from '#lib/time.ts';
import { anItem } from './builders.ts';

export const SECRET = 'a-secret-for-tests-only';

export function someChoices(fields: Partial<Choices> = {}): Choices {
  return {
    hasTrending: true,
    categories: [],
    queries: [],
    mutedWords: [],
    cadence: 'daily',
    weekday: null,
    hour: 7,
    zone: 'UTC',
    papersMax: 10,
    sendWhenEmpty: false,
    ...fields,
  };
}

/** A confirmed subscription that is next due at `dueAt`, its window beginning a day before. Returns its id. */
export async function insertSubscription(
  db: Db,
  subscription: { address: string; dueAt: string } & Partial<Choices>,
): Promise<number> {
  const { address, dueAt, ...fields } = subscription;
  const choices = someChoices(fields);
  const due = new Date(dueAt);
  const subscriber = await db.subscriber.upsert({
    where: { folded: address.toLowerCase() },
    create: { folded: address.toLowerCase(), createdAt: due },
    update: {},
  });
  const row = await db.subscription.create({
    data: {
      subscriberId: subscriber.id,
      address,
      domain: address.slice(address.lastIndexOf('@') + 1),
      state: 'active',
      ...choices,
      categories: [...choices.categories],
      queries: [...choices.queries],
      mutedWords: [...choices.mutedWords],
      createdAt: due,
      confirmedAt: due,
      nextDueAt: due,
      coveredUntil: new Date(due.getTime() - DAY_MS),
    },
  });
  return row.id;
}

/** Papers of one day's list, `2603.00001` on, the first with the most upvotes. */
export async function insertPapers(
  db: Db,
  papers: { day: string; count: number; from?: number; categories?: string[]; title?: string },
): Promise<void> {
  const { day, count, from = 1, categories = ['cs.LG'], title = 'A paper' } = papers;
  await recordPapers(db, {
    source: 'huggingface',
    items: Array.from({ length: count }, (_, index) => {
      const number = String(from + index).padStart(5, '0');
      return anItem({
        identifier: `2603.${number}`,
        title: `${title} ${from + index}`,
        abstract: `What paper ${from + index} found. It is of some length, so that a mail looks like one.`,
        categories,
        primaryCategory: categories[0] ?? null,
        listing: { listedOn: day, list: 'huggingface', position: index },
        observations: [
          { kind: 'upvotes', value: 1_000 - from - index, observedAt: new Date(`${day}T06:00:00Z`) },
        ],
      });
    }),
    recordedAt: new Date(`${day}T06:00:00Z`),
  });
}

/** Makes the first `count` papers by key trend, in that order. */
export async function rankPapers(db: Db, count: number): Promise<void> {
  await db.$executeRaw`
    INSERT INTO trending_entry (time_window, paper_key, rank, score, parts)
    SELECT time_window, key, row_number() OVER (PARTITION BY time_window ORDER BY key), 1000 - key, '{"parts": []}'
    FROM (SELECT key FROM paper ORDER BY key LIMIT ${count}) paper CROSS JOIN unnest(ARRAY['day', 'week']) AS time_window`;
}
