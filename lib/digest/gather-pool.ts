import type { Clock } from '#lib/clock.ts';
import type { Db } from '#lib/db/client.ts';
import { compileQuery } from '#lib/query/compiled-query.ts';
import { parseQuery } from '#lib/query/parser.ts';
import { listMatchingKeys } from '#lib/search/store.ts';
import { listCandidates, listTrendingKeys } from './compose-store.ts';
import { choosePool, type DigestCandidate, type PoolRequest, TRENDING_MAX } from './selection.ts';

export type PoolDeps = { readonly db: Db; readonly clock: Clock };

/** What a run has looked up already: subscriptions that share a query, or days, share its evaluation. */
export type PoolCache = {
  readonly candidates: Map<string, Promise<readonly DigestCandidate[]>>;
  readonly trending: Map<string, Promise<readonly number[]>>;
  readonly matches: Map<string, Promise<ReadonlySet<number>>>;
};

export function createPoolCache(): PoolCache {
  return { candidates: new Map(), trending: new Map(), matches: new Map() };
}

/** The papers that an issue with these topics and days may choose from, best first. */
export async function gatherPool(deps: PoolDeps, cache: PoolCache, request: PoolRequest): Promise<number[]> {
  const { days, trendingWindow: window } = request;
  const name = `${window} ${days.first} ${days.last}`;
  const candidates = await once(cache.candidates, name, () => listCandidates(deps.db, days, window));
  const trending = request.hasTrending
    ? await once(cache.trending, window, () => listTrendingKeys(deps.db, window, TRENDING_MAX))
    : [];
  const keys = [...new Set([...trending, ...candidates.map(({ key }) => key)])];
  const matching = (query: string) =>
    once(cache.matches, `${name} ${query}`, async () => new Set(await match(deps, query, keys)));
  const matches = new Map<string, ReadonlySet<number>>();
  for (const query of request.queries) matches.set(query, await matching(query));
  const muted = new Set<number>();
  for (const word of request.mutedWords) for (const key of await matching(`"${word}"`)) muted.add(key);
  return choosePool(request, { candidates, trending, matches, muted });
}

/** The search's own evaluator, so that a subscription finds what its page shows. */
function match({ db, clock }: PoolDeps, query: string, keys: readonly number[]): Promise<number[]> {
  return listMatchingKeys(db, compileQuery(parseQuery(query).query), keys, clock.now());
}

function once<Value>(
  known: Map<string, Promise<Value>>,
  name: string,
  find: () => Promise<Value>,
): Promise<Value> {
  const found = known.get(name) ?? find();
  known.set(name, found);
  return found;
}
