import { expect, test } from 'vitest';
import { fixedClock } from '#lib/clock.ts';
import { parseConfig } from '#lib/config/parse.ts';
import { collectFromMailbox } from '#lib/jobs/mail-jobs.ts';
import { freshDatabase } from '../../support/database.ts';
import { startImap } from '../../support/imap.ts';
import { IDENTITY } from '../../support/mail.ts';

function configOf(variables: Record<string, string>) {
  const config = parseConfig(variables, '/');
  if (Array.isArray(config)) throw new Error('The variables are wrong.');
  return config;
}

test('a bounce nobody can prove is read and suppresses nobody', async () => {
  const forged = Buffer.from(
    'Return-Path: <>\r\nFrom: MAILER-DAEMON@mx.example.net\r\nTo: <bounces+i.1z.aaaaaaaaaaaaaaaa@example.org>\r\n' +
      'Message-ID: <1@mx>\r\nSubject: failure notice\r\n\r\n<reader@example.net>:\r\n550 5.1.1 no such user\r\n',
  );
  const server = await startImap([forged]);
  const { db } = await freshDatabase();
  const config = configOf({ BOUNCE_MAILBOX: `imap://me:secret@127.0.0.1:${server.port}` });
  const clock = fixedClock('2026-11-24T12:00:00Z');
  const identity = () => Promise.resolve(IDENTITY);
  expect(await collectFromMailbox({ db, clock, config, identity })).toEqual({
    messages: 1,
    events: 1,
    suppressed: 0,
    unsubscribed: 0,
  });
  expect(server.seen.size).toBe(1);
});

test('without a mailbox there is nothing to do', async () => {
  const { db } = await freshDatabase();
  const deps = {
    db,
    clock: fixedClock('2026-11-24T12:00:00Z'),
    config: configOf({}),
    identity: () => Promise.resolve(IDENTITY),
  };
  expect(await collectFromMailbox(deps)).toEqual({ messages: 0 });
});
