import { expect, test } from 'vitest';
import {
  announcementDayOf,
  announcementInstant,
  dayStatus,
  easternInstant,
  expectedState,
  FEED_DELAY_MS,
  isAnnouncementDay,
  isHolidayListKnown,
  nextAnnouncement,
  OAI_DELAY_MS,
  scheduledDayOf,
  toEasternTime,
} from '#lib/ingest/arxiv/calendar.ts';
import { HOLIDAYS } from '#lib/ingest/arxiv/holidays.ts';

const at = (instant: string) => new Date(instant);

test.each([
  ['summer', '2026-09-25', '2026-09-25T00:00:00.000Z'],
  ['winter', '2026-01-14', '2026-01-14T01:00:00.000Z'],
  ['a Monday, announced on Sunday', '2026-09-28', '2026-09-28T00:00:00.000Z'],
  ['the Monday after the clocks went forward', '2026-03-09', '2026-03-09T00:00:00.000Z'],
  ['the Friday before that', '2026-03-06', '2026-03-06T01:00:00.000Z'],
  ['the Monday after the clocks went back', '2026-11-02', '2026-11-02T01:00:00.000Z'],
  ['the Friday before that', '2026-10-30', '2026-10-30T00:00:00.000Z'],
])('a listing is announced at 20:00 US Eastern the evening before: %s', (_, day, instant) => {
  expect(announcementInstant(day)?.toISOString()).toBe(instant);
});

test.each([
  ['a Saturday', '2026-09-26'],
  ['a Sunday', '2026-09-27'],
  ['a holiday', '2025-06-20'],
])('%s has no announcement', (_, day) => {
  expect(announcementInstant(day)).toBeNull();
  expect(isAnnouncementDay(day)).toBe(false);
});

test('a day says why it has or has not a listing', () => {
  expect(dayStatus('2026-09-25')).toMatchObject({ kind: 'announcement' });
  expect(dayStatus('2026-09-26')).toMatchObject({ kind: 'no-announcement' });
  expect(dayStatus('2025-11-28')).toEqual({
    kind: 'holiday',
    reason: 'arXiv skips this announcement (Thanksgiving)',
  });
});

/** Weekdays without a listing of cs, seen in a year and a half of harvested listings. */
test.each([
  '2025-06-20',
  '2025-07-07',
  '2025-09-02',
  '2025-12-26',
  '2025-12-31',
  '2026-01-02',
  '2026-01-20',
  '2026-06-22',
])('the listing that was not there on %s was a holiday', (day) => {
  expect(dayStatus(day).kind).toBe('holiday');
});

/** The days beside them, on which there was one. */
test.each([
  '2025-06-19',
  '2025-06-23',
  '2025-07-04',
  '2025-07-08',
  '2025-09-01',
  '2025-12-25',
  '2026-01-01',
  '2026-06-19',
  '2026-06-23',
])('the listing of %s is expected', (day) => {
  expect(isAnnouncementDay(day)).toBe(true);
});

test('every holiday skips an announcement that the week would have had', () => {
  for (const [skippedOn] of HOLIDAYS) {
    const weekday = new Date(`${skippedOn}T00:00:00Z`).getUTCDay();
    expect(weekday, skippedOn).not.toBe(6);
    expect(skippedOn >= '2024-01-01' && skippedOn <= '2026-12-31', skippedOn).toBe(true);
  }
  expect(new Set(HOLIDAYS.map(([day]) => day)).size).toBe(HOLIDAYS.length);
});

test('beyond the lists that arXiv has published, holidays are not known', () => {
  expect(isHolidayListKnown('2026-06-22')).toBe(true);
  expect(isHolidayListKnown('2027-01-01')).toBe(true);
  expect(dayStatus('2027-01-01').kind).toBe('holiday');
  expect(isHolidayListKnown('2027-01-04')).toBe(false);
  expect(isHolidayListKnown('2023-12-29')).toBe(false);
});

test.each([
  ['just before the announcement', '2026-09-24T23:59:59Z', '2026-09-24'],
  ['at the announcement', '2026-09-25T00:00:00Z', '2026-09-25'],
  ['at midnight there, when the feed is made', '2026-09-25T04:00:11Z', '2026-09-25'],
  ['on Friday night', '2026-09-26T01:00:00Z', '2026-09-25'],
  ['on Sunday afternoon', '2026-09-27T20:00:00Z', '2026-09-25'],
  ['on Sunday evening', '2026-09-28T00:00:00Z', '2026-09-28'],
  ['on the evening of a holiday', '2025-06-20T01:00:00Z', '2025-06-19'],
])('the newest listing %s', (_, instant, day) => {
  expect(announcementDayOf(at(instant))).toBe(day);
});

