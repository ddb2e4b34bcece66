/**
 * An entry of `GET /api/daily_papers`, as far as we use it. The API has changed its members several times
 * (`submittedBy` came in 2024, `paper.githubRepo` in 2025), so only the paper itself must be there: everything else
 * that is missing or of another type is null.
 */
import { z } from 'zod';
import { restoreArxivId } from '#lib/papers/arxiv-id.ts';
import { toStorableText } from '#lib/text/storable-text.ts';

const Text = z.string().transform(toStorableText).nullable().catch(null);
/** Figures come as numbers; in archives that went through a spreadsheet, as digits. */
const Figure = z
  .union([
    z.number(),
    z
      .string()
      .regex(/^\d{1,15}$/)
      .transform(Number),
  ])
  .nullable()
  .catch(null);
/** A number where a spreadsheet took the identifier for one: 2412.1 was 2412.10000. */
const Identifier = z
  .union([
    z.string().transform(toStorableText),
    z.number().transform((id) => restoreArxivId(String(id))?.id ?? String(id)),
  ])
  .nullable()
  .catch(null);

const User = z.object({ fullname: Text, name: Text, user: Text }).nullable().catch(null);
const Author = z
  .union([
    z.string().transform((name) => ({ name: toStorableText(name), hidden: false, user: null })),
    z.object({ name: Text, hidden: z.boolean().catch(false), user: User }),
  ])
  .nullable()
  .catch(null);

const DailyPaper = z.object({
  id: Identifier,
  title: Text,
  summary: Text,
  authors: z.array(Author).catch([]),
  publishedAt: Text,
  upvotes: Figure,
  numComments: Figure,
  ai_keywords: z.array(Text).catch([]),
  githubRepo: Text,
  githubStars: Figure,
  projectPage: Text,
  submittedOnDailyBy: User,
});

const DailyEntry = z.object({
  paper: DailyPaper,
  title: Text,
  summary: Text,
  numComments: Figure,
  submittedBy: User,
});
export type DailyEntry = z.infer<typeof DailyEntry>;

/** Null when there is no paper in it. An entry without a `paper` member may be the paper itself. */
export function parseDailyEntry(value: Readonly<Record<string, unknown>>): DailyEntry | null {
  const entry = value.paper === undefined ? { ...value, paper: value } : value;
  return DailyEntry.safeParse(entry).data ?? null;
}
