/** Papers in Postgres: reads for pages and feeds. The writes are in record-store.ts. */
import { z } from 'zod';
import type { Db } from '#lib/db/client.ts';
import { LISTS, type Listing, type Paper, type Registry, SIGNAL_KINDS } from './paper.ts';

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

export async function findPaper(db: Db, registry: Registry, identifier: string): Promise<ListedPaper | null> {
  const row = await db.paper.findUnique({
    where: { registry_identifier: { registry, identifier } },
    select: { key: true },
  });
  if (row === null) return null;
  const [paper] = await listPapersByKey(db, [row.key]);
  return paper ?? null;
}

/** What hangs on a paper, gathered as JSON by the statement that reads it: one journey instead of five. */
const gathered = (table: string, fields: string, order: string) =>
  `(SELECT coalesce(json_agg(json_build_object(${fields}) ORDER BY ${order}), '[]') FROM ${table} AS one
    WHERE one.paper_key = paper.key)`;
const LIST_PAPERS = `
  SELECT key, archive AS registry, identifier, title, title_text, abstract, abstract_text, authors, categories, primary_category,
    submitted_at, updated_at, comment, journal_reference, doi, license, is_withdrawn, keywords,
    ${gathered('paper_link', `'kind', one.kind, 'url', one.url, 'origin', one.origin`, 'one.url')} AS links,
    ${gathered('paper_version', `'version', one.version, 'submittedAt', one.submitted_at`, 'one.version')} AS versions,
    ${gathered(
      'listing',
      `'listedOn', one.listed_on, 'list', one.list, 'kind', replace(one.kind::text, '_', '-'), 'position', one.position,
       'submittedBy', one.submitted_by`,
      'one.listed_on, one.list',
    )} AS listings,
    (SELECT coalesce(json_object_agg(kind, value), '{}') FROM latest_signal WHERE paper_key = paper.key) AS signals
  FROM paper WHERE key = ANY($1::int[])`;

const PaperRow = z.object({
  key: z.number(),
  registry: z.enum(['arxiv', 'doi']),
  identifier: z.string(),
  title: z.string(),
  title_text: z.string(),
  abstract: z.string(),
  abstract_text: z.string(),
  authors: z.array(z.string()),
  categories: z.array(z.string()),
  primary_category: z.string().nullable(),
  submitted_at: z.date().nullable(),
  updated_at: z.date().nullable(),
  comment: z.string().nullable(),
  journal_reference: z.string().nullable(),
  doi: z.string().nullable(),
  license: z.string().nullable(),
  is_withdrawn: z.boolean(),
  keywords: z.array(z.string()),
  links: z.array(z.object({ kind: z.enum(['repository', 'project']), url: z.string(), origin: z.string() })),
  versions: z.array(z.object({ version: z.number(), submittedAt: z.coerce.date() })),
  listings: z.array(
    z.object({
      listedOn: z.string(),
      list: z.enum(LISTS),
      kind: z.enum(['new', 'cross-list', 'replacement']),
      position: z.number().nullable(),
      submittedBy: z.string().nullable(),
    }),
  ),
  signals: z.partialRecord(z.enum(SIGNAL_KINDS), z.number()),
});

/** Papers in the order of `keys`; unknown keys are left out. */
export async function listPapersByKey(db: Db, keys: readonly number[]): Promise<ListedPaper[]> {
  if (keys.length === 0) return [];
  const rows = z.array(PaperRow).parse(await db.$queryRawUnsafe<unknown[]>(LIST_PAPERS, [...keys]));
  const byKey = new Map(rows.map((row) => [row.key, toListedPaper(row)]));
  return keys.flatMap((key) => byKey.get(key) ?? []);
}

function toListedPaper(row: z.infer<typeof PaperRow>): ListedPaper {
  const { title_text, abstract_text, primary_category, submitted_at, updated_at, ...named } = row;
  const { journal_reference, is_withdrawn, ...paper } = named;
  return {
    ...paper,
    titleText: title_text,
    abstractText: abstract_text,
    primaryCategory: primary_category,
    submittedAt: submitted_at,
    updatedAt: updated_at,
    journalReference: journal_reference,
    isWithdrawn: is_withdrawn,
    firstListedOn: paper.listings[0]?.listedOn ?? null,
  };
}

export async function hasPapers(db: Db): Promise<boolean> {
  return (await db.paper.findFirst({ select: { key: true } })) !== null;
}
