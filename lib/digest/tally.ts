/**
 * The tally of an edition: its issues, counted by state. `audience` is counted while issues are composed and never derived
 * from them again, so that the two sides of this equation are independent:
 *
 *     audience = submitted + rejected + deferred + uncertain + due + submitting + excluded
 */
import { ISSUE_STATES, type IssueState } from './issue.ts';

export type Tally = {
  readonly editionOn: string;
  readonly audience: number;
  readonly counts: { readonly [state in IssueState]: number };
};

/** Positive: issues that are lost. Negative: issues that nobody was to receive. */
export function missingOf({ audience, counts }: Tally): number {
  return audience - ISSUE_STATES.reduce((sum, state) => sum + counts[state], 0);
}

export function isBalanced(tally: Tally): boolean {
  return missingOf(tally) === 0;
}

/** Issues still to be sent. */
export function remainingOf({ counts }: Tally): number {
  return counts.due + counts.submitting + counts.deferred;
}

export const NO_ISSUES: Tally['counts'] = {
  due: 0,
  submitting: 0,
  submitted: 0,
  deferred: 0,
  rejected: 0,
  uncertain: 0,
  excluded: 0,
};
