/** Sends the letters that people wait for: soon after they asked, and again later where the relay says so. */
import type { RenderedMail } from '#emails/digest.ts';
import { renderLostLink } from '#emails/lost-link.ts';
import { renderOptIn } from '#emails/opt-in.ts';
import { parseAddress, toAddressKey } from '#lib/mail/address.ts';
import { composeMail, type OutgoingMail } from '#lib/mail/message.ts';
import { toMessageToken } from '#lib/mail/return-path.ts';
import { type SendDeps, type SendResult, toSendResult } from '#lib/mail/sending/attempt.ts';
import type { SubmitOutcome } from '#lib/mail/sending/submit-outcome.ts';
import { insertSuppression } from '#lib/mail/store.ts';
import { DAY_MS, MINUTE_MS } from '#lib/time.ts';
import { beginLetters, type ClaimedLetter, markLettersUncertain, recordLetter } from './letter-store.ts';
import { insertToken } from './request-store.ts';
import { listSubscriptions } from './store.ts';
import { CONFIRMATION_MS, describeSchedule, describeTopics, type Subscription } from './subscription.ts';
import { CONFIRMATION_BYTES, hashToken, toLinkToken } from './token.ts';

export type LetterReport = { readonly [state in SendResult['state']]: number };

/** Beyond the time-outs of one conversation. */
const LEASE_MS = 15 * MINUTE_MS;
const BATCH = 8;

export async function sendLetters(
  deps: SendDeps,
  input: { limit: number; signal?: AbortSignal },
): Promise<LetterReport> {
  const report = { submitted: 0, deferred: 0, rejected: 0, uncertain: 0 };
  await markLettersUncertain(deps.db, deps.clock.now());
  for (let begun = 0; begun < input.limit && input.signal?.aborted !== true; ) {
    const now = deps.clock.now();
    const letters = await beginLetters(deps.db, {
      holder: deps.random.token(12),
      limit: Math.min(BATCH, input.limit - begun),
      now,
      leaseUntil: new Date(now.getTime() + LEASE_MS),
    });
    if (letters.length === 0) break;
    begun += letters.length;
    const states = await Promise.all(letters.map((letter) => sendLetter(deps, letter)));
    for (const state of states) report[state] += 1;
  }
  return report;
}

async function sendLetter(deps: SendDeps, letter: ClaimedLetter): Promise<SendResult['state']> {
  const mail = await writeLetter(deps, letter);
  const outcome: SubmitOutcome =
    mail === null
      ? { kind: 'rejected', reply: 'there is nothing left to write about', isAddressBad: false }
      : await deps.transport.submit(mail);
  const result = toSendResult(deps, { ...letter, firstAt: letter.createdAt, isLetter: true }, outcome);
  const address = parseAddress(letter.address);
  if (outcome.kind === 'rejected' && outcome.isAddressBad && address !== null) {
    const detail = outcome.reply;
    const folded = toAddressKey(address);
    await insertSuppression(deps.db, { folded, reason: 'hard-bounce', detail, now: deps.clock.now() });
  }
  await recordLetter(deps.db, result, deps.clock.now());
  return result.state;
}

/** Null where what it is about is gone, or its address cannot be mailed. */
async function writeLetter(deps: SendDeps, letter: ClaimedLetter): Promise<OutgoingMail | null> {
  const to = parseAddress(letter.address);
  const subscriptions = await listSubscriptions(deps.db, letter.subscriberId);
  const about = subscriptions.find(({ id }) => id === letter.subscriptionId);
  if (to === null) return null;
  if (letter.kind !== 'confirmation') {
    const known = subscriptions.filter(({ state }) => state !== 'pending');
    if (known.length === 0) return null;
    const rendered = renderManageLetter(deps, letter, known);
    return composeLetter(deps, letter, { to, rendered, unsubscribeUrl: null, kind: 'service' });
  }
  if (about === undefined) return null;
  const unsubscribe = toLinkToken(deps.identity.secret, 'unsubscribe', about.id);
  const rendered = await renderConfirmation(deps, about, unsubscribe);
  const unsubscribeUrl = `${deps.site.baseUrl}/api/unsubscribe/${unsubscribe}`;
  return composeLetter(deps, letter, { to, rendered, unsubscribeUrl, kind: 'opt-in' });
}

function composeLetter(
  deps: SendDeps,
  letter: ClaimedLetter,
  content: {
    to: Parameters<typeof composeMail>[1]['to'];
    rendered: RenderedMail;
    unsubscribeUrl: string | null;
    kind: 'opt-in' | 'service';
  },
): OutgoingMail {
  const { rendered, ...rest } = content;
  const token = toMessageToken({ kind: 'letter', id: letter.id });
  return composeMail(deps.identity, { ...rest, ...rendered, token, date: deps.clock.now() });
}

/** The token is made here and its hash stored, so that it is nowhere but in the mail. */
async function renderConfirmation(
  { db, random, clock, site }: SendDeps,
  subscription: Subscription,
  unsubscribe: string,
): Promise<RenderedMail> {
  const token = random.token(CONFIRMATION_BYTES);
  const expiresAt = new Date(clock.now().getTime() + CONFIRMATION_MS);
  await insertToken(db, { hash: hashToken(token), subscriptionId: subscription.id, expiresAt });
  return renderOptIn({
    masthead: site.masthead,
    siteUrl: site.baseUrl,
    subscription: describeRequest(subscription),
    confirmUrl: `${site.baseUrl}/confirm/${token}`,
    validFor: `${CONFIRMATION_MS / DAY_MS} days`,
    unsubscribeUrl: `${site.baseUrl}/unsubscribe/${unsubscribe}`,
  });
}

function renderManageLetter(
  { identity, site }: SendDeps,
  { subscriberId }: ClaimedLetter,
  subscriptions: readonly Subscription[],
): RenderedMail {
  const manageUrl = `${site.baseUrl}/manage/${toLinkToken(identity.secret, 'manage', subscriberId)}`;
  return renderLostLink({
    masthead: site.masthead,
    siteUrl: site.baseUrl,
    subscriptions: subscriptions.map((subscription) => ({
      words: describeSubscription(subscription),
      manageUrl: `${manageUrl}#subscription-${subscription.id}`,
    })),
  });
}

/** Without the words of its queries: whoever asked may be a stranger who wants them read. */
function describeRequest(subscription: Subscription): string {
  const count = subscription.queries.length;
  const searches = count === 0 ? [] : [count === 1 ? 'a search' : `${count} searches`];
  const topics = describeTopics({ ...subscription, queries: [] }, searches);
  return `${topics.charAt(0).toUpperCase()}${topics.slice(1)}. ${describeSchedule(subscription)}`;
}

function describeSubscription(subscription: Subscription): string {
  return `${describeTopics(subscription)}. ${describeSchedule(subscription)}`;
}
