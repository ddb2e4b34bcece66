/**
 * The words in links of mails.
 *
 * A *link token* names a row for ever, `1z-k3jd…`: its id in base 36 and a mark that only we can make, an HMAC of 100
 * bits. Nothing is stored, so that every mail can carry links that always work. A *confirmation token* is random, is
 * stored as its hash, ends and works once.
 */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/**
 * What a link lets its holder do: change or leave all subscriptions of a mailbox; leave one; read one issue. One is no
 * other, so that a web copy that is passed on gives nothing away.
 */
export type LinkKind = 'manage' | 'unsubscribe' | 'issue';

const MARK_LENGTH = 20;
const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';

export const CONFIRMATION_BYTES = 24;

export function toLinkToken(secret: string, kind: LinkKind, id: number): string {
  const text = id.toString(36);
  return `${text}-${markOf(secret, kind, text)}`;
}

/** The id it names; null for what we did not make for this kind. */
export function parseLinkToken(secret: string, kind: LinkKind, token: string): number | null {
  const [, text = '', mark = ''] = /^([1-9a-z][0-9a-z]{0,5})-([a-z2-7]{20})$/.exec(token) ?? [];
  if (text === '') return null;
  const expected = Buffer.from(markOf(secret, kind, text));
  const id = Number.parseInt(text, 36);
  return timingSafeEqual(Buffer.from(mark), expected) && id < 2 ** 31 ? id : null;
}

/** What is stored of a confirmation token. It is random enough that a plain hash cannot be undone. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}

function markOf(secret: string, kind: LinkKind, text: string): string {
  const digest = createHmac('sha256', secret).update(`link:${kind}:${text}`).digest();
  let mark = '';
  for (let place = 0; place < MARK_LENGTH; place += 1) mark += BASE32[(digest[place] ?? 0) & 31];
  return mark;
}
