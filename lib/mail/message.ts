/**
 * An outgoing message: everything that decides its bytes. `composeMail` makes one of what a digest or a letter says;
 * sending/mime.ts writes it out.
 */
import { type Address, domainOf, parseAddress } from './address.ts';
import { type ReturnKind, toReturnAddress } from './return-path.ts';

/** Text of one line, without controls or bidirectional overrides, so that it cannot end its header field. */
export type HeaderText = string & { readonly __brand: 'HeaderText' };

/** Longest header text, in characters: a subject beyond is cut. */
const HEADER_TEXT_LENGTH_MAX = 300;

export type MailKind = 'digest' | 'opt-in' | 'service';

export type Mailbox = { readonly name: HeaderText; readonly address: Address };

export type OutgoingMail = {
  readonly kind: MailKind;
  readonly from: Mailbox;
  readonly to: Address;
  readonly subject: HeaderText;
  readonly html: string;
  readonly text: string;
  readonly date: Date;
  /** `left@right`, without angle brackets; the same for every attempt to submit one message. */
  readonly messageId: string;
  /** Where bounces of this message go; it names the message. */
  readonly envelopeFrom: Address;
  /** RFC 2919: `paperboy.example.org`, with the words shown for it. */
  readonly listId: string;
  readonly listName: HeaderText;
  /** Takes a one-click POST (RFC 8058). Null: nothing to unsubscribe from. */
  readonly unsubscribeUrl: string | null;
  /** Address to which an empty mail unsubscribes. */
  readonly unsubscribeMailto: Address | null;
};

/** Who an instance is to mail systems. */
export type MailIdentity = {
  readonly from: Mailbox;
  readonly returnPath: Address;
  readonly secret: string;
};

/** What a message says and to whom. */
export type MailContent = {
  readonly kind: MailKind;
  /** Names the message for ever: lower-case letters, digits, hyphens, at most 36. One message, one token. */
  readonly token: string;
  readonly to: Address;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly date: Date;
  readonly unsubscribeUrl: string | null;
};

/** What a message of ours can be, as its Message-ID and return address say it. */
export type ReturnKindOfMail = Exclude<ReturnKind, 'unsubscribe'>;

const RETURN_KIND: Record<MailKind, ReturnKindOfMail> = {
  digest: 'issue',
  'opt-in': 'opt-in',
  service: 'service',
};

/** Controls and line ends become spaces; formats (bidi marks, zero widths, tags) and lone surrogates go. */
export function toHeaderText(text: string): HeaderText {
  const shown = text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .replace(/[\p{Cf}\p{Cs}\p{Co}\p{Cn}]+/gu, '')
    .trim();
  const characters = [...shown];
  const cut =
    characters.length > HEADER_TEXT_LENGTH_MAX
      ? `${characters.slice(0, HEADER_TEXT_LENGTH_MAX - 1).join('')}…`
      : shown;
  return cut as HeaderText;
}

/** `text` is MAIL_FROM's: `Name <address>` or an address. Null where it holds no address that can be mailed. */
export function parseMailbox(text: string): Mailbox | null {
  const [, name = '', bracketed] = /^([^<>]*)<([^<>]+)>$/.exec(text.trim()) ?? [];
  const address = parseAddress(bracketed ?? text);
  return address === null ? null : { name: toHeaderText(name.replace(/^\s*"|"\s*$/g, '')), address };
}

/** Deterministic: the same content becomes the same message, byte for byte. */
export function composeMail(identity: MailIdentity, content: MailContent): OutgoingMail {
  const { from, returnPath, secret } = identity;
  const { token, unsubscribeUrl } = content;
  const kind = RETURN_KIND[content.kind];
  return {
    kind: content.kind,
    from,
    to: content.to,
    subject: toHeaderText(content.subject),
    html: content.html,
    text: content.text,
    date: content.date,
    messageId: toMessageId(kind, token, domainOf(from.address)),
    envelopeFrom: toReturnAddress(returnPath, { kind, token }, secret),
    listId: `paperboy.${domainOf(from.address)}`,
    listName: from.name,
    unsubscribeUrl,
    unsubscribeMailto:
      unsubscribeUrl === null ? null : toReturnAddress(returnPath, { kind: 'unsubscribe', token }, secret),
  };
}

/** The token that `messageId` was made from; null where it was not. Angle brackets are taken off. */
export function parseMessageId(messageId: string): { kind: ReturnKindOfMail; token: string } | null {
  const match = /^<?(issue|opt-in|service)\.([a-z0-9-]{1,36})@[^@\s<>]+>?$/.exec(messageId.trim());
  const [, kind, token] = match ?? [];
  if (token === undefined) return null;
  return kind === 'issue' || kind === 'opt-in' || kind === 'service' ? { kind, token } : null;
}

function toMessageId(kind: ReturnKindOfMail, token: string, domain: string): string {
  return `${kind}.${token}@${domain}`;
}
