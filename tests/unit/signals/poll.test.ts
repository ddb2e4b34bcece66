import { expect, test } from 'vitest';
import type { SignalKind } from '#lib/papers/paper.ts';
import {
  type ClaimedTarget,
  evaluatePoll,
  isConfirmed,
  type LatestSignals,
  type PollResult,
} from '#lib/signals/poll.ts';

const AT = new Date('2026-03-10T00:00:00Z');
const day = (date: number) => new Date(Date.UTC(2026, 2, date));

function aTarget(fields: Partial<ClaimedTarget> = {}): ClaimedTarget {
  return {
    target: 'ada/engine',
    observedAt: null,
    etag: null,
    renamedTo: null,
    goneAt: null,
    unchanged: 0,
    dueAt: AT,
    newestPaperAt: day(1),
    papers: [{ key: 1, identifier: '2603.00001' }],
    ...fields,
  };
}

function seen(claimed: ClaimedTarget, stars: number | null, fields: object = {}): PollResult {
  const values = claimed.papers.flatMap(({ key }) => [
    ...(stars === null ? [] : [{ paperKey: key, kind: 'stars' as const, value: stars }]),
    { paperKey: key, kind: 'forks' as const, value: 3 },
  ]);
  return { kind: 'seen', claimed, at: AT, values, rejected: 0, etag: '"a"', renamedTo: null, ...fields };
}

type Known = Record<number, Partial<Record<SignalKind, [value: number, observedAt: Date]>>>;

function latestOf(known: Known): LatestSignals {
  return (key, kind) => {
    const [value, observedAt] = known[key]?.[kind] ?? [];
    return value === undefined || observedAt === undefined ? undefined : { value, observedAt };
  };
}

const judge = (poll: PollResult, known: Known) => evaluatePoll('github', poll, latestOf(known), 0);
const added = (poll: PollResult, known: Known) =>
  judge(poll, known).observations.flatMap(({ observations }) =>
    observations.map(({ kind, value, observedAt }) => [kind, value, observedAt.getUTCDate()]),
  );

test('the first poll is kept whole', () => {
  expect(added(seen(aTarget(), 40), {})).toEqual([
    ['stars', 40, 10],
    ['forks', 3, 10],
  ]);
  expect(judge(seen(aTarget(), 40), {})).toMatchObject({
    outcome: 'observed',
    next: { observedAt: AT, etag: '"a"', unchanged: 0, goneAt: null },
  });
});

test('a poll that finds the same adds nothing, and is counted', () => {
  const claimed = aTarget({ observedAt: day(8), unchanged: 2, goneAt: day(7) });
  const evaluated = judge(seen(claimed, 40), { 1: { stars: [40, day(5)], forks: [3, day(5)] } });
  expect(evaluated.outcome).toBe('unchanged');
  expect(evaluated.observations.flatMap(({ observations }) => observations)).toEqual([]);
  expect(evaluated.next).toMatchObject({ observedAt: AT, unchanged: 3, goneAt: null });
});

test('a change is kept together with the last poll before it, when the old value still held', () => {
  const claimed = aTarget({ observedAt: day(9), unchanged: 4 });
  expect(added(seen(claimed, 50), { 1: { stars: [40, day(5)], forks: [3, day(5)] } })).toEqual([
    ['stars', 40, 9],
    ['stars', 50, 10],
  ]);
});

test('a change right after a change needs no more than itself', () => {
  const claimed = aTarget({ observedAt: day(9) });
  expect(added(seen(claimed, 50), { 1: { stars: [40, day(9)], forks: [3, day(5)] } })).toEqual([
    ['stars', 50, 10],
  ]);
});

test('what another source has found since the last poll is not said to have held at that poll', () => {
  const claimed = aTarget({ observedAt: day(8) });
  expect(added(seen(claimed, 50), { 1: { stars: [44, day(9)], forks: [3, day(5)] } })).toEqual([
    ['stars', 50, 10],
  ]);
});

test('nothing is said of a last poll at which the paper did not name the repository yet', () => {
  const papers = [1, 2].map((key) => ({ key, identifier: `2603.0000${key}` }));
  const claimed = aTarget({ observedAt: day(9), papers });
  const known: Known = { 1: { stars: [40, day(5)], forks: [3, day(5)] }, 2: { stars: [7, day(4)] } };
  const { observations } = judge(seen(claimed, 50), known);
  expect(observations.filter(({ key }) => key === 2).flatMap((one) => one.observations)).toEqual([
    { kind: 'stars', value: 50, observedAt: AT },
    { kind: 'forks', value: 3, observedAt: AT },
  ]);
});

test('a poll that comes in later than a newer one changes nothing', () => {
  expect(added(seen(aTarget(), 50), { 1: { stars: [60, day(11)], forks: [3, day(11)] } })).toEqual([]);
});

test('an answer that lacks a value is used for the others, and confirms nothing', () => {
  const claimed = aTarget({ observedAt: day(8), etag: '"old"' });
  const evaluated = judge(seen(claimed, null, { rejected: 1 }), {});
  expect(evaluated).toMatchObject({ outcome: 'observed', next: { observedAt: day(8), etag: null } });
});

test('an answer without any value is a failure', () => {
  const evaluated = judge(seen(aTarget(), null, { values: [], rejected: 2 }), {});
  expect(evaluated).toMatchObject({ outcome: 'failed', next: { observedAt: null, goneAt: null } });
  expect(evaluated.next.dueAt).toEqual(new Date('2026-03-10T03:00:00Z'));
});

test('what is gone keeps the day since when, is asked for ever more rarely, and by its first name', () => {
  const first = judge({ kind: 'gone', claimed: aTarget({ etag: '"a"', renamedTo: 'ada/new' }), at: AT }, {});
  expect(first).toMatchObject({ outcome: 'gone', next: { goneAt: AT, etag: null, renamedTo: null } });
  expect(first.next.dueAt).toEqual(day(12));
  const later = judge({ kind: 'gone', claimed: aTarget({ goneAt: day(2) }), at: AT }, {});
  expect(later.next).toMatchObject({ goneAt: day(2), dueAt: day(18) });
});

test('"not modified" confirms what is known', () => {
  const claimed = aTarget({ observedAt: day(9), unchanged: 1, etag: '"a"' });
  expect(judge({ kind: 'not-modified', claimed, at: AT }, {})).toMatchObject({
    outcome: 'unchanged',
    observations: [],
    next: { observedAt: AT, unchanged: 2, etag: '"a"' },
  });
});

test('growth brings the next poll forward', () => {
  const claimed = aTarget({ observedAt: day(9), newestPaperAt: new Date(0) });
  const evaluated = judge(seen(claimed, 110), { 1: { stars: [100, day(9)], forks: [3, day(9)] } });
  expect(evaluated.next.dueAt).toEqual(new Date('2026-03-10T12:00:00Z'));
});

test('"not modified" says enough only where the last poll gave what all papers have now', () => {
  const claimed = aTarget({ observedAt: day(9), papers: [{ key: 1, identifier: '2603.00001' }] });
  const both: Known = { 1: { stars: [40, day(5)], forks: [3, day(9)] } };
  expect(isConfirmed('github', claimed, latestOf(both))).toBe(true);
  expect(isConfirmed('github', { ...claimed, observedAt: null }, latestOf(both))).toBe(false);
  expect(isConfirmed('github', claimed, latestOf({ 1: { stars: [40, day(5)] } }))).toBe(false);
  const newer: Known = { 1: { stars: [41, day(10)], forks: [3, day(9)] } };
  expect(isConfirmed('github', claimed, latestOf(newer))).toBe(false);
});
