/** Every paper whose signals this instance has recorded, for a replay of its own past. */
import type { Db } from '#lib/db/client.ts';
import { toDay } from '#lib/papers/day.ts';
import { listFacts, listObservedKeys, listSeries } from './candidate-store.ts';
import type { ReplayPaper } from './evaluation/replay.ts';
import { listedInstant } from './read-candidates.ts';
import { holdStill, lastHeardAt, withOwnStars } from './readings.ts';

/** After every observation there can be. */
const FOR_EVER = new Date('9999-12-31T00:00:00Z');
const BEGINNING = new Date(0);

export async function listReplayPapers(db: Db): Promise<ReplayPaper[]> {
  const keys = await listObservedKeys(db, 'signal', { since: BEGINNING, until: FOR_EVER });
  const series = await listSeries(db, { keys, until: FOR_EVER });
  const heardAt = lastHeardAt(series.values());
  const facts = await listFacts(db, keys, toDay(FOR_EVER));
  return facts.map(({ key, ...fact }) => {
    const own = series.get(key) ?? {};
    const listedAtMs = listedInstant(fact, own);
    return { facts: { ...fact, listedAtMs }, series: holdStill(withOwnStars(own), { heardAt, listedAtMs }) };
  });
}
