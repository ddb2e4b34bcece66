/**
 * What there is to poll. It follows from what papers say: their repository, their identifier, the days on which they
 * were listed. The table of targets only keeps when to poll each again.
 */
import { z } from 'zod';
import type { Db, Queryable } from '#lib/db/client.ts';
import type { ClaimedTarget } from './poll.ts';
import { type SignalSource, UPVOTES_LOOKBACK_MS, YOUNG_MS } from './schedule.ts';

/** New targets of one run, youngest papers first; an import of a whole archive takes several. */
const INSERTED_MAX = 20_000;

/** For a target never polled, whose interval is not known yet. */
const INTERVAL_SECONDS_MIN = 3_600;

/**
 * Each source's targets, with the papers whose values they give and when the youngest of these came out.
 *
 * A paper has one repository, since its stars are one figure: the one that a list's submitter named; else, of those in
 * its abstract, the one that the fewest papers name, for what many name is what they build on.
 */
const TARGETS_SQL: Record<SignalSource, string> = {
  github: `
    SELECT target, max(newest_paper_at) AS newest_paper_at, array_agg(paper_key) AS keys, array_agg(identifier) AS identifiers
    FROM (
      SELECT main.paper_key, main.identifier, main.newest_paper_at, coalesce(known.renamed_to, main.name) AS target
      FROM (
        SELECT DISTINCT ON (paper_key) paper_key, identifier, name,
               coalesce(
                 greatest(submitted_at, (
                   SELECT min(listed_on)::timestamp AT TIME ZONE 'UTC' FROM listing
                   WHERE listing.paper_key = repository.paper_key
                 )),
                 recorded_at
               ) AS newest_paper_at
        FROM (
          SELECT paper_key, identifier, submitted_at, recorded_at, origin,
                 substr(lower(url COLLATE "C"), length('https://github.com/') + 1) AS name,
                 count(*) OVER (PARTITION BY lower(url COLLATE "C")) AS paper_count
          FROM paper_link JOIN paper ON paper.key = paper_key
          WHERE kind = 'repository' AND url LIKE 'https://github.com/%'
        ) AS repository
        ORDER BY paper_key, origin = 'abstract', paper_count, name
      ) AS main
      LEFT JOIN signal_target AS known ON known.source = 'github' AND known.target = main.name
    ) AS named
    GROUP BY target`,
  'semantic-scholar': `
    SELECT identifier AS target, coalesce(submitted_at, updated_at, recorded_at) AS newest_paper_at,
           ARRAY[key] AS keys, ARRAY[identifier] AS identifiers
    FROM paper WHERE archive = 'arxiv'`,
  huggingface: `
    SELECT listed_on::text AS target, listed_on::timestamp AT TIME ZONE 'UTC' AS newest_paper_at,
           array_agg(paper_key) AS keys, array_agg(identifier) AS identifiers
    FROM listing JOIN paper ON paper.key = paper_key
    WHERE list = 'huggingface' AND archive = 'arxiv'
    GROUP BY listed_on`,
};

/** What can be asked for: names go into an address. */
const TARGET_PATTERN: Record<SignalSource, string> = {
  github: '^[a-z\\d][a-z\\d-]{0,38}/(?!\\.+$)[\\w.-]{1,100}$',
  'semantic-scholar': '^[\\w./-]{1,40}$',
  huggingface: '^\\d{4}-\\d\\d-\\d\\d$',
};

/** Only targets younger than this are targets. */
const LOOKBACK_MS: Record<SignalSource, number> = {
  github: Infinity,
  'semantic-scholar': Infinity,
  huggingface: UPVOTES_LOOKBACK_MS,
};

function newestPaperSince(source: SignalSource, now: Date): Date {
  return new Date(Math.max(0, now.getTime() - LOOKBACK_MS[source]));
}

/**
 * Queries over all targets join by hash, whatever the statistics say: in an embedded database nothing renews these
 * by itself, and with ones that knew nothing of a source's targets a nested loop took seven minutes in place of one
 * second (165,000 papers).
 */
