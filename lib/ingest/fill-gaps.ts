/**
 * Finds days whose listing is missing or not whole, and takes in what arXiv has for them elsewhere than in the feeds,
 * which are gone after a day: papers that a feed named are asked for by identifier; of a day whose feeds nobody saw,
 * arXiv's search is asked for the papers submitted in the window that its announcement covers.
 */
import type { Db } from '#lib/db/client.ts';
import { type RecordedItem, recordPapers } from '#lib/ingest/record-papers.ts';
import { addDays, listDays, toDay } from '#lib/papers/day.ts';
import type { AnnouncementKind, PaperRecord } from '#lib/papers/paper.ts';
import { DAY_MS, HOUR_MS } from '#lib/time.ts';
import type { AtomResponse } from './arxiv/atom.ts';
import { expectedState, submissionWindowOf } from './arxiv/calendar.ts';
import { API_SLICE, type ArxivDeps, type FetchFailure, fetchByIds, fetchSubmitted } from './arxiv/source.ts';
import { EMPTY_REPORT, type IngestReport } from './report.ts';
import { countListed, listSourceDays, recordSourceDay, type SourceDay } from './store.ts';

/** The search knows a day's papers well after the feeds do; before this time a day is late, not missing. */
const PATIENCE_MS = 18 * HOUR_MS;
/** The search’s data change once a day (AtomResponse.updatedAt): what it lacked of a day that it counted, it lacks until then. */
const RECHECK_MS = 12 * HOUR_MS;
/** 20 slices of 500 papers: five times arXiv's busiest day over all categories. */
const SLICES_MAX = 20;
/** A paper older than this on the day of its announcement is not new there. */
const HELD_MS_MAX = 30 * DAY_MS;
/** Missing identifiers named on a day; the number is always whole. */
const MISSING_NAMED_MAX = 50;

export type GapReport = IngestReport & {
  /** Days looked into, in that order. */
  readonly days: readonly string[];
  /** Of those, the ones that are whole now. */
  readonly filled: number;
};

export type GapInput = {
  readonly baseUrl: string;
  readonly categories: readonly string[];
  /** Looks back this many days from now. */
  readonly lookbackDays: number;
  /**
   * At most so many days are looked into; the rest waits for the next run. Those nobody has looked into come first,
   * newest first, then those not looked into for longest: a day that cannot be filled keeps no other waiting.
   */
  readonly daysMax: number;
  readonly signal?: AbortSignal;
};

type Deps = { db: Db; fetch: ArxivDeps };
type Gap = { readonly day: string; readonly check: SourceDay | null };

export async function fillGaps(deps: Deps, input: GapInput): Promise<GapReport> {
  const isStopped = () => input.signal?.aborted === true;
  let report: GapReport = { ...EMPTY_REPORT, days: [], filled: 0 };
  for (const gap of (await findGaps(deps, input)).slice(0, input.daysMax)) {
    if (isStopped()) break;
    const found = await fetchMissing(deps.fetch, input, gap);
    if (found.kind === 'failed') {
      return isStopped() ? report : recordMiss(deps, report, gap, found);
    }
    report = await storeFound(deps, report, gap, found);
  }
  return report;
}

/** Days of announcement, long enough past, that nobody has counted, or that lack papers and were not asked for today. */
async function findGaps({ db, fetch }: Deps, input: GapInput): Promise<Gap[]> {
  const now = fetch.clock.now();
  const today = toDay(now);
  const first = addDays(today, -input.lookbackDays);
  const checks = new Map(
    (await listSourceDays(db, 'arxiv', first, today)).map((check) => [check.day, check]),
  );
  return listDays(first, today)
    .filter((day) => expectedState(day, now, PATIENCE_MS) === 'due')
    .map((day) => ({ day, check: checks.get(day) ?? null }))
    .filter(
      ({ check }) =>
        isGap(check) && (check?.expected == null || checkedMs({ check }) + RECHECK_MS <= now.getTime()),
    )
    .sort((one, other) => checkedMs(one) - checkedMs(other) || (one.day < other.day ? 1 : -1));
}

/** A day on which the search found nothing stays one: there may have been nothing, or the search was behind. */
export function isGap(check: Pick<SourceDay, 'expected' | 'seen'> | null): boolean {
  return check === null || check.expected === null || check.expected === 0 || check.seen < check.expected;
}

function checkedMs({ check }: Pick<Gap, 'check'>): number {
  return check?.checkedAt.getTime() ?? 0;
}

type Found = {
  readonly kind: 'found';
  /** Whether the papers asked for were named, or are whatever the search has. */
  readonly isNamed: boolean;
  readonly records: readonly PaperRecord[];
  /** As many as arXiv said there are. */
  readonly expected: number;
  readonly rejected: AtomResponse['rejected'];
};

function fetchMissing(fetch: ArxivDeps, input: GapInput, { day, check }: Gap): Promise<Found | FetchFailure> {
  return check !== null && isTold(check) && check.missing.length > 0
    ? fetchNamed(fetch, input, check.missing)
    : searchDay(fetch, input, day);
}

/** Whether feeds told how many papers the day has. */
function isTold(check: SourceDay): boolean {
  return check.announcedAt !== null && check.expected !== null;
}

