import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { classifyBounce } from '#lib/mail/bounce/bounce.ts';
import { diagnose } from '#lib/mail/bounce/diagnosis.ts';
import { readReturnedMail } from '#lib/mail/bounce/returned-mail.ts';
import { toReturnAddress } from '#lib/mail/return-path.ts';
import { judgeBounces } from '../../support/bounce-judgement.ts';
import { IDENTITY } from '../../support/mail.ts';
import { recordedData } from '../../support/mail-data.ts';

const FOLDER = join(recordedData, 'bounces');

describe.skipIf(!existsSync(FOLDER))('real messages (skipped where they are not at hand)', () => {
  const judgement = existsSync(FOLDER) ? judgeBounces(FOLDER) : null;

  test('95 in 100 verdicts are the reference’s', () => {
    expect(judgement!.verdicts.right / judgement!.verdicts.all).toBeGreaterThanOrEqual(0.95);
  });

  test('every machine-readable report is understood', () => {
    expect(judgement!.reports.missed).toEqual([]);
    expect(judgement!.reports.all).toBeGreaterThan(200);
  });

  test('what is no bounce suppresses nobody', () => {
    expect(judgement!.suppressedByOthers).toEqual([]);
  });

  test('LF, CRLF and CR read alike', () => {
    expect(judgement!.lineEndsThatDiffer).toEqual([]);
  });
});

const SECRET = IDENTITY.secret;
const NOW = new Date('2026-11-24T12:00:00Z');
const DEPS = { secret: SECRET, provider: 'mailbox', now: NOW } as const;
const RETURN = toReturnAddress(IDENTITY.returnPath, { kind: 'issue', token: '0a1b' }, SECRET);

function aReport(
  changes: { to?: string; action?: string; status?: string; diagnostic?: string } = {},
): Buffer {
  const {
    to = RETURN,
    action = 'failed',
    status = '5.1.1',
    diagnostic = 'smtp; 550 5.1.1 User unknown',
  } = changes;
  return Buffer.from(
    [
      'Return-Path: <>',
      `To: ${to}`,
      'From: MAILER-DAEMON@mx.example.net (Mail Delivery System)',
      'Subject: Undelivered Mail Returned to Sender',
      'Date: Tue, 24 Nov 2026 07:00:05 +0000',
      'Message-ID: <report-1@mx.example.net>',
      'MIME-Version: 1.0',
      'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
      '',
      '--b',
      'Content-Type: text/plain',
      '',
      'It could not be delivered.',
      '',
      '--b',
      'Content-Type: message/delivery-status',
      '',
      'Reporting-MTA: dns; mx.example.net',
      '',
      'Final-Recipient: rfc822; reader@example.net',
      `Action: ${action}`,
      `Status: ${status}`,
      `Diagnostic-Code: ${diagnostic}`,
      '',
      '--b--',
      '',
    ].join('\r\n'),
  );
}

describe('a message that came back becomes an event', () => {
  test('about the message whose return address it came to', () => {
    expect(readReturnedMail(aReport(), DEPS)).toEqual([
      {
        address: 'reader@example.net',
        kind: 'hard',
        provider: 'mailbox',
        at: new Date('2026-11-24T07:00:05Z'),
        detail: '5.1.1 550 5.1.1 User unknown',
        issueToken: '0a1b',
        mailKind: 'issue',
        eventId: '<report-1@mx.example.net>:reader@example.net',
      },
    ]);
  });

  test('a forged one names no message', () => {
    const forged = RETURN.replace('0a1b', '0a1c');
    expect(readReturnedMail(aReport({ to: forged }), DEPS)).toMatchObject([
      { issueToken: null, mailKind: null },
    ]);
  });

  test('a delay is no failure', () => {
    const delayed = aReport({ action: 'delayed', status: '4.4.1', diagnostic: 'smtp; connection timed out' });
    expect(readReturnedMail(delayed, DEPS)).toMatchObject([{ kind: 'other' }]);
    expect(classifyBounce(delayed).recipients).toMatchObject([{ kind: 'soft', action: 'delayed' }]);
  });

  test('a delivery is none either', () => {
    const delivered = aReport({ action: 'delivered', status: '2.0.0', diagnostic: 'smtp; 250 ok' });
    expect(readReturnedMail(delivered, DEPS)).toMatchObject([{ kind: 'other' }]);
  });

  test('a mail to the unsubscribe address asks to leave, whatever it says', () => {
    const to = toReturnAddress(IDENTITY.returnPath, { kind: 'unsubscribe', token: '0a1b' }, SECRET);
    const mail = Buffer.from(
      `From: Reader <reader@example.net>\nTo: <${to}>\nSubject: unsubscribe\nMessage-ID: <m@x>\n\n`,
    );
    expect(readReturnedMail(mail, DEPS)).toMatchObject([
      { kind: 'unsubscribe', address: null, issueToken: '0a1b' },
    ]);
  });

  test('the same message has the same identity, and a date to come is not believed', () => {
    const late = Buffer.from(aReport().toString().replace('24 Nov 2026', '24 Nov 2036'));
    const [event] = readReturnedMail(late, DEPS);
    expect(event?.at).toEqual(NOW);
    expect(event?.eventId).toBe(readReturnedMail(aReport(), DEPS)[0]?.eventId);
  });
});

