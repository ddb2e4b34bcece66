/**
 * The accounts of an edition. `audience` is counted as its issues are composed and never derived from them again, so
 * that the identity has two sides:
 *
 *     audience = submitted + rejected + deferred + uncertain + due + submitting + excluded
 */
import { ISSUE_STATES, type IssueState } from './issue.ts';

export type Account = {
  readonly editionOn: string;
  readonly audience: number;
  readonly counts: { readonly [state in IssueState]: number };
};

/** Positive: so many issues are lost. Negative: so many are there that nobody was to receive. */
export function missingOf({ audience, counts }: Account): number {
  return audience - ISSUE_STATES.reduce((sum, state) => sum + counts[state], 0);
}

export function isBalanced(account: Account): boolean {
  return missingOf(account) === 0;
}

/** What is still to be done. */
export function remainingOf({ counts }: Account): number {
  return counts.due + counts.submitting + counts.deferred;
}

export const NO_ISSUES: Account['counts'] = {
  due: 0,
  submitting: 0,
  submitted: 0,
  deferred: 0,
  rejected: 0,
  uncertain: 0,
  excluded: 0,
};
