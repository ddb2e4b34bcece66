/**
 * arXiv over HTTP: pages of an OAI-PMH harvest, announcement feeds, and the Atom API. What comes back is parsed here,
 * so that arXiv's own way of saying "not now", a web page with status 200, is a refusal like any other.
 */

import { type FetchDeps, type FetchLimits, fetchBody } from '#lib/http/fetch-body.ts';
import { describeRefusal, type Refusal, type Validators } from '#lib/http/outcome.ts';
import { MINUTE_MS } from '#lib/time.ts';
import type { XmlRejection } from '../xml.ts';
import { type AnnouncementFeed, parseAnnouncementFeed } from './announcement-feed.ts';
import { type AtomResponse, parseAtomResponse } from './atom.ts';
import { type OaiResponse, parseOaiResponse } from './oai.ts';
import type { RetryNotice } from './retry-notice.ts';

export const ARXIV_OAI_URL = 'https://oaipmh.arxiv.org/oai';
export const ARXIV_API_URL = 'https://export.arxiv.org/api/query';
export const ARXIV_FEED_URL = 'https://rss.arxiv.org/atom';

/** A page holds 1,000 to 2,000 records of about 2 KB, and OAI pages are made on demand: that takes up to a minute. */
const LIMITS = {
  bodyBytesMax: 64 * 1024 * 1024,
  attemptMs: 180_000,
  idleMs: 180_000,
} as const satisfies Partial<FetchLimits>;
/** Pages saying "retry after" in a row before we come back another time. */
const NOTICES_MAX = 5;
/** A notice that wants more is told, not waited for. */
const NOTICE_SECONDS_MAX = 60;

export type ArxivDeps = FetchDeps & {
  /** What differs from LIMITS and FETCH_LIMITS. */
  readonly limits?: Partial<FetchLimits>;
};

/** An answer that could not be had. `retryAt` where arXiv, or our own patience, named an instant. */
export type FetchFailure = {
  readonly kind: 'failed';
  readonly reason: string;
  readonly retryAt: Date | null;
};

export type OaiRequest = {
  readonly baseUrl: string;
  /** Continues a list; nothing else goes with it. */
  readonly token: string | null;
  readonly metadataPrefix: OaiFormat;
  /** As OAI names it: `cs:cs:LG`; null for everything. */
  readonly set: string | null;
  /** Datestamps, both included, `YYYY-MM-DD`. */
  readonly from: string | null;
  readonly until: string | null;
};

export const OAI_FORMATS = ['arXiv', 'arXivRaw', 'oai_dc'] as const;
export type OaiFormat = (typeof OAI_FORMATS)[number];

type FetchOptions = {
  readonly url: string;
  readonly isUnconditional: boolean;
  readonly signal?: AbortSignal;
};

export async function fetchOaiPage(
  deps: ArxivDeps,
  request: OaiRequest,
  signal?: AbortSignal,
): Promise<OaiResponse | FetchFailure> {
  const options = { url: toOaiUrl(request), ...withSignal(signal), isUnconditional: true };
  const fetched = await fetchParsed(deps, options, parseOaiResponse);
  return fetched.kind === 'parsed' ? fetched.value : requireResponse(fetched);
}

/**
 * `validators` are to be recorded once the feed's papers are stored. Null feed: it has not changed since then, which an
 * unconditional request never answers.
 */
export async function fetchAnnouncements(
  deps: ArxivDeps,
  input: {
    baseUrl: string;
    categories: readonly string[];
    isUnconditional?: boolean;
    signal?: AbortSignal;
  },
): Promise<
  { kind: 'feed'; url: string; feed: AnnouncementFeed | null; validators: Validators | null } | FetchFailure
> {
  const url = `${input.baseUrl.replace(/\/+$/, '')}/${input.categories.map(encodeURIComponent).join('+')}`;
  const options = { url, ...withSignal(input.signal), isUnconditional: input.isUnconditional ?? false };
  const fetched = await fetchParsed(deps, options, parseAnnouncementFeed);
  if (fetched.kind === 'failed') return fetched;
  if (fetched.kind === 'not-modified') return { kind: 'feed', url, feed: null, validators: null };
  return { kind: 'feed', url, feed: fetched.value, validators: fetched.validators };
}

/** The Atom API's own limit for one slice is 2,000; smaller ones come back whole more often. */
export const API_SLICE = 500;

