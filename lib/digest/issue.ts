/**
 * An issue: one dated edition of a digest for one subscription.
 *
 *     due ──► submitting ──► submitted
 *      ▲           ├──► deferred ──(backoff)──► submitting
 *      ╎           ├──► rejected     (refused, or deferred for too long: its papers come again)
 *      ╎           └──► uncertain    (a crash or a time-out after DATA: nobody knows)
 *      ╎╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌┘       an operator's word, never the program's
 *     due, deferred ──► excluded     (unsubscribed, suppressed; or nothing to send)
 *
 * `due` with a holder is *claimed*: a worker prepares it, and nothing has been sent; when the lease ends another worker
 * may claim it. `submitting` is written before the conversation with the relay begins, one row a conversation; when its
 * lease ends the issue is uncertain.
 */

export const ISSUE_STATES = [
  'due',
  'submitting',
  'submitted',
  'deferred',
  'rejected',
  'uncertain',
  'excluded',
] as const;
export type IssueState = (typeof ISSUE_STATES)[number];

/** What an issue is made of, as it is claimed. */
export type ClaimedIssue = {
  readonly id: number;
  readonly subscriptionId: number;
  readonly subscriberId: number;
  readonly address: string;
  readonly domain: string;
  /** `YYYY-MM-DD`, by the subscription's own calendar. */
  readonly editionOn: string;
  readonly paperKeys: readonly number[];
  /** How many papers there were to choose from. */
  readonly matching: number;
  /** Of an empty one, what is known of why there is nothing. */
  readonly note: string | null;
  readonly composedAt: Date;
};
