/**
 * Takes in the newest announcement of the configured categories from arXiv's feeds: who stands on the day's listing,
 * as new, cross-list or replacement, and how many there should be. Also remembers a check that found nothing, so that a
 * late announcement differs from one that was never checked.
 */
import type { Db } from '#lib/db/client.ts';
import { type RecordedItem, recordPapers } from '#lib/ingest/record-papers.ts';
import { parseArxivId } from '#lib/papers/arxiv-id.ts';
import type { AnnouncedPaper, AnnouncementFeed } from './arxiv/announcement-feed.ts';
import { isAnnouncementDay, toEasternDay } from './arxiv/calendar.ts';
import type { RejectedItem } from './arxiv/record.ts';
import { type ArxivDeps, type FetchFailure, fetchAnnouncements } from './arxiv/source.ts';
import { EMPTY_REPORT, type IngestReport } from './report.ts';
import { listSourceDays, recordSourceDay } from './store.ts';

export type AnnouncementsInput = {
  readonly baseUrl: string;
  readonly categories: readonly string[];
  readonly signal?: AbortSignal;
};

/** Missing identifiers named on a day; the number is always whole. */
const MISSING_NAMED_MAX = 50;

/**
 * A feed holds at most 2,000 papers; one that is full is fetched again category by category. A second run before
 * the next announcement costs one conditional request and changes nothing.
 */
export async function ingestAnnouncements(
  deps: { db: Db; fetch: ArxivDeps },
  input: AnnouncementsInput,
): Promise<IngestReport> {
  const fetched = await fetchWhole(deps.fetch, input);
  const papers = firstOfEach(fetched.feeds.flatMap(({ feed }) => feed.papers));
  const rejected = rejectedOf(fetched, papers);
  const report = await storePapers(deps.db, input, fetched, { papers, rejected });
  const days = new Set([...papers, ...rejected].flatMap(({ announcedOn }) => announcedOn ?? []));
  for (const day of days) await recordDay(deps, day, fetched, { papers, rejected });
  // From midnight to midnight the feeds are those of one day, which is there or late.
  const dueOn = toEasternDay(deps.fetch.clock.now());
  if (isAnnouncementDay(dueOn) && !days.has(dueOn)) await recordMissingDay(deps, dueOn, reasonOf(fetched));
  for (const { url, validators } of fetched.validators) {
    if (reasonOf(fetched) === null) await deps.fetch.memory?.record(url, validators);
  }
  return report;
}

type Validated = { readonly url: string; readonly validators: NonNullable<FeedResponse['validators']> };
type FeedResponse = Extract<Awaited<ReturnType<typeof fetchAnnouncements>>, { kind: 'feed' }>;

/** What the feeds said. The announcement is there as a whole when nothing is missed and nothing cut. */
type FetchedFeeds = {
  readonly feeds: readonly { readonly url: string; readonly feed: AnnouncementFeed }[];
  readonly missed: readonly FetchFailure[];
  /** Of feeds that are as long as arXiv makes them even for one category. */
  readonly cut: readonly string[];
  readonly validators: readonly Validated[];
};

const NO_FEEDS: FetchedFeeds = { feeds: [], missed: [], cut: [], validators: [] };

async function fetchWhole(deps: ArxivDeps, input: AnnouncementsInput): Promise<FetchedFeeds> {
  const together = await fetchAnnouncements(deps, input);
  if (together.kind === 'failed') return { ...NO_FEEDS, missed: [together] };
  const { url, feed, validators } = together;
  if (feed === null) return NO_FEEDS;
  if (feed.error !== null) {
    return { ...NO_FEEDS, missed: [{ kind: 'failed', reason: feed.error, retryAt: null }] };
  }
  // The validators are those of the combined feed, which is fetched first next time.
  const validated = validators === null ? [] : [{ url, validators }];
  if (!feed.isCut) return { ...NO_FEEDS, feeds: [{ url, feed }], validators: validated };
  if (input.categories.length === 1)
    return { ...NO_FEEDS, feeds: [{ url, feed }], cut: [url], validators: validated };
  return { ...(await fetchEach(deps, input)), validators: validated };
}

/** Without conditions: a feed that has not changed since is still a part of the day. */
async function fetchEach(
  deps: ArxivDeps,
  input: AnnouncementsInput,
): Promise<Omit<FetchedFeeds, 'validators'>> {
  const feeds: { url: string; feed: AnnouncementFeed }[] = [];
  const missed: FetchFailure[] = [];
  for (const category of input.categories) {
    const one = await fetchAnnouncements(deps, { ...input, categories: [category], isUnconditional: true });
    if (one.kind === 'failed') missed.push(one);
    else if (one.feed !== null && one.feed.error === null) feeds.push({ url: one.url, feed: one.feed });
    else missed.push({ kind: 'failed', reason: one.feed?.error ?? 'not modified', retryAt: null });
  }
  return { feeds, missed, cut: feeds.filter(({ feed }) => feed.isCut).map(({ url }) => url) };
}

