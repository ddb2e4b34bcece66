import { createHmac, generateKeyPairSync, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { fixedClock } from '#lib/clock.ts';
import { toReturnAddress } from '#lib/mail/return-path.ts';
import { parseMailgunEvents } from '#lib/mail/webhook/mailgun.ts';
import { parsePostmarkEvents } from '#lib/mail/webhook/postmark.ts';
import { type Provider, readMailEvents } from '#lib/mail/webhook/read-mail-events.ts';
import { parseSendgridEvents } from '#lib/mail/webhook/sendgrid.ts';
import { createSnsSource, isSnsUrl, type SnsMessage, signedText } from '#lib/mail/webhook/sns-source.ts';
import { IDENTITY } from '../../support/mail.ts';

const NOW = new Date('2026-11-24T12:00:00Z');
const SECONDS = String(NOW.getTime() / 1000);

const aRequest = (body: string, headers: Record<string, string> = {}) => ({
  header: (name: string) => headers[name.toLowerCase()] ?? null,
  body,
});

describe('SendGrid', () => {
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const key = pair.publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
  const events = [
    {
      email: 'a@example.net',
      event: 'bounce',
      type: 'bounce',
      status: '5.1.1',
      reason: '550 5.1.1 user unknown',
      timestamp: 1_795_521_000,
      'smtp-id': '<issue.0a1b@example.org>',
      sg_event_id: 'e1',
    },
    {
      email: 'b@example.net',
      event: 'bounce',
      type: 'blocked',
      status: '5.7.1',
      reason: 'listed',
      sg_event_id: 'e2',
    },
    { email: 'c@example.net', event: 'spamreport', sg_event_id: 'e3' },
    { email: 'd@example.net', event: 'delivered', sg_event_id: 'e4' },
    { email: 'e@example.net', event: 'dropped', reason: 'Bounced Address', sg_event_id: 'e5' },
    { event: 'no address' },
    'no event',
  ];
  const body = JSON.stringify(events);
  const signed = (text: string, timestamp = SECONDS) =>
    aRequest(text, {
      'x-twilio-email-event-webhook-timestamp': timestamp,
      'x-twilio-email-event-webhook-signature': sign(
        'sha256',
        Buffer.from(timestamp + body),
        pair.privateKey,
      ).toString('base64'),
    });

  test('signed events are read', () => {
    const read = parseSendgridEvents(signed(body), key, NOW);
    expect(read?.map(({ address, kind }) => [address?.[0], kind])).toEqual([
      ['a', 'hard'],
      ['b', 'soft'],
      ['c', 'complaint'],
      ['d', 'other'],
      ['e', 'hard'],
    ]);
    expect(read?.[0]).toMatchObject({
      issueToken: '0a1b',
      mailKind: 'issue',
      eventId: 'e1',
      provider: 'sendgrid',
    });
  });

  test.each([
    ['another body', signed(body.replace('a@', 'x@'))],
    ['no signature', aRequest(body)],
    ['an old one', signed(body, String(Number(SECONDS) - 4 * 86_400))],
    [
      'noise for a signature',
      aRequest(body, {
        'x-twilio-email-event-webhook-timestamp': SECONDS,
        'x-twilio-email-event-webhook-signature': '%%%',
      }),
    ],
  ])('%s is refused', (_, request) => {
    expect(parseSendgridEvents(request, key, NOW)).toBeNull();
  });

  test('a key that is none refuses everything', () => {
    expect(parseSendgridEvents(signed(body), 'AAAA', NOW)).toBeNull();
  });
});

describe('Postmark', () => {
  const secret = 'postmark:0123456789abcdef';
  const authorization = `Basic ${Buffer.from(secret).toString('base64')}`;
  test.each([
    [{ RecordType: 'Bounce', Type: 'HardBounce', ID: 1, Email: 'a@example.net' }, 'hard'],
    [{ RecordType: 'Bounce', Type: 'SoftBounce', ID: 2, Email: 'a@example.net' }, 'soft'],
    [{ RecordType: 'Bounce', Type: 'SpamNotification', ID: 3, Email: 'a@example.net' }, 'soft'],
    [{ RecordType: 'Bounce', Type: 'AutoResponder', ID: 4, Email: 'a@example.net' }, 'auto-reply'],
    [{ RecordType: 'SpamComplaint', ID: 5, Email: 'a@example.net' }, 'complaint'],
    [
      {
        RecordType: 'SubscriptionChange',
        Recipient: 'a@example.net',
        SuppressSending: true,
        SuppressionReason: 'ManualSuppression',
      },
      'unsubscribe',
    ],
    [{ RecordType: 'SubscriptionChange', Recipient: 'a@example.net', SuppressSending: false }, 'other'],
    [{ RecordType: 'Delivery', Recipient: 'a@example.net' }, 'other'],
  ])('%j', (event, kind) => {
    const read = parsePostmarkEvents(aRequest(JSON.stringify(event), { authorization }), secret, NOW);
    expect(read).toMatchObject([{ address: 'a@example.net', kind, provider: 'postmark' }]);
  });

  test.each([
    [undefined],
    ['Basic '],
    [`Basic ${Buffer.from('postmark:wrong').toString('base64')}`],
    ['Bearer x'],
  ])('with %s nothing is read', (given) => {
    const headers = given === undefined ? {} : { authorization: given };
    expect(parsePostmarkEvents(aRequest('{"RecordType":"Bounce"}', headers), secret, NOW)).toBeNull();
  });
});

describe('Mailgun', () => {
  const key = 'key-0123456789abcdef';
  const aBody = (data: object, timestamp = SECONDS) =>
    JSON.stringify({
      signature: {
        timestamp,
        token: 't1',
        signature: createHmac('sha256', key).update(`${timestamp}t1`).digest('hex'),
      },
      'event-data': { recipient: 'a@example.net', id: 'm1', ...data },
    });
  test.each([
    [
      {
        event: 'failed',
        severity: 'permanent',
        'delivery-status': { code: 550, message: '5.1.1 user unknown' },
      },
      'hard',
    ],
    [
      {
        event: 'failed',
        severity: 'permanent',
        'delivery-status': { code: 552, message: '5.2.2 mailbox full' },
      },
      'soft',
    ],
    [{ event: 'failed', severity: 'permanent', reason: 'suppress-bounce' }, 'hard'],
    [{ event: 'failed', severity: 'temporary' }, 'other'],
    [{ event: 'complained' }, 'complaint'],
    [{ event: 'unsubscribed' }, 'unsubscribe'],
    [{ event: 'opened' }, 'other'],
  ])('%j', (data, kind) => {
    expect(parseMailgunEvents(aRequest(aBody(data)), key, NOW)).toMatchObject([{ kind, eventId: 'm1' }]);
  });

  test('a wrong or old signature, or another format, is refused', () => {
    expect(
      parseMailgunEvents(aRequest(aBody({ event: 'complained' })), 'another key of ours', NOW),
    ).toBeNull();
    expect(parseMailgunEvents(aRequest(aBody({ event: 'complained' }, '1')), key, NOW)).toBeNull();
    expect(parseMailgunEvents(aRequest('{}'), key, NOW)).toBeNull();
    expect(parseMailgunEvents(aRequest('no json'), key, NOW)).toBeNull();
  });
});

describe('Amazon SES through SNS', () => {
  // As SNS has them, made for these tests: openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=sns.amazonaws.com
  const certificate = readFixture('sns-certificate.pem');
  const privateKey = readFixture('sns-key.pem');
  const topic = 'arn:aws:sns:eu-west-1:123456789012:paperboy';
  const source = toReturnAddress(IDENTITY.returnPath, { kind: 'issue', token: '0a1b' }, IDENTITY.secret);
  const bounce = (changes: object = {}) => ({
    notificationType: 'Bounce',
    bounce: {
      bounceType: 'Permanent',
      bounceSubType: 'General',
      feedbackId: 'f1',
      timestamp: '2026-11-24T11:59:00.000Z',
      bouncedRecipients: [
        { emailAddress: 'a@example.net', status: '5.1.1', diagnosticCode: 'smtp; 550 5.1.1 unknown' },
      ],
      ...changes,
    },
    mail: { source, messageId: 's1', destination: ['a@example.net'] },
  });
  const aMessage = (content: object, changes: Partial<SnsMessage> = {}, version: '1' | '2' = '2') => {
    const message: SnsMessage = {
      Type: 'Notification',
      MessageId: 'n1',
      TopicArn: topic,
      Message: JSON.stringify(content),
      Timestamp: NOW.toISOString(),
      SignatureVersion: version,
      Signature: '',
      SigningCertURL: 'https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-1.pem',
      ...changes,
    };
    const algorithm = version === '1' ? 'sha1' : 'sha256';
    return {
      ...message,
      Signature: sign(algorithm, Buffer.from(signedText(message)), privateKey).toString('base64'),
    };
  };
  const confirmed: string[] = [];
  const sns = createSnsSource((async (url: string) => {
    if (url.endsWith('.pem')) return new Response(certificate);
    confirmed.push(url);
    return new Response('ok');
  }) as typeof fetch);
  const webhooks = { sesTopics: [topic], sendgridKey: null, postmarkSecret: null, mailgunKey: null };
  const read = (message: object, provider: Provider = 'ses') =>
    readMailEvents({ clock: fixedClock(NOW), sns }, provider, aRequest(JSON.stringify(message)), {
      webhooks,
      secret: IDENTITY.secret,
    });

  test.each(['1', '2'] as const)(
    'a bounce with signature version %s is read, and names its message',
    async (version) => {
      expect(await read(aMessage(bounce(), {}, version))).toMatchObject({
        kind: 'read',
        events: [
          {
            address: 'a@example.net',
            kind: 'hard',
            issueToken: '0a1b',
            mailKind: 'issue',
            eventId: 'f1:hard:a@example.net',
          },
        ],
      });
    },
  );

  test.each([
    [{ bounceSubType: 'MailboxFull' }, 'soft'],
    [{ bounceType: 'Transient' }, 'soft'],
    [{ bounceSubType: 'Suppressed' }, 'hard'],
  ])('%j is %s', async (changes, kind) => {
    expect(await read(aMessage(bounce(changes)))).toMatchObject({ events: [{ kind }] });
  });

  test('a complaint is one, and its withdrawal is none', async () => {
    const complaint = (type: string) => ({
      notificationType: 'Complaint',
      complaint: {
        complainedRecipients: [{ emailAddress: 'a@example.net' }],
        complaintFeedbackType: type,
        feedbackId: 'c1',
      },
      mail: { source },
    });
    expect(await read(aMessage(complaint('abuse')))).toMatchObject({ events: [{ kind: 'complaint' }] });
    expect(await read(aMessage(complaint('not-spam')))).toMatchObject({ events: [{ kind: 'other' }] });
  });

  test('a subscription is confirmed at Amazon only', async () => {
    const SubscribeURL = 'https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription&Token=t';
    const confirm = { Type: 'SubscriptionConfirmation', Token: 't', SubscribeURL } as const;
    expect(await read(aMessage({}, confirm))).toEqual({ kind: 'read', events: [] });
    expect(confirmed).toEqual([SubscribeURL]);
    expect(await read(aMessage({}, { ...confirm, SubscribeURL: 'https://evil.example/?x' }))).toEqual({
      kind: 'refused',
    });
    expect(confirmed).toHaveLength(1);
  });

  test.each([
    [
      'a changed message',
      () => ({ ...aMessage(bounce()), Message: JSON.stringify(bounce({ bounceType: 'Transient' })) }),
    ],
    [
      'a topic of somebody else',
      () => aMessage(bounce(), { TopicArn: 'arn:aws:sns:eu-west-1:999999999999:evil' }),
    ],
    [
      'a certificate from elsewhere',
      () => aMessage(bounce(), { SigningCertURL: 'https://evil.example/cert.pem' }),
    ],
    ['an old message', () => aMessage(bounce(), { Timestamp: '2026-11-01T00:00:00Z' })],
    ['no date', () => aMessage(bounce(), { Timestamp: 'never' })],
    ['no message at all', () => ({ hello: 'world' })],
  ])('%s is refused', async (_, make) => {
    expect(await read(make())).toEqual({ kind: 'refused' });
  });

  test('a provider that is not configured is told so', async () => {
    expect(await read({}, 'mailgun')).toEqual({ kind: 'not-configured' });
  });

  test.each([
    ['https://sns.eu-west-1.amazonaws.com/x.pem', true],
    ['https://sns.cn-north-1.amazonaws.com.cn/x.pem', true],
    ['https://sns.us-gov-west-1.amazonaws.com/x.pem', true],
    ['http://sns.eu-west-1.amazonaws.com/x.pem', false],
    ['https://sns.eu-west-1.amazonaws.com.evil.example/x.pem', false],
    ['https://evil.example/sns.eu-west-1.amazonaws.com/x.pem', false],
    ['https://me@sns.eu-west-1.amazonaws.com/x.pem', false],
    ['https://sns.eu-west-1.amazonaws.com:8443/x.pem', false],
    ['https://s3.eu-west-1.amazonaws.com/sns/x.pem', false],
    ['file:///etc/passwd', false],
    ['', false],
  ])('%s is Amazon’s: %s', (url, isAmazons) => {
    expect(isSnsUrl(url)).toBe(isAmazons);
  });
});

function readFixture(name: string): string {
  return readFileSync(new URL(`fixtures/${name}`, import.meta.url), 'utf8');
}
