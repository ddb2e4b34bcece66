/** What the webhooks of mail providers share. */
import { timingSafeEqual } from 'node:crypto';
import { DAY_MS } from '#lib/time.ts';
import type { MailEvent } from '../mail-event.ts';
import { parseMessageId, type ReturnKindOfMail } from '../message.ts';

export type WebhookRequest = {
  /** Null where the request has no such header. */
  header(name: string): string | null;
  /** Exactly as received: signatures are over it. */
  readonly body: string;
};

/** `null`: not from the provider, or not in its format. Nothing of it may be believed. */
export type WebhookResult = readonly MailEvent[] | null;

/** Events of one request that are read; providers send up to a thousand. */
export const EVENTS_MAX = 2_000;

/** A request signed longer ago is an old one sent again. Providers retry for a day or three. */
export const SIGNATURE_AGE_MAX_MS = 3 * DAY_MS;

/** Compares secrets in a time that does not depend on where they differ. */
export function isEqualInConstantTime(given: string, expected: string): boolean {
  const left = Buffer.from(given);
  const right = Buffer.from(expected);
  return left.length === right.length && timingSafeEqual(left, right);
}

export function toDetail(...parts: readonly (string | number | null | undefined)[]): string {
  return parts
    .filter((part) => part !== null && part !== undefined && part !== '')
    .join(' ')
    .replace(/[\p{C}\s]+/gu, ' ')
    .trim()
    .slice(0, 300);
}

/** The message that a Message-ID of ours names, as a signed report tells it. */
export function toToken(messageId: string | null | undefined): {
  issueToken: string | null;
  mailKind: ReturnKindOfMail | null;
} {
  const parsed = parseMessageId(messageId ?? '');
  return { issueToken: parsed?.token ?? null, mailKind: parsed?.kind ?? null };
}

/** The instant, or `otherwise` where `text` tells none. */
export function toDate(text: string | undefined, otherwise: Date): Date {
  const date = new Date(text ?? Number.NaN);
  return Number.isNaN(date.getTime()) ? otherwise : date;
}
