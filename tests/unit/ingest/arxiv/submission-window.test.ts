import { expect, test } from 'vitest';
import {
  announcementInstant,
  isAnnouncementDay,
  type SubmissionWindow,
  scheduledDayOf,
  submissionWindowOf,
} from '#lib/ingest/arxiv/calendar.ts';
import { listDays } from '#lib/papers/day.ts';
import { HOUR_MS } from '#lib/time.ts';

test.each([
  ['a Friday', '2026-09-25', '2026-09-23T18:00:00.000Z', '2026-09-24T18:00:00.000Z'],
  [
    'a Monday, announced two days after its deadline',
    '2026-09-28',
    '2026-09-24T18:00:00.000Z',
    '2026-09-25T18:00:00.000Z',
  ],
  ['a Tuesday, with the week-end', '2026-09-29', '2026-09-25T18:00:00.000Z', '2026-09-28T18:00:00.000Z'],
  [
    'a Tuesday over the end of daylight saving',
    '2025-11-04',
    '2025-10-31T18:00:00.000Z',
    '2025-11-03T19:00:00.000Z',
  ],
  ['a Tuesday over its beginning', '2026-03-10', '2026-03-06T19:00:00.000Z', '2026-03-09T18:00:00.000Z'],
  ['the Monday after Thanksgiving', '2025-12-01', '2025-11-26T19:00:00.000Z', '2025-11-28T19:00:00.000Z'],
  [
    'the Tuesday after a Sunday without announcement',
    '2026-06-23',
    '2026-06-18T18:00:00.000Z',
    '2026-06-22T18:00:00.000Z',
  ],
  ['the first listing of a year', '2026-01-05', '2025-12-31T19:00:00.000Z', '2026-01-02T19:00:00.000Z'],
])('the submissions of %s', (_, day, from, until) => {
  expect(submissionWindowOf(day)).toEqual({ from: new Date(from), until: new Date(until) });
});

test.each(['2026-09-26', '2026-09-27', '2025-11-28', '2026-06-22', '2026-01-02'])(
  'nothing is submitted for %s, on which there is no announcement',
  (day) => {
    expect(submissionWindowOf(day)).toBeNull();
  },
);

const DAYS = listDays('2025-01-01', '2027-01-04');
const WINDOWS = new Map(DAYS.flatMap((day) => [[day, submissionWindowOf(day)] as const]));

test('over two years, each hour’s submissions fall into the window of the day they are scheduled for', () => {
  const first = Date.UTC(2025, 0, 3);
  for (let hour = 0; hour < 2 * 365 * 24 - 72; hour += 1) {
    // Just after the hour, in its middle, and in its last second: deadlines are on the hour.
    for (const offsetMs of [1_000, HOUR_MS / 2, HOUR_MS - 1_000]) {
      const instant = new Date(first + hour * HOUR_MS + offsetMs);
      const window = WINDOWS.get(scheduledDayOf(instant));
      const isWithin = window != null && window.from <= instant && instant < window.until;
      if (!isWithin) throw new Error(`${instant.toISOString()} is scheduled for ${scheduledDayOf(instant)}`);
    }
  }
});

test('windows follow one another without gap or overlap, each before its announcement', () => {
  let before: SubmissionWindow | null = null;
  for (const day of DAYS.filter(isAnnouncementDay)) {
    const window = WINDOWS.get(day)!;
    if (before !== null) expect(window.from, day).toEqual(before.until);
    expect(window.until.getTime(), day).toBeGreaterThan(window.from.getTime());
    expect(window.until.getTime(), day).toBeLessThan(announcementInstant(day)!.getTime());
    before = window;
  }
});

test('the second of a deadline is in time, but falls into the window after', () => {
  for (const day of DAYS.filter(isAnnouncementDay)) {
    const { until } = WINDOWS.get(day)!;
    expect(scheduledDayOf(until)).toBe(day);
    expect(scheduledDayOf(new Date(until.getTime() - 1))).toBe(day);
    expect(scheduledDayOf(new Date(until.getTime() + 1)) > day).toBe(true);
  }
});
