/**
 * DKIM signatures (RFC 6376) with RSA (RFC 8301) and Ed25519 (RFC 8463), relaxed in header and body.
 *
 * Our own, because RFC 8058 wants both unsubscribe fields covered and nobody may add a second Subject: neither nodemailer's
 * signer nor mailauth can name a field twice (docs/decisions/012-mail-libraries.md).
 */
import { createHash, type KeyObject, sign } from 'node:crypto';
import type { MimeMessage } from './mime.ts';

export type DkimKey = {
  /** `d=`. */
  readonly domain: string;
  /** `s=`. */
  readonly selector: string;
  /** RSA of 1024 bits or more, or Ed25519. */
  readonly privateKey: KeyObject;
};

/**
 * Fields to sign where a message has them (RFC 6376, 5.4.1, and RFC 8058, 4). The first four are named once more than
 * they occur, so that nobody can add a second one below the signature.
 */
const OVERSIGNED = ['from', 'to', 'subject', 'date'] as const;
const SIGNED = [
  ...OVERSIGNED,
  'message-id',
  'reply-to',
  'mime-version',
  'content-type',
  'content-transfer-encoding',
  'list-id',
  'list-unsubscribe',
  'list-unsubscribe-post',
  'auto-submitted',
  'precedence',
  'feedback-id',
];

/**
 * One DKIM-Signature field for each key, to stand above the message's own fields, each folded, without line ends.
 * RSA keys sign on libuv's threads, so other messages go on meanwhile.
 */
export async function signDkim(
  message: MimeMessage,
  keys: readonly DkimKey[],
  signedAt: Date,
): Promise<string[]> {
  if (keys.length === 0) return [];
  const bodyHash = createHash('sha256').update(relaxBody(message.body)).digest('base64');
  const fields = new Map(message.headers.map((field) => [nameOf(field), relaxField(field)]));
  const present = SIGNED.filter((name) => fields.has(name));
  const signed = present.map((name) => `${fields.get(name)}\r\n`).join('');
  const names = [...OVERSIGNED.filter((name) => fields.has(name)), ...present].join(':');
  return Promise.all(
    keys.map(async (key) => {
      const isRsa = key.privateKey.asymmetricKeyType === 'rsa';
      const unsigned = [
        `DKIM-Signature: v=1; a=${isRsa ? 'rsa' : 'ed25519'}-sha256; c=relaxed/relaxed;`,
        ` d=${key.domain}; s=${key.selector}; t=${Math.floor(signedAt.getTime() / 1000)};`,
        ` h=${names.replace(/(.{40,60}?:)/g, '$1\r\n  ')};`,
        ` bh=${bodyHash};`,
        ' b=',
      ].join('\r\n');
      const signature = await signText(`${signed}${relaxField(unsigned)}`, key.privateKey, isRsa);
      return `${unsigned}${signature.replace(/.{72}(?=.)/g, '$&\r\n  ')}`;
    }),
  );
}

/** Ed25519 signs the hash of the fields (RFC 8463, 3), RSA the fields, hashing them itself. */
function signText(text: string, key: KeyObject, isRsa: boolean): Promise<string> {
  if (!isRsa) {
    const digest = createHash('sha256').update(text).digest();
    return Promise.resolve(sign(null, digest, key).toString('base64'));
  }
  return new Promise((resolve, reject) => {
    sign('sha256', Buffer.from(text), key, (error, signature) => {
      if (error === null) resolve(signature.toString('base64'));
      else reject(error);
    });
  });
}

function nameOf(field: string): string {
  return field.slice(0, field.indexOf(':')).trim().toLowerCase();
}

/** RFC 6376, 3.4.2. */
function relaxField(field: string): string {
  const colon = field.indexOf(':');
  const value = field
    .slice(colon + 1)
    .replace(/\r\n/g, '')
    .replace(/[ \t]+/g, ' ')
    .trim();
  return `${nameOf(field)}:${value}`;
}

/** RFC 6376, 3.4.4. Line ends are CRLF already. Single spaces, of which a text is full, are left alone. */
function relaxBody(body: string): string {
  return body
    .replace(/[ \t]{2,}|\t/g, ' ')
    .replaceAll(' \r\n', '\r\n')
    .replace(/(?:\r\n)+$/, '\r\n');
}
