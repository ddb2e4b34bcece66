/**
 * An outgoing message: everything that decides its bytes, and the fields of its head.
 *
 * `composeMail` builds one from what a digest or an opt-in mail knows; `toMimeHeaders` says its head. Every field goes
 * through header.ts, so none can end its line.
 */
import { createHash } from 'node:crypto';
import { type Address, domainOf, parseAddress } from './address.ts';
import { checkField, foldField, type HeaderText, toHeaderText, toPhrase, toTextField } from './header.ts';
import { type ReturnKind, toReturnAddress } from './return-path.ts';

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

/**
 * The fields of the head, each folded, without line ends, MIME's own excepted. Order is that of most mail systems.
 * Throws where a URL could not be carried in a field; all else is made safe before.
 */
export function toMimeHeaders(mail: OutgoingMail): string[] {
  const domain = domainOf(mail.from.address);
  return [
    checkField(`Date: ${toDateTime(mail.date)}`),
    foldField(`From: ${toMailbox(mail.from)}`),
    foldField(`To: <${mail.to}>`),
    toTextField('Subject', mail.subject),
    checkField(`Message-ID: <${mail.messageId}>`),
    ...toListFields(mail),
    // RFC 3834, 5: no auto-reply, please. Exchange reads a field of its own.
    'Auto-Submitted: auto-generated',
    'X-Auto-Response-Suppress: OOF, AutoReply',
    ...(mail.kind === 'digest' ? ['Precedence: list'] : []),
    // Gmail's feedback loop: a campaign, a customer, a kind of mail, and last the sender.
    foldField(`Feedback-ID: ${mail.kind}:paperboy:${domain.replaceAll('.', '-')}`),
  ];
}

function toListFields(mail: OutgoingMail): string[] {
  const name = toPhrase(mail.listName);
  const listId = foldField(`List-Id: ${name === '' ? '' : `${name} `}<${mail.listId}>`);
  if (mail.unsubscribeUrl === null) return mail.kind === 'digest' ? [listId] : [];
  const targets = [
    toFieldUrl(mail.unsubscribeUrl),
    ...(mail.unsubscribeMailto === null
      ? []
      : [`mailto:${encodeURI(mail.unsubscribeMailto)}?subject=unsubscribe`]),
  ];
  return [
    listId,
    // RFC 8058, 3.1: exactly one HTTPS URI. RFC 2369: the first one is preferred.
    foldField(`List-Unsubscribe: ${targets.map((url) => `<${url}>`).join(', ')}`),
    'List-Unsubscribe-Post: List-Unsubscribe=One-Click',
  ];
}

/** A URL that is one word of ASCII without angle brackets. Throws otherwise: such URLs are ours. */
function toFieldUrl(url: string): string {
  const parsed = URL.parse(url);
  if (
    parsed === null ||
    !/^https?:$/.test(parsed.protocol) ||
    !/^[\x21-\x7e]+$/.test(url) ||
    /[<>,]/.test(url)
  ) {
    throw new Error('An unsubscribe URL cannot be carried in a header field.');
  }
  return url;
}

function toMailbox(mailbox: Mailbox): string {
  const phrase = toPhrase(mailbox.name);
  return phrase === '' ? `<${mailbox.address}>` : `${phrase} <${mailbox.address}>`;
}

/** RFC 5322, 3.3, in UTC: `Tue, 24 Nov 2026 07:00:00 +0000`. */
function toDateTime(date: Date): string {
  return date.toUTCString().replace(/GMT$/, '+0000');
}

/** A boundary that no text of the message holds, the same for the same message. */
export function boundaryOf(mail: OutgoingMail): string {
  for (let attempt = 0; ; attempt += 1) {
    const digest = createHash('sha256')
      .update(`${mail.messageId}:${attempt}`)
      .digest('base64url')
      .slice(0, 24);
    const boundary = `=_${digest}`;
    if (!mail.text.includes(boundary) && !mail.html.includes(boundary)) return boundary;
  }
}
