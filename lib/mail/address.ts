/**
 * E-mail addresses that can be mailed: RFC 5321's Mailbox with RFC 6531's international local parts and IDNA domains.
 *
 * What only a message header may hold (comments, folding, obsolete forms) is refused, and so are address literals
 * (`x@[192.0.2.1]`): a host without a name takes no newsletter, and a form on the web must not choose hosts of our
 * network.
 */
import { domainToASCII } from 'node:url';

/** An address as it is mailed: `local@domain`, the domain in ASCII and lower case. Only `parseAddress` makes one. */
export type Address = string & { readonly __brand: 'Address' };

/** Octets (RFC 5321, 4.5.3.1: a path is 256 with its angle brackets). */
const ADDRESS_OCTETS_MAX = 254;
const LOCAL_OCTETS_MAX = 64;
const DOMAIN_OCTETS_MAX = 253;

const ATOM = /^[\w!#$%&'*+/=?^`{|}~-]+$/;
/** RFC 6531's UTF8-non-ascii, without what cannot be seen: controls, formats (bidi), separators, unassigned. */
const INTERNATIONAL_ATOM = /^(?:[\w!#$%&'*+/=?^`{|}~-]|(?![\p{C}\p{Z}])[^\x00-\x7f])+$/u;
const QUOTED = /^"((?:[\x20\x21\x23-\x5b\x5d-\x7e]|\\[\x20-\x7e])*)"$/;
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/** Null where `text` is none, or none that can be mailed. Spaces around it are forgiven: people paste. */
export function parseAddress(text: string): Address | null {
  const pasted = text.replace(/^[ \t]+|[ \t]+$/g, '').normalize('NFC');
  const at = pasted.lastIndexOf('@');
  if (at < 1 || pasted.length > 1_000) return null;
  const local = parseLocalPart(pasted.slice(0, at));
  const domain = parseDomain(pasted.slice(at + 1));
  if (local === null || domain === null) return null;
  const address = `${local}@${domain}`;
  return Buffer.byteLength(address) <= ADDRESS_OCTETS_MAX ? toAddress(address) : null;
}

/**
 * What two spellings of one mailbox share: the key of suppressions. Local parts are case-sensitive by the letter of RFC
 * 5321 and by no mail system in use, so case is folded here, and only here.
 */
export function toAddressKey(address: Address): string {
  return address.toLowerCase();
}

/** The part that mail is routed by: lower-case ASCII. */
export function domainOf(address: Address): string {
  return address.slice(address.lastIndexOf('@') + 1);
}

/** True where only relays with SMTPUTF8 (RFC 6531) can take it. */
export function isInternational(address: Address): boolean {
  return /[^\x00-\x7f]/.test(address);
}

/** A domain name in lower-case ASCII; null where `text` is none. */
export function parseDomain(text: string): string | null {
  // domainToASCII also reads escapes, ports and numbers as URLs have them; none of those is a domain of mail.
  if (!/^[\p{L}\p{M}\p{N}.\u00b7\p{Join_Control}\u30fb-]+$/u.test(text)) return null;
  const domain = domainToASCII(text.toLowerCase());
  const labels = domain.split('.');
  if (domain.length > DOMAIN_OCTETS_MAX || !labels.every((label) => LABEL.test(label))) return null;
  return /^\d+$/.test(labels.at(-1) ?? '') ? null : domain;
}

function parseLocalPart(text: string): string | null {
  const quoted = QUOTED.exec(text)?.[1];
  const plain = quoted?.replace(/\\(.)/g, '$1');
  // Quotes that are not needed are not part of the mailbox's name.
  const local = plain !== undefined && isDotAtom(plain) ? plain : text;
  if (plain === undefined && !isDotAtom(text)) return null;
  return Buffer.byteLength(local) <= LOCAL_OCTETS_MAX ? local : null;
}

function isDotAtom(text: string): boolean {
  return text.split('.').every((atom) => ATOM.test(atom) || INTERNATIONAL_ATOM.test(atom));
}

/** The one place that makes the brand. */
function toAddress(checked: string): Address {
  return checked as Address;
}
