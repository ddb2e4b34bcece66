/** The last days' completeness, as the status page, a day's page and `doctor` tell it. */
import type { Clock } from '#lib/clock.ts';
import type { Db } from '#lib/db/client.ts';
import { addDays, listDays, toDay } from '#lib/papers/day.ts';
import { announcementDayOf } from './arxiv/calendar.ts';
import { type Coverage, coverageOf } from './coverage.ts';
import { findFirstSourceDay, listSourceDays } from './store.ts';

/** arXiv's days from `first` to `last`, both with, oldest first. */
export async function listCoverage(
  deps: { db: Db; clock: Clock },
  { first, last }: { first: string; last: string },
): Promise<Coverage[]> {
  const [checks, watchedSince] = await Promise.all([
    listSourceDays(deps.db, 'arxiv', first, last),
    findFirstSourceDay(deps.db, 'arxiv'),
  ]);
  const byDay = new Map(checks.map((check) => [check.day, check]));
  const context = { now: deps.clock.now(), watchedSince };
  return listDays(first, last).map((day) => coverageOf(day, byDay.get(day) ?? null, context));
}

/** The last `days` days up to the newest one that arXiv's calendar knows of, today or tomorrow. */
export async function listRecentCoverage(deps: { db: Db; clock: Clock }, days: number): Promise<Coverage[]> {
  const now = deps.clock.now();
  // Of an evening in the United States the newest listing already carries tomorrow's date.
  const [last = toDay(now)] = [announcementDayOf(now), toDay(now)].toSorted().toReversed();
  return listCoverage(deps, { first: addDays(last, 1 - days), last });
}
