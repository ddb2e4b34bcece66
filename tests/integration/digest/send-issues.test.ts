import { expect, onTestFinished, test } from 'vitest';
import { composeIssues } from '#lib/digest/compose-issues.ts';
import { sendIssues } from '#lib/digest/send-issues.ts';
import type { SendInput } from '#lib/digest/send-run.ts';
import { findTally } from '#lib/digest/status-store.ts';
import { isBalanced } from '#lib/digest/tally.ts';
import { createLog } from '#lib/log.ts';
import { parseAddress } from '#lib/mail/address.ts';
import { parseMailbox } from '#lib/mail/message.ts';
import {
  clearDomainFaults,
  insertPause,
  listRests,
  recordDomainFault,
  removePause,
} from '#lib/mail/sending/pace-store.ts';
import { parseSmtpUrl } from '#lib/mail/sending/smtp-target.ts';
import { createSmtpTransport } from '#lib/mail/sending/transport.ts';
import { seededRandom } from '#lib/random.ts';
import { MINUTE_MS } from '#lib/time.ts';
import { type FreshDatabase, freshDatabase } from '../../support/database.ts';
import { startRelay } from '../../support/scripted-relay.ts';
import { insertPapers, insertSubscription, SECRET } from '../../support/subscriptions.ts';

const DUE = '2026-03-02T07:00:00Z';
const FAST: SendInput = { limit: 1_000, connections: 4, pace: { perSecond: 10_000, warmUp: null } };

/** An instance whose subscribers have the addresses given, their issues composed. */
async function instanceOf(addresses: readonly string[], options: { slowMs?: number } = {}) {
  const fresh = await freshDatabase({ now: DUE });
  await insertPapers(fresh.db, { day: '2026-03-02', count: 6 });
  for (const address of addresses) {
    await insertSubscription(fresh.db, { address, dueAt: DUE, hasTrending: false, categories: ['cs.LG'] });
  }
  await compose(fresh);
  const relay = await startRelay({ keepSource: true, ...options });
  const transport = createSmtpTransport({ target: parseSmtpUrl(relay.url), dkimKeys: [], connections: 4 });
  onTestFinished(async () => {
    await transport.close();
    await relay.close();
  });
  const from = parseMailbox('Paperboy <paper@example.org>');
  const returnPath = parseAddress('bounces@example.org');
  if (from === null || returnPath === null) throw new Error('not an address');
  // Turns come as time goes by, which it does beside the hours that a test moves.
  const beganMs = performance.now();
  const clock = { now: () => new Date(fresh.clock.now().getTime() + performance.now() - beganMs) };
  const deps = {
    db: fresh.db,
    clock,
    random: seededRandom(1),
    log: createLog({ clock, output: { write: () => undefined } }, 'error'),
    transport,
    identity: { from, returnPath, secret: SECRET },
    site: { masthead: 'Paperboy', baseUrl: 'https://papers.example.org' },
  };
  const states = async () => {
    const issues = await fresh.db.issue.findMany({ include: { subscription: true } });
    return Object.fromEntries(issues.map((issue) => [issue.subscription?.address ?? '', issue.state]));
  };
  return { ...fresh, relay, deps, states, later: (minutes: number) => move(fresh, minutes) };
}

function move({ clock }: FreshDatabase, minutes: number): void {
  clock.set(new Date(clock.now().getTime() + minutes * MINUTE_MS));
}

function compose({ db, clock }: FreshDatabase) {
  const deps = { db, clock, explainDay: async () => 'Nothing.' };
  return composeIssues(deps, { limit: 1_000 });
}

test('every due issue is submitted once, with its papers and its links', async () => {
  const { deps, relay, states, db } = await instanceOf(['a@x.org', 'b@y.org', 'c@z.org']);
  expect(await sendIssues(deps, FAST)).toEqual({
    submitted: 3,
    deferred: 0,
    rejected: 0,
    uncertain: 0,
    abandoned: 0,
    endedEarly: null,
  });
  expect(await states()).toEqual({ 'a@x.org': 'submitted', 'b@y.org': 'submitted', 'c@z.org': 'submitted' });
  expect(relay.taken.map(({ to }) => to).sort()).toEqual(['a@x.org', 'b@y.org', 'c@z.org']);
  expect(new Set(relay.taken.map(({ messageId }) => messageId)).size).toBe(3);
  const source = relay.taken[0]?.source ?? '';
  expect(source).toContain('A paper 1');
  expect(source).toMatch(
    /^List-Unsubscribe: <https:\/\/papers\.example\.org\/api\/unsubscribe\/[0-9a-z-]+>/m,
  );
  const again = await sendIssues(deps, FAST);
  expect(again.submitted).toBe(0);
  const tally = await findTally(db, '2026-03-02');
  expect(tally).toMatchObject({ audience: 3, counts: { submitted: 3 } });
});