export async function fetchByIds(
  deps: ArxivDeps,
  input: { baseUrl: string; ids: readonly string[]; signal?: AbortSignal },
): Promise<AtomResponse | FetchFailure> {
  const query = new URLSearchParams({ id_list: input.ids.join(','), max_results: String(API_SLICE) });
  return fetchAtom(deps, { url: `${input.baseUrl}?${query}`, ...withSignal(input.signal) });
}

/** Papers of `categories` submitted in [from, until), oldest first, from place `start` on. */
export async function fetchSubmitted(
  deps: ArxivDeps,
  input: {
    baseUrl: string;
    categories: readonly string[];
    from: Date;
    until: Date;
    start: number;
    signal?: AbortSignal;
  },
): Promise<AtomResponse | FetchFailure> {
  const last = new Date(input.until.getTime() - MINUTE_MS);
  const categories = input.categories.map((category) => `cat:${category}`).join(' OR ');
  const query = new URLSearchParams({
    search_query: `(${categories}) AND submittedDate:[${toApiMinute(input.from)} TO ${toApiMinute(last)}]`,
    start: String(input.start),
    max_results: String(API_SLICE),
    sortBy: 'submittedDate',
    sortOrder: 'ascending',
  });
  return fetchAtom(deps, { url: `${input.baseUrl}?${query}`, ...withSignal(input.signal) });
}

async function fetchAtom(
  deps: ArxivDeps,
  options: Omit<FetchOptions, 'isUnconditional'>,
): Promise<AtomResponse | FetchFailure> {
  const fetched = await fetchParsed(deps, { ...options, isUnconditional: true }, parseAtomResponse);
  return fetched.kind === 'parsed' ? fetched.value : requireResponse(fetched);
}

/** `YYYYMMDDHHMM` in UTC (https://info.arxiv.org/help/api/user-manual.html#query_details). */
function toApiMinute(instant: Date): string {
  return instant.toISOString().slice(0, 16).replace(/[-T:]/g, '');
}

function toOaiUrl({ baseUrl, token, metadataPrefix, set, from, until }: OaiRequest): string {
  const query = new URLSearchParams({ verb: 'ListRecords' });
  if (token !== null) query.set('resumptionToken', token);
  else {
    query.set('metadataPrefix', metadataPrefix);
    if (set !== null) query.set('set', set);
    if (from !== null) query.set('from', from);
    if (until !== null) query.set('until', until);
  }
  return `${baseUrl}?${query}`;
}

type Parsed<Value> = { kind: 'parsed'; value: Value; validators: Validators };
type NotModified = { kind: 'not-modified' };

/** Asks, and asks again where arXiv answers with a notice to wait. */
async function fetchParsed<Value extends { kind: string }>(
  deps: ArxivDeps,
  options: FetchOptions,
  parse: (body: string) => Value | RetryNotice | XmlRejection,
): Promise<Parsed<Value> | NotModified | FetchFailure> {
  for (let notices = 1; ; notices += 1) {
    const outcome = await fetchBody(deps, { ...options, limits: { ...LIMITS, ...deps.limits } });
    if (outcome.kind === 'not-modified') return outcome;
    if (outcome.kind !== 'ok') return toFailure(outcome);
    const parsed = parse(outcome.text);
    if (isRejection(parsed)) {
      return { kind: 'failed', reason: `not readable: ${parsed.reason}`, retryAt: null };
    }
    if (!isNotice(parsed)) return { kind: 'parsed', value: parsed, validators: outcome.validators };
    const retryAt = new Date(deps.clock.now().getTime() + parsed.seconds * 1_000);
    await deps.rateLimiter.defer(new URL(options.url).host, retryAt);
    if (notices >= NOTICES_MAX || parsed.seconds > NOTICE_SECONDS_MAX || options.signal?.aborted === true) {
      return { kind: 'failed', reason: `asked to wait ${parsed.seconds} seconds`, retryAt };
    }
  }
}

/** A server that says "not modified" to a request without conditions has not answered it. */
function requireResponse(outcome: NotModified | FetchFailure): FetchFailure {
  return outcome.kind === 'failed' ? outcome : toFailure(outcome);
}

function isNotice(parsed: { kind: string }): parsed is RetryNotice {
  return parsed.kind === 'retry-after';
}

function isRejection(parsed: { kind: string }): parsed is XmlRejection {
  return parsed.kind === 'rejected';
}

function toFailure(refusal: Refusal): FetchFailure {
  const retryAt = 'retryAt' in refusal ? refusal.retryAt : null;
  return { kind: 'failed', reason: describeRefusal(refusal), retryAt };
}

function withSignal(signal: AbortSignal | undefined): { signal?: AbortSignal } {
  return signal === undefined ? {} : { signal };
}
