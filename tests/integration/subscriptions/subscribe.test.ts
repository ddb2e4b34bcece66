import { expect, onTestFinished, test } from 'vitest';
import { createLog } from '#lib/log.ts';
import { parseAddress } from '#lib/mail/address.ts';
import { parseMailbox } from '#lib/mail/message.ts';
import { recordMailEvents } from '#lib/mail/record-mail-events.ts';
import { parseSmtpUrl } from '#lib/mail/sending/smtp-target.ts';
import { createSmtpTransport } from '#lib/mail/sending/transport.ts';
import { seededRandom } from '#lib/random.ts';
import {
  changeSubscription,
  pauseSubscription,
  resumeSubscription,
  unsubscribeByLink,
} from '#lib/subscriptions/change-subscription.ts';
import { confirmSubscription } from '#lib/subscriptions/confirm-subscription.ts';
import { eraseSubscriber, findPersonalData } from '#lib/subscriptions/data-store.ts';
import { purgeRequests } from '#lib/subscriptions/request-store.ts';
import { requestManageLink, requestSubscription } from '#lib/subscriptions/request-subscription.ts';
import { sendLetters } from '#lib/subscriptions/send-letters.ts';
import { listSubscriptions, markAllUnsubscribed } from '#lib/subscriptions/store.ts';
import type { Choices } from '#lib/subscriptions/subscription.ts';
import { toLinkToken } from '#lib/subscriptions/token.ts';
import { HOUR_MS } from '#lib/time.ts';
import { freshDatabase } from '../../support/database.ts';
import { startRelay } from '../../support/scripted-relay.ts';
import { SECRET, someChoices } from '../../support/subscriptions.ts';

/** An instance with a relay; `ask` subscribes, `post` sends what is due and returns the newest letter. */
async function anInstance(now = '2026-03-02T06:00:00Z') {
  const { db, clock } = await freshDatabase({ now });
  const relay = await startRelay({ keepSource: true });
  const transport = createSmtpTransport({ target: parseSmtpUrl(relay.url), dkimKeys: [], connections: 2 });
  onTestFinished(async () => {
    await transport.close();
    await relay.close();
  });
  const from = parseMailbox('Paperboy <paper@example.org>');
  const returnPath = parseAddress('bounces@example.org');
  if (from === null || returnPath === null) throw new Error('not an address');
  const slept: number[] = [];
  const sleep = async (ms: number) => {
    slept.push(ms);
  };
  const deps = {
    db,
    clock,
    random: seededRandom(7),
    log: createLog({ clock, output: { write: () => undefined } }, 'error'),
    transport,
    identity: { from, returnPath, secret: SECRET },
    site: { masthead: 'Paperboy', baseUrl: 'https://papers.example.org' },
    secret: SECRET,
    sleep,
  };
  const ask = (address: string, choices: Partial<Choices> = {}, ip = '192.0.2.1') =>
    requestSubscription(deps, { address, ip, choices: someChoices(choices) });
  const post = async () => {
    await sendLetters(deps, { limit: 100 });
    return relay.taken.at(-1)?.source ?? '';
  };
  const later = (hours: number) => clock.set(new Date(clock.now().getTime() + hours * HOUR_MS));
  return { db, clock, relay, deps, ask, post, later, slept };
}

/** The token of a link in a letter; soft line breaks of quoted-printable are undone. */
function tokenIn(source: string, path: string): string {
  const text = source.replace(/=\r\n/g, '').replace(/=3D/g, '=');
  return new RegExp(`https://papers\\.example\\.org/${path}/([\\w-]+)`).exec(text)?.[1] ?? '';
}

test('a request sends one letter, and nothing is active before its link is confirmed', async () => {
  const { ask, post, deps, db, relay } = await anInstance();
  expect(await ask('reader@x.org')).toBe('accepted');
  const token = tokenIn(await post(), 'confirm');
  expect(relay.taken).toHaveLength(1);
  expect(await db.subscription.findMany({ select: { state: true } })).toEqual([{ state: 'pending' }]);
  const outcome = await confirmSubscription(deps, token);
  expect(outcome).toMatchObject({ kind: 'confirmed', nextDueAt: new Date('2026-03-02T07:00:00Z') });
  expect(await confirmSubscription(deps, token)).toMatchObject({ kind: 'already-confirmed' });
  expect(await db.subscription.findFirst()).toMatchObject({
    state: 'active',
    nextDueAt: new Date('2026-03-02T07:00:00Z'),
    coveredUntil: new Date('2026-03-01T07:00:00Z'),
  });
});

