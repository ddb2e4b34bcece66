/** One webhook request of any provider: proved to be the provider's, then read. */

import type { MailConfig } from '#lib/config/parse.ts';
import type { Clock } from '../../clock.ts';
import type { MailEvent } from '../mail-event.ts';
import { parseMailgunEvents } from './mailgun.ts';
import { parsePostmarkEvents } from './postmark.ts';
import { parseSendgridEvents } from './sendgrid.ts';
import { parseSesEvents } from './ses.ts';
import { isSignedBySns, parseSnsMessage, type SnsSource } from './sns-source.ts';
import type { WebhookRequest } from './webhook.ts';

export const PROVIDERS = ['ses', 'sendgrid', 'postmark', 'mailgun'] as const;
export type Provider = (typeof PROVIDERS)[number];

/** `refused`: not proved to be the provider's, whatever the reason; the caller is told no more. */
export type ReadOutcome =
  | { readonly kind: 'read'; readonly events: readonly MailEvent[] }
  | { readonly kind: 'refused' }
  | { readonly kind: 'not-configured' };

type Deps = { readonly clock: Clock; readonly sns: SnsSource };

/** Throws where the network does, on the way to SES's certificate: the provider will try again. */
export async function readMailEvents(
  deps: Deps,
  provider: Provider,
  request: WebhookRequest,
  { webhooks, secret }: { webhooks: MailConfig['webhooks']; secret: string },
): Promise<ReadOutcome> {
  const now = deps.clock.now();
  const { sesTopics, sendgridKey, postmarkSecret, mailgunKey } = webhooks;
  if (provider === 'ses') {
    if (sesTopics.length === 0) return { kind: 'not-configured' };
    return toOutcome(await readSes(deps, request, sesTopics, secret));
  }
  if (provider === 'sendgrid') return withKey(sendgridKey, (key) => parseSendgridEvents(request, key, now));
  if (provider === 'postmark')
    return withKey(postmarkSecret, (key) => parsePostmarkEvents(request, key, now));
  return withKey(mailgunKey, (key) => parseMailgunEvents(request, key, now));
}

function withKey(key: string | null, parse: (key: string) => readonly MailEvent[] | null): ReadOutcome {
  return key === null ? { kind: 'not-configured' } : toOutcome(parse(key));
}

function toOutcome(events: readonly MailEvent[] | null): ReadOutcome {
  return events === null ? { kind: 'refused' } : { kind: 'read', events };
}

async function readSes(
  { clock, sns }: Deps,
  request: WebhookRequest,
  topics: readonly string[],
  secret: string,
): Promise<readonly MailEvent[] | null> {
  const message = parseSnsMessage(request.body);
  // Anyone can have a topic of their own, signed just as well.
  if (message === null || !topics.includes(message.TopicArn)) return null;
  const certificate = await sns.fetchCertificate(message.SigningCertURL);
  if (certificate === null || !isSignedBySns(message, certificate, clock.now())) return null;
  if (message.Type === 'SubscriptionConfirmation') {
    return (await sns.confirm(message.SubscribeURL ?? '')) ? [] : null;
  }
  if (message.Type === 'UnsubscribeConfirmation') return [];
  return parseSesEvents(message.Message, { now: clock.now(), secret }) ?? [];
}
