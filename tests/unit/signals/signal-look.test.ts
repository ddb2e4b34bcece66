import { expect, test } from 'vitest';
import type { SignalKind } from '#lib/papers/paper.ts';
import {
  type ClaimedTarget,
  isConfirmed,
  judgeLook,
  type Latest,
  type Look,
} from '#lib/signals/signal-look.ts';

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
    bornAt: day(1),
    papers: [{ key: 1, identifier: '2603.00001' }],
    ...fields,
  };
}

function seen(claimed: ClaimedTarget, stars: number | null, fields: object = {}): Look {
  const figures = claimed.papers.flatMap(({ key }) => [
    ...(stars === null ? [] : [{ paperKey: key, kind: 'stars' as const, value: stars }]),
    { paperKey: key, kind: 'forks' as const, value: 3 },
  ]);
  return { kind: 'seen', claimed, at: AT, figures, rejected: 0, etag: '"a"', renamedTo: null, ...fields };
}

type Known = Record<number, Partial<Record<SignalKind, [value: number, observedAt: Date]>>>;

function latestOf(known: Known): Latest {
  return (key, kind) => {
    const [value, observedAt] = known[key]?.[kind] ?? [];
    return value === undefined || observedAt === undefined ? undefined : { value, observedAt };
  };
}

const judge = (look: Look, known: Known) => judgeLook('github', look, latestOf(known), 0);
const added = (look: Look, known: Known) =>
  judge(look, known).observations.flatMap(({ observations }) =>
    observations.map(({ kind, value, observedAt }) => [kind, value, observedAt.getUTCDate()]),
  );

test('the first look is kept whole', () => {
  expect(added(seen(aTarget(), 40), {})).toEqual([
    ['stars', 40, 10],
    ['forks', 3, 10],
  ]);
  expect(judge(seen(aTarget(), 40), {})).toMatchObject({
    outcome: 'observed',
    next: { observedAt: AT, etag: '"a"', unchanged: 0, goneAt: null },
  });
});

test('a look that finds the same adds nothing, and is counted', () => {
  const claimed = aTarget({ observedAt: day(8), unchanged: 2, goneAt: day(7) });
  const judged = judge(seen(claimed, 40), { 1: { stars: [40, day(5)], forks: [3, day(5)] } });
  expect(judged.outcome).toBe('unchanged');
  expect(judged.observations.flatMap(({ observations }) => observations)).toEqual([]);
  expect(judged.next).toMatchObject({ observedAt: AT, unchanged: 3, goneAt: null });
});

test('a change is kept together with the last look before it, when the old value still held', () => {
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

test('what another source has found since the last look is not said to have held at that look', () => {
  const claimed = aTarget({ observedAt: day(8) });
  expect(added(seen(claimed, 50), { 1: { stars: [44, day(9)], forks: [3, day(5)] } })).toEqual([
    ['stars', 50, 10],
  ]);
});

test('nothing is said of a last look at which the paper did not name the repository yet', () => {
  const papers = [1, 2].map((key) => ({ key, identifier: `2603.0000${key}` }));
  const claimed = aTarget({ observedAt: day(9), papers });
  const known: Known = { 1: { stars: [40, day(5)], forks: [3, day(5)] }, 2: { stars: [7, day(4)] } };
  const { observations } = judge(seen(claimed, 50), known);
  expect(observations.filter(({ key }) => key === 2).flatMap((one) => one.observations)).toEqual([
    { kind: 'stars', value: 50, observedAt: AT },
    { kind: 'forks', value: 3, observedAt: AT },
  ]);
});

test('a look that comes in later than a newer one changes nothing', () => {
  expect(added(seen(aTarget(), 50), { 1: { stars: [60, day(11)], forks: [3, day(11)] } })).toEqual([]);
});

test('an answer that lacks a figure is used for the others, and confirms nothing', () => {
  const claimed = aTarget({ observedAt: day(8), etag: '"old"' });
  const judged = judge(seen(claimed, null, { rejected: 1 }), {});
  expect(judged).toMatchObject({ outcome: 'observed', next: { observedAt: day(8), etag: null } });
});

test('an answer without any figure is a failure', () => {
  const judged = judge(seen(aTarget(), null, { figures: [], rejected: 2 }), {});
  expect(judged).toMatchObject({ outcome: 'failed', next: { observedAt: null, goneAt: null } });
  expect(judged.next.dueAt).toEqual(new Date('2026-03-10T03:00:00Z'));
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

test('growth brings the next look forward', () => {
  const claimed = aTarget({ observedAt: day(9), bornAt: new Date(0) });
  const judged = judge(seen(claimed, 110), { 1: { stars: [100, day(9)], forks: [3, day(9)] } });
  expect(judged.next.dueAt).toEqual(new Date('2026-03-10T12:00:00Z'));
});

test('"not modified" says enough only where the last look gave what all papers have now', () => {
  const claimed = aTarget({ observedAt: day(9), papers: [{ key: 1, identifier: '2603.00001' }] });
  const both: Known = { 1: { stars: [40, day(5)], forks: [3, day(9)] } };
  expect(isConfirmed('github', claimed, latestOf(both))).toBe(true);
  expect(isConfirmed('github', { ...claimed, observedAt: null }, latestOf(both))).toBe(false);
  expect(isConfirmed('github', claimed, latestOf({ 1: { stars: [40, day(5)] } }))).toBe(false);
  const newer: Known = { 1: { stars: [41, day(10)], forks: [3, day(9)] } };
  expect(isConfirmed('github', claimed, latestOf(newer))).toBe(false);
});
