/**
 * A message in MIME (RFC 2045, 2046): multipart/alternative of a plain-text and an HTML part, in ASCII lines.
 *
 * Every line that leaves is ASCII and short, so no relay has a reason to change the body and break its signature. HTML
 * says other characters as references (`&#8212;`), which quoted-printable would not make shorter, and its many `=` stay
 * single octets. Plain text takes quoted-printable where it needs to.
 */
import { boundaryOf, type OutgoingMail, toMimeHeaders } from '../message.ts';

/** A message as it is signed and sent: fields without line ends, and a body whose lines end in CRLF. */
export type MimeMessage = { readonly headers: readonly string[]; readonly body: string };

/** RFC 5322, 2.1.1 sets 998; less leaves room for relays that count otherwise. */
const PLAIN_LINE_LENGTH_MAX = 900;

/** RFC 2045, 6.7: at most 76 with the `=` that ends a soft break. */
const QUOTED_LINE_LENGTH_MAX = 76;

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

function toPart(type: string, text: string): string {
  const lines = toLines(text);
  const isPlain = isPlainAscii(lines);
  return [
    `Content-Type: ${type}; charset=${isPlain ? 'us-ascii' : 'utf-8'}\r\n`,
    `Content-Transfer-Encoding: ${isPlain ? '7bit' : 'quoted-printable'}\r\n\r\n`,
    isPlain ? lines.replaceAll('\n', '\r\n') : toQuotedPrintable(lines),
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

/** RFC 2045, 6.7. `text` has LF line ends; the result has CRLF. */
function toQuotedPrintable(text: string): string {
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => `${quoteLine(line)}\r\n`)
    .join('');
}

function quoteLine(line: string): string {
  const safe = line.trimEnd();
  if (
    safe.length <= QUOTED_LINE_LENGTH_MAX &&
    /^[\t\x20-\x3c\x3e-\x7e]*$/.test(safe) &&
    !safe.startsWith('From ')
  ) {
    return safe;
  }
  const quoted = safe
    .toWellFormed()
    .replaceAll('=', '=3D')
    .replace(/[^\x00-\x7f]+/g, (run) => encodeURIComponent(run).replaceAll('%', '='))
    .replace(
      /[\x00-\x08\x0b-\x1f\x7f]/g,
      (control) => `=${control.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
    )
    .replace(/^From /, '=46rom ');
  return foldQuoted(quoted);
}

/** Soft breaks, never within an `=XX`. */
function foldQuoted(quoted: string): string {
  const lines: string[] = [];
  let start = 0;
  while (quoted.length - start > QUOTED_LINE_LENGTH_MAX) {
    const end = start + QUOTED_LINE_LENGTH_MAX - 1;
    const sign = quoted.lastIndexOf('=', end - 1);
    const stop = sign > end - 3 ? sign : end;
    lines.push(`${quoted.slice(start, stop)}=`);
    start = stop;
  }
  return [...lines, quoted.slice(start)].join('\r\n');
}
