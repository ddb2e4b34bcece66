/** Machine-readable reports: delivery status (RFC 3464, RFC 6533) and abuse feedback (RFC 5965). */
import { type Entity, headerOf, parseEntity, parseFieldGroups, partTextOf, walk } from './entity.ts';

export type DeliveryReport = {
  /** As reported: the recipient we wrote to where it is told, else the final one. */
  readonly address: string;
  /** `failed`, `delayed`, `delivered`, `relayed`, `expanded`, in lower case, or what else stands there. */
  readonly action: string;
  readonly status: string | null;
  readonly diagnostic: string;
};

export type FeedbackReport = {
  /** `abuse`, `fraud`, `virus`, `other`, `not-spam`, `auth-failure`, `opt-out`, …, in lower case. */
  readonly type: string;
  /** Whom the message was for; empty where the report hides it. */
  readonly addresses: readonly string[];
};

const RECIPIENTS_MAX = 200;
/** Of a field that should hold an address: more of it is not looked at. */
const ADDRESS_FIELD_LENGTH_MAX = 1_000;
/** A diagnosis stands at the beginning. */
const DIAGNOSTIC_LENGTH_MAX = 4_000;

/** Null where the message holds no delivery status. */
export function readDeliveryReports(message: Entity): DeliveryReport[] | null {
  const part = [...walk(message)].find(({ type }) => /^message\/(?:global-)?delivery-status$/.test(type));
  if (part === undefined) return null;
  const groups = parseFieldGroups(partTextOf(part));
  // Some systems leave out the blank line between the message's fields and the first recipient's.
  const reports = groups
    .filter(
      (fields) => fields.has('final-recipient') || fields.has('original-recipient') || fields.has('action'),
    )
    .slice(0, RECIPIENTS_MAX)
    .flatMap(toDeliveryReport);
  return reports;
}

function toDeliveryReport(fields: ReadonlyMap<string, string>): DeliveryReport[] {
  const final = readAddress(fields.get('final-recipient') ?? '');
  const original = readAddress(fields.get('original-recipient') ?? '');
  const address = original ?? final ?? readAddress(fields.get('x-actual-recipient') ?? '');
  if (address === null) return [];
  const diagnostic = (fields.get('diagnostic-code') ?? '')
    .slice(0, DIAGNOSTIC_LENGTH_MAX)
    .replace(/^\s*[\w.-]+\s*;\s*/, '');
  return [
    {
      address,
      action: /^[\w-]+/.exec((fields.get('action') ?? '').trim().toLowerCase())?.[0] ?? 'failed',
      status: readStatus(fields.get('status') ?? ''),
      diagnostic,
    },
  ];
}

/** Null where the message holds no feedback report. */
export function readFeedbackReport(message: Entity): FeedbackReport | null {
  const entities = [...walk(message)];
  const part = entities.find(({ type }) => type === 'message/feedback-report');
  if (part === undefined) return isPlainComplaint(message) ? toComplaint(message) : null;
  const fields = new Map(parseFieldGroups(partTextOf(part)).flatMap((group) => [...group]));
  const named = ['original-rcpt-to', 'removal-recipient', 'x-hmxmroriginalrecipient']
    .map((name) => readAddress(fields.get(name) ?? ''))
    .filter((address) => address !== null);
  const returned = named.length > 0 ? [] : recipientsOfReturned(message);
  return {
    type: (fields.get('feedback-type') ?? 'abuse').trim().toLowerCase(),
    addresses: [...new Set([...named, ...returned])].slice(0, RECIPIENTS_MAX),
  };
}

/** Microsoft's junk mail reports name no type and hold the message alone (JMRP). */
function isPlainComplaint(message: Entity): boolean {
  return (
    /^\s*complaint about message from/i.test(headerOf(message, 'subject')) && findReturned(message) !== null
  );
}

function toComplaint(message: Entity): FeedbackReport {
  const address = readAddress(findReturned(message)?.headers.get('x-hmxmroriginalrecipient')?.[0] ?? '');
  return { type: 'abuse', addresses: address === null ? recipientsOfReturned(message) : [address] };
}

/** The head of the message that came back; null where none did. */
export function findReturned(message: Entity): Entity | null {
  const part = [...walk(message)].find(({ type }) =>
    /^(?:message\/(?:rfc822|global|partial)|text\/rfc822-headers|message\/rfc822-headers|message\/global-headers)$/.test(
      type,
    ),
  );
  if (part === undefined) return null;
  const text = part.headers.has('content-transfer-encoding') ? partTextOf(part) : part.body;
  return parseEntity(text.replace(/^\n+/, ''), 1);
}

export function recipientsOfReturned(message: Entity): string[] {
  const returned = findReturned(message);
  if (returned === null) return [];
  const values = ['x-failed-recipients', 'delivered-to', 'to', 'x-rcpt-to', 'envelope-to'].flatMap(
    (name) => returned.headers.get(name)?.slice(0, 1) ?? [],
  );
  return values.map(readAddress).filter((address) => address !== null);
}

/** `rfc822; <someone@example.org>` and its kin. Null where no address stands there. */
export function readAddress(field: string): string | null {
  const value = field
    .slice(0, ADDRESS_FIELD_LENGTH_MAX)
    .replace(/^\s*[\w-]+\s*;\s*/, '')
    .trim();
  const bracketed = /<\s*([^<>\s]+@[^<>\s]+?)\s*>/.exec(value)?.[1];
  const bare = /("[^"\n]*"@[^\s<>,;]+|[^\s<>,;:"()[\]]+@[^\s<>,;:"()]+)/.exec(value)?.[1];
  const address = (bracketed ?? bare)?.replace(/^(?:smtp|mailto):/i, '').replace(/[.,;>]+$/, '');
  return address === undefined || address.length > 320 ? null : address;
}

/** `5.1.1 (bad destination mailbox address)`. */
export function readStatus(text: string): string | null {
  return /(?:^|[^\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.]*\d)/.exec(` ${text}`)?.[1] ?? null;
}
