/** Which subjects a paper belongs to, written beside it so that a subject's list is read off one index. */
import type { Queryable } from '#lib/db/client.ts';
import { KNOWN_CATEGORIES, subjectCodesOf } from '#lib/papers/category.ts';

/** Codes by category; a paper's categories are few of 180, and asked for of each paper. */
const SUBJECTS: ReadonlyMap<string, readonly string[]> = new Map(
  KNOWN_CATEGORIES.map((category) => [category, subjectCodesOf(category)]),
);

const SUBJECTS_OF_CATEGORIES = JSON.stringify(
  [...SUBJECTS].flatMap(([category, subjects]) => subjects.map((subject) => ({ category, subject }))),
);

/** Any number does that no other advisory lock uses; these are the letters of "subj". */
const LOCK = 0x7375626a;

/**
 * The subjects of papers that this transaction inserted and that are on one list at most. Nobody else can know of them
 * before its end, so nobody is made to wait.
 */
export async function insertSubjects(
  db: Queryable,
  papers: readonly {
    readonly key: number;
    readonly categories: readonly string[];
    readonly submittedAt: Date | null;
    /** Null where it is on no list. */
    readonly listedOn: string | null;
  }[],
): Promise<void> {
  const rows = papers.map(({ key, categories, submittedAt, listedOn }) => ({
    paper_key: key,
    subjects: [...new Set(categories.flatMap((category) => SUBJECTS.get(category) ?? []))],
    submitted_at: submittedAt,
    listed_on: listedOn,
  }));
  if (rows.length === 0) return;
  await db.$executeRawUnsafe(
    `INSERT INTO subject_paper (subject, paper_key, came_out_on)
     SELECT subject, paper_key, coalesce(listed_on, (submitted_at AT TIME ZONE 'UTC')::date)
     FROM json_to_recordset($1::json)
       AS given(paper_key int, subjects text[], submitted_at timestamptz, listed_on date)
     CROSS JOIN unnest(subjects) AS subject`,
    JSON.stringify(rows),
  );
}

/**
 * Brings the subjects of the papers `keys` up to their categories and listings as this transaction leaves them; its
 * last write, since it makes other writers of subjects wait until the end of the transaction. Without that, two who list
 * the same paper on different days at once would each take their own for the first.
 */
export async function upsertSubjects(db: Queryable, keys: readonly number[]): Promise<void> {
  if (keys.length === 0) return;
  await db.$executeRawUnsafe('SELECT pg_advisory_xact_lock($1::bigint)', LOCK);
  await db.$executeRawUnsafe(
    `WITH known AS MATERIALIZED (
       SELECT * FROM json_to_recordset($2::json) AS known(category text, subject text)
     ), placed AS MATERIALIZED (
       SELECT key, categories, coalesce((SELECT min(listed_on) FROM listing WHERE paper_key = key),
         (submitted_at AT TIME ZONE 'UTC')::date) AS came_out_on
       FROM paper WHERE key = ANY($1::int[])
     ), wanted AS MATERIALIZED (
       SELECT DISTINCT subject, key, came_out_on
       FROM placed CROSS JOIN unnest(categories) AS category JOIN known USING (category)
     ), gone AS (
       DELETE FROM subject_paper WHERE paper_key = ANY($1::int[])
         AND NOT EXISTS (SELECT FROM wanted WHERE wanted.key = paper_key AND wanted.subject = subject_paper.subject)
     )
     INSERT INTO subject_paper (subject, paper_key, came_out_on)
     SELECT subject, key, came_out_on FROM wanted
     ON CONFLICT (paper_key, subject) DO UPDATE SET came_out_on = excluded.came_out_on
       WHERE subject_paper.came_out_on IS DISTINCT FROM excluded.came_out_on`,
    [...keys],
    SUBJECTS_OF_CATEGORIES,
  );
}
