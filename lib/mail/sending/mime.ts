/**
 * A message as it travels (RFC 5322, RFC 2045): its head, and multipart/alternative of a plain-text and an HTML part.
 *
 * Every line is short and ASCII, so that no relay has a reason to change the body and break its signature. HTML has other
 * characters as references (`&#8212;`), which quoted-printable would not make shorter; plain text takes quoted-printable
 * where it needs to. Encoded words, folding and quoted-printable are nodemailer's; its composer takes four times as long for
 * a message (docs/decisions/012-mail-libraries.md).
 */
import { createHash } from 'node:crypto';
import { encodeWord, foldLines, quoteString } from 'nodemailer/lib/mime-funcs';
import { encode, wrap } from 'nodemailer/lib/qp';
import { domainOf } from '../address.ts';
import type { HeaderText, Mailbox, OutgoingMail } from '../message.ts';

/** A message as it is signed and sent: fields without line ends, and a body whose lines end in CRLF. */
export type MimeMessage = { readonly headers: readonly string[]; readonly body: string };

/** RFC 5322, 2.1.1: lines should have at most 78 characters, and must have at most 998. */
const HEADER_LINE_LENGTH = 76;
/** Less than 998 leaves room for relays that count otherwise. */
const PLAIN_LINE_LENGTH_MAX = 900;
/** RFC 2045, 6.7 allows 76; the escape of a line that begins with `From ` adds two. */
const QUOTED_LINE_LENGTH_MAX = 74;
/** RFC 2047, 2 allows 75 characters a word; nodemailer counts without the frame of the word. */
const ENCODED_WORD_LENGTH = 52;

/** Throws where an unsubscribe URL could not be carried in a field; all else is made safe before. */
export function toMime(mail: OutgoingMail): MimeMessage {
  const boundary = boundaryOf(mail);
  const headers = [
    ...toMimeHeaders(mail),
    'MIME-Version: 1.0',
    `Content-Type: multipart/alternative; boundary="${boundary}"`,
  ];
  const body = [
    `--${boundary}\r\n`,
    toPart('text/plain', mail.text),
    `--${boundary}\r\n`,
    toPart('text/html', toAsciiHtml(mail.html)),
    `--${boundary}--\r\n`,
  ].join('');
  return { headers, body };
}

/** The whole message as bytes. Header fields may hold UTF-8 where an address is international (RFC 6532). */
export function toBytes(message: MimeMessage): Buffer {
  return Buffer.from(`${message.headers.join('\r\n')}\r\n\r\n${message.body}`);
}

/** The fields of the head but MIME's own, each folded, in the order of most mail systems. */
export function toMimeHeaders(mail: OutgoingMail): string[] {
  return [
    // RFC 5322, 3.3, in UTC.
    `Date: ${mail.date.toUTCString().replace(/GMT$/, '+0000')}`,
    toField('From', toMailboxText(mail.from)),
    toField('To', `<${mail.to}>`),
    toField('Subject', needsEncoding(mail.subject) ? encodeText(mail.subject) : mail.subject),
    `Message-ID: <${mail.messageId}>`,
    ...toListFields(mail),
    // RFC 3834, 5: asks for no auto-reply. Exchange reads a field of its own.
    'Auto-Submitted: auto-generated',
    'X-Auto-Response-Suppress: OOF, AutoReply',
    ...(mail.kind === 'digest' ? ['Precedence: list'] : []),
    // Gmail's feedback loop: a kind of mail, and last the sender.
    toField('Feedback-ID', `${mail.kind}:paperboy:${domainOf(mail.from.address).replaceAll('.', '-')}`),
  ];
}

