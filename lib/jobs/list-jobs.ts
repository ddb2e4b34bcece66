/** Every recurring job: which verb, how often, how long at most. Schedules are in UTC and avoid the full hour. */
import type { Config } from '#lib/config/parse.ts';
import type { FetchDeps } from '#lib/http/fetch-body.ts';
import { purgeValidators } from '#lib/http/store.ts';
import { setOfCategory } from '#lib/ingest/arxiv/subject-categories.ts';
import { GAP_LOOKBACK_DAYS } from '#lib/ingest/coverage.ts';
import { fillGaps } from '#lib/ingest/fill-gaps.ts';
import { harvestArxiv } from '#lib/ingest/harvest-arxiv.ts';
import { fetchDailyBodies } from '#lib/ingest/huggingface/source.ts';
import { ingestAnnouncements } from '#lib/ingest/ingest-announcements.ts';
import { ingestHuggingface } from '#lib/ingest/ingest-huggingface.ts';
import type { IngestReport } from '#lib/ingest/report.ts';
import { addDays, listDays, toDay } from '#lib/papers/day.ts';
import { rankPapers } from '#lib/ranking/rank-papers.ts';
import { purgeSnapshots } from '#lib/ranking/store.ts';
import { indexPapers } from '#lib/search/index/index-papers.ts';
import { observeCitations } from '#lib/signals/observe-citations.ts';
import { observeGithub } from '#lib/signals/observe-github.ts';
import { observeUpvotes } from '#lib/signals/observe-upvotes.ts';
import type { SignalReport } from '#lib/signals/report.ts';
import { purgeLetters } from '#lib/subscriptions/letter-store.ts';
import { purgeRequests } from '#lib/subscriptions/request-store.ts';
import { DAY_MS, MINUTE_MS } from '#lib/time.ts';
import type { DigestDeps } from './digest-deps.ts';
import { listDigestJobs } from './digest-jobs.ts';
import type { Job, JobCounts } from './job.ts';
import { listMailJobs } from './mail-jobs.ts';
import { purgeRuns } from './store.ts';

export type JobsDeps = DigestDeps & {
  readonly fetch: FetchDeps;
  readonly config: Pick<
    Config,
    | 'huggingfaceUrl'
    | 'arxivOaiUrl'
    | 'arxivApiUrl'
    | 'arxivFeedUrl'
    | 'arxivCategories'
    | 'githubUrl'
    | 'githubToken'
    | 'semanticScholarUrl'
    | 'semanticScholarKey'
  >;
};

/** Upvotes and repositories of a day still change on the next ones. */
const HUGGINGFACE_DAYS_BEFORE = 2;
/** How far back a first harvest goes; `paperboy import` and `ingest arxiv --since` add older papers. */
const FIRST_HARVEST_DAYS = 7;
const GAP_DAYS_A_RUN = 5;
/** Twice the two weeks of daily lists. */
const UPVOTE_REQUESTS = 30;
/** Batches of 500 papers. */
const CITATION_REQUESTS = 40;
const RUNS_KEPT_MS = 90 * DAY_MS;
const VALIDATORS_KEPT_MS = 180 * DAY_MS;
/** Older trending snapshots are thinned to one a day. */
const SNAPSHOTS_WHOLE_MS = 90 * DAY_MS;

