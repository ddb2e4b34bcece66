import { expect, test } from 'vitest';
import { slotAfter, slotAt } from '#lib/jobs/job.ts';

test.each([
  ['0 * * * *', '2026-03-02T07:00:00.000Z', '2026-03-02T07:00:00.000Z'],
  ['0 * * * *', '2026-03-02T07:59:59.999Z', '2026-03-02T07:00:00.000Z'],
  ['0 * * * *', '2026-03-02T08:00:00.001Z', '2026-03-02T08:00:00.000Z'],
  ['*/10 * * * *', '2026-03-02T07:19:59.500Z', '2026-03-02T07:10:00.000Z'],
  ['30 1 * * *', '2026-03-02T01:29:59.000Z', '2026-03-01T01:30:00.000Z'],
  ['* * * * *', '2026-03-02T07:00:30.000Z', '2026-03-02T07:00:00.000Z'],
  // Slots are in UTC: New York's clock change does not move them.
  ['30 6 * * *', '2026-03-08T07:00:00.000Z', '2026-03-08T06:30:00.000Z'],
])('the slot of %s at %s is %s', (schedule, now, slot) => {
  expect(slotAt(schedule, new Date(now)).toISOString()).toBe(slot);
});

test('the next slot is after now even when now is a slot', () => {
  expect(slotAfter('0 * * * *', new Date('2026-03-02T07:00:00Z')).toISOString()).toBe(
    '2026-03-02T08:00:00.000Z',
  );
});