test('links that are old, unknown or used for what has ended since activate nothing', async () => {
  const { ask, post, deps, later, db } = await anInstance();
  await ask('reader@x.org');
  const token = tokenIn(await post(), 'confirm');
  expect((await confirmSubscription(deps, 'no-such-token')).kind).toBe('link-unknown');
  later(24 * 7 + 1);
  expect((await confirmSubscription(deps, token)).kind).toBe('link-expired');
  expect(await db.subscription.count({ where: { state: 'active' } })).toBe(0);
  await ask('reader@x.org');
  const fresh = tokenIn(await post(), 'confirm');
  await confirmSubscription(deps, fresh);
  await db.$executeRaw`UPDATE subscription SET state = 'unsubscribed', ended_at = now(), next_due_at = NULL`;
  expect((await confirmSubscription(deps, fresh)).kind).toBe('link-expired');
});

test('asking again while pending sends a fresh letter about the same subscription, a bounded number of times', async () => {
  const { ask, post, db, relay } = await anInstance();
  for (let attempt = 0; attempt < 6; attempt += 1) {
    expect(await ask('reader@x.org', { hour: attempt })).toBe('accepted');
    await post();
  }
  expect(relay.taken).toHaveLength(3);
  expect(await db.subscription.findMany({ select: { hour: true } })).toEqual([{ hour: 5 }]);
});

test('the answer, its time and its statements are the same for a known and an unknown address', async () => {
  const { ask, post, deps, slept, relay } = await anInstance();
  await ask('known@x.org');
  await confirmSubscription(deps, tokenIn(await post(), 'confirm'));
  const before = slept.length;
  expect(await ask('known@x.org')).toBe('accepted');
  expect(await ask('unknown@x.org')).toBe('accepted');
  expect(slept.slice(before)).toEqual([250, 250]);
  await post();
  const [, toKnown, toUnknown] = [...relay.taken].sort((one, other) => one.to.localeCompare(other.to));
  // One letter each; the known one gets the way to what it has.
  expect([toKnown?.to, toUnknown?.to]).toEqual(['known@x.org', 'unknown@x.org']);
  expect(tokenIn(toKnown?.source ?? '', 'manage')).not.toBe('');
  expect(tokenIn(toKnown?.source ?? '', 'confirm')).toBe('');
});

test('a suppressed mailbox gets the same answer and no letter', async () => {
  const { ask, post, db, relay } = await anInstance();
  await db.$executeRaw`INSERT INTO suppression VALUES ('gone@x.org', 'hard-bounce', '', now())`;
  expect(await ask('Gone@x.org')).toBe('accepted');
  await post();
  expect(relay.taken).toEqual([]);
});

test('a network that asks too often is told so; spellings of one mailbox share its limit', async () => {
  const { ask, post, relay } = await anInstance();
  for (const spelling of ['a.b@gmail.com', 'ab@gmail.com', 'a.b+1@gmail.com', 'AB+2@googlemail.com']) {
    await ask(spelling);
  }
  await post();
  expect(relay.taken).toHaveLength(3);
  const outcomes = [];
  for (let reader = 0; reader < 31; reader += 1)
    outcomes.push(await ask(`r${reader}@x.org`, {}, '2001:db8:0:1::9'));
  expect(outcomes.slice(0, 30)).toEqual(Array(30).fill('accepted'));
  expect(outcomes[30]).toBe('too-many-requests');
  expect(await ask('r@x.org', {}, '2001:db8:0:ff::1')).toBe('too-many-requests');
  expect(await ask('r@x.org', {}, '2001:db8:0:100::1')).toBe('accepted');
});

test('a network that is refused does not use up what all networks share', async () => {
  const { ask, db } = await anInstance();
  for (let count = 0; count < 40; count += 1) await ask(`r${count}@x.org`, {}, '192.0.2.9');
  expect(await db.requestCount.findFirst({ where: { scope: 'all-hour' } })).toMatchObject({ count: 30 });
});

test('requests of strangers never lock a mailbox out: the oldest unconfirmed one gives way', async () => {
  const { ask, post, deps, db, later } = await anInstance();
  for (let count = 0; count < 25; count += 1) {
    await ask('reader@x.org', { queries: [`query ${count}`] }, `192.0.2.${count}`);
    later(1);
  }
  expect(await db.subscription.count()).toBe(20);
  expect(await db.subscription.count({ where: { queries: { has: 'query 0' } } })).toBe(0);
  later(48);
  await ask('reader@x.org', { categories: ['cs.CL'] });
  const outcome = await confirmSubscription(deps, tokenIn(await post(), 'confirm'));
  expect(outcome).toMatchObject({ kind: 'confirmed', subscription: { categories: ['cs.CL'] } });
});

