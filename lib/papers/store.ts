/** Papers in Postgres: reads for pages and feeds. The writes are in record-store.ts. */
import { z } from 'zod';
import type { Db } from '#lib/db/client.ts';
import type {
  AnnouncementKind,
  Archive,
  LatestSignals,
  Listing,
  ListName,
  Paper,
  PaperLink,
} from './paper.ts';

/** A paper with every day and list it stood on, oldest first. */
export type ListedPaper = Paper & { readonly listings: readonly Listing[] };

const DayRow = z.object({ day: z.string().nullable() });

/** The newest day that has papers, `YYYY-MM-DD`; null when there is none. */
export async function findNewestDay(db: Db): Promise<string | null> {
  const rows = await db.$queryRaw<unknown[]>`SELECT max(listed_on)::text AS day FROM listing`;
  return DayRow.parse(rows[0]).day;
}

/** The nearest days before and after `day` that have papers. Both by the head of the listing's primary key. */
export async function findNeighbourDays(
  db: Db,
  day: string,
): Promise<{ previous: string | null; next: string | null }> {
  const rows = await db.$queryRaw<unknown[]>`
    SELECT (SELECT max(listed_on)::text FROM listing WHERE listed_on < ${day}::date) AS previous,
           (SELECT min(listed_on)::text FROM listing WHERE listed_on > ${day}::date) AS next`;
  return z.object({ previous: z.string().nullable(), next: z.string().nullable() }).parse(rows[0]);
}

export async function findPaper(db: Db, archive: Archive, identifier: string): Promise<ListedPaper | null> {
  const row = await db.paper.findUnique({
    where: { archive_identifier: { archive, identifier } },
    select: { key: true },
  });
  if (row === null) return null;
  const [paper] = await listPapersByKey(db, [row.key]);
  return paper ?? null;
}

/** Papers in the order of `keys`; unknown keys are left out. */
export async function listPapersByKey(db: Db, keys: readonly number[]): Promise<ListedPaper[]> {
  const rows = await db.paper.findMany({
    where: { key: { in: [...keys] } },
    include: {
      links: { orderBy: { url: 'asc' } },
      versions: { orderBy: { version: 'asc' } },
      listings: { orderBy: [{ listedOn: 'asc' }, { list: 'asc' }] },
      latestSignals: true,
    },
  });
  const byKey = new Map(rows.map((row) => [row.key, toListedPaper(row)]));
  return keys.flatMap((key) => byKey.get(key) ?? []);
}

export async function hasPapers(db: Db): Promise<boolean> {
  return (await db.paper.findFirst({ select: { key: true } })) !== null;
}

type PaperRow = Awaited<ReturnType<Db['paper']['findMany']>>[number] & {
  links: { kind: PaperLink['kind']; url: string; origin: string }[];
  versions: { version: number; submittedAt: Date }[];
  listings: {
    listedOn: Date;
    list: string;
    kind: 'new' | 'cross_list' | 'replacement';
    position: number | null;
    submittedBy: string | null;
  }[];
  latestSignals: { kind: keyof LatestSignals; value: number }[];
};

const ANNOUNCEMENT_KIND: Record<PaperRow['listings'][number]['kind'], AnnouncementKind> = {
  new: 'new',
  cross_list: 'cross-list',
  replacement: 'replacement',
};

function toListedPaper(row: PaperRow): ListedPaper {
  const { authority: _authority, recordedAt: _recordedAt, latestSignals, listings, ...paper } = row;
  const listed = listings.map((listing) => ({
    listedOn: listing.listedOn.toISOString().slice(0, 10),
    list: toListName(listing.list),
    kind: ANNOUNCEMENT_KIND[listing.kind],
    position: listing.position,
    submittedBy: listing.submittedBy,
  }));
  return {
    ...paper,
    archive: paper.archive === 'doi' ? 'doi' : 'arxiv',
    listings: listed,
    firstListedOn: listed[0]?.listedOn ?? null,
    signals: Object.fromEntries(latestSignals.map((signal) => [signal.kind, signal.value])),
  };
}

function toListName(name: string): ListName {
  if (name === 'huggingface' || name === 'arxiv' || name === 'sample') return name;
  throw new Error(`The listing table holds an unknown list, ${name}.`);
}
