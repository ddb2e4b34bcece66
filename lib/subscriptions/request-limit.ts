/**
 * How often a mailbox can be asked for, and how often a network may ask. Both are counted by a keyed hash: no address of
 * the network is stored, and no list of mailboxes comes of it.
 */
import { createHmac } from 'node:crypto';
import type { Address } from '#lib/mail/address.ts';
import { DAY_MS, HOUR_MS } from '#lib/time.ts';

export type Limit = {
  readonly scope: 'mailbox-hour' | 'mailbox-day' | 'network-hour' | 'all-hour';
  readonly most: number;
  readonly spanMs: number;
};

/** Letters to one mailbox that did not ask before: enough for a typing error or two, too few to annoy anybody. */
export const MAILBOX_LIMITS: readonly Limit[] = [
  { scope: 'mailbox-hour', most: 3, spanMs: HOUR_MS },
  { scope: 'mailbox-day', most: 6, spanMs: DAY_MS },
];
/** A lab behind one address may subscribe in one afternoon. */
export const NETWORK_LIMIT: Limit = { scope: 'network-hour', most: 30, spanMs: HOUR_MS };
/** Where networks cannot be told apart, or are many: what a relay bears without harm to its name. */
export const ALL_LIMIT: Limit = { scope: 'all-hour', most: 2_000, spanMs: HOUR_MS };

/** Domains where further spellings reach the same mailbox; elsewhere dots and additions may be anybody's. */
const PLUS_DOMAINS = new Set(
  'gmail.com googlemail.com outlook.com hotmail.com live.com icloud.com me.com fastmail.com proton.me protonmail.com pm.me'.split(
    ' ',
  ),
);
const DOTLESS_DOMAINS = new Set(['gmail.com', 'googlemail.com']);

/** One text for all spellings that reach a mailbox, so that a limit cannot be got around by another spelling. */
export function toMailboxKey(address: Address): string {
  const at = address.lastIndexOf('@');
  const domain = address.slice(at + 1).toLowerCase();
  let local = address.slice(0, at).toLowerCase();
  if (PLUS_DOMAINS.has(domain)) local = local.replace(/\+.*$/, '');
  if (DOTLESS_DOMAINS.has(domain)) local = local.replaceAll('.', '');
  return `${local}@${domain === 'googlemail.com' ? 'gmail.com' : domain}`;
}

/** A host's own network: an IPv4 address, or the 56 bits of IPv6 that one customer has. */
export function toNetworkKey(ip: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)?.[1];
  if (mapped !== undefined || !ip.includes(':')) return mapped ?? ip;
  const [head = '', tail = ''] = ip.toLowerCase().split('::');
  const left = head.split(':').filter(Boolean);
  const right = tail.split(':').filter(Boolean);
  const groups = [...left, ...Array(Math.max(0, 8 - left.length - right.length)).fill('0'), ...right];
  const bytes = groups.slice(0, 4).map((group) => group.padStart(4, '0'));
  return `${bytes.join('').slice(0, 14)}/56`;
}

export function hashRequest(secret: string, limit: Limit, key: string): string {
  return createHmac('sha256', secret).update(`${limit.scope}:${key}`).digest('base64url').slice(0, 22);
}

/** Spans begin at whole multiples of their length. */
export function spanOf(limit: Limit, now: Date): Date {
  return new Date(Math.floor(now.getTime() / limit.spanMs) * limit.spanMs);
}
