/**
 * Return addresses that say which message came back, after the manner of VERP (D. J. Bernstein, 1997):
 *
 *   bounces+i.0a1b2c3d.k5gd2zqhx7a4c2mq@example.org
 *           │ │        └ keyed check: the first 80 bits of an HMAC-SHA256, in base32
 *           │ └ token of the message
 *           └ what it was: an issue, an opt-in mail, service mail, or a request to unsubscribe sent by mail
 *
 * Without the secret nobody can make one, so a forged bounce names no message of ours and suppresses nobody. All of it
 * survives systems that fold case.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { type Address, parseAddress } from './address.ts';

const MARKS = { i: 'issue', o: 'opt-in', s: 'service', u: 'unsubscribe' } as const;

export type ReturnKind = (typeof MARKS)[keyof typeof MARKS];

export type ReturnMark = { readonly kind: ReturnKind; readonly token: string };

/** A token of lower-case letters and digits: anything else would not survive the way back. */
const TOKEN = /^[a-z0-9-]{1,36}$/;
const CHECK_LENGTH = 16;
const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';

/** `base` with a mark. Throws where the token is none, or the address becomes too long: those are ours to choose. */
export function toReturnAddress(base: Address, mark: ReturnMark, secret: string): Address {
  const letter = letterOf(mark.kind);
  if (!TOKEN.test(mark.token))
    throw new Error('A token of a return address is lower-case letters and digits.');
  const at = base.lastIndexOf('@');
  const local = `${base.slice(0, at)}+${letter}.${mark.token}.${checkOf(letter, mark.token, secret)}`;
  const address = parseAddress(`${local}${base.slice(at)}`);
  if (address === null) throw new Error('MAIL_RETURN_PATH (or MAIL_FROM) is too long to carry a mark.');
  return address;
}

/** The mark an address carries; null where it carries none or one that was not made with `secret`. */
export function parseReturnAddress(address: string, secret: string): ReturnMark | null {
  const match = /\+([iosu])\.([a-z0-9-]{1,36})\.([a-z2-7]{16})@[^@]+$/.exec(address.toLowerCase());
  if (match === null) return null;
  const [, letter = '', token = '', check = ''] = match;
  if (!isMark(letter)) return null;
  const expected = checkOf(letter, token, secret);
  return timingSafeEqual(Buffer.from(check), Buffer.from(expected)) ? { kind: MARKS[letter], token } : null;
}

function isMark(letter: string): letter is keyof typeof MARKS {
  return Object.hasOwn(MARKS, letter);
}

function letterOf(kind: ReturnKind): keyof typeof MARKS {
  if (kind === 'issue') return 'i';
  if (kind === 'opt-in') return 'o';
  return kind === 'service' ? 's' : 'u';
}

function checkOf(letter: string, token: string, secret: string): string {
  const digest = createHmac('sha256', secret).update(`return-path:${letter}:${token}`).digest();
  let bits = 0n;
  for (const byte of digest.subarray(0, 10)) bits = (bits << 8n) | BigInt(byte);
  let text = '';
  for (let place = CHECK_LENGTH - 1; place >= 0; place -= 1) {
    text += BASE32[Number((bits >> BigInt(place * 5)) & 31n)];
  }
  return text;
}

/** The tokens of our messages (message.ts, return-path.ts): which row each names. */

export type MessageName = { readonly kind: 'issue' | 'letter'; readonly id: number };

/** `1z` for an issue, `l-1z` for a letter. */
export function toMessageToken({ kind, id }: MessageName): string {
  return `${kind === 'letter' ? 'l-' : ''}${id.toString(36)}`;
}

export function parseMessageToken(token: string): MessageName | null {
  const [, letter, text = ''] = /^(l-)?([1-9a-z][0-9a-z]{0,5})$/.exec(token) ?? [];
  const id = Number.parseInt(text, 36);
  return id >= 1 && id < 2 ** 31 ? { kind: letter === undefined ? 'issue' : 'letter', id } : null;
}