test('confirmed subscriptions never give way', async () => {
  const { ask, post, deps, db, later } = await anInstance();
  await ask('reader@x.org', { categories: ['cs.CL'] });
  await confirmSubscription(deps, tokenIn(await post(), 'confirm'));
  for (let count = 0; count < 25; count += 1) {
    later(1);
    await ask('reader@x.org', { queries: [`query ${count}`] }, `192.0.2.${count}`);
  }
  expect(await db.subscription.count()).toBe(20);
  expect(await db.subscription.count({ where: { state: 'active' } })).toBe(1);
});

test('a letter that nobody has confirmed shows no text of whoever asked', async () => {
  const { ask, post } = await anInstance();
  await ask('reader@x.org', { categories: ['cs.CL'], queries: ['call 555 now', 'win a prize'] });
  const source = (await post()).replace(/=\r\n/g, '');
  expect(source).toContain('Trending papers, cs.CL and 2 searches');
  expect(source).not.toMatch(/555|prize/);
});

test('what is no address that can be mailed is refused', async () => {
  const { ask } = await anInstance();
  expect(await ask('nobody')).toBe('address-invalid');
  expect(await ask('a@b.org\r\nBcc: c@d.org')).toBe('address-invalid');
});

test('the one-click link of the opt-in mail withdraws the request, also when repeated', async () => {
  const { ask, post, deps, db } = await anInstance();
  await ask('reader@x.org');
  const source = await post();
  const confirm = tokenIn(source, 'confirm');
  const token = tokenIn(source, 'api/unsubscribe');
  expect(await unsubscribeByLink(deps, token)).toBe('unsubscribed');
  expect(await unsubscribeByLink(deps, token)).toBe('unsubscribed');
  expect((await confirmSubscription(deps, confirm)).kind).toBe('link-expired');
  expect(await db.subscription.findFirst()).toMatchObject({ state: 'unsubscribed' });
  expect(await unsubscribeByLink(deps, 'forged-aaaaaaaaaaaaaaaaaaaa')).toBe('link-unknown');
  // A link for managing ends nothing by one click.
  expect(await unsubscribeByLink(deps, toLinkToken(SECRET, 'manage', 1))).toBe('link-unknown');
});

test('subscribing again after leaving keeps the memory of what was sent', async () => {
  const { ask, post, deps, db } = await anInstance();
  await ask('reader@x.org');
  await confirmSubscription(deps, tokenIn(await post(), 'confirm'));
  const { id } = await db.subscription.findFirstOrThrow();
  await unsubscribeByLink(deps, toLinkToken(SECRET, 'unsubscribe', id));
  await ask('reader@x.org', { papersMax: 20 });
  await confirmSubscription(deps, tokenIn(await post(), 'confirm'));
  expect(await db.subscription.findMany({ select: { id: true, state: true, papersMax: true } })).toEqual([
    { id, state: 'active', papersMax: 20 },
  ]);
});

test('a subscription can be changed, paused until a day, resumed and left, one or all', async () => {
  const { ask, post, deps, db, clock } = await anInstance();
  await ask('reader@x.org');
  await confirmSubscription(deps, tokenIn(await post(), 'confirm'));
  await ask('reader@x.org', { hasTrending: false, categories: ['cs.CL'] });
  await confirmSubscription(deps, tokenIn(await post(), 'confirm'));
  const [second, first] = await listSubscriptions(db, 1);
  if (first === undefined || second === undefined) throw new Error('two are expected');
  const mine = { id: first.id, subscriberId: 1 };
  const changed = someChoices({ cadence: 'weekly', weekday: 3, hour: 18, zone: 'Europe/Berlin' });
  expect(await changeSubscription(deps, { ...mine, choices: changed })).toBe('changed');
  expect((await db.subscription.findFirst({ where: { id: first.id } }))?.nextDueAt).toEqual(
    new Date('2026-03-04T17:00:00Z'),
  );
  expect(await changeSubscription(deps, { ...mine, subscriberId: 2, choices: changed })).toBe('not-found');
  expect(await pauseSubscription(deps, { ...mine, resumeOn: '2026-03-01' })).toBe('day-past');
  expect(await pauseSubscription(deps, { ...mine, resumeOn: '2026-04-01' })).toBe('paused');
  expect(await db.subscription.findFirst({ where: { id: first.id } })).toMatchObject({
    state: 'paused',
    nextDueAt: new Date('2026-04-01T16:00:00Z'),
  });
  expect(await resumeSubscription(deps, mine)).toBe('resumed');
  expect(await markAllUnsubscribed(db, 1, clock.now())).toBe(2);
});

