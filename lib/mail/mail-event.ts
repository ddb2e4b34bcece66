/** What came back of a message, from a bounce mailbox, a file or a provider's webhook: one shape for all of them. */

/**
 * `hard`: the mailbox does not exist or takes no more mail. `soft`: it could not be delivered now or in this form.
 * `complaint`: its reader called it spam. `unsubscribe`: a mail to the unsubscribe address. `auto-reply`: out of
 * office. `other`: delivered, delayed, or not understood; means nothing for the address.
 */
export type MailEventKind = 'hard' | 'soft' | 'complaint' | 'unsubscribe' | 'auto-reply' | 'other';

export type MailEvent = {
  /** As reported; null where only the message is named. It need not be one we ever mailed. */
  readonly address: string | null;
  readonly kind: MailEventKind;
  /** Who reports: `mailbox`, `file`, `ses`, `sendgrid`, `postmark`, `mailgun`. */
  readonly provider: string;
  /** When it happened, as reported. */
  readonly at: Date;
  /** What the report says, for operators: a status and a diagnostic. One line, at most 300 characters. */
  readonly detail: string;
  /** Token of the message, proved by a return address of ours or a signed webhook; null where none is proved. */
  readonly issueToken: string | null;
  /** What kind of message the token names. */
  readonly mailKind: 'issue' | 'opt-in' | 'service' | null;
  /** The report's own identity: the same report, delivered twice, has the same. */
  readonly eventId: string;
};
