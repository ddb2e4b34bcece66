/**
 * A whole arXiv on loopback, in which papers are announced, replaced and late as told, and every interface shows at an
 * instant what arXiv's would: OAI-PMH two and a half hours after an announcement, the feeds of the Eastern day that it
 * is, the search from the midnight after.
 */
import type { Clock } from '#lib/clock.ts';
import { FEED_DELAY_MS, OAI_DELAY_MS, toEasternDay } from '#lib/ingest/arxiv/calendar.ts';
import type { AnnouncementKind } from '#lib/papers/paper.ts';
import {
  type ArxivPaper,
  announcementFeed,
  atomAnswer,
  feedEntry,
  oaiError,
  oaiPage,
  oaiRecord,
} from './arxiv-bodies.ts';
import { type ArxivRoutes, xml } from './arxiv-replay.ts';
import { type Route, status } from './replay-server.ts';

/** A version of a paper on the listing of `day`, `YYYY-MM-DD`, known to the world from `at` on. */
export type Announcement = {
  readonly day: string;
  readonly at: Date;
  readonly kind: AnnouncementKind;
  /** As it is from then on. */
  readonly paper: ArxivPaper;
  /** Whether the feeds have it in a form that nobody can read. */
  readonly isGarbled?: boolean;
};

export type SimulatedArxiv = {
  readonly announcements: readonly Announcement[];
  readonly clock: Clock;
  readonly pageRecords?: number;
  /** Whether no interface answers at an instant. */
  readonly isDown?: (now: Date) => boolean;
};

export function simulateArxiv(arxiv: SimulatedArxiv): ArxivRoutes {
  const unlessDown =
    (route: Route): Route =>
    (request) =>
      arxiv.isDown?.(arxiv.clock.now()) === true ? status(503) : route(request);
  return {
    oai: unlessDown(harvestOf(arxiv)),
    feeds: unlessDown(feedsOf(arxiv)),
    api: unlessDown(searchOf(() => newestOf(arxiv, FEED_DELAY_MS).map(({ paper }) => paper))),
  };
}

/** The last announcement of each paper that is at least `delayMs` old. */
function newestOf({ announcements, clock }: SimulatedArxiv, delayMs: number): Announcement[] {
  const byId = new Map<string, Announcement>();
  for (const announcement of announcements) {
    if (announcement.at.getTime() + delayMs <= clock.now().getTime())
      byId.set(announcement.paper.id, announcement);
  }
  return [...byId.values()];
}

/** Tokens are the question itself and how much of its answer to leave out, as arXiv's are. */
function harvestOf(arxiv: SimulatedArxiv): Route {
  const pageRecords = arxiv.pageRecords ?? 1_000;
  return ({ query }) => {
    const token = query.get('resumptionToken');
    const asked = token === null ? query : new URLSearchParams(token);
    const from = asked.get('from') ?? '';
    const until = asked.get('until') ?? '9999';
    const skip = Number(asked.get('skip') ?? 0);
    const records = newestOf(arxiv, OAI_DELAY_MS)
      .map(({ paper, at }) => ({ paper, datestamp: at.toISOString().slice(0, 10) }))
      .filter(({ datestamp }) => datestamp >= from && datestamp <= until)
      .sort((one, other) =>
        `${one.datestamp} ${one.paper.id}` < `${other.datestamp} ${other.paper.id}` ? -1 : 1,
      );
    const page = records.slice(skip, skip + pageRecords);
    if (page.length === 0) return xml(oaiError('noRecordsMatch'));
    const next = skip + pageRecords < records.length ? skip + pageRecords : null;
    asked.set('skip', String(next));
    const texts = page.map(({ paper, datestamp }) => oaiRecord(paper, datestamp));
    return xml(oaiPage(texts, next === null ? undefined : asked.toString()));
  };
}

function feedsOf({ announcements, clock }: SimulatedArxiv): Route {
  return ({ path, headers }) => {
    const categories = path.replace('/atom/', '').split('+');
    const day = toEasternDay(clock.now());
    const announced = announcements.filter(
      (one) =>
        one.day === day &&
        one.at <= clock.now() &&
        one.paper.categories.some((name) => categories.includes(name)),
    );
    const etag = `"${day}-${announced.length}"`;
    if (headers['if-none-match'] === etag) return status(304);
    const garbled = announced.filter(({ isGarbled }) => isGarbled === true);
    const entries = garbled.map(({ paper }) => feedEntry(paper, day, 'surprise'));
    const readable = announced.filter((one) => !garbled.includes(one));
    return { ...xml(announcementFeed(day, readable, entries)), headers: { etag } };
  };
}

/** The Atom API over `papers`: by identifiers, or by category and minutes of submission. */
export function searchOf(papers: () => readonly ArxivPaper[]): Route {
  return ({ query }) => {
    const ids = query.get('id_list');
    const matching = ids === null ? matchesOf(papers(), query) : byIds(papers(), ids.split(','));
    const start = Number(query.get('start') ?? 0);
    const slice = matching.slice(start, start + Number(query.get('max_results') ?? 10));
    return xml(atomAnswer(slice, { total: matching.length, start }));
  };
}

function byIds(papers: readonly ArxivPaper[], ids: readonly string[]): ArxivPaper[] {
  return papers.filter(({ id }) => ids.includes(id));
}

function matchesOf(papers: readonly ArxivPaper[], query: URLSearchParams): ArxivPaper[] {
  const text = query.get('search_query') ?? '';
  const [, from = '', until = ''] = /submittedDate:\[(\d{12}) TO (\d{12})\]/.exec(text) ?? [];
  const categories = [...text.matchAll(/cat:([\w.-]+)/g)].map((match) => match[1]);
  return papers
    .filter(({ categories: own }) => own.some((name) => categories.includes(name)))
    .filter(({ versions }) => minuteOf(versions[0]) >= from && minuteOf(versions[0]) <= until)
    .sort((one, other) => (minuteOf(one.versions[0]) < minuteOf(other.versions[0]) ? -1 : 1));
}

function minuteOf(instant: Date | undefined): string {
  return (instant ?? new Date(0)).toISOString().slice(0, 16).replace(/[-T:]/g, '');
}
