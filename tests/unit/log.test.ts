import { expect, test } from 'vitest';
import { fixedClock } from '#lib/clock.ts';
import { createLog, describeError, type LogLevel } from '#lib/log.ts';

function logTo(isTTY: boolean, least: LogLevel = 'info') {
  const lines: string[] = [];
  const output = { isTTY, write: (line: string) => void lines.push(line) };
  return { log: createLog({ clock: fixedClock('2026-03-02T07:30:00Z'), output }, least), lines };
}

test('a program gets one JSON object a line', () => {
  const { log, lines } = logTo(false);
  log.warn('ingest-failed', { source: 'huggingface', missed: 3, reason: 'no "network"\nat all' });
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(/^[^\n]+\n$/);
  expect(JSON.parse(lines[0]!)).toEqual({
    level: 'warn',
    time: '2026-03-02T07:30:00.000Z',
    event: 'ingest-failed',
    source: 'huggingface',
    missed: 3,
    reason: 'no "network"\nat all',
  });
});

test('a person gets words, and a value cannot pass for another line', () => {
  const { log, lines } = logTo(true);
  log.warn('ingest-failed', { source: 'huggingface', reason: 'gone\n07:31:00 info  all-well' });
  expect(lines).toEqual([
    '07:30:00 warn  ingest-failed source=huggingface reason="gone\\n07:31:00 info  all-well"\n',
  ]);
});

test('events below the least level are left out', () => {
  const { log, lines } = logTo(true, 'warn');
  log.debug('one');
  log.info('two');
  log.warn('three');
  log.error('four');
  expect(lines.map((line) => line.trim().split(' ').at(-1))).toEqual(['three', 'four']);
});

test('an error is told with its causes, on one line', () => {
  const cause = new Error('connect ECONNREFUSED\n127.0.0.1:9');
  expect(describeError(new Error('No answer.', { cause }))).toBe(
    'No answer. (connect ECONNREFUSED 127.0.0.1:9)',
  );
  expect(describeError(new AggregateError([]))).toBe('AggregateError');
  const refused = ['::1', '127.0.0.1'].map((host) => new Error(`connect ECONNREFUSED ${host}:9`));
  expect(describeError(new AggregateError(refused))).toBe(
    'connect ECONNREFUSED ::1:9; connect ECONNREFUSED 127.0.0.1:9',
  );
  expect(describeError('text')).toBe('text');
});
