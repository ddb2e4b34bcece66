import { describeProblem } from '../../../subscribe/_components/problems.ts';

const OUTCOMES: Readonly<Record<string, string>> = {
  changed: 'Changed. The next issue follows your new choices.',
  paused: 'Paused.',
  resumed: 'It goes on with the next issue.',
  unsubscribed: 'You are unsubscribed; nothing more of it is sent.',
  'all-unsubscribed': 'You are unsubscribed from all; nothing more is sent.',
  'day-past': 'That day is over: choose one that is still to come.',
  'not-found': 'That subscription is not there any more.',
  'wrong-sure': 'Nothing was erased: the box was not ticked.',
};

/** Null where nothing was done, or nothing that we know of. */
export function describeOutcome(outcome: string | undefined): string | null {
  if (outcome === undefined) return null;
  if (Object.hasOwn(OUTCOMES, outcome)) return OUTCOMES[outcome] ?? null;
  return outcome.startsWith('wrong-') ? describeProblem(outcome.slice('wrong-'.length)) : null;
}