test.each([
  ['on Thursday morning', '2026-09-24T12:00:00Z', '2026-09-25', '2026-09-25T00:00:00.000Z'],
  ['at an announcement, the one after it', '2026-09-25T00:00:00Z', '2026-09-28', '2026-09-28T00:00:00.000Z'],
  ['on Friday', '2026-09-25T12:00:00Z', '2026-09-28', '2026-09-28T00:00:00.000Z'],
  ['over a holiday and a week-end', '2026-06-19T12:00:00Z', '2026-06-23', '2026-06-23T00:00:00.000Z'],
  ['between two holidays', '2025-12-30T12:00:00Z', '2026-01-01', '2026-01-01T01:00:00.000Z'],
])('the next announcement %s', (_, after, day, instant) => {
  const next = nextAnnouncement(at(after));
  expect([next.day, next.at.toISOString()]).toEqual([day, instant]);
});

test('announcements follow one another in order, each after the one before', () => {
  let instant = at('2024-01-01T00:00:00Z');
  const days: string[] = [];
  while (instant < at('2027-01-01T00:00:00Z')) {
    const next = nextAnnouncement(instant);
    expect(next.at.getTime()).toBeGreaterThan(instant.getTime());
    expect(announcementDayOf(next.at)).toBe(next.day);
    expect(announcementDayOf(new Date(next.at.getTime() - 1))).toBe(days.at(-1) ?? '2023-12-29');
    expect(toEasternTime(next.at).hour).toBe(20);
    days.push(next.day);
    instant = next.at;
  }
  // The weekdays from 2024-01-01 to 2027-01-04, less the holidays.
  expect(days).toHaveLength(786 - HOLIDAYS.length);
});

test.each([
  ['before the deadline', '2026-09-23T17:59:59Z', '2026-09-24'],
  ['at the deadline', '2026-09-23T18:00:00Z', '2026-09-24'],
  ['after the deadline', '2026-09-23T18:00:01Z', '2026-09-25'],
  ['Thursday after the deadline', '2026-09-24T18:30:00Z', '2026-09-28'],
  ['Friday after the deadline', '2026-09-25T18:30:00Z', '2026-09-29'],
  ['on Saturday', '2026-09-26T12:00:00Z', '2026-09-29'],
  ['on Monday before the deadline', '2026-09-28T12:00:00Z', '2026-09-29'],
  ['for an announcement that is a holiday', '2025-06-19T12:00:00Z', '2025-06-23'],
  ['for a Sunday that is a holiday', '2026-06-19T12:00:00Z', '2026-06-23'],
  ['in winter time', '2026-01-14T18:59:00Z', '2026-01-15'],
])('a paper submitted %s is scheduled', (_, instant, day) => {
  expect(scheduledDayOf(at(instant))).toBe(day);
});

test('what to expect of a day depends on the calendar and on the clock', () => {
  const day = '2026-09-25';
  expect(expectedState('2026-09-26', at('2026-09-26T12:00:00Z'))).toBe('weekend');
  expect(expectedState('2025-06-20', at('2025-06-20T12:00:00Z'))).toBe('holiday');
  expect(expectedState(day, at('2026-09-24T23:59:59Z'))).toBe('not-yet-announced');
  expect(expectedState(day, at('2026-09-25T00:00:00Z'))).toBe('due');
  expect(expectedState(day, at('2026-09-25T02:29:59Z'), OAI_DELAY_MS)).toBe('not-yet-announced');
  expect(expectedState(day, at('2026-09-25T02:30:00Z'), OAI_DELAY_MS)).toBe('due');
  expect(expectedState(day, at('2026-09-25T04:00:00Z'), FEED_DELAY_MS)).toBe('due');
});

test('a day that is none is a mistake of the caller', () => {
  expect(() => dayStatus('2026-02-30')).toThrow('2026-02-30');
  expect(() => announcementInstant('tomorrow')).toThrow('tomorrow');
});

test('US Eastern time knows daylight saving', () => {
  expect(easternInstant('2026-07-01', 0).toISOString()).toBe('2026-07-01T04:00:00.000Z');
  expect(easternInstant('2026-12-01', 0).toISOString()).toBe('2026-12-01T05:00:00.000Z');
  expect(toEasternTime(at('2026-11-01T05:30:00Z'))).toEqual({ day: '2026-11-01', hour: 1 });
  expect(toEasternTime(at('2026-11-01T06:30:00Z'))).toEqual({ day: '2026-11-01', hour: 1 });
});