export function listJobs(deps: JobsDeps): Job[] {
  const { db, clock, fetch, config } = deps;
  const today = () => toDay(clock.now());
  return [
    {
      name: 'ingest-huggingface',
      purpose: 'ingest the daily list of Hugging Face, with upvotes and comments',
      schedule: '5 * * * *',
      deadlineMs: 10 * MINUTE_MS,
      run: async ({ signal }) => {
        const days = listDays(addDays(today(), -HUGGINGFACE_DAYS_BEFORE), today());
        const bodies = fetchDailyBodies(fetch, { baseUrl: config.huggingfaceUrl, days, signal });
        return toCounts(await ingestHuggingface({ db }, { bodies }));
      },
    },
    {
      name: 'ingest-announcements',
      purpose: 'ingest arXiv’s newest announcement',
      schedule: '20 * * * *',
      deadlineMs: 10 * MINUTE_MS,
      run: async ({ signal }) =>
        toCounts(
          await ingestAnnouncements(
            { db, fetch },
            { baseUrl: config.arxivFeedUrl, categories: config.arxivCategories, signal },
          ),
        ),
    },
    {
      name: 'harvest-arxiv',
      purpose: 'harvest arXiv’s full records: versions, comments, withdrawals',
      // After 22:30 US Eastern, when arXiv's OAI-PMH has the new records, in summer and in winter.
      schedule: '45 3,15 * * *',
      deadlineMs: 60 * MINUTE_MS,
      run: async ({ signal }) => harvestCategories(deps, signal),
    },
    {
      name: 'fill-gaps',
      purpose: 'find and fill days that are missing or incomplete',
      schedule: '50 */6 * * *',
      deadlineMs: 30 * MINUTE_MS,
      run: async ({ signal }) => {
        const input = { lookbackDays: GAP_LOOKBACK_DAYS, daysMax: GAP_DAYS_A_RUN, signal };
        const { arxivApiUrl: baseUrl, arxivCategories: categories } = config;
        const report = await fillGaps({ db, fetch }, { baseUrl, categories, ...input });
        return { ...toCounts(report), days: report.days.length, filled: report.filled };
      },
    },
    {
      name: 'observe-upvotes',
      purpose: 'observe upvotes and comments of the papers of the last two weeks',
      schedule: '35 * * * *',
      deadlineMs: 10 * MINUTE_MS,
      run: async ({ signal }) =>
        toSignalCounts(
          await observeUpvotes(
            { db, fetch },
            { baseUrl: config.huggingfaceUrl, limit: UPVOTE_REQUESTS, signal },
          ),
        ),
    },
    {
      name: 'observe-github',
      purpose: 'observe stars and forks of repositories of papers',
      schedule: '10,40 * * * *',
      deadlineMs: 20 * MINUTE_MS,
      run: async ({ signal }) => {
        const { githubUrl: baseUrl, githubToken: token } = config;
        // GitHub allows 60 requests an hour without a token, 5,000 with one; a run uses only a part of them.
        const limit = token === null ? 25 : 2_000;
        return toSignalCounts(await observeGithub({ db, fetch }, { baseUrl, token, limit, signal }));
      },
    },
    {
      name: 'observe-citations',
      purpose: 'observe citations at Semantic Scholar',
      schedule: '25 */6 * * *',
      deadlineMs: 20 * MINUTE_MS,
      run: async ({ signal }) => {
        const { semanticScholarUrl: baseUrl, semanticScholarKey: key } = config;
        return toSignalCounts(
          await observeCitations({ db, fetch }, { baseUrl, key, limit: CITATION_REQUESTS, signal }),
        );
      },
    },
    {
      name: 'rank-papers',
      purpose: 'rank the trending papers of the day, the week and the month',
      // After all observations of signals of the hour.
      schedule: '55 * * * *',
      deadlineMs: 10 * MINUTE_MS,
      run: async ({ slot }) => rankPapers({ db, clock }, slot),
    },
    {
      name: 'index-papers',
      purpose: 'add papers of a bulk import to the search indexes',
      schedule: '*/5 * * * *',
      deadlineMs: 10 * MINUTE_MS,
      run: async ({ signal }) => ({ ...(await indexPapers({ db, clock }, { signal })) }),
    },
    ...listDigestJobs(deps),
    ...listMailJobs(deps),
    {
      name: 'purge',
      purpose: 'delete records that are no longer needed',
      schedule: '35 2 * * *',
      deadlineMs: 5 * MINUTE_MS,
      run: async () => {
        return {
          runs: await purgeRuns(db, new Date(clock.now().getTime() - RUNS_KEPT_MS)),
          validators: await purgeValidators(db, new Date(clock.now().getTime() - VALIDATORS_KEPT_MS)),
          snapshots: await purgeSnapshots(db, new Date(clock.now().getTime() - SNAPSHOTS_WHOLE_MS)),
          requests: await purgeRequests(db, clock.now()),
          letters: await purgeLetters(db, new Date(clock.now().getTime() - RUNS_KEPT_MS)),
        };
      },
    },
  ];
}

async function harvestCategories(deps: JobsDeps, signal: AbortSignal): Promise<JobCounts> {
  const { db, fetch, config } = deps;
  let total: JobCounts = {};
  for (const category of config.arxivCategories) {
    const set = setOfCategory(category);
    // Without a set a harvest would cover all of arXiv; `doctor` names unknown categories.
    if (set === null) continue;
    if (signal.aborted) break;
    const report = await harvestArxiv(
      { db, fetch },
      {
        baseUrl: config.arxivOaiUrl,
        set,
        metadataPrefix: 'arXivRaw',
        since: addDays(toDay(deps.clock.now()), -FIRST_HARVEST_DAYS),
        signal,
      },
    );
    total = addCounts(total, { ...toCounts(report), pages: report.pages, deleted: report.deleted });
  }
  return total;
}

/** A run that got nothing because the source was unreachable has failed, and its slot is tried again. */
function toCounts(report: IngestReport): JobCounts {
  const [missed] = report.missed;
  if (report.bodies === 0 && missed !== undefined) throw new Error(`${missed.origin}: ${missed.reason}`);
  const { seen, inserted, updated, unchanged } = report;
  return {
    seen,
    inserted,
    updated,
    unchanged,
    rejected: report.rejected.length,
    missed: report.missed.length,
  };
}

/** Names no `inserted` or `updated`: cached pages may show new observations up to a minute later. */
function toSignalCounts({ endedEarly, ...counts }: SignalReport): JobCounts {
  if (endedEarly !== null && counts.asked === 0) throw new Error(endedEarly.reason);
  return counts;
}

function addCounts(one: JobCounts, other: JobCounts): JobCounts {
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return Object.fromEntries([...names].map((name) => [name, (one[name] ?? 0) + (other[name] ?? 0)]));
}
