/** Reads what came back to the mailbox and hands it on as events. */
import type { Clock } from '#lib/clock.ts';
import type { MailEvent } from '../mail-event.ts';
import type { BounceMailbox } from './mailbox-source.ts';
import { readReturnedMail } from './returned-mail.ts';

export type CollectReport = {
  readonly messages: number;
  readonly events: number;
  /** False where the limit or the signal ended the run before the mailbox was read. */
  readonly isWhole: boolean;
};

type Deps = {
  readonly clock: Clock;
  readonly mailbox: Pick<BounceMailbox, 'listUnread' | 'markRead'>;
  readonly secret: string;
  /** Keeps events for good; the same event twice is kept once. */
  record(events: readonly MailEvent[]): Promise<unknown>;
};

/** Messages fetched together. */
const BATCH = 50;

/**
 * At most `limit` messages, and none begun once `signal` aborts. A message is marked as read only when its events are
 * recorded: a run cut short reads it again, and recording is idempotent. Throws what `record` and the server do.
 */
export async function collectBounces(
  deps: Deps,
  { limit, signal }: { limit: number; signal?: AbortSignal },
): Promise<CollectReport> {
  let messages = 0;
  let events = 0;
  while (messages < limit && signal?.aborted !== true) {
    const batch = await deps.mailbox.listUnread(Math.min(BATCH, limit - messages));
    if (batch.length === 0) return { messages, events, isWhole: true };
    for (const { uid, bytes } of batch) {
      const read = readReturnedMail(bytes, {
        secret: deps.secret,
        provider: 'mailbox',
        now: deps.clock.now(),
      });
      await deps.record(read);
      // Each on its own: one that cannot be recorded holds up none of those before it.
      await deps.mailbox.markRead([uid]);
      messages += 1;
      events += read.length;
    }
  }
  return { messages, events, isWhole: false };
}
