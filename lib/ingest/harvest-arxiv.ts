/**
 * Harvests arXiv by OAI-PMH, page by page, and remembers after each page how far it has come: a harvest that was
 * killed goes on where it was, and one whose token has expired begins its window again. Storing a page twice changes
 * nothing, so a kill between page and memory costs one request.
 *
 *     window [from, until] ──page──► page ──► … ──► complete: completeUntil = until ──► next window, up to today
 *              └─ badResumptionToken ─► first page again
 *
 * Tokens live until midnight and a long list takes days, so that it is asked for in windows of some weeks each: what
 * an expired token costs is one of them. Datestamps are days of *modification*: replacements and withdrawals come
 * again, in the same records.
 */
import type { Db } from '#lib/db/client.ts';
import { type RecordedItem, recordPapers } from '#lib/ingest/record-papers.ts';
import { addDays, toDay } from '#lib/papers/day.ts';
import { scheduledDayOf } from './arxiv/calendar.ts';
import type { OaiRecord, OaiResponse } from './arxiv/oai.ts';
import { type ArxivDeps, type FetchFailure, fetchOaiPage, type OaiFormat } from './arxiv/source.ts';
import { EMPTY_REPORT, type IngestReport, type Rejection } from './report.ts';
import { findHarvest, type HarvestState, markWithdrawn, recordHarvest } from './store.ts';

export type HarvestReport = IngestReport & {
  readonly pages: number;
  /** Records that OAI marks as deleted; their papers are marked withdrawn. */
  readonly deleted: number;
  /** Whether everything until today was taken in. */
  readonly isComplete: boolean;
};