test('greylisted and full mailboxes wait, and are tried again', async () => {
  const { deps, relay, states, later } = await instanceOf(['grey@x.org', 'full@y.org']);
  expect(await sendIssues(deps, FAST)).toMatchObject({ submitted: 0, deferred: 2 });
  expect((await sendIssues(deps, FAST)).deferred).toBe(0);
  later(10);
  expect(await sendIssues(deps, FAST)).toMatchObject({ submitted: 1, deferred: 1 });
  expect(await states()).toEqual({ 'grey@x.org': 'submitted', 'full@y.org': 'deferred' });
  expect(relay.taken).toHaveLength(1);
});

test('a deferral has an end, and the papers of what was given up come again', async () => {
  const { deps, states, later, db, clock } = await instanceOf(['full@y.org']);
  for (let hours = 0; hours < 52; hours += 4) {
    await sendIssues(deps, FAST);
    later(240);
  }
  expect(await states()).toEqual({ 'full@y.org': 'rejected' });
  expect(await db.issuePaper.count()).toBe(0);
  const subscription = await db.subscription.findFirstOrThrow();
  expect(subscription.coveredUntil?.toISOString()).toBe('2026-03-01T07:00:00.000Z');
  await compose({ db, clock, url: '' });
  const issues = await db.issue.findMany({ orderBy: { id: 'desc' } });
  expect(issues[0]?.paperKeys).toHaveLength(6);
});

test('an address that does not exist is rejected and suppressed; a refusal by policy is only rejected', async () => {
  const { deps, states, db } = await instanceOf(['bad@x.org', 'policy@y.org']);
  expect(await sendIssues(deps, FAST)).toMatchObject({ rejected: 2 });
  expect(await states()).toEqual({ 'bad@x.org': 'rejected', 'policy@y.org': 'rejected' });
  expect(await db.suppression.findMany({ select: { folded: true, reason: true } })).toEqual([
    { folded: 'bad@x.org', reason: 'hard_bounce' },
  ]);
});

test('a connection that breaks after DATA leaves an uncertain issue, which is never sent again by itself', async () => {
  const { deps, relay, states, later, db } = await instanceOf(['after@x.org', 'before@y.org', 'c@z.org']);
  expect(await sendIssues(deps, FAST)).toMatchObject({ submitted: 1, uncertain: 2 });
  later(60 * 24);
  await sendIssues(deps, FAST);
  expect(await states()).toEqual({
    'after@x.org': 'uncertain',
    'before@y.org': 'uncertain',
    'c@z.org': 'submitted',
  });
  expect(relay.taken.map(({ to }) => to).sort()).toEqual(['after@x.org', 'c@z.org']);
  // Its papers are not sent a second time either.
  expect(await db.issuePaper.count()).toBe(18);
});

test('a domain that asks for rest gets it, and does not hold up the others', async () => {
  const addresses = Array.from({ length: 12 }, (_, reader) => `r${reader}@busy.org`);
  const { deps, relay, states, later } = await instanceOf([...addresses, 'c@z.org']);
  const report = await sendIssues(deps, FAST);
  expect(report.submitted).toBe(1);
  // Those under way at the first refusal; the rest are left in peace.
  expect(report.deferred).toBeLessThanOrEqual(4);
  const waiting = Object.values(await states()).filter((state) => state === 'due');
  expect(waiting).toHaveLength(12 - report.deferred);
  const second = await sendIssues(deps, FAST);
  expect(second).toMatchObject({ submitted: 0, deferred: 0 });
  later(2);
  expect((await sendIssues(deps, FAST)).deferred).toBeGreaterThan(0);
  expect(relay.taken.map(({ to }) => to)).toEqual(['c@z.org']);
});

