/**
 * The sample edition: a day of real papers that ships with the project, so that a fresh clone has something to read
 * before, or without, a network.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { Db } from '#lib/db/client.ts';
import type { PaperLink } from '#lib/papers/paper.ts';
import { hasPapers } from '#lib/papers/store.ts';
import { type RecordedItem, recordPapers } from './record-papers.ts';

const SAMPLE_FILE = fileURLToPath(new URL('../../prisma/sample/2025-03-12.json', import.meta.url));

const Day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const Sample = z.object({
  listedOn: Day,
  papers: z.array(
    z.object({
      title: z.string(),
      abstract: z.string(),
      arxivId: z.string(),
      authors: z.array(z.string()).nullable(),
      submittedOn: Day.nullable(),
      primaryCategory: z.string().nullable(),
      categories: z.array(z.string()).nullable(),
      githubRepo: z.string().nullable(),
    }),
  ),
});
type Sample = z.infer<typeof Sample>;

/** Loads the sample edition into an empty database; returns how many papers it added (0 when there were some). */
export async function loadSample(db: Db): Promise<number> {
  if (await hasPapers(db)) return 0;
  const sample = Sample.parse(JSON.parse(readFileSync(SAMPLE_FILE, 'utf8')));
  const items = sample.papers.map((paper, position) => toItem(sample.listedOn, paper, position));
  const recordedAt = new Date(`${sample.listedOn}T00:00:00Z`);
  const outcomes = await recordPapers(db, { source: 'sample', recordedAt, items });
  return outcomes.filter((outcome) => outcome === 'inserted').length;
}

function toItem(listedOn: string, paper: Sample['papers'][number], position: number): RecordedItem {
  const submittedAt = paper.submittedOn === null ? null : new Date(`${paper.submittedOn}T00:00:00Z`);
  const links: PaperLink[] =
    paper.githubRepo === null ? [] : [{ kind: 'repository', url: paper.githubRepo, origin: 'sample' }];
  return {
    record: {
      registry: 'arxiv',
      identifier: paper.arxivId,
      title: paper.title,
      abstract: paper.abstract,
      authors: paper.authors ?? [],
      categories: paper.categories ?? [],
      primaryCategory: paper.primaryCategory,
      submittedAt,
      updatedAt: null,
      comment: null,
      journalReference: null,
      doi: null,
      license: null,
      isWithdrawn: false,
      keywords: [],
      versions: [],
      links,
    },
    listing: { listedOn, list: 'sample', kind: 'new', position, submittedBy: null },
    observations: [],
  };
}
