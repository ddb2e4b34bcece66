import { expect, test } from 'vitest';
import { readReturnedMail } from '#lib/mail/bounce/returned-mail.ts';
import { processorMs } from '../../support/processor-time.ts';

const BOUNCE = 'From: MAILER-DAEMON@example.net\nSubject: Undelivered mail\n';
const DSN = `${BOUNCE}Content-Type: multipart/report; boundary=b\n\n--b\n\nwords\n--b\nContent-Type: message/delivery-status\n\n`;
const fill = (text: string, length: number) => text.repeat(Math.ceil(length / text.length));

/** Mails that a hostile sender may write, of some `length`. */
const MAILS: readonly [name: string, mail: (length: number) => string][] = [
  [
    'quoted-printable of blanks',
    (length) => `${BOUNCE}Content-Transfer-Encoding: quoted-printable\n\n${fill(' ', length)}x`,
  ],
  [
    'quoted-printable of broken lines of blanks',
    (length) =>
      `${BOUNCE}Content-Transfer-Encoding: quoted-printable\n\n${fill(`${' '.repeat(900)}x\n`, length)}`,
  ],
  ['a recipient without an @', (length) => `${BOUNCE}To: ${fill('a', length)}\n\nwords`],
  ['a recipient of brackets', (length) => `${BOUNCE}To: ${fill('<', length)}\n\nwords`],
  ['a type of parameters', (length) => `${BOUNCE}Content-Type: text/plain${fill(';a="', length)}\n\nwords`],
  ['a subject of encoded words', (length) => `${BOUNCE}X: y\nSubject: ${fill('=?a?B?', length)}\n\nwords`],
  ['HTML of brackets', (length) => `${BOUNCE}Content-Type: text/html\n\n${fill('<', length)}`],
  ['HTML of style elements', (length) => `${BOUNCE}Content-Type: text/html\n\n${fill('<style>', length)}`],
  ['HTML of line breaks', (length) => `${BOUNCE}Content-Type: text/html\n\n${fill('<br ', length)}`],
  ['empty lines', (length) => `${BOUNCE}\n${fill('\n', length)}x`],
  ['blank lines', (length) => `${BOUNCE}\n${fill(' \t\n', length)}x`],
  ['one line of words for recipients', (length) => `${BOUNCE}\n${fill("user'", length)}`],
  ['lines of words for recipients', (length) => `${BOUNCE}\n${fill(`${"user'".repeat(190)}@\n`, length)}`],
  ['one line of at signs', (length) => `${BOUNCE}\n${fill('a@', length)}`],
  ['a line of dashes', (length) => `${BOUNCE}\n${fill('-', length)}`],
  [
    'a diagnostic of one word',
    (length) => `${DSN}Final-Recipient: rfc822; a@b.org\nDiagnostic-Code: ${fill('exceed', length)}\n`,
  ],
  [
    'a diagnostic of statuses',
    (length) => `${DSN}Final-Recipient: rfc822; a@b.org\nDiagnostic-Code: ${fill('5.4.1 ', length)}\n`,
  ],
  ['a folded header', (length) => `${BOUNCE}X: y\n${fill(' folded\n', length)}\nwords`],
  ['many recipients', (length) => `${DSN}${fill('Final-Recipient: rfc822; a@b.org\n\n', length)}`],
  [
    'many delimiters',
    (length) => `${BOUNCE}Content-Type: multipart/mixed; boundary=b\n\n${fill('--b\n', length)}`,
  ],
  ['a notification of braces', (length) => `${BOUNCE}\n${fill('{"notificationType"', length)}`],
];

const LENGTH = 100_000;

function secondsFor(mail: string): number {
  const bytes = Buffer.from(mail);
  let least = Number.POSITIVE_INFINITY;
  for (let run = 0; run < 3; run += 1) {
    const ms = processorMs(() => {
      readReturnedMail(bytes, { secret: 'secret', provider: 'mailbox', now: new Date('2026-12-01') });
    });
    least = Math.min(least, ms / 1_000);
    if (least > 2) break;
  }
  return least;
}

// A twentieth of a second is for a busy machine; the quadratic readers that these mails were written against took seconds.
test.each(MAILS)('%s takes at most in proportion to its length', (_, mail) => {
  const once = secondsFor(mail(LENGTH));
  expect(once).toBeLessThan(0.5);
  expect(secondsFor(mail(2 * LENGTH))).toBeLessThan(2.5 * once + 0.05);
});