export type HarvestInput = {
  readonly baseUrl: string;
  /** As OAI names it; null for everything. */
  readonly set: string | null;
  readonly metadataPrefix: OaiFormat;
  /**
   * First day of the first harvest, `YYYY-MM-DD`; null: from the beginning. Later ones go on from the last, unless this
   * is earlier than all before it: then everything from it on is asked for again.
   */
  readonly since: string | null;
  /** Ends the harvest; a request under way is given up, a page that has come is stored. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (report: HarvestReport) => void;
};

/** arXiv's earliestDatestamp (its answer to Identify); asking from an earlier day is a badArgument there. */
const FIRST_DATESTAMP = '2005-09-16';
/** Datestamps of one day may still be added on that day and, over time zones, the next. */
const OVERLAP_DAYS = 2;
/** All of arXiv changes some 2,000 records a day: at 2,000 a page and a minute each, an hour's work. */
const WINDOW_DAYS = 30;
/** 4 million records at 1,000 a page; beyond that a server repeats itself. */
const PAGES_MAX = 5_000;
/** A token that expires over and over names a harvest slower than its tokens live. */
const RESTARTS_MAX = 3;

export async function harvestArxiv(
  deps: { db: Db; fetch: ArxivDeps },
  input: HarvestInput,
): Promise<HarvestReport> {
  const today = toDay(deps.fetch.clock.now());
  const id = `${input.baseUrl} ${input.metadataPrefix} ${input.set ?? 'all'}`;
  let state = resume(await findHarvest(deps.db, id), { id, since: input.since, today });
  let report: HarvestReport = { ...EMPTY_REPORT, pages: 0, deleted: 0, isComplete: false };
  let restarts = 0;
  const isStopped = () => input.signal?.aborted === true;
  while (report.pages < PAGES_MAX && !isStopped()) {
    const answer = await fetchOaiPage(deps.fetch, { ...input, ...toRequest(state, today) }, input.signal);
    // What we gave up ourselves, arXiv did not miss.
    if (answer.kind === 'failed' && isStopped()) return report;
    const step = readAnswer(answer, state);
    if (step.kind === 'failed') return miss(report, input, state, step);
    if (step.kind === 'restart') {
      state = { ...state, resumptionToken: null, pages: 0, records: 0 };
      await recordHarvest(deps.db, state, deps.fetch.clock.now());
      restarts += 1;
      if (restarts > RESTARTS_MAX) return miss(report, input, state, { ...step, kind: 'failed' });
      continue;
    }
    report = await storePage(deps.db, report, step.answer, originOf(input, state));
    state = nextState(state, step.answer);
    const isComplete = state.windowUntil === null && (state.completeUntil ?? '') >= today;
    if (state.windowUntil === null && !isComplete) state = openWindow(state, today);
    await recordHarvest(deps.db, state, deps.fetch.clock.now());
    report = { ...report, isComplete };
    input.onProgress?.(report);
    if (isComplete) return report;
  }
  return report;
}

/** The window under way, or the next one. */
function resume(
  known: HarvestState | null,
  { id, since, today }: { id: string; since: string | null; today: string },
): HarvestState {
  const first = since === null || since < FIRST_DATESTAMP ? FIRST_DATESTAMP : since;
  const isEarlier = since !== null && known?.since != null && first < known.since;
  if (known !== null && !isEarlier) return known.windowUntil === null ? openWindow(known, today) : known;
  return {
    id,
    since: first,
    completeUntil: null,
    windowFrom: first,
    windowUntil: endOf(first, today),
    resumptionToken: null,
    pages: 0,
    records: 0,
  };
}

/** From the last complete day, less the overlap. */
function openWindow(state: HarvestState, today: string): HarvestState {
  const windowFrom = addDays(state.completeUntil ?? FIRST_DATESTAMP, -OVERLAP_DAYS);
  const windowUntil = endOf(windowFrom, today);
  return { ...state, windowFrom, windowUntil, resumptionToken: null, pages: 0, records: 0 };
}

function endOf(from: string, today: string): string {
  const end = addDays(from, WINDOW_DAYS);
  return end < today ? end : today;
}

function toRequest(
  { resumptionToken, windowFrom, windowUntil }: HarvestState,
  today: string,
): { token: string | null; from: string | null; until: string | null } {
  // Up to today without an end: arXiv's newest day may be ahead of ours, and an end in its future is a badArgument.
  const until = windowUntil !== null && windowUntil < today ? windowUntil : null;
  return { token: resumptionToken, from: windowFrom, until };
}

function nextState(state: HarvestState, answer: OaiResponse): HarvestState {
  const token = answer.resumptionToken?.token ?? null;
  const progress = {
    resumptionToken: token,
    pages: state.pages + 1,
    records: state.records + answer.records.length + answer.rejected.length,
  };
  if (token !== null) return { ...state, ...progress };
  return { ...state, ...progress, completeUntil: state.windowUntil, windowFrom: null, windowUntil: null };
}

type Step =
  | { readonly kind: 'page'; readonly answer: OaiResponse }
  /** The list cannot be gone on with, so its beginning is asked for. */
  | { readonly kind: 'restart'; readonly reason: string; readonly retryAt: null }
  | FetchFailure;

/** What an answer asks for. Only a page of records, or word that there are none, may end a window. */
function readAnswer(answer: OaiResponse | FetchFailure, { resumptionToken }: HarvestState): Step {
  if (answer.kind === 'failed') return answer;
  const restart = (reason: string): Step =>
    resumptionToken === null
      ? { kind: 'failed', reason, retryAt: null }
      : { kind: 'restart', reason, retryAt: null };
  const [serious] = answer.errors.filter((error) => error.code !== 'noRecordsMatch');
  if (serious !== undefined) {
    const reason = `${serious.code ?? 'unknown error'}: ${serious.text}`;
    const isExpired = answer.errors.some((error) => error.code === 'badResumptionToken');
    return isExpired ? restart(reason) : { kind: 'failed', reason, retryAt: null };
  }
  if (answer.errors.length > 0) {
    // Before the first page: nothing has changed. After it: the list has shrunk, and what moved up was passed over.
    return resumptionToken === null ? { kind: 'page', answer } : restart('the list ended before its end');
  }
  if (answer.identity !== null || answer.headers.length > 0 || answer.sets.length > 0) {
    return { kind: 'failed', reason: 'an answer to another question', retryAt: null };
  }
  const next = answer.resumptionToken?.token ?? null;
  if (next !== null && next === resumptionToken) return restart('a page that names itself as the next one');
  return { kind: 'page', answer };
}

async function storePage(
  db: Db,
  report: HarvestReport,
  answer: OaiResponse,
  origin: string,
): Promise<HarvestReport> {
  const items = answer.records.flatMap(toItem);
  const deleted = answer.records.filter((record) => record.header.isDeleted);
  const outcomes = await recordPapers(db, { source: 'arxiv', recordedAt: new Date(0), items });
  const marked = await markWithdrawn(
    db,
    deleted.map((record) => record.header.identifier),
  );
  const rejected: Rejection[] = answer.rejected.map(({ position, identifier, reason }) => ({
    file: origin,
    position,
    reason: identifier === null ? reason : `${identifier}: ${reason}`,
  }));
  const count = (outcome: string) => outcomes.filter((one) => one === outcome).length;
  return {
    ...report,
    bodies: report.bodies + 1,
    pages: report.pages + 1,
    seen: report.seen + answer.records.length + rejected.length,
    inserted: report.inserted + count('inserted'),
    updated: report.updated + count('updated') + marked,
    unchanged: report.unchanged + count('unchanged') + deleted.length - marked,
    deleted: report.deleted + deleted.length,
    rejected: [...report.rejected, ...rejected],
  };
}

function toItem({ header, paper }: OaiRecord): RecordedItem[] {
  if (paper === null) return [];
  const listing =
    paper.submittedAt === null
      ? null
      : {
          listedOn: scheduledDayOf(paper.submittedAt),
          list: 'arxiv' as const,
          kind: 'new' as const,
          position: null,
          submittedBy: null,
          isEstimated: true,
        };
  return [
    { record: paper, listing, observations: [], recordedAt: new Date(`${header.datestamp}T00:00:00Z`) },
  ];
}

function miss(
  report: HarvestReport,
  input: HarvestInput,
  state: HarvestState,
  { reason, retryAt }: FetchFailure,
): HarvestReport {
  const missed = { kind: 'missed' as const, origin: originOf(input, state), day: null, reason, retryAt };
  return { ...report, missed: [...report.missed, missed] };
}

/** Names a page in reports: tokens are arXiv's, long and short-lived. */
function originOf(input: HarvestInput, state: HarvestState): string {
  return `${input.baseUrl} ${input.set ?? 'all'} from ${state.windowFrom ?? 'the beginning'}, page ${state.pages + 1}`;
}