test.each([
  [
    'a letter',
    'From: Ann <ann@example.net>\nTo: bounces@example.org\nSubject: Question\n\nMy mailbox user unknown@example.com bounced.\n',
  ],
  [
    'out of office',
    'From: Ann <ann@example.net>\nAuto-Submitted: auto-replied\nSubject: Out of office\n\nBack on Monday.\n',
  ],
  ['nothing', ''],
  ['noise', '\0\u0001\u0002\n\n\n: : :\n--\n'],
  [
    'spam about mail',
    'From: Support <support@example.com>\nSubject: Your mailbox is full\n\nuser@example.net: mailbox does not exist, click here\n',
  ],
])('%s suppresses nobody', (_, text) => {
  const kinds = classifyBounce(Buffer.from(text)).recipients.map(({ kind }) => kind);
  expect(kinds.filter((kind) => kind === 'hard' || kind === 'complaint' || kind === 'soft')).toEqual([]);
});

test('a failed authentication is a report, and no reader’s complaint', () => {
  const report = [
    'From: <reports@example.net>',
    `To: ${RETURN}`,
    'Subject: FW: hello',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=feedback-report; boundary="b"',
    '',
    '--b',
    'Content-Type: message/feedback-report',
    '',
    'Feedback-Type: TYPE',
    'User-Agent: Test/1',
    'Version: 1',
    'Original-Rcpt-To: reader@example.net',
    '',
    '--b--',
  ].join('\n');
  const kindOf = (type: string) =>
    readReturnedMail(Buffer.from(report.replace('TYPE', type)), DEPS).map(({ kind }) => kind);
  expect(kindOf('auth-failure')).toEqual(['other']);
  expect(kindOf('not-spam')).toEqual(['other']);
  expect(kindOf('abuse')).toEqual(['complaint']);
});

describe('what a refusal means', () => {
  test.each<[string | null, number | null, string, 'hard' | 'soft']>([
    ['5.1.1', 550, 'User unknown', 'hard'],
    [null, 550, 'No such user here', 'hard'],
    ['5.0.0', 554, "delivery error: dd This user doesn't have a yahoo.com account", 'hard'],
    ['5.1.2', null, '', 'hard'],
    ['5.4.1', 550, '550 5.4.1 Recipient address rejected: Access denied', 'hard'],
    ['5.2.2', 552, 'user unknown', 'soft'],
    ['5.1.1', 550, 'mailbox full', 'soft'],
    ['5.7.1', 550, 'Message rejected as spam', 'soft'],
    ['5.1.8', 553, 'Domain of sender address does not exist', 'soft'],
    ['4.2.2', 452, 'mailbox unavailable', 'soft'],
    [null, 421, 'user unknown, try again later', 'soft'],
    [null, null, '', 'soft'],
  ])('%s %s %s: %s', (status, code, text, expected) => {
    expect(diagnose({ status, code, text })).toBe(expected);
  });
});