test('a domain that takes mail again begins its next rests from the first', async () => {
  const addresses = Array.from({ length: 3 }, (_, reader) => `r${reader}@busy.org`);
  const { deps, relay, later, db } = await instanceOf(addresses);
  const sendOne = () => sendIssues(deps, { ...FAST, limit: 1, connections: 1 });
  const restMinutes = async () => {
    const pace = await db.sendPace.findUniqueOrThrow({ where: { scope: 'busy.org' } });
    return { faults: pace.faults, minutes: (pace.restUntil.getTime() - deps.clock.now().getTime()) / 60_000 };
  };
  for (const [faults, minutes] of [
    [1, 1],
    [2, 2],
    [3, 4],
  ] as const) {
    expect((await sendOne()).deferred).toBe(1);
    const rest = await restMinutes();
    expect(rest.faults).toBe(faults);
    expect(rest.minutes).toBeGreaterThan(minutes - 0.5);
    expect(rest.minutes).toBeLessThanOrEqual(minutes);
    later(10);
  }
  relay.setBusy(false);
  expect((await sendOne()).submitted).toBe(1);
  expect((await restMinutes()).faults).toBe(0);
  relay.setBusy(true);
  later(60);
  expect((await sendOne()).deferred).toBe(1);
  const rest = await restMinutes();
  expect(rest.faults).toBe(1);
  expect(rest.minutes).toBeLessThanOrEqual(1);
});

test('an answer that was on its way does not end the rest of a domain', async () => {
  const { db, clock } = await instanceOf([]);
  const now = clock.now();
  await recordDomainFault(db, 'busy.org', now);
  await clearDomainFaults(db, ['busy.org'], new Date(now.getTime() + 30_000));
  expect(await listRests(db, now)).toMatchObject([{ domain: 'busy.org', faults: 1 }]);
  await clearDomainFaults(db, ['busy.org'], new Date(now.getTime() + 60_000));
  expect(await listRests(db, now)).toEqual([]);
});

test('nothing goes to who unsubscribed, paused or was suppressed between composing and sending', async () => {
  const { deps, relay, states, db } = await instanceOf(['a@x.org', 'b@x.org', 'c@x.org', 'd@x.org']);
  await db.$executeRaw`UPDATE subscription SET state = 'unsubscribed', ended_at = now(), next_due_at = NULL WHERE address = 'a@x.org'`;
  await db.$executeRaw`UPDATE subscription SET state = 'paused', next_due_at = NULL WHERE address = 'b@x.org'`;
  await db.$executeRaw`INSERT INTO suppression VALUES ('c@x.org', 'complaint', '', now())`;
  await sendIssues(deps, FAST);
  expect(relay.taken.map(({ to }) => to)).toEqual(['d@x.org']);
  expect(await states()).toEqual({
    'a@x.org': 'excluded',
    'b@x.org': 'excluded',
    'c@x.org': 'excluded',
    'd@x.org': 'submitted',
  });
  const notes = await db.issue.findMany({ where: { state: 'excluded' }, select: { note: true } });
  expect(notes.map(({ note }) => note).sort()).toEqual(['paused', 'suppressed', 'unsubscribed']);
  const tally = await findTally(db, '2026-03-02');
  expect(tally !== null && isBalanced(tally)).toBe(true);
});

test('while sending is paused nothing leaves', async () => {
  const { deps, relay, db, clock } = await instanceOf(['a@x.org']);
  await insertPause(db, { now: clock.now(), reason: 'because', isByOperator: true });
  expect((await sendIssues(deps, FAST)).submitted).toBe(0);
  expect(relay.taken).toEqual([]);
  await removePause(db);
  expect((await sendIssues(deps, FAST)).submitted).toBe(1);
});

test('many refusals pause the run and say so', async () => {
  const bad = Array.from({ length: 80 }, (_, reader) => `policy${reader}@d${reader}.org`);
  const good = Array.from({ length: 20 }, (_, reader) => `g${reader}@e${reader}.org`);
  const { deps, db, states } = await instanceOf([...bad, ...good]);
  const report = await sendIssues(deps, FAST);
  expect(report.endedEarly).toContain('Refused by policy');
  expect(await db.sendPause.findFirst()).toMatchObject({ isByOperator: false, reason: report.endedEarly });
  const left = Object.values(await states()).filter((state) => state === 'due');
  expect(left.length).toBeGreaterThan(30);
});

