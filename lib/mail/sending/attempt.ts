/**
 * One attempt to submit a message, an issue or a letter: what it needs, what became of it, and when the next one is made
 * where a relay deferred it.
 */
import type { Clock } from '#lib/clock.ts';
import type { Db } from '#lib/db/client.ts';
import type { Log } from '#lib/log.ts';
import type { Random } from '#lib/random.ts';
import { MINUTE_MS } from '#lib/time.ts';
import type { MailIdentity } from '../message.ts';
import type { SubmitOutcome } from './submit-outcome.ts';
import type { Transport } from './transport.ts';

/** What mails say of the site. */
export type SiteWords = {
  readonly masthead: string;
  /** Without a slash at the end. */
  readonly baseUrl: string;
};

export type SendDeps = {
  readonly db: Db;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly transport: Transport;
  readonly identity: MailIdentity;
  readonly site: SiteWords;
};

/** What became of one message, ready to be stored. `sendAt` is when a deferred one is tried again. */
export type SendResult = {
  readonly id: number;
  readonly state: SubmitOutcome['kind'];
  readonly reply: string;
  readonly sendAt: Date | null;
};

/** RFC 5321, 4.5.4.1 has mail tried for four or five days; a daily paper of two days ago is of no use. */
export const GIVE_UP_MS = 48 * 60 * MINUTE_MS;

/** By how many attempts there were. Greylisting wants some minutes (RFC 6647: up to 15), a full mailbox hours. */
const PAUSES_MS = [5, 15, 30, 60, 120, 240].map((minutes) => minutes * MINUTE_MS);

/** A letter that a person waits for is tried sooner. */
const LETTER_PAUSES_MS = [1, 5, 15, 30, 60, 120].map((minutes) => minutes * MINUTE_MS);

/**
 * When to try again after the attempt numbered `attempts` (from 1); null where that would be too late. `fraction` in
 * [0, 1) spreads what was deferred together.
 */
export function nextAttemptAt(
  deferral: { attempts: number; firstAt: Date; now: Date; isLetter: boolean },
  fraction: number,
): Date | null {
  const pauses = deferral.isLetter ? LETTER_PAUSES_MS : PAUSES_MS;
  const pauseMs = pauses[Math.min(deferral.attempts, pauses.length) - 1] ?? MINUTE_MS;
  const at = new Date(deferral.now.getTime() + Math.round(pauseMs * (1 + 0.2 * fraction)));
  return at.getTime() - deferral.firstAt.getTime() > GIVE_UP_MS ? null : at;
}

/** `attempt.attempts` counts this one. A relay that is away is tried again as soon as a letter is. */
export function toSendResult(
  { clock, random }: Pick<SendDeps, 'clock' | 'random'>,
  attempt: { id: number; attempts: number; firstAt: Date; isLetter: boolean },
  outcome: SubmitOutcome,
): SendResult {
  const { id, attempts, firstAt } = attempt;
  if (outcome.kind !== 'deferred') return { id, state: outcome.kind, reply: outcome.reply, sendAt: null };
  const isLetter = attempt.isLetter || outcome.scope === 'connection';
  const sendAt = nextAttemptAt({ attempts, firstAt, now: clock.now(), isLetter }, random.fraction());
  return sendAt === null
    ? { id, state: 'rejected', reply: `given up: ${outcome.reply}`, sendAt: null }
    : { id, state: 'deferred', reply: outcome.reply, sendAt };
}