/** Why the announcement is not here as a whole; null when it is, as far as the feeds go. */
function reasonOf({ missed, cut }: FetchedFeeds): string | null {
  if (missed[0] !== undefined) return missed[0].reason;
  return cut[0] === undefined ? null : `the feed ${cut[0]} is as long as arXiv makes them`;
}

/** A paper that stands in two categories' feeds is announced once: as new where it is new anywhere. */
function firstOfEach(papers: readonly AnnouncedPaper[]): AnnouncedPaper[] {
  const rank = { new: 0, 'cross-list': 1, replacement: 2 } as const;
  const byId = new Map<string, AnnouncedPaper>();
  for (const announced of papers) {
    const id = `${announced.announcedOn} ${announced.paper.identifier}`;
    const other = byId.get(id);
    if (other === undefined || rank[announced.kind] < rank[other.kind]) byId.set(id, announced);
  }
  return [...byId.values()];
}

type Refused = RejectedItem & { readonly url: string; readonly announcedOn: string | null };
type Content = { readonly papers: readonly AnnouncedPaper[]; readonly rejected: readonly Refused[] };

/** One that another feed has in a readable form is not missing, and one in two feeds is missing once. */
function rejectedOf({ feeds }: FetchedFeeds, papers: readonly AnnouncedPaper[]): Refused[] {
  const known = new Set(papers.map(({ paper }) => paper.identifier));
  return feeds.flatMap(({ url, feed }) =>
    feed.rejected.flatMap((item) => {
      const identifier = toIdentifier(item.identifier);
      if (identifier !== null && known.has(identifier)) return [];
      if (identifier !== null) known.add(identifier);
      return [{ ...item, identifier, url, announcedOn: feed.announcedOn }];
    }),
  );
}

/** `oai:arXiv.org:2609.28553v1`, `https://arxiv.org/abs/2609.28553` → 2609.28553. */
function toIdentifier(text: string | null): string | null {
  return parseArxivId((text ?? '').replace(/^.*(?:oai:arxiv\.org:|\/abs\/)/i, ''))?.id ?? null;
}

async function storePapers(
  db: Db,
  { baseUrl }: AnnouncementsInput,
  { feeds, missed }: FetchedFeeds,
  { papers, rejected }: Content,
): Promise<IngestReport> {
  const items: RecordedItem[] = papers.map(({ paper, kind, announcedOn, position }) => ({
    // Feeds carry no comment, where withdrawals are told: what they do not say must not undo it.
    record: { ...paper, isWithdrawn: paper.isWithdrawn === true ? true : null },
    listing: { listedOn: announcedOn, list: 'arxiv', kind, position, submittedBy: null },
    observations: [],
    recordedAt: new Date(`${announcedOn}T00:00:00Z`),
  }));
  const outcomes = await recordPapers(db, { source: 'arxiv', recordedAt: new Date(0), items });
  const count = (outcome: string) => outcomes.filter((one) => one === outcome).length;
  return {
    ...EMPTY_REPORT,
    bodies: feeds.length,
    seen: items.length + rejected.length,
    inserted: count('inserted'),
    updated: count('updated'),
    unchanged: count('unchanged'),
    rejected: rejected.map(({ url, position, reason }) => ({ file: url, position, reason })),
    missed: missed.map(({ reason, retryAt }) => ({
      kind: 'missed',
      origin: baseUrl,
      day: null,
      reason,
      retryAt,
    })),
  };
}

async function recordDay(
  { db, fetch }: { db: Db; fetch: ArxivDeps },
  day: string,
  fetched: FetchedFeeds,
  { papers, rejected }: Content,
): Promise<void> {
  const now = fetch.clock.now();
  const here = papers.filter((paper) => paper.announcedOn === day).length;
  const unread = rejected.filter((item) => item.announcedOn === day);
  const [known] = await listSourceDays(db, 'arxiv', day, day);
  const lastError = reasonOf(fetched);
  // A part of the feeds says nothing of how many there are; it adds to what is here.
  const isWhole = lastError === null;
  await recordSourceDay(db, {
    source: 'arxiv',
    day,
    expected: isWhole ? here + unread.length : null,
    seen: isWhole ? here : Math.max(here, known?.seen ?? 0),
    missing: isWhole
      ? unread.flatMap(({ identifier }) => identifier ?? []).slice(0, MISSING_NAMED_MAX)
      : (known?.missing ?? []),
    announcedAt: isWhole ? now : null,
    checkedAt: now,
    lastError,
  });
}

/** The feeds did not have the day they should have by now. */
async function recordMissingDay(
  { db, fetch }: { db: Db; fetch: ArxivDeps },
  day: string,
  lastError: string | null,
): Promise<void> {
  const [known] = await listSourceDays(db, 'arxiv', day, day);
  if (known !== undefined && known.expected !== null) return;
  await recordSourceDay(db, {
    source: 'arxiv',
    day,
    expected: null,
    seen: known?.seen ?? 0,
    missing: known?.missing ?? [],
    announcedAt: null,
    checkedAt: fetch.clock.now(),
    lastError,
  });
}
