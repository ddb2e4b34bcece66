/**
 * A message that came back to the mailbox, as events: which message of ours it is about, proved by the mark of the
 * address it came to, and what it says of whom.
 */
import { createHash } from 'node:crypto';
import type { MailEvent, MailEventKind } from '../mail-event.ts';
import { parseReturnAddress } from '../return-path.ts';
import { classifyBounce } from './bounce.ts';
import { headerOf, parseMessages } from './entity.ts';

/** Types of complaints (RFC 5965, RFC 6591) by which a reader says: no more. The others are not a reader's. */
const READER_COMPLAINTS = /^(?:abuse|fraud|opt-out|opt-out-list|miscategorized|virus|other)$/;

type Deps = { readonly secret: string; readonly provider: 'mailbox' | 'file'; readonly now: Date };

/**
 * None for a message that says nothing of an address. Events without a token are not proved to be about mail of ours:
 * anyone can write such a message.
 */
export function readReturnedMail(bytes: Uint8Array, { secret, provider, now }: Deps): MailEvent[] {
  const { recipients, sentTo, messageId, subject } = classifyBounce(bytes);
  const mark = sentTo.map((address) => parseReturnAddress(address, secret)).find((found) => found !== null);
  const identity = messageId ?? createHash('sha256').update(bytes).digest('base64url');
  const base = { provider, at: dateOf(bytes, now), issueToken: mark?.token ?? null };
  const mailKind = mark?.kind ?? null;
  if (mailKind === 'unsubscribe') {
    const detail = `mail to the unsubscribe address: ${subject}`.replace(/[\p{C}\s]+/gu, ' ').slice(0, 300);
    return [
      {
        ...base,
        address: null,
        kind: 'unsubscribe',
        detail,
        mailKind: null,
        eventId: `${identity}:unsubscribe`,
      },
    ];
  }
  return recipients.map(({ address, kind, action, detail }) => ({
    ...base,
    address,
    kind: toEventKind(kind, action),
    detail,
    mailKind,
    eventId: `${identity}:${address.toLowerCase()}`,
  }));
}

/** A delay is no failure, and a failed authentication is no reader's complaint. */
function toEventKind(kind: Exclude<MailEventKind, 'unsubscribe'>, action: string | null): MailEventKind {
  if (kind === 'complaint') return READER_COMPLAINTS.test(action ?? '') ? 'complaint' : 'other';
  return kind === 'soft' && action === 'delayed' ? 'other' : kind;
}

/** When the report was written, unless it claims a time to come. */
function dateOf(bytes: Uint8Array, now: Date): Date {
  const date = new Date(headerOf(parseMessages(bytes)[0], 'date'));
  return Number.isNaN(date.getTime()) || date > now ? now : date;
}
