/**
 * arXiv on loopback: its three interfaces under one address, answering from recorded pages, from bodies of our own, or
 * from a whole simulated arXiv, and misbehaving on command. Runs under vitest and under plain Node alike.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '#lib/clock.ts';
import type { Validators } from '#lib/http/outcome.ts';
import { createRateLimiter } from '#lib/http/rate-limiter.ts';
import type { ArxivDeps } from '#lib/ingest/arxiv/source.ts';
import { seededRandom } from '#lib/random.ts';
import { oaiAnswer, oaiError } from './arxiv-bodies.ts';
import {
  type ReplayedRequest,
  type ReplayServer,
  type Reply,
  type Route,
  startReplayServer,
  status,
} from './replay-server.ts';

const FOLDER = join(
  process.env.PAPERBOY_DATA ?? join(import.meta.dirname, '../../../shared/data'),
  'api/arxiv-oai-pmh',
);

/** Why the recorded answers cannot be used, or false. For `test.skipIf`. */
export const recordingsAbsent = existsSync(FOLDER) ? false : `no recorded answers in ${FOLDER}`;

/** The three recorded ListRecords pages: 1,000, 1,000 and 265 records of 2023-03-07 in oai_dc. */
export function recordedPages(): string[] {
  return [0, 1, 2].map((page) =>
    readFileSync(join(FOLDER, 'metadata', `ListRecords_data_${page}.xml`), 'utf8'),
  );
}

/** The recorded notice: "Retry after 1 seconds", as a web page. */
export function recordedNotice(): string {
  return readFileSync(join(FOLDER, 'arxiv_retry_after.html'), 'utf8');
}

/** The first `recordsMax` records of `pages` in their order on pages of `pageRecords`, with tokens `page-1`, `page-2`, … */
export function repage(pages: readonly string[], recordsMax: number, pageRecords: number): string[] {
  const all = pages.flatMap((page) => page.match(/<record>[\s\S]*?<\/record>/g) ?? []);
  const records = all.slice(0, recordsMax);
  const count = Math.ceil(records.length / pageRecords);
  return Array.from({ length: count }, (_, index) => {
    const held = records.slice(index * pageRecords, (index + 1) * pageRecords);
    const token = index + 1 < count ? `page-${index + 1}` : '';
    return oaiAnswer(
      `<ListRecords>${held.join('\n')}<resumptionToken>${token}</resumptionToken></ListRecords>`,
    );
  });
}

export const xml = (body: string): Reply => ({
  kind: 'answer',
  headers: { 'content-type': 'text/xml; charset=utf-8' },
  body,
});

export type HarvestRoute = Route & {
  /** From now on no token of before is known, until a list is begun anew. */
  expireTokens(): void;
};

/** One list in pages: a token leads on from the page that gave it, and one that no page gave is bad. */
export function listOf(pages: readonly string[]): HarvestRoute {
  const tokens = pages.map((page) => /<resumptionToken[^>]*>([^<]+)</.exec(page)?.[1] ?? null);
  let areExpired = false;
  const route: Route = ({ query }) => {
    const token = query.get('resumptionToken');
    if (token === null) areExpired = false;
    const index = token === null ? 0 : tokens.indexOf(token) + 1;
    const page = token !== null && (areExpired || index === 0) ? undefined : pages[index];
    return xml(page ?? oaiError('badResumptionToken', 'The token has expired.'));
  };
  const expireTokens = () => {
    areExpired = true;
  };
  return Object.assign(route, { expireTokens });
}

/** A reply, or what becomes of the one that would have been. */
export type Misbehaviour = Reply | ((usual: Reply) => Reply);

const bodyOf = (reply: Reply) => ('body' in reply ? String(reply.body ?? '') : '');

export const notice = (seconds: number, code = 200): Reply => ({
  kind: 'answer',
  status: code,
  headers: { 'content-type': 'text/html' },
  body: `<html><body>\n<h1>Retry after ${seconds} seconds</h1>\n</body></html>\n`,
});
export const cut = (usual: Reply): Reply => ({ kind: 'cut', body: bodyOf(usual) });
/** A whole answer whose document ends in the middle. */
export const truncated = (usual: Reply): Reply =>
  xml(bodyOf(usual).slice(0, Math.floor(bodyOf(usual).length / 2)));
export const slow = (usual: Reply): Reply => {
  const body = bodyOf(usual);
  return { kind: 'drip', body, pieceBytes: Math.ceil(body.length / 4), everyMs: 20 };
};
export const gzipped = (usual: Reply): Reply =>
  usual.kind === 'answer' ? { ...usual, isGzipped: true } : usual;
export const mislabelled = (usual: Reply): Reply =>
  usual.kind === 'answer' ? { ...usual, headers: { 'content-type': 'image/png' } } : usual;
export const redirected = (location: string) => status(302, { location });
export const flood: Reply = { kind: 'flood', piece: ' '.repeat(64 * 1024) };

export type ArxivReplay = ReplayServer & {
  readonly oaiUrl: string;
  readonly apiUrl: string;
  readonly feedUrl: string;
  /** The next requests, whatever they are for, get these one after another. */
  misbehave(...next: readonly Misbehaviour[]): void;
  /** Milliseconds between the beginnings of successive requests. */
  gapsMs(): number[];
};

export type ArxivRoutes = { readonly oai?: Route; readonly api?: Route; readonly feeds?: Route };

export async function startArxivReplay(routes: ArxivRoutes): Promise<ArxivReplay> {
  const pending: Misbehaviour[] = [];
  const server = await startReplayServer((request) => {
    const usual = routeOf(request, routes)(request);
    const next = pending.shift();
    if (next === undefined) return usual;
    return typeof next === 'function' ? next(usual) : next;
  });
  return {
    ...server,
    oaiUrl: `${server.url}/oai`,
    apiUrl: `${server.url}/api/query`,
    feedUrl: `${server.url}/atom`,
    misbehave: (...next) => void pending.push(...next),
    gapsMs: () =>
      server.requests
        .slice(1)
        .map(({ receivedMs }, index) => receivedMs - server.requests[index]!.receivedMs),
  };
}

function routeOf({ path }: ReplayedRequest, { oai, api, feeds }: ArxivRoutes): Route {
  const route = path.startsWith('/oai') ? oai : path.startsWith('/api/query') ? api : feeds;
  return route ?? (() => status(404));
}

/** The way to arXiv in which a pause moves the clock and takes no time. */
export function arxivDeps(
  clock: Clock & { set(instant: Date): void },
  limits: ArxivDeps['limits'] = {},
): ArxivDeps & { readonly pausesMs: readonly number[]; readonly known: ReadonlyMap<string, Validators> } {
  const pausesMs: number[] = [];
  const known = new Map<string, Validators>();
  return {
    clock,
    random: seededRandom(1),
    rateLimiter: createRateLimiter({ clock }, 0),
    userAgent: 'Paperboy/test (mailto:ops@example.org)',
    limits,
    pausesMs,
    known,
    sleep: async (ms) => {
      pausesMs.push(ms);
      clock.set(new Date(clock.now().getTime() + ms));
    },
    memory: {
      find: async (url) => known.get(url) ?? null,
      record: async (url, validators) => void known.set(url, validators),
    },
  };
}