test('all that is kept of a mailbox can be taken away, and erased', async () => {
  const { ask, post, deps, db, clock } = await anInstance();
  await ask('reader@x.org');
  await confirmSubscription(deps, tokenIn(await post(), 'confirm'));
  await db.$executeRaw`
    INSERT INTO issue (subscription_id, edition_on, window_from, window_to, state, composed_at, send_at)
    VALUES (1, '2026-03-02', '2026-03-01', '2026-03-02', 'due', now(), now())`;
  expect(await findPersonalData(db, 1)).toMatchObject({
    address: 'reader@x.org',
    subscriptions: [{ address: 'reader@x.org', state: 'active' }],
    issues: [{ edition_on: '2026-03-02', state: 'due' }],
    letters: [{ kind: 'confirmation', state: 'submitted' }],
  });
  expect(await eraseSubscriber(db, 1, clock.now())).toBe(true);
  expect(await findPersonalData(db, 1)).toBeNull();
  expect(await db.subscription.count()).toBe(0);
  expect(await db.letter.count()).toBe(0);
  expect(await db.issue.findFirst()).toMatchObject({ subscriptionId: null, state: 'excluded' });
});

test('a lost link is sent again to a mailbox that has one, and to no other', async () => {
  const { ask, post, deps, relay } = await anInstance();
  await ask('reader@x.org');
  await confirmSubscription(deps, tokenIn(await post(), 'confirm'));
  const visitor = { ip: '192.0.2.7' };
  expect(await requestManageLink(deps, { ...visitor, address: 'stranger@x.org' })).toBe('accepted');
  expect(await requestManageLink(deps, { ...visitor, address: 'reader@x.org' })).toBe('accepted');
  const source = await post();
  expect(relay.taken.map(({ to }) => to)).toEqual(['reader@x.org', 'reader@x.org']);
  expect(tokenIn(source, 'manage')).toBe(toLinkToken(SECRET, 'manage', 1));
});

test('requests that nobody confirmed are forgotten after two weeks', async () => {
  const { ask, db, clock, later } = await anInstance();
  await ask('reader@x.org');
  later(24 * 15);
  await purgeRequests(db, clock.now());
  expect(await db.subscriber.count()).toBe(0);
  expect(await db.requestCount.count()).toBe(0);
});

test('hard bounces and complaints suppress at once, soft ones on the fourth day in two weeks, and nothing twice', async () => {
  const { deps, db, clock } = await anInstance();
  const event = {
    provider: 'ses',
    at: clock.now(),
    detail: '5.1.1',
    issueToken: null,
    mailKind: null,
  } as const;
  const report = await recordMailEvents(deps, [
    { ...event, address: 'hard@x.org', kind: 'hard', eventId: '1' },
    { ...event, address: 'Spam@x.org', kind: 'complaint', eventId: '2' },
    { ...event, address: 'away@x.org', kind: 'auto-reply', eventId: '3' },
    { ...event, address: 'hard@x.org', kind: 'hard', eventId: '1' },
    // Anybody can write this to the mailbox.
    { ...event, address: 'victim@x.org', kind: 'hard', eventId: '4', provider: 'mailbox' },
  ]);
  expect(report).toEqual({ recorded: 4, ignored: 1, suppressed: 2, unsubscribed: 0 });
  const soft = (day: number, eventId: string) =>
    recordMailEvents(deps, [
      { ...event, address: 'full@x.org', kind: 'soft', eventId, at: new Date(Date.UTC(2026, 1, 20 + day)) },
    ]);
  for (const [day, id] of [
    [0, 'a'],
    [0, 'b'],
    [1, 'c'],
    [2, 'd'],
  ] as const) {
    expect((await soft(day, id)).suppressed).toBe(0);
  }
  expect((await soft(3, 'e')).suppressed).toBe(1);
  const suppressed = await db.suppression.findMany({ orderBy: { folded: 'asc' } });
  expect(suppressed.map(({ folded, reason }) => [folded, reason])).toEqual([
    ['full@x.org', 'soft_bounces'],
    ['hard@x.org', 'hard_bounce'],
    ['spam@x.org', 'complaint'],
  ]);
});

test('a mail to the unsubscribe address of a message ends its subscription', async () => {
  const { ask, post, deps, db, clock } = await anInstance();
  await ask('reader@x.org');
  await confirmSubscription(deps, tokenIn(await post(), 'confirm'));
  const letter = await db.letter.findFirstOrThrow();
  const report = await recordMailEvents(deps, [
    {
      address: null,
      kind: 'unsubscribe',
      provider: 'mailbox',
      at: clock.now(),
      detail: '',
      issueToken: `l-${letter.id.toString(36)}`,
      mailKind: null,
      eventId: 'u',
    },
  ]);
  expect(report).toMatchObject({ unsubscribed: 1 });
  expect(await db.subscription.findFirst()).toMatchObject({ state: 'unsubscribed' });
});