test('a relay that cannot be reached ends the run, with everything deferred or still due', async () => {
  const addresses = Array.from({ length: 40 }, (_, reader) => `r${reader}@d${reader}.org`);
  const { deps, relay, states } = await instanceOf(addresses);
  await relay.close();
  const report = await sendIssues(deps, FAST);
  expect(report).toMatchObject({ submitted: 0, rejected: 0, uncertain: 0 });
  expect(report.endedEarly).toBe('The relay cannot be reached.');
  expect(new Set(Object.values(await states()))).toEqual(new Set(['deferred', 'due']));
});

test('told to stop, a worker finishes what is in flight and begins nothing more', async () => {
  const addresses = Array.from({ length: 30 }, (_, reader) => `slow${reader}@d${reader}.org`);
  const { deps, relay, states, db } = await instanceOf(addresses, { slowMs: 100 });
  const stop = new AbortController();
  const sending = sendIssues(deps, { ...FAST, signal: stop.signal });
  while (relay.taken.length < 6) await new Promise((resolve) => setImmediate(resolve));
  stop.abort();
  const report = await sending;
  expect(report.uncertain).toBe(0);
  const counts = Object.values(await states());
  expect(counts.filter((state) => state === 'submitted')).toHaveLength(relay.taken.length);
  expect(counts.filter((state) => state === 'due')).toHaveLength(30 - relay.taken.length);
  expect(await db.issue.count({ where: { holder: { not: null } } })).toBe(0);
});

test('two workers share the work, and nobody gets an issue twice', async () => {
  const addresses = Array.from({ length: 60 }, (_, reader) => `r${reader}@d${reader}.org`);
  const { deps, relay } = await instanceOf(addresses);
  const other = { ...deps, random: seededRandom(2) };
  await Promise.all([sendIssues(deps, FAST), sendIssues(other, FAST)]);
  expect(relay.taken.map(({ to }) => to).sort()).toEqual([...addresses].sort());
});

test('what a dead worker had begun becomes uncertain, and what it had only claimed is sent', async () => {
  const { deps, relay, db, states, later } = await instanceOf(['a@x.org', 'b@y.org']);
  const until = new Date('2026-03-02T07:01:00Z');
  await db.$executeRaw`UPDATE issue SET holder = 'dead', lease_until = ${until}`;
  await db.$executeRaw`
    UPDATE issue SET state = 'submitting' FROM subscription
    WHERE subscription.id = subscription_id AND address = 'a@x.org'`;
  expect(await sendIssues(deps, FAST)).toMatchObject({ submitted: 0, abandoned: 0 });
  later(2);
  expect(await sendIssues(deps, FAST)).toMatchObject({ submitted: 1, abandoned: 1 });
  expect(await states()).toEqual({ 'a@x.org': 'uncertain', 'b@y.org': 'submitted' });
  expect(relay.taken.map(({ to }) => to)).toEqual(['b@y.org']);
});

test('a run that finds nothing, or is not let through, uses up nothing of a warming-up sender’s day', async () => {
  const { deps, relay, db, states } = await instanceOf([
    'a@x.org',
    'r1@busy.org',
    'r2@busy.org',
    'r3@busy.org',
  ]);
  const pace = { perSecond: 10_000, warmUp: { day: '2026-03-02', messagesMax: 4 } };
  const input = { ...FAST, connections: 1, pace };
  expect((await sendIssues(deps, { ...input, limit: 1 })).submitted).toBe(1);
  // One is refused; its domain rests, and the two others are let go.
  expect((await sendIssues(deps, input)).deferred).toBe(1);
  for (let run = 0; run < 5; run += 1) expect((await sendIssues(deps, input)).submitted).toBe(0);
  const used = await db.requestCount.findMany({ where: { scope: 'warm-up' } });
  expect(used.map(({ count }) => count)).toEqual([2]);
  expect(Object.values(await states()).filter((state) => state === 'due')).toHaveLength(2);
  expect(relay.taken).toHaveLength(1);
});

test('the pace holds over workers, and a warming-up sender stops at its allowance', async () => {
  const addresses = Array.from({ length: 10 }, (_, reader) => `r${reader}@d${reader}.org`);
  const { deps, relay, states } = await instanceOf(addresses);
  const pace = { perSecond: 10_000, warmUp: { day: '2026-03-02', messagesMax: 4 } };
  await Promise.all([
    sendIssues(deps, { ...FAST, pace }),
    sendIssues({ ...deps, random: seededRandom(2) }, { ...FAST, pace }),
  ]);
  expect(relay.taken).toHaveLength(4);
  expect(Object.values(await states()).filter((state) => state === 'due')).toHaveLength(6);
});
