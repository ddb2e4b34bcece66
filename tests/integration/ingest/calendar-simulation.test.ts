/**
 * Sixty days of a simulated arXiv, three hours at a time: the verbs run as their jobs run them, and after every step
 * each day's coverage is looked at. With a holiday, an outage of two days, a late announcement, a day on which this
 * instance slept, an entry that cannot be read, a paper that moderation held, and one replaced and withdrawn.
 */
import { beforeAll, expect, test } from 'vitest';
import { announcementInstant, isAnnouncementDay, submissionWindowOf } from '#lib/ingest/arxiv/calendar.ts';
import { type CoverageState, coverageOf } from '#lib/ingest/coverage.ts';
import { fillGaps } from '#lib/ingest/fill-gaps.ts';
import { harvestArxiv } from '#lib/ingest/harvest-arxiv.ts';
import { ingestAnnouncements } from '#lib/ingest/ingest-announcements.ts';
import { listSourceDays } from '#lib/ingest/store.ts';
import { addDays, listDays, toDay } from '#lib/papers/day.ts';
import { HOUR_MS } from '#lib/time.ts';
import { type ArxivPaper, aPaper } from '../../support/arxiv-bodies.ts';
import { arxivDeps, startArxivReplay } from '../../support/arxiv-replay.ts';
import { freshDatabase } from '../../support/database.ts';
import { type Announcement, simulateArxiv } from '../../support/simulated-arxiv.ts';

const CATEGORIES = ['cs.LG', 'stat.ML'];
const FIRST = '2025-10-20';
const LAST = '2025-12-18';

/** Thanksgiving's is not made. */
const HOLIDAY = '2025-11-28';
const LATE = '2025-11-12';
const LATE_HOURS = 14;
/** The feeds are asked for at 17:20, the announcement was due at 01:00. */
const LATE_SEEN_HOURS = 16;
const OUTAGE = { from: new Date('2025-11-18T01:00:00Z'), until: new Date('2025-11-20T05:00:00Z') };
const MISSED = ['2025-11-18', '2025-11-19'];
const GARBLED = '2025-12-03';
/** Of this instance, and not of arXiv. */
const SLEEP = { from: new Date('2025-12-09T04:00:00Z'), until: new Date('2025-12-10T05:00:00Z') };
const SLEPT_OVER = '2025-12-09';
const HELD = { id: '2510.90001', scheduledFor: '2025-10-22', announcedOn: '2025-10-24' };
const REPLACED = {
  id: '2510.90002',
  newOn: '2025-10-29',
  replacedOn: '2025-11-05',
  withdrawnOn: '2025-11-21',
};

const isWithin = (now: Date, { from, until }: { from: Date; until: Date }) => from <= now && now < until;

function announcedAt(day: string): Date {
  const at = announcementInstant(day)!.getTime();
  return new Date(day === LATE ? at + LATE_HOURS * HOUR_MS : at);
}

const on = (day: string, kind: Announcement['kind'], paper: ArxivPaper): Announcement => ({
  day,
  at: announcedAt(day),
  kind,
  paper,
});

/** Three to six new papers a day, evenly over the day's window. */
function newPapers(day: string, index: number): Announcement[] {
  const { from, until } = submissionWindowOf(day)!;
  return Array.from({ length: 3 + (index % 4) }, (_, number) => {
    const submittedAt = new Date(from.getTime() + ((number + 0.5) / 7) * (until.getTime() - from.getTime()));
    const month = submittedAt.toISOString().slice(2, 7).replace('-', '');
    const id = `${month}.${String(index * 10 + number).padStart(5, '0')}`;
    const categories = [CATEGORIES[number % 2]!, 'cs.AI'];
    return on(day, 'new', aPaper({ id, categories, versions: [submittedAt] }));
  });
}

