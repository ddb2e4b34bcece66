import { expect, test } from 'vitest';
import { liftSuppression } from '#lib/mail/lift-suppression.ts';
import type { MailEvent } from '#lib/mail/mail-event.ts';
import { recordMailEvents } from '#lib/mail/record-mail-events.ts';
import { findSuppression } from '#lib/mail/store.ts';
import { freshDatabase } from '../../support/database.ts';

const ADDRESS = 'Reader@Example.net';
const WISH = { address: ADDRESS, by: 'Ada', reason: 'the mailbox is back', isEvenAfterComplaint: false };

function anEvent(kind: MailEvent['kind'], at: Date): MailEvent {
  const eventId = `${kind} ${at.toISOString()}`;
  const message = { issueToken: null, mailKind: null };
  return { address: 'reader@example.net', kind, provider: 'ses', at, detail: '5.1.1', eventId, ...message };
}

test('an address that bounced may be mailed again, and who let it is recorded', async () => {
  const { db, clock } = await freshDatabase({ now: '2026-03-02T07:00:00Z' });
  await recordMailEvents({ db, clock }, [anEvent('hard', clock.now())]);
  expect(await liftSuppression({ db, clock }, WISH)).toMatchObject({
    kind: 'lifted',
    suppression: { reason: 'hard-bounce', hasComplained: false },
  });
  expect(await findSuppression(db, 'reader@example.net')).toBeNull();
  expect(await db.mailEvent.findFirst({ where: { provider: 'operator' } })).toMatchObject({
    folded: 'reader@example.net',
    detail: 'suppression (hard-bounce, 2026-03-02) lifted by Ada: the mailbox is back',
  });
  expect(await liftSuppression({ db, clock }, WISH)).toEqual({ kind: 'not-suppressed' });
  expect(await db.mailEvent.count({ where: { provider: 'operator' } })).toBe(1);
  // It is no pardon for what comes later.
  clock.set(new Date('2026-03-03T07:00:00Z'));
  await recordMailEvents({ db, clock }, [anEvent('hard', clock.now())]);
  expect(await findSuppression(db, 'reader@example.net')).toMatchObject({ reason: 'hard-bounce' });
});

test('a complaint is lifted with its own word only, also where the address had bounced before', async () => {
  const { db, clock } = await freshDatabase({ now: '2026-03-02T07:00:00Z' });
  await recordMailEvents({ db, clock }, [anEvent('hard', clock.now()), anEvent('complaint', clock.now())]);
  const outcome = await liftSuppression({ db, clock }, WISH);
  expect(outcome).toMatchObject({ kind: 'has-complained', suppression: { reason: 'hard-bounce' } });
  expect(await findSuppression(db, 'reader@example.net')).not.toBeNull();
  const insisted = await liftSuppression({ db, clock }, { ...WISH, isEvenAfterComplaint: true });
  expect(insisted.kind).toBe('lifted');
  expect(await findSuppression(db, 'reader@example.net')).toBeNull();
});

test('soft bounces from before do not count any more', async () => {
  const { db, clock } = await freshDatabase({ now: '2026-03-02T07:00:00Z' });
  const bounceOn = async (day: string) => {
    clock.set(new Date(`2026-03-${day}T07:00:00Z`));
    await recordMailEvents({ db, clock }, [anEvent('soft', clock.now())]);
    return (await findSuppression(db, 'reader@example.net')) !== null;
  };
  for (const day of ['02', '03', '04']) expect(await bounceOn(day)).toBe(false);
  expect(await bounceOn('05')).toBe(true);
  clock.set(new Date('2026-03-05T12:00:00Z'));
  expect((await liftSuppression({ db, clock }, WISH)).kind).toBe('lifted');
  for (const day of ['06', '07', '08']) expect(await bounceOn(day)).toBe(false);
  expect(await bounceOn('09')).toBe(true);
});

test('what is not suppressed, or no address, is said to be so', async () => {
  const { db, clock } = await freshDatabase();
  expect(await liftSuppression({ db, clock }, WISH)).toEqual({ kind: 'not-suppressed' });
  expect(await liftSuppression({ db, clock }, { ...WISH, address: 'reader' })).toEqual({
    kind: 'not-an-address',
  });
});
