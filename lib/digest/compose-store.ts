/** Composing in Postgres: who is due, what there is to choose from, and the one statement that makes issues. */
import { z } from 'zod';
import type { Db } from '#lib/db/client.ts';
import type { TrendingWindow } from '#lib/papers/paper-list.ts';
import type { Schedule } from '#lib/subscriptions/schedule.ts';
import { CADENCES } from '#lib/subscriptions/schedule.ts';
import type { Topics } from '#lib/subscriptions/subscription.ts';
import type { Days, DigestCandidate } from './selection.ts';

export type DueSubscription = Topics &
  Schedule & {
    readonly id: number;
    readonly dueAt: Date;
    readonly coveredUntil: Date;
    /** Its pause ends with this issue. */
    readonly isPaused: boolean;
  };

const DueRow = z.object({
  id: z.number(),
  due_at: z.date(),
  covered_until: z.date(),
  is_paused: z.boolean(),
  has_trending: z.boolean(),
  categories: z.array(z.string()),
  queries: z.array(z.string()),
  muted_words: z.array(z.string()),
  cadence: z.enum(CADENCES),
  weekday: z.number().nullable(),
  hour: z.number(),
  zone: z.string(),
});

/** Longest due first. By the partial index `subscription_due`. */
export async function listDueSubscriptions(db: Db, now: Date, limit: number): Promise<DueSubscription[]> {
  const rows = await db.$queryRaw<unknown[]>`
    SELECT id, next_due_at AS due_at, covered_until, state = 'paused' AS is_paused, has_trending, categories, queries,
           muted_words, cadence::text AS cadence, weekday, hour, zone
    FROM subscription WHERE state IN ('active', 'paused') AND next_due_at <= ${now}
    ORDER BY next_due_at LIMIT ${limit}`;
  return z
    .array(DueRow)
    .parse(rows)
    .map((row) => ({
      id: row.id,
      dueAt: row.due_at,
      coveredUntil: row.covered_until,
      isPaused: row.is_paused,
      hasTrending: row.has_trending,
      categories: row.categories,
      queries: row.queries,
      mutedWords: row.muted_words,
      cadence: row.cadence,
      weekday: row.weekday,
      hour: row.hour,
      zone: row.zone,
    }));
}

const CANDIDATES_MAX = 30_000;

const CandidateRow = z.object({
  key: z.number(),
  categories: z.array(z.string()),
  rank: z.number().nullable(),
  upvotes: z.number().nullable(),
});

/** The papers announced in `days`, new or cross-listed: a new version is no new paper. Most trending first. */
export async function listCandidates(db: Db, days: Days, window: TrendingWindow): Promise<DigestCandidate[]> {
  const rows = await db.$queryRaw<unknown[]>`
    SELECT paper.key, paper.categories, trending.rank, upvotes.value AS upvotes
    FROM (SELECT DISTINCT paper_key FROM listing
          WHERE listed_on BETWEEN ${days.first}::date AND ${days.last}::date AND kind <> 'replacement') listed
    JOIN paper ON paper.key = listed.paper_key AND NOT paper.is_withdrawn
    LEFT JOIN current_trending trending ON trending.paper_key = paper.key AND trending.time_window = ${window}
    LEFT JOIN latest_signal upvotes ON upvotes.paper_key = paper.key AND upvotes.kind = 'upvotes'
    ORDER BY trending.rank NULLS LAST, upvotes.value DESC NULLS LAST, paper.key DESC LIMIT ${CANDIDATES_MAX}`;
  return z
    .array(CandidateRow)
    .parse(rows)
    .map((row) => ({ ...row, upvotes: row.upvotes ?? 0 }));
}

const KeyRow = z.object({ key: z.number() });

