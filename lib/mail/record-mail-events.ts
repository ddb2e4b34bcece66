import type { Clock } from '#lib/clock.ts';
import type { Db } from '#lib/db/client.ts';
import { DAY_MS } from '#lib/time.ts';
import { parseAddress, toAddressKey } from './address.ts';
import type { MailEvent } from './mail-event.ts';
import { parseMessageToken } from './return-path.ts';
import {
  countSoftBounces,
  findRecipient,
  insertSuppression,
  markUnsubscribedByMail,
  type Recipient,
  recordEvent,
} from './store.ts';

export type MailEventReport = {
  readonly recorded: number;
  /** Delivered before, or about nobody that can be named. */
  readonly ignored: number;
  readonly suppressed: number;
  readonly unsubscribed: number;
};

/** A mailbox that was full or away on so many days of the last two weeks is given up. */
export const SOFT_BOUNCES_MAX = 4;
export const SOFT_BOUNCE_SPAN_MS = 14 * DAY_MS;

/**
 * Records what came back and draws the consequences: hard bounces and complaints suppress a mailbox at once, soft ones
 * after four days of them in two weeks; a mail to the unsubscribe address ends a subscription. The same report twice
 * has no further effect.
 */
export async function recordMailEvents(
  deps: { db: Db; clock: Clock },
  events: readonly MailEvent[],
): Promise<MailEventReport> {
  const report = { recorded: 0, ignored: 0, suppressed: 0, unsubscribed: 0 };
  for (const event of events) {
    const consequence = await recordOne(deps, event);
    report[consequence === null ? 'ignored' : 'recorded'] += 1;
    if (consequence === 'suppressed' || consequence === 'unsubscribed') report[consequence] += 1;
  }
  return report;
}

async function recordOne(
  { db, clock }: { db: Db; clock: Clock },
  event: MailEvent,
): Promise<'recorded' | 'suppressed' | 'unsubscribed' | null> {
  const name = event.issueToken === null ? null : parseMessageToken(event.issueToken);
  const recipient = name === null ? null : await findRecipient(db, name);
  const folded = keyOf(event, recipient);
  if (folded === null) return null;
  const { eventId, kind, provider, at, detail } = event;
  const issueId = name?.kind === 'issue' ? name.id : null;
  if (!(await recordEvent(db, { eventId, folded, kind, provider, at, detail, issueId }))) return null;
  const now = clock.now();
  if (kind === 'unsubscribe') {
    const id = recipient?.subscriptionId ?? null;
    return id !== null && (await markUnsubscribedByMail(db, id, now)) ? 'unsubscribed' : 'recorded';
  }
  const reason = isProved(event) ? await reasonToSuppress(db, { kind, folded, now }) : null;
  if (reason === null) return 'recorded';
  return (await insertSuppression(db, { folded, reason, detail, now })) ? 'suppressed' : 'recorded';
}

/** The mailbox we mailed, where that is known: a report may name the one that mail was forwarded to. */
function keyOf(event: MailEvent, recipient: Recipient | null): string | null {
  const address = parseAddress(recipient?.address ?? event.address ?? '');
  return address === null ? null : toAddressKey(address);
}

/** Anybody can write to a mailbox: what arrives there proves nothing without a return address that we made. */
function isProved({ provider, issueToken }: MailEvent): boolean {
  return provider !== 'mailbox' || issueToken !== null;
}

async function reasonToSuppress(
  db: Db,
  { kind, folded, now }: { kind: MailEvent['kind']; folded: string; now: Date },
): Promise<'hard-bounce' | 'soft-bounces' | 'complaint' | null> {
  if (kind === 'hard') return 'hard-bounce';
  if (kind === 'complaint') return 'complaint';
  if (kind !== 'soft') return null;
  const count = await countSoftBounces(db, folded, new Date(now.getTime() - SOFT_BOUNCE_SPAN_MS));
  return count >= SOFT_BOUNCES_MAX ? 'soft-bounces' : null;
}