function announcements(): Announcement[] {
  const days = listDays(FIRST, LAST).filter(isAnnouncementDay);
  const regular = days.flatMap(newPapers);
  const garbled = regular.findIndex(({ day }) => day === GARBLED);
  regular[garbled] = { ...regular[garbled]!, isGarbled: true };
  const submitted = (day: string) => new Date(submissionWindowOf(day)!.from.getTime() + HOUR_MS);
  const held = aPaper({ id: HELD.id, versions: [submitted(HELD.scheduledFor)] });
  const first = aPaper({ id: REPLACED.id, versions: [submitted(REPLACED.newOn)] });
  const second = {
    ...first,
    title: 'A better title',
    versions: [...first.versions, submitted(REPLACED.replacedOn)],
  };
  const third = {
    ...second,
    comment: 'This paper has been withdrawn by the authors.',
    versions: [...second.versions, submitted(REPLACED.withdrawnOn)],
  };
  const special = [
    on(HELD.announcedOn, 'new', held),
    on(REPLACED.newOn, 'new', first),
    on(REPLACED.replacedOn, 'replacement', second),
    on(REPLACED.withdrawnOn, 'replacement', third),
  ];
  return [...regular, ...special].sort((one, other) => one.at.getTime() - other.at.getTime());
}

const ANNOUNCEMENTS = announcements();
const announcedOn = (day: string) => ANNOUNCEMENTS.filter((announcement) => announcement.day === day);

/** What the sixty days left behind, and what was said of each day in the course of them. */
async function simulate() {
  const { db, clock } = await freshDatabase({ now: `${FIRST}T05:20:00Z` });
  const isDown = (now: Date) => isWithin(now, OUTAGE);
  const server = await startArxivReplay(
    simulateArxiv({ announcements: ANNOUNCEMENTS, clock, pageRecords: 20, isDown }),
  );
  const fetch = arxivDeps(clock);
  const told = new Map<string, CoverageState[]>();
  const look = async (now: Date) => {
    const today = toDay(now);
    const days = listDays(addDays(today, -3), addDays(today, 1)).filter((day) => day >= FIRST && day <= LAST);
    const checks = new Map(
      (await listSourceDays(db, 'arxiv', FIRST, LAST)).map((check) => [check.day, check]),
    );
    for (const day of days) {
      const { state } = coverageOf(day, checks.get(day) ?? null, { now, watchedSince: FIRST });
      const states = told.get(day) ?? [];
      if (states.at(-1) !== state) told.set(day, [...states, state]);
    }
  };
  const last = Date.parse(`${addDays(LAST, 1)}T05:00:00Z`);
  for (let atMs = Date.parse(`${FIRST}T05:20:00Z`); atMs < last; atMs += 3 * HOUR_MS) {
    const now = new Date(atMs);
    clock.set(now);
    await look(now);
    if (isWithin(now, SLEEP)) continue;
    const hour = now.getUTCHours();
    const input = { categories: CATEGORIES };
    await ingestAnnouncements({ db, fetch }, { ...input, baseUrl: server.feedUrl });
    if (hour === 5 || hour === 17) {
      const harvest = {
        baseUrl: server.oaiUrl,
        set: null,
        metadataPrefix: 'arXivRaw',
        since: FIRST,
      } as const;
      await harvestArxiv({ db, fetch }, harvest);
    }
    if (hour % 6 === 2) {
      const gaps = { lookbackDays: 10, daysMax: 5 };
      await fillGaps({ db, fetch }, { ...input, ...gaps, baseUrl: server.apiUrl });
    }
    await look(now);
  }
  await server.close();
  return { db, told, requests: server.requests.length };
}

let outcome: Awaited<ReturnType<typeof simulate>>;
beforeAll(async () => {
  outcome = await simulate();
}, 240_000);

const SPECIAL = [HOLIDAY, LATE, ...MISSED, GARBLED, SLEPT_OVER];
/** The first day of all begins after its announcement. */
const ORDINARY = listDays(addDays(FIRST, 1), LAST).filter(
  (day) => isAnnouncementDay(day) && !SPECIAL.includes(day),
);