/** Keys of the most trending papers, in order. */
export async function listTrendingKeys(db: Db, window: TrendingWindow, limit: number): Promise<number[]> {
  const rows = await db.$queryRaw<unknown[]>`
    SELECT paper_key AS key FROM current_trending JOIN paper ON paper.key = paper_key
    WHERE time_window = ${window} AND NOT is_withdrawn ORDER BY rank LIMIT ${limit}`;
  return z
    .array(KeyRow)
    .parse(rows)
    .map(({ key }) => key);
}

export type PlannedIssue = {
  readonly subscriptionId: number;
  /** As listed; a subscription that has moved on since is left alone. */
  readonly dueAt: Date;
  readonly editionOn: string;
  readonly windowFrom: Date;
  readonly windowTo: Date;
  readonly nextDueAt: Date;
  /** Place in the list of pools. */
  readonly pool: number;
};

export type Pool = {
  readonly keys: readonly number[];
  /** What an empty issue says of why it is empty. */
  readonly note: string | null;
};

export type ComposedEdition = {
  readonly editionOn: string;
  readonly issues: number;
  readonly empty: number;
  /** Every paper that one of the issues has. */
  readonly paperKeys: readonly number[];
};

const ComposedRow = z.object({
  edition_on: z.string(),
  issues: z.number(),
  empty: z.number(),
  paper_keys: z.array(z.number()).nullable(),
});

/**
 * Makes the issues, their part of the ledger and the editions' audience, and moves the subscriptions on: all in one
 * statement, so that a crash leaves all or nothing. Subscriptions that another composer holds are passed over; the
 * unique keys on windows and on papers hold whatever happens.
 *
 * 5,000 issues of ten papers a second into the embedded database. The pool is walked in its order only as far as the
 * issue needs papers, each looked up in the ledger's primary key.
 */
export async function insertIssues(
  db: Db,
  batch: { issues: readonly PlannedIssue[]; pools: readonly Pool[]; now: Date },
): Promise<ComposedEdition[]> {
  const { issues, pools, now } = batch;
  const rows = await db.$queryRaw<unknown[]>`
    WITH planned AS MATERIALIZED (
      SELECT * FROM unnest(
        ${issues.map((issue) => issue.subscriptionId)}::int[], ${issues.map((issue) => issue.dueAt)}::timestamptz[],
        ${issues.map((issue) => issue.editionOn)}::date[], ${issues.map((issue) => issue.windowFrom)}::timestamptz[],
        ${issues.map((issue) => issue.windowTo)}::timestamptz[], ${issues.map((issue) => issue.nextDueAt)}::timestamptz[],
        ${issues.map((issue) => issue.pool)}::int[]
      ) AS planned (id, due_at, edition_on, window_from, window_to, next_due_at, pool)
    ), pool AS MATERIALIZED (
      SELECT place, keys::int[] AS keys, note FROM unnest(
        ${pools.map((_, place) => place)}::int[], ${pools.map(({ keys }) => `{${keys.join(',')}}`)}::text[],
        ${pools.map(({ note }) => note ?? '')}::text[]
      ) AS pool (place, keys, note)
    ), taken AS MATERIALIZED (
      SELECT planned.*, subscription.papers_max, subscription.send_when_empty
      FROM planned JOIN subscription ON subscription.id = planned.id
      WHERE subscription.state IN ('active', 'paused') AND subscription.next_due_at = planned.due_at
      FOR UPDATE OF subscription SKIP LOCKED
    ), chosen AS MATERIALIZED (
      SELECT taken.*, pool.note, cardinality(pool.keys) AS matching, ARRAY(
        SELECT one.key FROM (
          SELECT key, place FROM unnest(pool.keys) WITH ORDINALITY AS candidate (key, place)
          WHERE NOT EXISTS (
            SELECT FROM issue_paper
            WHERE issue_paper.subscription_id = taken.id AND issue_paper.paper_key = candidate.key)
          LIMIT taken.papers_max
        ) one ORDER BY place
      ) AS paper_keys
      FROM taken JOIN pool ON pool.place = taken.pool
    ), inserted AS (
      INSERT INTO issue (subscription_id, edition_on, window_from, window_to, state, paper_keys, matching, note,
                         composed_at, send_at, closed_at)
      SELECT id, edition_on, window_from, window_to,
             CASE WHEN is_nothing THEN 'excluded' ELSE 'due' END::issue_state, paper_keys, matching,
             CASE WHEN is_nothing THEN 'empty' WHEN cardinality(paper_keys) = 0 THEN NULLIF(note, '') END,
             ${now}, ${now}, CASE WHEN is_nothing THEN ${now}::timestamptz END
      FROM (SELECT *, cardinality(paper_keys) = 0 AND NOT send_when_empty AS is_nothing FROM chosen) chosen
      ON CONFLICT DO NOTHING RETURNING id, subscription_id, edition_on, paper_keys
    ), ledger AS (
      INSERT INTO issue_paper (subscription_id, paper_key, issue_id)
      SELECT subscription_id, unnest(paper_keys), id FROM inserted
    ), moved AS (
      UPDATE subscription SET state = 'active', next_due_at = taken.next_due_at, covered_until = taken.window_to
      FROM taken WHERE subscription.id = taken.id
    ), counted AS (
      INSERT INTO edition (edition_on, audience, paper_keys)
      SELECT edition_on, count(*), '{}' FROM inserted GROUP BY edition_on
      ON CONFLICT (edition_on) DO UPDATE SET audience = edition.audience + excluded.audience
    ), papers AS (
      SELECT edition_on, array_agg(DISTINCT key) AS paper_keys
      FROM inserted CROSS JOIN unnest(paper_keys) AS one (key) GROUP BY edition_on
    )
    SELECT edition_on::text, count(*)::int AS issues, count(*) FILTER (WHERE cardinality(inserted.paper_keys) = 0)::int AS empty,
           min(papers.paper_keys) AS paper_keys
    FROM inserted LEFT JOIN papers USING (edition_on) GROUP BY edition_on`;
  return z
    .array(ComposedRow)
    .parse(rows)
    .map((row) => ({
      editionOn: row.edition_on,
      issues: row.issues,
      empty: row.empty,
      paperKeys: row.paper_keys ?? [],
    }));
}