function withHashJoins<Result>(db: Db, work: (transaction: Queryable) => Promise<Result>): Promise<Result> {
  return db.$transaction(async (transaction) => {
    await transaction.$executeRawUnsafe('SET LOCAL enable_nestloop = off');
    return work(transaction);
  });
}

/** Makes targets of what papers have come to name, due at once; returns how many. */
export async function insertTargets(db: Db, source: SignalSource, now: Date): Promise<number> {
  return withHashJoins(db, (transaction) =>
    transaction.$executeRawUnsafe(
      `INSERT INTO signal_target (source, target, due_at)
       SELECT $1, target.target, $2::timestamptz
       FROM (${TARGETS_SQL[source]}) AS target
       WHERE target.newest_paper_at >= $3::timestamptz
         AND target.target ~ $5
         AND NOT EXISTS (
           SELECT FROM signal_target AS known WHERE known.source = $1 AND known.target = target.target
         )
       ORDER BY target.newest_paper_at DESC
       LIMIT $4::int
       ON CONFLICT DO NOTHING`,
      source,
      now,
      newestPaperSince(source, now),
      INSERTED_MAX,
      TARGET_PATTERN[source],
    ),
  );
}

/** Removes the days of Hugging Face's list that are too old to be polled again. */
export async function purgeDays(db: Db, now: Date): Promise<number> {
  const firstDay = newestPaperSince('huggingface', now).toISOString().slice(0, 10);
  const { count } = await db.signalTarget.deleteMany({
    where: { source: 'huggingface', target: { lt: firstDay } },
  });
  return count;
}

const DueRow = z.object({
  target: z.string(),
  newest_paper_at: z.date(),
  keys: z.array(z.number()),
  identifiers: z.array(z.string()),
});

/** A target that is due, with its papers; not claimed yet. */
export type DueTarget = Pick<ClaimedTarget, 'target' | 'newestPaperAt' | 'papers'>;

/**
 * What is due at `now`, in the order in which a budget is best spent on it. First come young papers that were never
 * polled, then all others by how late they are, measured by the interval at which they are polled: when there
 * are more than the budget allows, all are polled more rarely in proportion, and none is left out for ever.
 *
 * One pass over all targets, so to be asked once for many claims: in the embedded database half a second for 27,500
 * repositories of 165,000 papers where the machine is free, several where it is not.
 */
export async function listDueTargets(
  db: Db,
  source: SignalSource,
  wanted: { now: Date; limit: number },
): Promise<DueTarget[]> {
  const { now, limit } = wanted;
  const rows = await withHashJoins(db, (transaction) =>
    transaction.$queryRawUnsafe<unknown[]>(
      `SELECT waiting.target, target.newest_paper_at, target.keys, target.identifiers
       FROM signal_target AS waiting
       JOIN (${TARGETS_SQL[source]}) AS target ON target.target = coalesce(waiting.renamed_to, waiting.target)
       WHERE waiting.source = $1 AND waiting.due_at <= $2::timestamptz AND target.newest_paper_at >= $3::timestamptz
       ORDER BY (waiting.observed_at IS NULL AND waiting.gone_at IS NULL AND target.newest_paper_at > $4::timestamptz) DESC,
                extract(epoch FROM $2::timestamptz - waiting.due_at) / greatest(
                  extract(epoch FROM waiting.due_at - coalesce(waiting.observed_at, waiting.gone_at)), $5::int
                ) DESC,
                target.newest_paper_at DESC, waiting.target
       LIMIT $6::int`,
      source,
      now,
      newestPaperSince(source, now),
      new Date(now.getTime() - YOUNG_MS),
      INTERVAL_SECONDS_MIN,
      limit,
    ),
  );
  return z
    .array(DueRow)
    .parse(rows)
    .map((row) => ({
      target: row.target,
      newestPaperAt: row.newest_paper_at,
      papers: row.keys.map((key, place) => ({ key, identifier: row.identifiers[place] ?? '' })),
    }));
}