test('an ordinary day is not yet announced and then complete, and nothing else in between', () => {
  expect(ORDINARY.length).toBeGreaterThan(30);
  for (const day of ORDINARY)
    expect([day, outcome.told.get(day)]).toEqual([day, ['not-yet-announced', 'complete']]);
});

test('a week-end is one, and the holiday is one', () => {
  const weekends = listDays(FIRST, LAST).filter((day) => [0, 6].includes(new Date(day).getUTCDay()));
  expect(weekends).toHaveLength(16);
  for (const day of weekends) expect([day, outcome.told.get(day)]).toEqual([day, ['weekend']]);
  expect(outcome.told.get(HOLIDAY)).toEqual(['holiday']);
});

test('a late announcement is late until it comes', async () => {
  expect(outcome.told.get(LATE)).toEqual(['not-yet-announced', 'upstream-late', 'complete']);
  const [check] = await listSourceDays(outcome.db, 'arxiv', LATE, LATE);
  const now = new Date('2025-12-18T12:00:00Z');
  expect(coverageOf(LATE, check!, { now, watchedSince: FIRST }).sentence).toBe(
    `All ${announcedOn(LATE).length} papers that arXiv announced are here, first seen ${LATE_SEEN_HOURS} hours after the hour of the announcement.`,
  );
});

test('the days of the outage are late, then missed, then filled by the search', async () => {
  for (const day of MISSED) {
    expect(outcome.told.get(day)).toEqual(['not-yet-announced', 'upstream-late', 'missed', 'complete']);
    const [check] = await listSourceDays(outcome.db, 'arxiv', day, day);
    expect(check).toMatchObject({ expected: announcedOn(day).length, announcedAt: null, lastError: null });
  }
});

test('the day this instance slept over is not blamed on arXiv, and is filled', () => {
  expect(outcome.told.get(SLEPT_OVER)).toEqual(['not-yet-announced', 'unknown', 'missed', 'complete']);
});

test('a day with an entry that cannot be read is partial until that paper is had by name', () => {
  expect(outcome.told.get(GARBLED)).toEqual(['not-yet-announced', 'partial', 'complete']);
});

test('at the end every day’s listing is what arXiv announced, whichever way it came', async () => {
  for (const day of listDays(FIRST, LAST)) {
    const listings = await outcome.db.listing.findMany({
      where: { listedOn: new Date(day), list: 'arxiv' },
      include: { paper: true },
    });
    const here = listings.map(({ paper, kind }) => `${paper.identifier} ${kind}`).sort();
    const there = announcedOn(day).map(({ paper, kind }) => `${paper.id} ${kind}`);
    expect([day, here]).toEqual([day, there.sort()]);
    const isReckoned = [...MISSED, SLEPT_OVER].includes(day);
    if (day !== GARBLED) expect(listings.every((listing) => listing.isEstimated === isReckoned)).toBe(true);
  }
});

test('the replaced paper is one paper, on the days of its announcements, and withdrawn at last', async () => {
  const papers = await outcome.db.paper.findMany({
    where: { identifier: REPLACED.id },
    include: { versions: true, listings: { orderBy: { listedOn: 'asc' } } },
  });
  expect(papers).toMatchObject([
    {
      title: 'A better title',
      isWithdrawn: true,
      versions: [{ version: 1 }, { version: 2 }, { version: 3 }],
      listings: [
        { listedOn: new Date(REPLACED.newOn), kind: 'new' },
        { listedOn: new Date(REPLACED.replacedOn), kind: 'replacement' },
        { listedOn: new Date(REPLACED.withdrawnOn), kind: 'replacement' },
      ],
    },
  ]);
});

test('sixty days cost some fifteen requests each', () => {
  expect(outcome.requests / 60).toBeLessThan(16);
});
