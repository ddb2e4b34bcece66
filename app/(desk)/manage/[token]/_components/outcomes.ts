import { describeProblem } from '../../../subscribe/_components/problems.ts';

const OUTCOMES: Readonly<Record<string, string>> = {
  changed: 'Saved. The next issue uses your new settings.',
  paused: 'Paused.',
  resumed: 'Resumed. The next issue will be sent.',
  unsubscribed: 'Unsubscribed. We will not send this digest again.',
  'all-unsubscribed': 'Unsubscribed from everything. We will not send you anything more.',
  'day-past': 'That day is in the past: choose a future day.',
  'not-found': 'That subscription no longer exists.',
  'wrong-sure': 'Nothing was erased: the box was not ticked.',
};

/** Null where nothing was done, or nothing that we know of. */
export function describeOutcome(outcome: string | undefined): string | null {
  if (outcome === undefined) return null;
  if (Object.hasOwn(OUTCOMES, outcome)) return OUTCOMES[outcome] ?? null;
  return outcome.startsWith('wrong-') ? describeProblem(outcome.slice('wrong-'.length)) : null;
}