/** Keeps why papers stand in an edition; what was said first stays. */
export async function recordReasons(
  db: Db,
  editionOn: string,
  reasons: ReadonlyMap<number, string>,
): Promise<void> {
  await db.$executeRaw`
    INSERT INTO edition_paper (edition_on, paper_key, reason)
    SELECT ${editionOn}::date, * FROM unnest(${[...reasons.keys()]}::int[], ${[...reasons.values()]}::text[])
    ON CONFLICT DO NOTHING`;
}

/** The public archive's papers of a day; what was recorded first stays. Whether this call recorded them. */
export async function recordTrendingEdition(
  db: Db,
  editionOn: string,
  paperKeys: readonly number[],
): Promise<boolean> {
  const recorded = await db.$executeRaw`
    INSERT INTO edition (edition_on, audience, paper_keys) VALUES (${editionOn}::date, 0, ${paperKeys}::int[])
    ON CONFLICT (edition_on) DO UPDATE SET paper_keys = excluded.paper_keys WHERE edition.paper_keys = '{}'`;
  return recorded > 0;
}

export async function hasTrendingEdition(db: Db, editionOn: string): Promise<boolean> {
  const where = { editionOn: new Date(`${editionOn}T00:00:00Z`), paperKeys: { isEmpty: false } };
  return (await db.edition.count({ where })) > 0;
}

/**
 * After so many issues at once. Postgres still takes the table for an almost empty one, and would have each claim read and
 * sort all that is due: a third of a second among 100,000, for two milliseconds. An embedded database has nobody else who does this.
 */
export async function analyzeIssues(db: Db): Promise<void> {
  await db.$executeRaw`ANALYZE issue, issue_paper, subscription`;
}