async function fetchNamed(
  fetch: ArxivDeps,
  input: GapInput,
  ids: readonly string[],
): Promise<Found | FetchFailure> {
  const answer = await fetchByIds(fetch, { ...input, ids });
  if (answer.kind === 'failed') return answer;
  // An identifier that arXiv does not know comes back as an error; it stays missing, the others are here.
  const records = answer.papers.filter(({ identifier }) => ids.includes(identifier));
  return { kind: 'found', isNamed: true, records, expected: ids.length, rejected: answer.rejected };
}

async function searchDay(fetch: ArxivDeps, input: GapInput, day: string): Promise<Found | FetchFailure> {
  const window = submissionWindowOf(day);
  if (window === null) throw new Error(`${day} has no announcement to look for.`);
  // A paper may come twice when the search's order shifts between two slices; then another one is missing.
  const records = new Map<string, PaperRecord>();
  const rejected: AtomResponse['rejected'][number][] = [];
  let total: number | null = null;
  // By what came and not by what was asked for: a slice that is short is gone on with where it ends.
  let start = 0;
  for (let slice = 0; slice < SLICES_MAX; slice += 1) {
    const answer = await fetchSubmitted(fetch, { ...input, ...window, start });
    if (answer.kind === 'failed') return answer;
    const [error] = answer.errors;
    if (error !== undefined) return { kind: 'failed', reason: error.text, retryAt: null };
    for (const record of answer.papers) records.set(record.identifier, record);
    rejected.push(...answer.rejected);
    const count = answer.papers.length + answer.rejected.length;
    start += count;
    total = answer.totalResults ?? total;
    if (count === 0 || (total === null ? count < API_SLICE : start >= total)) break;
  }
  const expected = total ?? records.size + rejected.length;
  return { kind: 'found', isNamed: false, records: [...records.values()], expected, rejected };
}

async function storeFound(deps: Deps, report: GapReport, gap: Gap, found: Found): Promise<GapReport> {
  const { day, check } = gap;
  const now = deps.fetch.clock.now();
  const listedBefore = await countListed(deps.db, 'arxiv', day);
  const items = found.records.map((record) => toItem(record, gap, found, now));
  const outcomes = await recordPapers(deps.db, { source: 'arxiv', recordedAt: now, items });
  const gained = (await countListed(deps.db, 'arxiv', day)) - listedBefore;
  const { expected, seen, missing } = countDay(check, found, gained);
  await recordSourceDay(deps.db, {
    source: 'arxiv',
    day,
    expected,
    seen,
    missing,
    announcedAt: null,
    checkedAt: now,
    lastError: null,
  });
  const count = (outcome: string) => outcomes.filter((one) => one === outcome).length;
  const rejected = found.rejected.map(({ reason, position }) => ({ file: originOf(gap), position, reason }));
  return {
    ...report,
    days: [...report.days, day],
    bodies: report.bodies + 1,
    seen: report.seen + items.length + rejected.length,
    inserted: report.inserted + count('inserted'),
    updated: report.updated + count('updated'),
    unchanged: report.unchanged + count('unchanged'),
    rejected: [...report.rejected, ...rejected],
    filled: report.filled + (isGap({ expected, seen }) ? 0 : 1),
  };
}

/**
 * What is known of the day now. A number that feeds told stays the measure, since they count cross-lists and
 * replacements too; without one, the search's own is.
 */
function countDay(
  check: SourceDay | null,
  found: Found,
  gained: number,
): Pick<SourceDay, 'expected' | 'seen' | 'missing'> {
  const here = new Set(found.records.map(({ identifier }) => identifier));
  if (check === null || !isTold(check)) {
    const missing = found.rejected.flatMap(({ identifier }) => identifier ?? []);
    return { expected: found.expected, seen: here.size, missing: missing.slice(0, MISSING_NAMED_MAX) };
  }
  const seen = check.seen + (found.isNamed ? here.size : gained);
  return {
    expected: check.expected,
    seen: Math.min(check.expected ?? seen, seen),
    missing: check.missing.filter((identifier) => !here.has(identifier)),
  };
}

function toItem(record: PaperRecord, { day }: Gap, { isNamed }: Found, now: Date): RecordedItem {
  return {
    record,
    listing: {
      listedOn: day,
      list: 'arxiv',
      kind: isNamed ? kindOn(day, record) : 'new',
      position: null,
      submittedBy: null,
      isEstimated: true,
    },
    observations: [],
    recordedAt: record.updatedAt ?? now,
  };
}

/** As what a paper that was named without a readable type stands on the day's listing. */
function kindOn(day: string, { submittedAt, versions }: PaperRecord): AnnouncementKind {
  const ageMs = Date.parse(`${day}T00:00:00Z`) - (submittedAt?.getTime() ?? Number.NaN);
  if (!(ageMs > HELD_MS_MAX)) return 'new';
  return versions.length > 1 ? 'replacement' : 'cross-list';
}

async function recordMiss(
  { db, fetch }: Deps,
  report: GapReport,
  gap: Gap,
  { reason, retryAt }: FetchFailure,
): Promise<GapReport> {
  const { day, check } = gap;
  await recordSourceDay(db, {
    source: 'arxiv',
    day,
    expected: null,
    seen: check?.seen ?? 0,
    missing: check?.missing ?? [],
    announcedAt: null,
    checkedAt: fetch.clock.now(),
    lastError: reason,
  });
  const missed = { kind: 'missed' as const, origin: originOf(gap), day, reason, retryAt };
  return { ...report, days: [...report.days, day], missed: [...report.missed, missed] };
}

function originOf({ day }: Gap): string {
  return `search for ${day}`;
}
