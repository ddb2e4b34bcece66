import { expect, test } from 'vitest';
import { fixedClock } from '#lib/clock.ts';
import { collectBounces } from '#lib/mail/bounce/collect-bounces.ts';
import { openMailbox, parseMailboxUrl } from '#lib/mail/bounce/mailbox-source.ts';
import type { MailEvent } from '#lib/mail/mail-event.ts';
import { toReturnAddress } from '#lib/mail/return-path.ts';
import { startImap } from '../../support/imap.ts';
import { IDENTITY } from '../../support/mail.ts';

const clock = fixedClock('2026-11-24T12:00:00Z');

function aBounce(place: number): Buffer {
  const to = toReturnAddress(IDENTITY.returnPath, { kind: 'issue', token: `t${place}` }, IDENTITY.secret);
  return Buffer.from(
    `Return-Path: <>\r\nFrom: MAILER-DAEMON@mx.example.net\r\nTo: <${to}>\r\nMessage-ID: <${place}@mx>\r\nSubject: failure notice\r\n\r\n` +
      `I wasn't able to deliver your message.\r\n\r\n<reader${place}@example.net>:\r\n550 5.1.1 no such user\r\n`,
  );
}

const urlOf = (port: number, password = 'secret') =>
  `imap://bounces%40example.org:${password}@127.0.0.1:${port}`;

test('unread messages become events, once, and are marked as read', async () => {
  const messages = Array.from({ length: 120 }, (_, place) => aBounce(place));
  const server = await startImap(messages);
  const recorded: MailEvent[] = [];
  const collect = async () => {
    const mailbox = await openMailbox(parseMailboxUrl(urlOf(server.port)));
    const record = async (events: readonly MailEvent[]) => recorded.push(...events);
    const report = await collectBounces({ clock, mailbox, secret: IDENTITY.secret, record }, { limit: 100 });
    await mailbox.close();
    return report;
  };
  expect(await collect()).toEqual({ messages: 100, events: 100, isWhole: false });
  expect(await collect()).toEqual({ messages: 20, events: 20, isWhole: true });
  expect(await collect()).toEqual({ messages: 0, events: 0, isWhole: true });
  expect(server.seen.size).toBe(120);
  expect(new Set(recorded.map(({ issueToken }) => issueToken)).size).toBe(120);
  expect(recorded.every(({ kind }) => kind === 'hard')).toBe(true);
});

test('what could not be recorded is read again', async () => {
  const server = await startImap([aBounce(1)]);
  const mailbox = await openMailbox(parseMailboxUrl(urlOf(server.port)));
  const record = () => Promise.reject(new Error('the database is away'));
  await expect(
    collectBounces({ clock, mailbox, secret: IDENTITY.secret, record }, { limit: 10 }),
  ).rejects.toThrow('away');
  expect(server.seen.size).toBe(0);
  await mailbox.close();
});

test('an aborted run begins nothing', async () => {
  const server = await startImap([aBounce(1)]);
  const mailbox = await openMailbox(parseMailboxUrl(urlOf(server.port)));
  const deps = { clock, mailbox, secret: IDENTITY.secret, record: async () => {} };
  const report = await collectBounces(deps, { limit: 10, signal: AbortSignal.abort() });
  expect(report).toEqual({ messages: 0, events: 0, isWhole: false });
  await mailbox.close();
});

test('a refused login is an error that says so', async () => {
  const server = await startImap([]);
  await expect(openMailbox(parseMailboxUrl(urlOf(server.port, 'wrong')))).rejects.toThrow();
});

test.each([
  [
    'imaps://me%40example.org:p%40ss@imap.example.org/Bounces',
    { port: 993, isImplicitTls: true, user: 'me@example.org', password: 'p@ss', folder: 'Bounces' },
  ],
  ['imap://me:x@[::1]', { host: '::1', port: 143, isImplicitTls: false, folder: 'INBOX' }],
])('%s', (url, expected) => {
  expect(parseMailboxUrl(url)).toMatchObject(expected);
});