function toListFields(mail: OutgoingMail): string[] {
  const name = toPhrase(mail.listName);
  const listId = toField('List-Id', `${name === '' ? '' : `${name} `}<${mail.listId}>`);
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
    toField('List-Unsubscribe', targets.map((url) => `<${url}>`).join(', ')),
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

function toMailboxText({ name, address }: Mailbox): string {
  const phrase = toPhrase(name);
  return phrase === '' ? `<${address}>` : `${phrase} <${address}>`;
}

/** A display name: an encoded word, a quoted string, or as it is. */
function toPhrase(name: HeaderText): string {
  if (needsEncoding(name)) return encodeText(name);
  return /^[\w !#$%&'*+/=?^`{|}~-]*$/.test(name) ? name : quoteString(name);
}

/** Text that only looks encoded would be decoded by the reader's program. */
function needsEncoding(text: HeaderText): boolean {
  return !/^[\x20-\x7e]*$/.test(text) || text.includes('=?');
}

function encodeText(text: HeaderText): string {
  return encodeWord(text, 'B', ENCODED_WORD_LENGTH);
}

/**
 * Folded at spaces. The first word stays on the line of the name: some systems take a name alone on its line for an empty
 * field.
 */
function toField(name: string, value: string): string {
  const field = `${name}: ${value}`;
  const end = field.indexOf(' ', name.length + 2);
  return foldLines(field, Math.max(HEADER_LINE_LENGTH, (end < 0 ? field.length : end) + 1));
}

/** A boundary that no text of the message holds, the same for the same message. */
function boundaryOf(mail: OutgoingMail): string {
  for (let attempt = 0; ; attempt += 1) {
    const digest = createHash('sha256')
      .update(`${mail.messageId}:${attempt}`)
      .digest('base64url')
      .slice(0, 24);
    const boundary = `=_${digest}`;
    if (!mail.text.includes(boundary) && !mail.html.includes(boundary)) return boundary;
  }
}

function toPart(type: string, text: string): string {
  const lines = toLines(text);
  const isPlain = isPlainAscii(lines);
  const crlf = lines.replaceAll('\n', '\r\n');
  return [
    `Content-Type: ${type}; charset=${isPlain ? 'us-ascii' : 'utf-8'}\r\n`,
    `Content-Transfer-Encoding: ${isPlain ? '7bit' : 'quoted-printable'}\r\n\r\n`,
    isPlain ? crlf : toQuotedPrintable(crlf),
  ].join('');
}

/** LF line ends, and one at the end. By hand: the expression for it took a third of the time of a message. */
function toLines(text: string): string {
  const lines = text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
  let end = lines.length;
  while (end > 0 && lines.charCodeAt(end - 1) === 10) end -= 1;
  return `${lines.slice(0, end)}\n`;
}

/** Short lines of ASCII, none of which a mailbox file would take for the start of a message. */
function isPlainAscii(text: string): boolean {
  return IS_ASCII.test(text) && !hasFromLine(text) && !hasLongLine(text);
}

const IS_ASCII = /^[\t\n\x20-\x7e]*$/;

function hasFromLine(text: string): boolean {
  return text.startsWith('From ') || text.includes('\nFrom ');
}

function hasLongLine(text: string): boolean {
  for (let start = 0; start < text.length; ) {
    const end = text.indexOf('\n', start);
    const stop = end < 0 ? text.length : end;
    if (stop - start >= PLAIN_LINE_LENGTH_MAX) return true;
    start = stop + 1;
  }
  return false;
}

/**
 * HTML in ASCII lines that are short enough, which our templates already are. References are read as characters in
 * text and in attributes; styles and comments, where they are not, must be ASCII.
 */
function toAsciiHtml(html: string): string {
  if (isPlainAscii(html)) return html;
  return html
    .replace(/[\ud800-\udbff][\udc00-\udfff]|[^\x00-\x7f]/g, (character) => `&#${character.codePointAt(0)};`)
    .replace(/^From /gm, '&#70;rom ')
    .replace(/^.{900,}$/gm, breakLine);
}

/** Breaks after a space: white space of any kind is the same to HTML. */
function breakLine(line: string): string {
  return line.replace(/(.{200,390}?) (?!From )/g, '$1\n');
}

/** RFC 2045, 6.7. A mailbox file takes `From ` at the start of a line for the start of a message. */
function toQuotedPrintable(text: string): string {
  return wrap(encode(text), QUOTED_LINE_LENGTH_MAX).replace(/^From /gm, '=46rom ');
}
