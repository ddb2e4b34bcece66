import { expect, test } from 'vitest';
import { announcementInstant, isAnnouncementDay } from '#lib/ingest/arxiv/calendar.ts';
import { coverageOf, type DayCheck, GAP_LOOKBACK_DAYS } from '#lib/ingest/coverage.ts';
import { addDays } from '#lib/papers/day.ts';
import { HOUR_MS } from '#lib/time.ts';

/** Announced on Wednesday at 20:00 in New York, in the feeds at midnight there. */
const THURSDAY = '2026-09-24';
const ANNOUNCED = '2026-09-24T00:00:00Z';

const aCheck = (fields: Partial<DayCheck> = {}): DayCheck => ({
  expected: null,
  seen: 0,
  announcedAt: null,
  lastError: null,
  ...fields,
});

/** @param hours after the announcement of `day` */
function coverage(
  hours: number,
  check: DayCheck | null,
  day = THURSDAY,
  watchedSince: string | null = '2026-01-01',
) {
  const now = new Date(
    (announcementInstant(day) ?? new Date(`${day}T00:00:00Z`)).getTime() + hours * HOUR_MS,
  );
  return coverageOf(day, check, { now, watchedSince });
}

test.each([
  ['the evening before', -1, 'announces these papers at 20:00 US Eastern the evening before (00:00 UTC)'],
  ['after the announcement', 1, 'announced these papers at 20:00 US Eastern'],
  ['when the feeds are made', 5.9, 'its feeds follow at midnight (04:00 UTC), sometimes later.'],
])('%s nothing is due yet', (_, hours, words) => {
  expect(coverage(hours, null)).toMatchObject({
    state: 'not-yet-announced',
    sentence: expect.stringContaining(words),
  });
});

test('in winter the same hour is another one in UTC', () => {
  expect(coverage(-1, null, '2026-01-14').sentence).toContain('(01:00 UTC)');
});

test.each([
  ['nobody has asked', null, 'unknown', 'This instance has not yet asked arXiv for this day.'],
  [
    'it was asked for in vain',
    aCheck(),
    'upstream-late',
    'arXiv’s announcement of this day is late: its feeds do not have it yet; we keep asking.',
  ],
  [
    'arXiv cannot be reached',
    aCheck({ lastError: 'unavailable: status 503' }),
    'upstream-late',
    'arXiv’s announcement of this day could not be had yet (unavailable: status 503); we keep asking.',
  ],
  [
    'the search has nothing either',
    aCheck({ expected: 0 }),
    'upstream-late',
    'arXiv’s announcement of this day is late: its feeds do not have it yet; we keep asking.',
  ],
] as const)('six hours after the announcement, when %s', (_, check, state, sentence) => {
  expect(coverage(6, check)).toMatchObject({ state, sentence });
  expect(coverage(27.9, check)).toMatchObject({ state, sentence });
});

test.each([
  [
    'nobody has asked',
    null,
    'missed',
    'The announcement of this day was missed; arXiv’s search is asked for its papers.',
  ],
  [
    'it was asked for in vain',
    aCheck(),
    'missed',
    'The announcement of this day was missed; arXiv’s search is asked for its papers.',
  ],
  [
    'arXiv cannot be reached',
    aCheck({ lastError: 'unavailable: status 503' }),
    'missed',
    'The announcement of this day was missed (unavailable: status 503); arXiv’s search is asked for its papers.',
  ],
  [
    'the search has nothing either',
    aCheck({ expected: 0 }),
    'unknown',
    'Neither feeds nor search of arXiv name a paper for this day so far.',
  ],
] as const)('once the feeds are the next day’s, when %s', (_, check, state, sentence) => {
  expect(coverage(28, check)).toMatchObject({ state, sentence });
});

test('what nobody looks for any more is not promised', () => {
  const hours = (GAP_LOOKBACK_DAYS + 1) * 24;
  expect(coverage(hours, null).sentence).toBe('The announcement of this day was missed.');
  expect(coverage(hours, aCheck({ expected: 0 })).sentence).toBe(
    'Neither feeds nor search of arXiv name a paper for this day.',
  );
  expect(coverage(hours, aCheck({ expected: 3, seen: 2 })).sentence).not.toContain('looked for');
});

