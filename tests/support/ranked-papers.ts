/** Papers with signals for tests of the ranking. */
import type { Db } from '#lib/db/client.ts';
import { recordPapers } from '#lib/ingest/record-papers.ts';
import type { Listing, Observation, SignalKind } from '#lib/papers/paper.ts';
import { seededRandom } from '#lib/random.ts';
import { DAY_MS, HOUR_MS } from '#lib/time.ts';
import { anItem } from './builders.ts';

/** `value` of a kind, so many hours before `at`. */
export function observed(
  at: Date,
  kind: SignalKind,
  ...readings: [hoursBefore: number, value: number][]
): Observation[] {
  return readings.map(([hours, value]) => ({
    kind,
    value,
    observedAt: new Date(at.getTime() - hours * HOUR_MS),
  }));
}

export async function savePaper(
  db: Db,
  identifier: string,
  paper: {
    listedOn?: string;
    list?: Listing['list'];
    observations?: readonly Observation[];
    category?: string;
    isWithdrawn?: boolean;
  } = {},
): Promise<void> {
  const {
    listedOn,
    list = 'huggingface',
    observations = [],
    category = 'cs.LG',
    isWithdrawn = false,
  } = paper;
  const item = anItem({
    identifier,
    title: `Paper ${identifier}`,
    primaryCategory: category,
    categories: [category],
    isWithdrawn,
    ...(listedOn !== undefined && { listing: { listedOn, list } }),
    observations,
  });
  await recordPapers(db, { source: 'arxiv', recordedAt: new Date('2026-01-01T00:00:00Z'), items: [item] });
}

/** A month of papers on two lists, read hourly, daily or not at all, with readings that fall, repeat and stand still. */
export async function saveMonth(db: Db, until: Date, papers: number): Promise<void> {
  const { fraction } = seededRandom(5);
  const items = Array.from({ length: papers }, (_, index) => {
    const ageDays = fraction() * 45;
    const listedAt = new Date(until.getTime() - ageDays * DAY_MS);
    const list = index % 3 === 0 ? ('arxiv' as const) : ('huggingface' as const);
    const observations: Observation[] = [];
    const everyHours = [1, 6, 24][index % 3] ?? 24;
    let [upvotes, stars] = [0, Math.floor(fraction() * 500)];
    for (let hour = 1; hour < Math.min(ageDays * 24, 60 * everyHours); hour += everyHours) {
      upvotes += Math.floor(fraction() * 4);
      stars += fraction() < 0.1 ? -3 : Math.floor(fraction() * 5);
      const observedAt = new Date(listedAt.getTime() + hour * HOUR_MS);
      if (list === 'huggingface') observations.push({ kind: 'upvotes', value: upvotes, observedAt });
      if (index % 4 === 0) observations.push({ kind: 'stars', value: Math.max(0, stars), observedAt });
      if (index % 8 === 0 && hour > 20)
        observations.push({
          kind: 'forks',
          value: stars >> 4,
          observedAt: new Date(observedAt.getTime() + 60_000),
        });
    }
    return anItem({
      identifier: `2610.${String(index).padStart(5, '0')}`,
      primaryCategory: ['cs.LG', 'cs.CL', 'hep-th'][index % 3] ?? null,
      listing: { listedOn: listedAt.toISOString().slice(0, 10), list },
      observations: observations.map((one) => ({ ...one, value: Math.max(0, one.value) })),
    });
  });
  await recordPapers(db, { source: 'arxiv', recordedAt: until, items });
}