test.each([
  [
    'all of an announcement',
    { expected: 1204, seen: 1204, announcedAt: new Date('2026-09-24T05:20:00Z') },
    'complete',
    'All 1,204 papers that arXiv announced are here.',
  ],
  [
    'its only paper',
    { expected: 1, seen: 1, announcedAt: new Date('2026-09-24T05:20:00Z') },
    'complete',
    'The one paper that arXiv announced is here.',
  ],
  [
    'all that the search finds',
    { expected: 12, seen: 12 },
    'complete',
    'All 12 papers that arXiv’s search finds for this day are here.',
  ],
  [
    'an announcement that came late',
    { expected: 2, seen: 2, announcedAt: new Date('2026-09-24T14:20:00Z') },
    'complete',
    'All 2 papers that arXiv announced are here, first seen 14 hours after the hour of the announcement.',
  ],
  [
    'some of an announcement',
    { expected: 1204, seen: 1202, announcedAt: new Date(ANNOUNCED) },
    'partial',
    '1,202 of the 1,204 papers that arXiv announced are here; 2 are missing, and looked for.',
  ],
  [
    'one of it',
    { expected: 2, seen: 1, announcedAt: new Date(ANNOUNCED) },
    'partial',
    '1 of the 2 papers that arXiv announced is here; 1 is missing, and looked for.',
  ],
  [
    'some of what the search finds',
    { expected: 12, seen: 11 },
    'partial',
    '11 of the 12 papers that arXiv’s search finds for this day are here; 1 is missing, and looked for.',
  ],
  [
    'a part of unknown size',
    { seen: 812, lastError: 'not found (status 404)' },
    'partial',
    '812 papers are here; the announcement could not be had as a whole (not found (status 404)).',
  ],
  [
    'a part that says no more',
    { seen: 1 },
    'partial',
    '1 paper is here; the announcement could not be had as a whole.',
  ],
] as const)('what is here is counted: %s', (_, check, state, sentence) => {
  expect(coverage(30, aCheck(check))).toMatchObject({ state, sentence, seen: check.seen });
});

test('days without announcement say why, whether or not somebody asked', () => {
  for (const check of [null, aCheck({ lastError: 'status 503' })]) {
    expect(coverage(12, check, '2026-09-26')).toMatchObject({
      state: 'weekend',
      sentence: 'arXiv announces nothing on Friday and Saturday nights.',
    });
    expect(coverage(12, check, '2025-11-28')).toMatchObject({
      state: 'holiday',
      sentence: 'arXiv skips this announcement (Thanksgiving).',
    });
  }
});

test('papers that came on a day without announcement are told all the same', () => {
  const check = aCheck({ expected: 4, seen: 4, announcedAt: new Date('2025-11-28T06:00:00Z') });
  expect(coverage(12, check, '2025-11-28')).toMatchObject({
    state: 'complete',
    sentence: 'All 4 papers that arXiv announced are here.',
  });
});

test('days before this instance watched are unknown, unless their papers came later', () => {
  expect(coverage(200, null, THURSDAY, '2026-09-25')).toMatchObject({
    state: 'unknown',
    sentence: 'This instance was not yet watching arXiv on this day.',
  });
  expect(coverage(200, null, THURSDAY, null).state).toBe('unknown');
  expect(coverage(200, null, THURSDAY, THURSDAY).state).toBe('missed');
  expect(coverage(200, aCheck({ expected: 3, seen: 3 }), THURSDAY, '2026-09-25').state).toBe('complete');
});

test('in a year whose holidays are not known, a day without papers may be one', () => {
  const words = 'It may be a holiday: those of that year are not known here.';
  for (const hours of [7, 30]) {
    expect(coverage(hours, aCheck(), '2027-01-19').sentence).toContain(words);
    expect(coverage(hours, aCheck(), '2026-01-21').sentence).not.toContain(words);
  }
});

test('without a check, no hour of a year tells a reader that arXiv is late, and every sentence is one', () => {
  for (let hour = 0; hour < 365 * 24; hour += 7) {
    const now = new Date(Date.UTC(2026, 0, 1) + hour * HOUR_MS);
    for (const day of [-2, -1, 0, 1].map((days) => addDays(now.toISOString().slice(0, 10), days))) {
      const { state, sentence } = coverageOf(day, null, { now, watchedSince: '2025-01-01' });
      expect(['unknown', 'not-yet-announced', 'missed', 'holiday', 'weekend']).toContain(state);
      if (!isAnnouncementDay(day)) expect(['holiday', 'weekend']).toContain(state);
      expect(sentence).toMatch(/^[A-Z0-9a].*\.$/);
    }
  }
});
